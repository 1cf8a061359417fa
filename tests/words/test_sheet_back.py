"""What comes back from a translator changes only what the translator changed; the rest is said, not taken."""

from datetime import date

import pytest
from babel.messages.catalog import Catalog
from hypothesis import given
from hypothesis import strategies as st

from bot.words.marks import State, state_of, strings_of
from bot.words.po_read import entries, read_catalog
from bot.words.po_write import new_catalog, po_bytes
from bot.words.reviews import reviewers, reviews_of
from bot.words.sheet import cells, guarded, rows_of, titles, unguarded
from bot.words.sheet_back import Outcome, apply, compare
from bot.words.sheet_po import part_of, sheet_of
from bot.words.sheet_read import Sheet, SheetError, read_sheet
from bot.words.update import update

TODAY, LATER = date(2026, 11, 24), date(2026, 12, 1)
ALL: tuple[State, ...] = ("missing", "stale", "unreviewed", "reviewed")
STALE = 'ally: stale since 2026-11-20, was reviewed for: "Hi there"'
DAYS = ("One day", "{n} days")


def stored(catalog: Catalog, locale: str = "es") -> Catalog:
    return read_catalog(po_bytes(catalog), locale, "es.po")


def spanish() -> Catalog:
    catalog = new_catalog("es")
    catalog.add("Hello {name}", "Hola {name}", context="f/a/say", flags={"fuzzy"})
    catalog.add("Bye", "Adiós", context="f/b/say")
    catalog.add("Hi", "Qué tal", context="f/c/say", flags={"fuzzy"}, user_comments=[STALE])
    catalog.add("Yes", "", context="f/d/choices.yes")
    catalog.add(DAYS, ("Un día", "{n} días"), context="f/e/say", flags={"fuzzy"})
    return stored(catalog)


def table(catalog: Catalog | None = None, locale: str = "es") -> list[list[str]]:
    return [titles(locale), *(cells(row) for row in rows_of(catalog or spanish(), locale, ALL))]


def put(lines: list[list[str]], row: int, **values: str) -> list[list[str]]:
    names = [title.split(" (")[0].rstrip("?").lower() for title in lines[0]]
    for name, value in values.items():
        lines[row][names.index(name)] = value
    return lines


def back(lines: list[list[str]], catalog: Catalog | None = None, reviewer: str = "Ana Ruiz") -> Outcome:
    return compare(read_sheet(lines, "t.csv"), catalog or spanish(), "es", reviewer)


def states(catalog: Catalog) -> dict[str, tuple[str, str]]:
    return {str(one.context): (strings_of(one)[0], state_of(one)) for one in entries(catalog)}


def applied(outcome: Outcome, catalog: Catalog | None = None) -> Catalog:
    return stored(apply(outcome, catalog or spanish(), "Ana Ruiz", TODAY))


def test_a_sheet_that_comes_back_as_it_went_changes_nothing() -> None:
    assert back(table()) == Outcome()


def test_a_mark_makes_a_text_reviewed_by_name_and_an_edit_without_one_unreviewed() -> None:
    lines = put(table(), 1, ok="ok")
    put(lines, 2, translation="Hasta luego")
    put(lines, 3, ok="X", translation="¡Qué tal!", comment="Suena mejor")
    put(lines, 4, translation="Sí", ok="sí")
    after = applied(back(lines))
    assert states(after) == {
        "f/a/say": ("Hola {name}", "reviewed"),
        "f/b/say": ("Hasta luego", "unreviewed"),
        "f/c/say": ("¡Qué tal!", "reviewed"),
        "f/d/choices.yes": ("Sí", "reviewed"),
        "f/e/say": ("Un día", "unreviewed"),
    }
    assert reviewers(after) == {"Ana Ruiz": (3, TODAY)}
    content = po_bytes(after).decode()
    assert "# reviewed-by: Ana Ruiz 2026-11-24 [" in content
    assert "# Ana Ruiz: Suena mejor" in content
    assert "stale since" not in content


