"""Which scope each operation of the API asks for, said a second time: a new route needs a line here."""

from typing import Final

READ: Final = "broadcasts:read"
SEND: Final = "broadcasts:send"

TABLE: Final = {
    "cancel_broadcast": SEND,
    "list_recipients": READ,
    "pause_broadcast": SEND,
    "preview_broadcast": SEND,
    "report_attendance": SEND,
    "resume_broadcast": SEND,
    "send_broadcast": SEND,
    "show_broadcast": READ,
}
OPEN: Final = {"document"}
"""Asks for no token: it tells only what is in the source"""
