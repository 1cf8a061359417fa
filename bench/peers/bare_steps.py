"""One step of a bare state machine, without words, run by bench/turn.py; prints µs of CPU of each."""

import sys
import time
from collections.abc import Callable

import statemachine  # type: ignore[import-not-found]
import transitions  # type: ignore[import-not-found]


class Talk(statemachine.StateMachine):  # type: ignore[misc]
    """Three questions in a ring."""

    first = statemachine.State(initial=True)
    second = statemachine.State()
    third = statemachine.State()
    go = first.to(second) | second.to(third) | third.to(first)


def cost(call: Callable[[], object], rounds: int) -> float:
    """The middle of seven measurements of one call."""
    times = []
    for _ in range(7):
        began = time.process_time()
        for _ in range(rounds):
            call()
        times.append((time.process_time() - began) / rounds * 1e6)
    return sorted(times)[3]


def main(rounds: int) -> None:
    ring = transitions.Machine(states=["first", "second", "third"], initial="first")
    ring.add_ordered_transitions(trigger="go")
    print("transitions, one bare step", cost(lambda: ring.trigger("go"), rounds))
    talk = Talk()
    print("python-statemachine, one bare step", cost(lambda: talk.send("go"), rounds))


if __name__ == "__main__":
    main(int(sys.argv[1]))
