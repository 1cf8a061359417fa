"""What somebody wrote into a form that could not be taken: shown once more, so that it is not lost."""

from typing import Final
from urllib.parse import urlsplit

from flask import request

_FIELDS: Final = ("text", "note")
_FIELDS_OF_LANGUAGES: Final = ("text_", "first_", "second_")
_MOST: Final = 40


def words() -> list[str]:
    """The texts of the form that came; none of a page that asks by itself."""
    if request.headers.get("HX-Request"):
        return []
    told = [
        value.strip()
        for name, value in request.form.items(multi=True)
        if name in _FIELDS or name.startswith(_FIELDS_OF_LANGUAGES)
    ]
    return [one for one in told if one][:_MOST]


def is_from_here() -> bool:
    """Whether the browser itself says that a page of ours sent it: no other site puts words into ours."""
    return request.headers.get("Sec-Fetch-Site") == "same-origin"


def came_from() -> str | None:
    """The path of our page that the form stood on; None: not known."""
    told = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer", ""))
    return told.path if told.netloc == request.host and told.path.startswith("/staff") else None
