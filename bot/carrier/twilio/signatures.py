"""Proof that a webhook comes from the carrier: X-Twilio-Signature, checked and made.

The rule is https://www.twilio.com/docs/usage/security#validating-requests: base64 of HMAC-SHA1
with the auth token over the URL and the sorted form fields.
"""

from collections.abc import Mapping, Sequence

from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict

SIGNATURE_HEADER = "X-Twilio-Signature"

FormFields = Mapping[str, Sequence[str]] | Mapping[str, str] | MultiDict[str, str]


def valid(auth_tokens: Sequence[str], url: str, form: FormFields, header: str | None) -> bool:
    """Whether one of the tokens signed this request. Several tokens serve while one is rotated.

    `url` is the configured public URL with the query exactly as it came. Never raises: the SDK's
    own check fails with TypeError on a missing header and ValueError on a malformed port, and
    whatever is malformed is not signed.
    """
    if not isinstance(header, str) or not header:
        return False
    try:
        fields = form if isinstance(form, MultiDict) else MultiDict(form)
        return any(
            bool(RequestValidator(token).validate(url, fields, header)) for token in auth_tokens if token
        )
    except (TypeError, ValueError, AttributeError, LookupError):
        return False


def sign(auth_token: str, url: str, params: Mapping[str, str]) -> str:
    """The header a carrier with this token would send. Raises UnicodeEncodeError on surrogates."""
    return str(RequestValidator(auth_token).compute_signature(url, MultiDict(params)))
