"""Numbers that colleagues took as a file or looked at one after the other: a second administrator is told."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext
from sqlmodel import Session

from bot.people.access import Who
from bot.store import accounts, audit
from bot.store.accounts import NAME
from bot.store.audit import AuditLine
from bot.store.vault import Vault
from bot.web.console.needs_me import Need

MANY: Final = 10
"""Numbers that one person saw in full within the days below; fewer are somebody's work"""
LOOKED_BACK: Final = timedelta(days=7)
ADVICE: Final = lazy_gettext("You are told so that a second person knows. Ask them if you did not expect it.")
_LINES: Final = 1000


def taken_by_others(session: Session, vault: Vault, who: Who, now: datetime) -> Iterator[Need]:
    """For administrators: what colleagues took of families of the same schools."""
    exports = _of_others(session, who, now, "broadcast_exported")
    for account_id, number in _by_account([line for line in exports if line.detail.get("numbers")]).items():
        says = ngettext(
            "%(name)s took families' numbers as a file in the last 7 days.",
            "%(name)s took families' numbers as a file %(num)s times in the last 7 days.",
            number,
            name=_name(session, vault, account_id),
        )
        yield _need(says)
    for account_id, number in _by_account(_of_others(session, who, now, "unmasked")).items():
        if number >= MANY:
            name = _name(session, vault, account_id)
            yield _need(
                _("%(name)s saw %(number)s numbers in full in the last 7 days.", name=name, number=number)
            )


def _of_others(session: Session, who: Who, now: datetime, action: str) -> list[AuditLine]:
    """Never what one did oneself."""
    lines = audit.latest(session, _LINES, action=action, school_ids=who.schools(("administrator",)))
    since, nobody = now - LOOKED_BACK, (None, who.account_id)
    return [line for line in lines if line.at >= since and line.account_id not in nobody]


def _by_account(lines: list[AuditLine]) -> Counter[int]:
    return Counter(line.account_id for line in lines if line.account_id is not None)


def _name(session: Session, vault: Vault, account_id: int) -> str:
    account = accounts.by_id(session, account_id)
    return vault.open(account.name, NAME) if account is not None else f"account:{account_id}"


def _need(says: str) -> Need:
    return Need("warning", says, ADVICE, url_for("console.log.show"), _("See the log"))
