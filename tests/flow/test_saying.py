"""What is said: placeholders by locale, plural, lists, reviewed facts, and the state of each translation."""

import pytest

from bot.flow.render import NotKnown, fill, find, placeholders, shown
from bot.flow.state import Value
from bot.flow.turn import Say
from tests.flow.kit import Talker, Text, Texts, book, fact, flow


def says(steps: str, *results: Value, **more: object) -> Talker:
    """A person to whom these steps were said; `results` answer the look-up school.things."""
    talker = Talker(book(flow(steps)), {"school.things": results}, **more)  # type: ignore[arg-type]
    talker.starts()
    return talker


def test_a_say_step_says_its_text_and_goes_on() -> None:
    assert (
        Talker(book(flow('one: {say: "One.", go: two}\ntwo: {say: "Two.", end: yes}'))).starts()
        == "One. Two."
    )


@pytest.mark.parametrize(
    ("value", "locale", "words"),
    [
        ("Maple", "en", "Maple"),
        (7, "en", "7"),
        (12345, "en", "12,345"),
        ({"date": "2026-11-26"}, "en", "Thursday, November 26"),
        ({"date": "2026-11-26"}, "es", "jueves, 26 de noviembre"),
        ({"dated": "2026-11-26"}, "en", "November 26, 2026"),
        ({"span": ["2026-12-21", "2026-12-22"]}, "en", "Monday, December 21 - Tuesday, December 22"),
        ({"time": "14:05"}, "en", "2:05 PM"),
        ({"phone": "+15125550123"}, "en", "512-555-0123"),
        ({"phrase": "closed"}, "en", "closed, in en"),
        ({"language": "es"}, "en", "Spanish"),
        ({"language": "es"}, "fr", "espagnol"),
        ({"value": "s1", "name": "Maple Grove"}, "en", "Maple Grove"),
        ([{"name": "Ana"}, {"name": "Li"}], "en", "Ana and Li"),
        ([{"name": "Ana"}, {"name": "Li"}], "es", "Ana y Li"),
    ],
)
def test_a_value_is_written_as_its_reader_writes_it(value: Value, locale: str, words: str) -> None:
    assert fill("{x}", {"x": value}, locale, lambda name, tongue: f"{name}, in {tongue}") == words


@pytest.mark.parametrize(
    "value",
    [
        None,
        1.5,
        {},
        {"raw": "what she wrote"},
        {"odd": "x"},
        {"value": "s1"},
        {"date": "soon"},
        {"date": 7},
        {"date": None},
        {"time": "25:00"},
        {"span": ["2026-12-21"]},
        {"span": []},
        {"name": {"raw": "x"}},
        [{"raw": "x"}],
    ],
)
def test_a_value_that_cannot_be_shown_is_not_known(value: Value) -> None:
    with pytest.raises(NotKnown):
        shown(value, "x", "en", lambda name, _locale: name)


def test_a_dotted_name_is_found_whole_first_and_then_part_by_part() -> None:
    values: dict[str, Value] = {
        "office.hours": "8 to 4",
        "liaison": [{"name": "Ana", "school": {"name": "Maple"}}],
        "none": [],
    }
    assert find("office.hours", values) == "8 to 4"
    assert find("liaison.school.name", values) == "Maple"
    assert find("none.name", values) is None
    assert find("liaison.name.first", values) is None
    assert find("nobody", values) is None


def test_only_small_letters_make_a_placeholder() -> None:
    assert placeholders("{a} {b.c} {D} {} {1} {a b}") == {"a", "b.c"}
    assert fill("{D} {} {1", {}, "en", lambda name, _: name) == "{D} {} {1"


PLURAL = """
find: {{look_up: {{in: school.things, save: days}}, found: told, not_found: told}}
told: {{say: {{one: "One day: {{days}}", other: "{{count}} days", count: {count}}}, end: yes}}
"""


@pytest.mark.parametrize(
    ("many", "words"), [(0, "0 days"), (1, "One day: a"), (2, "2 days"), (12, "12 days")]
)
def test_a_count_chooses_the_wording_and_can_be_told(many: int, words: str) -> None:
    results: list[Value] = [{"name": "abcdefghijklmnop"[index]} for index in range(many)]
    talker = Talker(book(flow(PLURAL.format(count="days"))), {"school.things": tuple(results)})
    assert talker.starts() == words


