"""Answers that fail after the text was already accepted: the sender cannot know it was."""

import socket
import struct
import time
from typing import Any

from flask import Response, jsonify, request

from bot.carrier.local import resource


def broken_answer(fate: str, answer: str, hang_seconds: float) -> Response:
    """The good answer turned into the fault that fate chose."""
    if fate == "error_5xx":
        response = jsonify(resource.error(503, 20500, "Internal Server Error"))
        response.status_code = 503
        return response
    if fate == "truncate":
        return Response(answer[: len(answer) // 2], 201, mimetype="application/json")
    if fate == "hang":
        time.sleep(hang_seconds)
    else:
        _reset()
    return Response(answer, 201, mimetype="application/json")


def _reset() -> None:
    """Cut the connection under the server, which then finds nobody to answer."""
    connection: Any = request.environ.get("gunicorn.socket")
    if connection is None:
        raise RuntimeError("a reset needs the real server below it")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.shutdown(socket.SHUT_RDWR)
