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
    "person_set": _("said who somebody is in the roster"),
    "phone_enrolled": _("enrolled somebody's own phone"),
    "phone_taken_back": _("took somebody's own phone back"),
    "deactivated": _("closed an account"),
    "reactivated": _("opened an account again"),
    "token_made": _("made a token for another program"),
    "token_ended": _("ended a token of another program"),
    "sent_by_token": _("sent to families by a program"),
    "school_added": _("added a school"),
    "school_changed": _("changed a school"),
    "school_given_back": _("gave a school's fields back to the file"),
    "school_change_undone": _("took a school's change back"),
    "answers_exported": _("took the answers to a question as a file"),
    "broadcast_approved": _("let a broadcast go out"),
    "broadcast_by_text": _("sent a broadcast by text, from their own phone"),
    "broadcast_by_command": _("sent a broadcast by command, from the server"),
    "broadcast_cancelled": _("cancelled a broadcast"),
    "broadcast_exported": _("took the families of a broadcast as a file"),
    "broadcast_families_read": _("read the families of a broadcast"),
    "broadcast_paused": _("paused a broadcast"),
    "broadcast_refused": _("did not let a broadcast go out"),
    "broadcast_resumed": _("let a broadcast go on"),
    "broadcast_sent": _("sent a broadcast"),
    "broadcast_translated": _("wrote a translation for families who waited"),
    "broadcast_tried": _("looked at a broadcast on their own phone"),
    "broadcast_withdrawn": _("took a broadcast back"),
    "group_grown": _("put families into a group"),
    "group_read": _("read who is in a group"),
    "group_shrunk": _("took families out of a group"),
    "reminder_rule_added": _("made a rule of reminders"),
    "reminder_rule_changed": _("changed a rule of reminders"),
    "reminder_rule_removed": _("removed a rule of reminders"),
    "reminder_rule_restored": _("brought a rule of reminders back"),
    "reminder_skipped": _("left a reminder out"),
    "reminder_unskipped": _("let a reminder go out after all"),
    "thread_answered": _("answered a family"),
    "thread_assigned": _("gave a family's question to somebody"),
    "thread_closed": _("closed a family's question"),
    "thread_handed_on": _("handed a family's question on"),
    "thread_noted": _("left a note for colleagues"),
    "picture_read": _("looked at a picture of a family"),
    "thread_read": _("read a family's texts"),
    "thread_reopened": _("opened a family's question again"),
    "thread_snoozed": _("put a family's question off"),
    "thread_woken": _("took a family's question up again"),
    "translation_asked": _("asked for a translation of a family's text"),
    "translation_dropped": _("took a text off the list of translations"),
    "translation_read": _("read a text to translate it"),
    "translation_sent": _("sent a family a translation"),
    "translation_written": _("translated a family's text"),
    "delivery_goes_on": _("let texts go out again"),
    "number_mended": _("said that a number is mended"),
    "sent_again": _("sent a text again of which nobody knew"),
    "tried_anew": _("let a text be tried anew that was set aside"),
    "unmasked": _("saw a number in full"),
    "family_read": _("read all of a family"),
    "families_listed": _("looked for families"),
    "family_linked": _("linked a number to a family"),
    "consent_written": _("wrote down that somebody wants no texts, or texts again"),
    "family_unlinked": _("unlinked a number from a family"),
    "number_change_asked": _("sent a code to a family's new number"),
    "number_change_told": _("told the code of a new number"),
    "number_change_withdrawn": _("stopped a change of number"),
    "families_compared": _("compared two families"),
    "families_merged": _("put two families together"),
    "families_parted": _("took two families apart again"),
    "family_change_undone": _("took back who belongs to a family"),
    "family_noted": _("noted something of a family"),
    "language_set": _("set a family's language"),
    "best_times_set": _("noted when a family likes to be reached"),
    "person_written": _("wrote down who works at a school"),
    "person_placed": _("said that somebody works at a school again"),
    "person_left": _("said that somebody works at a school no longer"),
    "calendar_uploaded": _("took a calendar's file"),
    "calendar_changed": _("changed a date of a calendar"),
    "calendar_undone": _("took a calendar's change back"),
    "calendar_given_back": _("gave a calendar back to the file"),
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
