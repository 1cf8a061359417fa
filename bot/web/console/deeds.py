"""Lines of the audit log as people read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from sqlmodel import Session

from bot.store import accounts
from bot.store.accounts import NAME
from bot.store.audit import AuditLine
from bot.store.vault import Vault

LOG_READERS: Final = ("auditor", "administrator")
SAID: Final = {
    "signed_in": _("signed in"),
    "signed_out": _("signed out"),
    "recovery_code_used": _("used a recovery code"),
    "recovery_codes_made": _("made new recovery codes"),
    "second_factor_set": _("set up a second factor"),
    "password_set": _("set a password"),
    "joined": _("took an invitation"),
    "invited": _("invited somebody"),
    "invited_again": _("invited somebody again"),
    "reset": _("let somebody sign in anew"),
    "roles_changed": _("changed somebody's roles"),
    "deactivated": _("closed an account"),
    "reactivated": _("opened an account again"),
    "school_added": _("added a school"),
    "school_changed": _("changed a school"),
    "school_given_back": _("gave a school's fields back to the file"),
    "school_change_undone": _("took a school's change back"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One deed."""

    id: int
    at: datetime
    by: str | None
    """None: the command line, or the program itself"""
    action: str
    said: str | LazyString | None
    """The action in words; None where there are none"""
    subject: str
    detail: str


def said_lines(session: Session, vault: Vault, lines: Sequence[AuditLine]) -> list[Line]:
    """Each line with the name of whoever did it."""
    names = {
        account.id: vault.open(account.name, NAME)
        for account_id in {line.account_id for line in lines if line.account_id}
        if (account := accounts.by_id(session, account_id)) is not None
    }
    return [
        Line(
            line.id,
            line.at,
            names.get(line.account_id, f"account:{line.account_id}") if line.account_id else None,
            line.action,
            SAID.get(line.action),
            line.subject,
            "; ".join(f"{name}: {_plain(value)}" for name, value in sorted(line.detail.items())),
        )
        for line in lines
    ]


def _plain(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