def test_a_saved_number_counts_too_and_what_is_unknown_counts_as_none() -> None:
    steps = """
    ask_it: {ask: "How many?", answer: {save: n, type: number}, go: told}
    told: {say: {one: "One child.", other: "{n} children.", count: n}, go: none}
    none: {say: {one: "One.", other: "{count} others.", count: nothing_saved}, end: yes}
    """
    talker = says(steps)
    assert talker.texts("1") == "One child. 0 others."
    talker.starts()
    assert talker.texts("3") == "3 children. 0 others."


def test_plural_forms_are_the_catalogs_business() -> None:
    texts = Texts({("ru", "talk/told/say"): Text("{count} дня", "ru")})
    talker = Talker(book(flow(PLURAL.format(count="days")), texts=texts), {"school.things": ("a", "b")}, "ru")
    assert talker.starts() == "2 дня"


LIST = """
find: {look_up: {in: school.things, save: days}, found: show, not_found: show}
show:
  say: "Days:"
  each: {of: days, as: day, say: "{day.name}.", more: "More days", none: "No days."}
  go: more
more: {ask: "Else?", choices: {again: {label: "Again", go: show}, done: {label: "Done", go: over}}}
over: {say: "Bye.", end: yes}
"""


def days(many: int) -> tuple[Value, ...]:
    return tuple({"name": f"d{number}"} for number in range(1, many + 1))


@pytest.mark.parametrize(
    ("many", "said"),
    [
        (0, "No days. Else? [Again, Done]"),
        (1, "Days: d1. Else? [Again, Done]"),
        (4, "Days: d1. d2. d3. d4. Else? [Again, Done]"),
        (5, "Days: d1. d2. d3. d4. d5. Else? [Again, Done]"),
        (6, "Days: d1. d2. d3. d4. d5. Else? [Again, Done, More days]"),
    ],
)
def test_each_shows_up_to_five_and_offers_more(many: int, said: str) -> None:
    assert Talker(book(flow(LIST)), {"school.things": days(many)}).starts() == said


def test_more_shows_the_next_five_until_none_are_left() -> None:
    talker = says(LIST, *days(12))
    assert talker.texts("more days") == "Days: d6. d7. d8. d9. d10. Else? [Again, Done, More days]"
    assert talker.texts("3") == "Days: d11. d12. Else? [Again, Done]"
    assert talker.texts("3").startswith("Please answer")
    assert talker.texts("1").startswith("Days: d1. d2.")


def test_a_list_shown_again_begins_at_its_beginning() -> None:
    talker = says(LIST, *days(12))
    talker.texts("more")
    assert talker.texts("again").startswith("Days: d1.")
    assert talker.texts("", payload="talk/more/more:").startswith("Days: d6.")


def test_more_is_still_offered_after_an_interrupt() -> None:
    talker = says(LIST, *days(7))
    talker.texts("language", command="language")
    assert talker.texts("1").endswith("Back to my question: Else? [Again, Done, More days]")
    assert talker.texts("3") == "Days: d6. d7. Else? [Again, Done]"


def test_a_result_that_cannot_be_shown_goes_to_a_person_and_not_to_the_parent() -> None:
    talker = Talker(book(flow(LIST)), {"school.things": ({"name": "d1"}, {"raw": "x"})})
    assert talker.starts() == "Days: d1. I ask a person. A person will text you."
    assert talker.counts == ["broken/not_known/day.name/talk/show"]


RIGHTS = "first: {fact: every-child, go: also}\nalso: {fact: every-child, end: yes}"
TOLD = "Every child may come. Source: the law, June 20, 2026."


def test_a_fact_is_told_with_its_source_and_its_date_and_once_that_it_is_no_advice() -> None:
    talker = Talker(book(flow(RIGHTS), facts={"every-child": fact()}))
    assert talker.starts() == f"{TOLD} No legal advice. {TOLD}"
    assert talker.starts() == f"{TOLD} {TOLD}"
    talker.waits(days=1)
    assert talker.starts() == f"{TOLD} No legal advice. {TOLD}"


def test_a_fact_that_nobody_stands_for_says_so() -> None:
    talker = Talker(book(flow(RIGHTS), facts={"every-child": fact(reviewed=False)}))
    assert "Source: the law, June 20, 2026, unreviewed." in talker.starts()


def test_a_fact_that_must_not_be_told_today_is_withheld() -> None:
    talker = Talker(book(flow(RIGHTS)))
    assert talker.starts() == "A person can tell you. A person can tell you."
    assert talker.counts == ["withheld/every-child"] * 2


