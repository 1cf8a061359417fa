"""Sends staff the links that open an account: by e-mail where there is a mail server, else by text."""

from bot.school.reach import ACCOUNT, Reach
from bot.store.accounts import EMAIL, TEXT, Account
from bot.talk.notice_words import Words
from bot.talk.parts import Talk
from bot.talk.telling import Subject, Teller


def can_send(talk: Talk) -> bool:
    """Whether everybody gets a link; without a mail server only who has left a number does."""
    return talk.notifier is not None


def send(talk: Talk, account: Account, words: Words) -> bool:
    """Send a link to its owner. False where there is no way to them: then it must be handed over."""
    mails = talk.notifier is not None
    number = talk.vault.open(account.text, TEXT) if account.text and not mails else None
    email = talk.vault.open(account.email, EMAIL) if mails else None
    now = talk.clock()
    with talk.db.write() as session:
        teller = Teller(session, talk.vault, now, mails)
        sent = teller.tell(Reach(ACCOUNT, account.staff_id, number, email), Subject(words), now)
    if sent:
        talk.queue.ring("replies" if number else "chores")
    return sent
