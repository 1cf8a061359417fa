"""The own phone of somebody who signs in: enrolled by whoever administers, taken back at once."""

from typing import Final

from bot.people.access import Grant, Who
from bot.people.desk import Desk
from bot.people.staff_accounts import NotAllowed
from bot.store import accounts, audit, own_phones
from bot.store.accounts import TEXT
from bot.store.audit import Deed
from bot.words.phone import to_e164

ENROLLED: Final = "phone_enrolled"
TAKEN_BACK: Final = "phone_taken_back"


class NoNumber(Exception):
    """What was given is no telephone number."""


class OthersPhone(Exception):
    """It is the phone of somebody else who signs in: a text from it would say nothing of who wrote it."""


def enrol(desk: Desk, by: Who | None, account_id: int, typed: str | None) -> None:
    """Let this be the phone of an account, or with None nothing: no text is believed to be theirs then.

    `by`: None for the command line. A number that the district's files give somebody else's account is
    refused. Raises NotAllowed, NoNumber, OthersPhone.
    """
    number = to_e164(typed) if typed else None
    if typed and number is None:
        raise NoNumber
    with desk.db.write() as session:
        account = accounts.locked(session, account_id)
        if account is None:
            raise NotAllowed
        held = [
            Grant(one.role, one.school_id) for one in accounts.grants_of(session, [account_id])[account_id]
        ]
        if by is not None and not (by.may(["administrator"]) and by.may_grant(held)):
            raise NotAllowed
        hash_ = desk.vault.fingerprint(number) if number else None
        if hash_ is not None and own_phones.others(session, hash_, account_id):
            raise OthersPhone
        account.text = desk.vault.seal(number, TEXT) if number else None
        account.text_hash = hash_
        session.add(account)
        deed = Deed(
            ENROLLED if number else TAKEN_BACK, by.account_id if by else None, f"account:{account_id}"
        )
        audit.append(session, desk.vault, desk.clock(), deed)