@pytest.mark.parametrize(
    ("state", "withhold", "told"),
    [
        ("reviewed", True, True),
        ("unreviewed", True, False),
        ("stale", True, False),
        ("missing", True, False),
        ("unreviewed", False, True),
    ],
)
def test_a_district_may_withhold_rights_that_nobody_has_reviewed(
    *, state: str, withhold: bool, told: bool
) -> None:
    texts = Texts({("es", "fact/every-child/plain"): Text("Todo niño puede venir.", "es", state)})
    here = book(flow(RIGHTS), texts=texts, facts={"every-child": fact()})
    talker = Talker(here, language="es", withhold=withhold)
    assert ("Todo niño" in talker.starts()) is told


def test_english_is_what_was_reviewed_and_is_never_withheld() -> None:
    here = book(flow(RIGHTS), facts={"every-child": fact()})
    assert TOLD in Talker(here, withhold=True).starts()


def in_spanish(state: str, body: str = "Hola.") -> Talker:
    texts = Texts({("es", "talk/one/say"): Text(body, "es", state)})
    return Talker(book(flow('one: {say: "Hello.", end: yes}'), texts=texts), language="es")


def test_a_reviewed_translation_is_said_and_nothing_else() -> None:
    talker = in_spanish("reviewed")
    assert talker.starts() == "Hola."
    assert talker.effects == [Say("Hola.", "talk/one/say", "es")]


def test_an_unreviewed_translation_says_so_once_a_day() -> None:
    talker = in_spanish("unreviewed")
    assert talker.starts() == "Hola. Nobody has checked this translation."
    assert talker.counts[0] == "unreviewed_text"
    assert talker.starts() == "Hola."
    talker.waits(hours=7)
    assert talker.starts() == "Hola."
    talker.waits(hours=1)
    assert talker.starts() == "Hola. Nobody has checked this translation."


def test_a_stale_translation_is_never_said() -> None:
    """Even if a catalog hands its body out by mistake."""
    talker = in_spanish("stale", "Vieja.")
    assert talker.starts().startswith("Hello.")
    assert talker.counts[0] == "stale_text"
    assert next(effect.language for effect in talker.effects if isinstance(effect, Say)) == "en"


@pytest.mark.parametrize("state", ["stale", "missing"])
def test_whoever_reads_english_instead_is_told_the_way_to_a_person_once_a_day(state: str) -> None:
    talker = in_spanish(state)
    assert talker.starts().endswith("This is still in English.")
    assert "still in English" not in talker.starts()
    talker.waits(hours=24)
    assert talker.starts().endswith("This is still in English.")


def test_what_was_said_before_a_look_up_is_owned_up_to_after_it() -> None:
    steps = """
one: {say: "Hello.", go: find}
find: {look_up: {in: calendar.dates, save: dates}, found: over, not_found: over}
over: {say: "Bye.", end: yes}
"""
    texts = Texts({("es", "talk/over/say"): Text("Adiós.", "es")})
    talker = Talker(book(flow(steps), texts=texts), language="es")
    assert talker.starts() == "Hello. Adiós. This is still in English."


def test_nothing_stands_beside_the_words_that_hand_over_to_a_person() -> None:
    texts = Texts({("es", "talk/one/say"): Text("Llame al 911.", "es", "unreviewed")})
    steps = 'one: {escalate: {to: liaison, topic: danger}, say: "Call 911.", closed: over}\nover: {end: yes}'
    assert Talker(book(flow(steps), texts=texts), language="es").starts() == "Llame al 911."


def test_a_stale_label_is_neither_shown_nor_read() -> None:
    texts = Texts({("es", "talk/which/choices.red"): Text("Azul", "es", "stale")})
    steps = flow('which: {ask: "Which?", choices: {red: "Red", blue: "Blue"}, go: over}\nover: {end: yes}')
    talker = Talker(book(steps, texts=texts), language="es")
    assert talker.starts().startswith("Which? [Red, Blue]")
    assert talker.texts("Azul").startswith("Please answer")


def test_a_fallback_to_english_is_counted() -> None:
    talker = Talker(book(flow('one: {say: "Hello.", end: yes}')), language="ht")
    assert talker.starts() == "Hello. This is still in English."
    assert talker.counts[0] == "missing_text"
