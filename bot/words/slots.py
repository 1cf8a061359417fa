"""Where the texts of a flow, a phrase file and a fact file stand, and the context each has in the catalogs.

The one table for both sides: what extraction finds is what the flow engine asks for.
"""

SLOTS: tuple[tuple[str, ...], ...] = (
    ("say",),
    ("ask",),
    ("unclear", "say"),
    ("silent", "say"),
    ("expires", "say"),
    ("found", "say"),
    ("not_found", "say"),
    ("done", "say"),
    ("failed", "say"),
    ("unanswered", "say"),
    ("each", "say"),
    ("each", "none"),
    ("each", "more"),
)
"""Paths inside a step; the labels of `choices` come beside them, one a choice."""

FLOW_SLOTS: tuple[tuple[str, ...], ...] = (("expires", "say"),)
"""Paths beside `steps:`, for texts of the whole flow"""

ALWAYS = "always"
ALWAYS_SLOTS: tuple[tuple[str, ...], ...] = (("unclear", "say"), ("expires", "say"))
"""Paths in always.yaml"""

FACT_SLOTS: tuple[str, ...] = ("plain", "source_words")


def context(flow: str, step: str, slot: str) -> str:
    """The msgctxt of a step's text: `flow/step/slot`; `flow/slot` for a text of the whole flow (step "")."""
    return f"{flow}/{step}/{slot}" if step else f"{flow}/{slot}"


def choice_slot(value: str) -> str:
    """The slot of a choice's label."""
    return f"choices.{value}"


def phrase_context(name: str) -> str:
    """The msgctxt of a phrase of the program itself."""
    return f"phrase/{name}"


def fact_context(fact: str, slot: str) -> str:
    """The msgctxt of a reviewed fact's text: slot is `plain` or `source_words`."""
    return f"fact/{fact}/{slot}"


def is_label(context: str) -> bool:
    """Whether a text is shown as a choice, so that it must fit a phone's list."""
    slot = context.rpartition("/")[2]
    return slot.startswith("choices.") or slot == "each.more" or context.startswith("phrase/topic_")
