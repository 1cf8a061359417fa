"""E-mail addresses, as far as their form can be judged. Pure."""

import re

_FORM = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
"""As browsers accept it (https://html.spec.whatwg.org/#valid-e-mail-address), with a dot in the host"""
_LONGEST = 254


def is_email(written: str) -> bool:
    """Whether this has the form of an e-mail address; no white space, so no header can be slipped in."""
    return len(written) <= _LONGEST and _FORM.fullmatch(written) is not None
