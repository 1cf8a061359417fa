"""Plays a written talk on a rehearsal: what happens is done, and what follows is written down."""

from dataclasses import dataclass, field

from bot.store import contacts, threads
from bot.talk.rehearsal import Rehearsal
from bot.talk.written import THE_END, Exchange, WrittenTalk


@dataclass
class Protocol:
    """A talk as it really went, growing exchange by exchange."""

    rehearsal: Rehearsal
    exchanges: list[Exchange] = field(default_factory=list)

    def act(self, wanted: Exchange) -> Exchange:
        """Let happen what `wanted` says, whatever it expects; gives the exchange as it went."""
        we_say = self._happen(wanted)
        happened = wanted.model_copy(
            update={
                "we_say": we_say,
                "at": self.rehearsal.stands_at() or THE_END,
                "thread": "open" if self._has_thread() else "closed",
            }
        )
        self.exchanges.append(happened)
        return happened

    def _happen(self, wanted: Exchange) -> list[str]:
        if wanted.time_passes is not None:
            return self.rehearsal.time_passes(wanted.time_passes)
        if wanted.the_person_closes is not None:
            return self.rehearsal.person_closes()
        return self.rehearsal.they_say(
            wanted.they_say or "", payload=wanted.they_tap, picture=wanted.they_send is not None
        )

    def _has_thread(self) -> bool:
        contact = self.rehearsal.contact()
        with self.rehearsal.talk.db.read() as session:
            return contact is not None and threads.open_of(session, contact.id or 0) is not None


def have_met(rehearsal: Rehearsal) -> None:
    """Let the person have been greeted and noticed before, so that the first answer is an ordinary one."""
    talk = rehearsal.talk
    with talk.db.write() as session:
        contact = contacts.find_or_create(session, talk.vault, rehearsal.number, rehearsal.clock())
        contacts.note_notice(session, contact.id or 0, rehearsal.clock())


def play(rehearsal: Rehearsal, talk: WrittenTalk) -> WrittenTalk:
    """The whole talk as it really went: with what we really say, and where it really stands."""
    if talk.texted_before == "yes":
        have_met(rehearsal)
    protocol = Protocol(rehearsal)
    for exchange in talk.turns:
        protocol.act(exchange)
    return talk.model_copy(update={"turns": protocol.exchanges})