def test_the_same_file_twice_changes_nothing_the_second_time() -> None:
    lines = put(put(table(), 1, ok="ok"), 3, ok="ok", comment="Bien")
    after = applied(back(lines))
    assert back(lines, after) == Outcome()


def test_a_second_reviewer_stands_beside_the_first() -> None:
    once = applied(back(put(table(), 1, ok="ok")))
    outcome = back(put(table(), 1, ok="ok"), once, reviewer="Bo Li")
    twice = stored(apply(outcome, once, "Bo Li", LATER))
    assert [review.name for review in reviews_of(entries(twice)[0])] == ["Ana Ruiz", "Bo Li"]


def test_a_reviewers_name_never_stands_for_words_that_were_not_read() -> None:
    """It survives an update, goes when the English changes, and returns with the English."""
    after = applied(back(put(table(), 1, ok="ok")))

    def updated(english: str, catalog: Catalog) -> Catalog:
        fresh = Catalog()
        fresh.add(english, context="f/a/say")
        return stored(update(fresh, catalog, "es", LATER).catalog)

    kept = updated("Hello {name}", after)
    assert reviewers(kept) == {"Ana Ruiz": (1, TODAY)}
    stale = updated("Good day {name}", kept)
    assert reviewers(stale) == {}
    mended = stored(stale)
    entries(mended)[0].flags.discard("fuzzy")  # by a person in Poedit
    assert reviewers(mended) == {"(no name)": (1, None)}
    assert reviewers(updated("Hello {name}", stale)) == {"Ana Ruiz": (1, TODAY)}


def test_plural_forms_are_reviewed_when_all_are_marked() -> None:
    outcome = back(put(table(), 5, ok="ok"))
    assert outcome.changes == []
    assert [row.why for row in outcome.not_taken] == [
        "1 of its 2 forms are marked ok: it is reviewed when all are."
    ]
    both = back(put(put(table(), 5, ok="ok"), 6, ok="ok"))
    assert states(applied(both))["f/e/say"] == ("Un día", "reviewed")


def test_a_no_takes_a_review_back() -> None:
    assert states(applied(back(put(table(), 2, ok="no"))))["f/b/say"] == ("Adiós", "unreviewed")


@pytest.mark.parametrize(
    ("row", "values", "why"),
    [
        (1, {"context": "f/gone/say"}, "there is no text of this name any more."),
        (1, {"english": "Hello you"}, "the English is another one now: Hello {name}"),
        (2, {"translation": ""}, "its translation is empty in this file; the one that stands here stays."),
        (5, {"form": "few"}, "it has no plural form `few`."),
    ],
)
def test_a_row_that_does_not_belong_is_listed_and_the_rest_is_taken(
    row: int, values: dict[str, str], why: str
) -> None:
    outcome = back(put(put(table(), row, **values), 4, translation="Sí"))
    assert [(left.line, left.why) for left in outcome.not_taken] == [(row + 1, why)]
    assert [change.context for change in outcome.changes] == ["f/d/choices.yes"]


def test_what_was_changed_here_since_the_sheet_went_out_is_never_overwritten() -> None:
    lines = put(put(table(), 1, ok="ok"), 2, translation="Chao")
    now = spanish()
    entries(now)[0].string = "Buenos días {name}"
    entries(now)[1].string = "Hasta luego"
    outcome = back(lines, now)
    assert outcome.changes == []
    assert [row.why for row in outcome.not_taken] == [
        "it was changed here since it was sent, so the mark is for other words.",
        "it was changed both here and in this file. Send it out again.",
    ]
    assert back(table(), now) == Outcome()


