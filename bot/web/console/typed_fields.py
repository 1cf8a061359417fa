"""What people type into forms of several pages: numbers and addresses, held against one rule."""

from typing import Final

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import Field
from wtforms.validators import ValidationError

from bot.words.email_address import is_email
from bot.words.phone import to_e164

NO_NUMBER: Final = _("This is no telephone number. Write it with its area code: 512-555-0140.")
NO_EMAIL: Final = _("This is no e-mail address. Write it as office@school.example.org.")


def is_phone_field(_form: FlaskForm, field: Field) -> None:
    """A telephone number, as people write it."""
    if to_e164(field.data) is None:
        raise ValidationError(NO_NUMBER)


def is_email_field(_form: FlaskForm, field: Field) -> None:
    """An e-mail address."""
    if not is_email((field.data or "").strip()):
        raise ValidationError(NO_EMAIL)
