"""How long a fault test takes: short within `make test`, long with `make faults`, which sets ALLY_FAULTS.

ALLY_FAULTS is a share of the long form in percent, with a seed after a colon to play a run again.
"""

import os
import random
from dataclasses import dataclass


@dataclass(frozen=True)
class Scale:
    """The form of this run."""

    percent: float | None
    seed: int

    @property
    def is_long(self) -> bool:
        """Whether this is more than the short form."""
        return self.percent is not None

    def of(self, short: int, long: int) -> int:
        """A number of texts, kills, seconds: the short one, or the share of the long one."""
        return short if self.percent is None else max(short, round(long * self.percent / 100))

    def random(self) -> random.Random:
        """Chance that repeats with the seed."""
        return random.Random(self.seed)


def read_scale() -> Scale:
    """The form that the environment asks for."""
    percent, _, seed = os.environ.get("ALLY_FAULTS", "").partition(":")
    return Scale(
        float(percent) if percent else None, int(seed) if seed else random.SystemRandom().randrange(10**6)
    )
