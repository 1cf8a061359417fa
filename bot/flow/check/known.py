"""Names that the program itself fills: what flows may count on, and what they must leave alone."""

ALWAYS_KNOWN = frozenset(
    {
        *("contact.language", "program.name", "school.name", "school.phone", "office.hours"),
        *("today", "tomorrow", "topic"),
    }
)
"""Known in every conversation; `topic` is empty when no topic opened it"""

PERHAPS_KNOWN = frozenset(
    {
        *("contact.name", "contact.is_new"),
        *("family.children", "family.schools", "family.school", "family.school_name"),
        "state.us_ca",
    }
)
"""Known of some people, or in some states, only: behind `if_known`"""

RESERVED = frozenset({"topic", "count"})
"""Names that the engine itself gives a value to; no step may be named so and nothing saved under them"""

RESUME = "resume"
"""The action that the engine does itself"""

PHRASES: dict[str, frozenset[str]] = {
    "first_contact": frozenset(),
    "automatic_translation": frozenset(),
    "english_instead": frozenset(),
    "stop_confirmation": frozenset(),
    "held_back": frozenset(),
    "start_confirmation": frozenset(),
    "help": frozenset(),
    "help_asked": frozenset(),
    "not_understood": frozenset(),
    "not_understood_open": frozenset(),
    "which_one": frozenset(),
    "back_to_question": frozenset(),
    "you_are_welcome": frozenset(),
    "sorry": frozenset(),
    "media_to_person": frozenset(),
    "nobody_answered_yet": frozenset(),
    "nobody_answered_at_all": frozenset(),
    "back_again": frozenset(),
    "number_code": frozenset({"code", "program.name"}),
    "number_moves": frozenset({"program.name"}),
    "number_moved": frozenset(),
    "number_wrong": frozenset(),
    "number_over": frozenset(),
    "answers_from": frozenset({"day", "time"}),
    "rate_help": frozenset(),
    "rating_thanks": frozenset(),
    "rating_low": frozenset(),
    "fact_source": frozenset({"source", "checked"}),
    "fact_source_unreviewed": frozenset({"source", "checked"}),
    "fact_withheld": frozenset(),
    "not_legal_advice": frozenset(),
    "not_kept": frozenset(),
    "not_kept_urgent": frozenset(),
    "tip_footer": frozenset(),
    "tap_choose": frozenset(),
    "whatsapp_notice": frozenset({"text"}),
}
"""Phrases that the program says by name, with the placeholders that only it fills"""

GIVEN = (
    "at_",
    "canned_",
    "date_",
    "hours_",
    "no_office_hours",
    "office_",
    "partner_",
    "role_",
    "merge_",
    "nothing_",
    "tap_",
    "tip_",
    "word_",
    "poll_",
    "reminder_",
    "template_",
)
"""How phrases begin that results of look-ups and actions name, or that stand in the place of a question"""

TEMPLATE_FIELDS = frozenset(
    {
        *("day", "starts", "ends", "opens", "place", "event", "partner", "language", "tip"),
        *("school", "child", "guardian", "class", "sender"),
    }
)
"""What a template of a broadcast may ask its writer for, and the merge fields that sending fills"""
FILLED: dict[str, frozenset[str]] = {
    "canned_": frozenset({"school.phone", "office.hours"}),
    "template_": TEMPLATE_FIELDS,
    "reminder_": frozenset({"school", "when"}),
}
"""By the beginning of a phrase's name: the placeholders that only the program fills"""