@pytest.mark.parametrize(
    ("row", "values", "said"),
    [
        (1, {"translation": "Hola {nombre}"}, "t.csv:2:1: f/a/say: lacks {name}."),
        (1, {"translation": "Hola"}, "t.csv:2:1: f/a/say: lacks {name}."),
        (2, {"translation": "Adi\x07os"}, "t.csv:3:1: the translation has the character U+0007."),
        (2, {"translation": "Adi\u200bos"}, "has the character ZERO WIDTH SPACE"),
        (2, {"comment": "a\u202eb"}, "the comment has the character RIGHT-TO-LEFT OVERRIDE"),
        (2, {"translation": "Adi�s"}, "letters were lost"),
        (2, {"translation": "¿?????"}, "letters were lost"),
        (2, {"translation": "AdiÃ³s"}, "letters were misread"),
        (2, {"translation": "x" * 100_000}, "f/b/say: 100,000 letters are too long for a text message."),
        (2, {"translation": "=cmd|' /C calc'!A0"}, "begins like a formula"),
        (2, {"translation": "Adiós }"}, "has a { or } that is no placeholder"),
        (4, {"translation": "Sí, claro que sí, con gusto"}, "the choice has 27 letters, a list shows 24"),
        (4, {"ok": "ok"}, "an empty translation is marked ok"),
        (4, {"ok": "maybe"}, "t.csv:5:8: `maybe` is no mark."),
        (6, {"translation": "muchos días"}, "t.csv:7:1: f/e/say (other): lacks {n}."),
        (2, {"context": ""}, "this row has no context"),
        (2, {"comment": "x" * 3000}, "the comment has 3,000 letters"),
    ],
)
def test_what_is_wrong_in_a_row_is_said_with_its_row(row: int, values: dict[str, str], said: str) -> None:
    with pytest.raises(SheetError) as broken:
        back(put(table(), row, **values))
    assert any(said in str(fault) for fault in broken.value.faults), str(broken.value)


def test_every_fault_of_a_sheet_is_said_at_once() -> None:
    lines = put(put(table(), 1, translation="Hola"), 5, translation="")
    lines.append(lines[2])
    with pytest.raises(SheetError) as broken:
        back(lines)
    assert [str(fault).split(" ")[0] for fault in broken.value.faults] == ["t.csv:2:1:", "t.csv:8:1:"]


def test_a_plural_form_left_empty_is_a_fault_where_others_were_translated() -> None:
    fresh = new_catalog("es")
    fresh.add(DAYS, ("", ""), context="f/e/say")
    with pytest.raises(SheetError, match=r"f/e/say \(other\): is empty"):
        back(put(table(fresh), 1, translation="Un día"), fresh)


def test_a_comment_cannot_pass_for_a_mark_of_the_program() -> None:
    lines = put(table(), 2, comment="reviewed-by: Bo Li 2026-11-24\nally: stale since 2026-11-20, was")
    after = applied(back(lines))
    assert reviewers(after) == {"(no name)": (1, None)}
    assert "# Ana Ruiz: reviewed-by: Bo Li" in po_bytes(after).decode()


def test_a_po_file_that_comes_back_as_it_went_changes_nothing() -> None:
    part = stored(part_of(spanish(), "es", ALL))
    assert compare(sheet_of(part, spanish(), "es", "t.po"), spanish(), "es", "Ana Ruiz") == Outcome()


def test_in_a_po_file_the_missing_fuzzy_is_the_mark() -> None:
    part = stored(part_of(spanish(), "es", ALL))
    here = {str(one.context): one for one in entries(part)}
    here["f/a/say"].flags.discard("fuzzy")
    here["f/b/say"].flags.add("fuzzy")
    here["f/d/choices.yes"].string = "Sí"
    outcome = compare(sheet_of(part, spanish(), "es", "t.po"), spanish(), "es", "Ana Ruiz")
    assert [(change.context, change.what) for change in outcome.changes] == [
        ("f/a/say", "reviewed"),
        ("f/b/say", "doubted"),
        ("f/d/choices.yes", "reviewed"),
    ]
    once = applied(outcome)
    again = compare(sheet_of(part, once, "es", "t.po"), once, "es", "Ana Ruiz")
    assert again == Outcome()


