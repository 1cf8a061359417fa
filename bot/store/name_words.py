"""Names found without being readable: a keyed hash of each normalised word of a person's names."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, func, insert
from sqlmodel import Field, Session, SQLModel, col, select

from bot.store.contacts import NAME, Contact
from bot.store.vault import Vault
from bot.words.plain import plain

_BATCH = 500
_NO_WORD = "0"
"""Kept of a name that has no word, so that it is not looked at again"""
_HAN = (("\u3400", "\u9fff"), ("\uf900", "\ufaff"), ("\U00020000", "\U0003ffff"))
"""Where Unicode has the Chinese signs"""


class NameWord(SQLModel, table=True):
    """One word of the names by which one contact is found."""

    __tablename__ = "name_word"

    word_hash: str = Field(primary_key=True, max_length=64)
    """Keyed hash of the word without accents, in small letters"""
    contact_id: int = Field(foreign_key="contact.id", primary_key=True, index=True)


def words_of(name: str) -> list[str]:
    """The words of a name as they are looked for: no accents, small letters, each once.

    Chinese is written without spaces: there each sign counts as a word, so that a given name is found
    without the family's.
    """
    apart = "".join(f" {sign} " if _is_han(sign) else sign for sign in plain(name))
    return list(dict.fromkeys(apart.split()))


def hashes_of(vault: Vault, *names: str) -> list[str]:
    """The keyed hash of each word."""
    words = dict.fromkeys(word for name in names for word in words_of(name))
    return [vault.fingerprint(f"name:{word}") for word in words]


def replace(session: Session, vault: Vault, names: Mapping[int, Sequence[str]]) -> None:
    """Let each of these contacts be found by the words of its names, and by no others."""
    wanted = {contact_id: set(hashes_of(vault, *listed)) for contact_id, listed in names.items()}
    for part in _batches(wanted):
        known = select(NameWord.contact_id, NameWord.word_hash).where(col(NameWord.contact_id).in_(part))
        before = set(session.exec(known).all())
        now = {(contact_id, word) for contact_id in part for word in wanted[contact_id]}
        stale = {contact_id for contact_id, _word in before - now}
        _forget(session, stale)
        new = [pair for pair in now if pair[0] in stale or pair not in before]
        if new:
            rows = [{"contact_id": contact_id, "word_hash": word} for contact_id, word in sorted(new)]
            session.connection().execute(insert(NameWord), rows)


def forget(session: Session, contact_ids: Collection[int]) -> None:
    """Let nobody find these contacts by a name; one that is still kept is taken up again by `fill`."""
    for part in _batches(contact_ids):
        _forget(session, part)


def named(hashes: Sequence[str]) -> Any:
    """Ids of the contacts that have all these words, as a part of a query."""
    return (
        select(NameWord.contact_id)
        .where(col(NameWord.word_hash).in_(hashes))
        .group_by(col(NameWord.contact_id))
        .having(func.count() == len(set(hashes)))
    )


def contacts_named(session: Session, vault: Vault, name: str, limit: int = 100) -> list[int]:
    """Contacts whose names have all these words."""
    hashes = hashes_of(vault, name)
    if not hashes:
        return []
    return list(session.exec(named(hashes).order_by(col(NameWord.contact_id)).limit(limit)))


def without(session: Session, limit: int = _BATCH) -> list[int]:
    """Contacts with a name and no word of it: names of before there were words."""
    has_words = select(NameWord.contact_id).where(col(NameWord.contact_id) == col(Contact.id)).exists()
    found = select(Contact.id).where(col(Contact.name).is_not(None), ~has_words)
    return [one for one in session.exec(found.order_by(col(Contact.id)).limit(limit)) if one is not None]


def fill(session: Session, vault: Vault, contact_ids: Collection[int]) -> int:
    """Write the words of these contacts' own names."""
    found = session.exec(select(Contact).where(col(Contact.id).in_(contact_ids))).all()
    names = {one.id or 0: vault.open(one.name, NAME) if one.name else "" for one in found}
    replace(session, vault, {id_: (name if words_of(name) else _NO_WORD,) for id_, name in names.items()})
    return len(names)


def _forget(session: Session, contact_ids: Collection[int]) -> None:
    if contact_ids:
        session.exec(delete(NameWord).where(col(NameWord.contact_id).in_(contact_ids)))


def _batches(values: Collection[int]) -> Iterator[list[int]]:
    wanted = list(values)
    for start in range(0, len(wanted), _BATCH):
        yield wanted[start : start + _BATCH]


def _is_han(sign: str) -> bool:
    return any(first <= sign <= last for first, last in _HAN)
