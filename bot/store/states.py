"""The states of an outgoing text, which may follow which, and how carriers name them.

pending -> claimed -> submitting -> accepted -> sent -> delivered | undelivered | failed -> read
or skipped (opted_out, quiet, expired, cancelled), or unknown
"""

from collections.abc import Mapping
from typing import Final, Literal

State = Literal[
    "pending",
    "claimed",
    "submitting",
    "accepted",
    "sent",
    "delivered",
    "read",
    "undelivered",
    "failed",
    "skipped",
    "unknown",
]

OPEN: Final = ("pending", "claimed", "submitting")
"""A row in one of these still has work before it."""

_TOLD_BY_WEIGHT: Final = ("accepted", "sent", "failed", "undelivered", "delivered", "read")

RANK: Final[Mapping[str, int]] = {state: rank for rank, state in enumerate(_TOLD_BY_WEIGHT)}
"""What the carrier told, by how much it proves. One strict order, so that receipts may arrive in any
order and the last state is the same: a delivery receipt outweighs an earlier or later complaint."""

TOLD_AS: Final[Mapping[str, State]] = {
    "accepted": "accepted",
    "scheduled": "accepted",
    "queued": "accepted",
    "sending": "accepted",
    "sent": "sent",
    "failed": "failed",
    "canceled": "failed",
    "undelivered": "undelivered",
    "delivered": "delivered",
    "read": "read",
}
"""Twilio's message statuses (https://www.twilio.com/docs/messaging/api/message-resource) as ours."""

_TOLD: Final = frozenset(RANK)

MAY_BECOME: Final[Mapping[str, frozenset[str]]] = {
    "pending": _TOLD | {"claimed", "skipped"},
    "claimed": _TOLD | {"submitting", "pending", "skipped"},
    "submitting": _TOLD | {"pending", "skipped", "unknown"},
    "skipped": _TOLD,
    "unknown": _TOLD | {"pending"},
    "accepted": _TOLD - {"accepted"},
    "sent": _TOLD - {"accepted", "sent"},
    "failed": _TOLD,
    "undelivered": frozenset({"delivered", "read"}),
    "delivered": frozenset({"read"}),
    "read": frozenset(),
}
"""Every lawful step. From a row without a SID (pending to unknown, and failed before the carrier took
it) the carrier's own word may lead anywhere: a receipt that names our row proves that it went out. What was
set aside is failed for the program; only a person lets it be tried anew (bot.store.answers.try_anew)."""


def ranks_below(state: str) -> list[str]:
    """The carrier's states that a newly told `state` may replace, lowest first."""
    return [lower for lower, rank in RANK.items() if rank < RANK[state]]