@given(st.text(max_size=40))
def test_a_guarded_cell_is_no_formula_and_comes_back_as_it_was(text: str) -> None:
    assert not guarded(text).startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
    assert unguarded(guarded(text)) == text


@st.composite
def catalogs(draw: st.DrawFn) -> Catalog:
    """Catalogs of any words in any state."""
    words = st.text(st.characters(codec="utf-8", exclude_characters="{}"), min_size=1, max_size=30)
    catalog = new_catalog("ar")
    for number in range(draw(st.integers(1, 5))):
        flags = {"fuzzy"} if draw(st.booleans()) else set()
        comments = [draw(st.sampled_from(["A note", STALE]))] if draw(st.booleans()) else []
        english = f"E{number} {draw(words)}"
        catalog.add(english, draw(words), context=f"f/{number}/say", flags=flags, user_comments=comments)
    catalog.add(DAYS, tuple(f"{form} {{n}}" for form in "abcdef"), context="f/p/say", flags={"fuzzy"})
    return catalog


@given(catalogs())
def test_any_catalog_goes_out_and_comes_back_unchanged(catalog: Catalog) -> None:
    sheet = read_sheet([[guarded(cell) for cell in line] for line in table(catalog, "ar")], "t.csv")
    assert sheet.locale == "ar"
    assert compare(sheet, catalog, "ar", "Ana Ruiz").changes == []


@given(
    st.lists(
        st.tuples(
            st.integers(1, 6),
            st.sampled_from(["context", "english", "translation", "ok", "comment", "form", "state"]),
            st.text(max_size=20) | st.sampled_from(["ok", "no", "", "Hola {name}", "Sí"]),
        ),
        max_size=6,
    )
)
def test_any_edits_are_taken_whole_or_refused_in_words_and_the_rest_stays(
    edits: list[tuple[int, str, str]],
) -> None:
    lines = table()
    for row, name, value in edits:
        put(lines, row, **{name: value})
    outcome = back_or_none(lines)
    if outcome is None:
        return
    after, before = applied(outcome), states(spanish())
    touched = {change.context for change in outcome.changes}
    assert {name: state for name, state in states(after).items() if name not in touched} == {
        name: state for name, state in before.items() if name not in touched
    }
    assert all(any(change.new) or change.what == "commented" for change in outcome.changes)


def back_or_none(lines: list[list[str]]) -> Outcome | None:
    """None where the sheet was refused in words."""
    try:
        return back(lines)
    except SheetError:
        return None


@given(st.permutations(range(11)), st.integers(0, 3))
def test_columns_may_come_in_any_order_with_lines_above_and_columns_between(
    order: list[int], above: int
) -> None:
    lines = put(table(), 1, ok="ok")
    shuffled = [["Ours"]] * above + [["own", *(line[place] for place in order)] for line in lines]
    assert [change.context for change in back(shuffled).changes] == ["f/a/say"]


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ([["a", "b"]], "no line with the titles of the columns. Keep the titles"),
        ([], "no line with the titles"),
        ([["Context", "English"]], "there is no column Translation."),
        ([["Context", "English", "Translation", "English"]], "t.csv:1:4: the column English stands twice."),
    ],
)
def test_a_sheet_without_its_titles_is_refused(head: list[list[str]], said: str) -> None:
    with pytest.raises(SheetError) as broken:
        read_sheet(head, "t.csv")
    assert any(said in str(fault) for fault in broken.value.faults)


def test_a_cell_that_is_no_text_is_refused_where_it_matters() -> None:
    odd = {(2, 4): "a formula", (2, 5): "a formula"}
    with pytest.raises(SheetError) as broken:
        read_sheet(table(), "t.xlsx", odd)
    assert [str(fault)[:45] for fault in broken.value.faults] == [
        "t.xlsx:2:4: Translation is a formula. Type it"
    ]
    assert isinstance(read_sheet(table(), "t.xlsx", {(99, 1): "a formula"}), Sheet)
