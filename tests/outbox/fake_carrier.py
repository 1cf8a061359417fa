"""A scripted carrier for what the real local one cannot be told to do: answer by answer, at will."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

from bot.ports import CarrierRecord, Channel, Clock, Outgoing, Uncertain

Answer = Exception | str | None


@dataclass
class FakeCarrier:
    """Keeps `bot.ports.Carrier`. `accepted` is the judge: every text that it took, in order."""

    clock: Clock
    script: list[Answer] = field(default_factory=list)
    """The next answers: an exception to raise, "accept and fall silent", or None for a SID"""
    on_send: Callable[[Outgoing], None] = lambda _message: None
    list_is_readable: bool = True
    accepted: list[CarrierRecord] = field(default_factory=list)
    asked: int = 0
    inbound: list[CarrierRecord] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def send(self, message: Outgoing) -> str:
        self.on_send(message)
        with self.lock:
            answer = self.script.pop(0) if self.script else None
            if isinstance(answer, Exception):
                raise answer
            number = len(self.accepted) + 1
            sid = f"SM{number:032x}"
            self.accepted.append(
                CarrierRecord(
                    sid, message.to, "+15125550100", message.body, "queued", self.clock(), message.channel
                )
            )
        if answer == "accept and fall silent":
            raise Uncertain("read time-out")
        return sid

    def sent_to(self, number: str, since: datetime, channel: Channel) -> Sequence[CarrierRecord]:
        self.asked += 1
        if not self.list_is_readable:
            raise Uncertain("503")
        return [
            one
            for one in reversed(self.accepted)
            if one.to == number and one.channel == channel and one.created_at >= since
        ]

    def message(self, sid: str) -> CarrierRecord | None:
        self.asked += 1
        if not self.list_is_readable:
            raise Uncertain("503")
        return next((one for one in self.accepted if one.sid == sid), None)

    def received_since(self, since: datetime) -> Sequence[CarrierRecord]:
        return [one for one in reversed(self.inbound) if one.created_at >= since]

    def bodies(self) -> list[str]:
        """What it took, in order."""
        return [one.body for one in self.accepted]
