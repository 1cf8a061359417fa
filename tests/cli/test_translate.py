"""`ally translate` sends texts out as Excel, CSV and PO and takes them back, all of a file or nothing."""

import io
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import polib
import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook, load_workbook

from bot.cli.catalogs import catalogs
from bot.cli.translate import translate
from bot.words.po_write import new_catalog, po_bytes

KINDS = ("xlsx", "csv", "po")


class House:
    """A folder with a catalog in which each kind of text stands once."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.messages = folder, folder / "messages"
        self.catalog = self.messages / "es" / "LC_MESSAGES" / "ally.po"
        self.catalog.parent.mkdir(parents=True)
        texts = new_catalog("es")
        texts.add("Hello {name}", "Hola {name}", context="f/a/say", flags={"fuzzy"})
        texts.add("Sum", "=1+1", context="f/b/say", flags={"fuzzy"})
        texts.add("Bye, now", 'Adiós, "amiga"\ny amigo', context="f/c/say")
        texts.add(("One day", "{n} days"), ("Un día", "{n} días"), context="f/d/say", flags={"fuzzy"})
        texts.add("Yes", "", context="f/e/choices.yes")
        self.catalog.write_bytes(po_bytes(texts))
        self.before = self.catalog.read_bytes()

    def run(self, *words: str, answer: str = "") -> Result:
        return CliRunner().invoke(translate, [*words, "--messages", str(self.messages)], input=answer)

    def sent(self, kind: str, states: str = "missing,stale,unreviewed,reviewed") -> Path:
        path = self.folder / f"t.{kind}"
        result = self.run("export", "es", "--state", states, "--to", str(path))
        assert result.exit_code == 0, result.output
        return path

    def back(self, path: Path, *words: str, answer: str = "") -> Result:
        return self.run("import", str(path), "--reviewer", "Ana Ruiz", *words, answer=answer)

    def refused(self, path: Path, said: str) -> None:
        result = self.back(path, "--yes")
        assert result.exit_code == 1, result.output
        assert said in result.output
        assert isinstance(result.exception, SystemExit)
        assert self.catalog.read_bytes() == self.before


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def edit_xlsx(path: Path, row: int, **values: object) -> None:
    book = load_workbook(path)
    sheet = book.worksheets[0]
    titles = [str(cell.value).split(" (")[0].rstrip("?").lower() for cell in sheet[1]]
    for name, value in values.items():
        sheet.cell(row, titles.index(name) + 1).value = value  # type: ignore[assignment]
    book.save(path)


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_comes_back_as_it_went_changes_nothing(house: House, kind: str) -> None:
    result = house.back(house.sent(kind), "--yes")
    assert result.output == "Nothing to change.\n"
    assert house.catalog.read_bytes() == house.before


def test_only_the_texts_in_the_states_asked_for_go_out(house: House) -> None:
    assert (
        "1 texts"
        in house.run("export", "es", "--state", "missing", "--to", str(house.folder / "x.po")).output
    )
    contexts = [entry.msgctxt for entry in polib.pofile(str(house.folder / "x.po"))]
    assert contexts == ["f/e/choices.yes"]
    wrong = house.run("export", "es", "--state", "fine")
    assert wrong.exit_code == 2
    assert "use some of reviewed, unreviewed, stale, missing" in wrong.output


def test_a_reviewed_sheet_is_shown_then_written_and_the_reviewer_is_named(house: House) -> None:
    path = house.sent("xlsx")
    edit_xlsx(path, 2, translation="Buenos días, {name}", ok="ok")
    shown = house.back(path, answer="n\n")
    assert "1 reviewed by Ana Ruiz" in shown.output
    assert "    - Hola {name}\n    + Buenos días, {name}" in shown.output
    assert house.catalog.read_bytes() == house.before
    assert house.back(path, answer="y\n").exit_code == 0
    content = house.catalog.read_text("utf-8")
    assert 'msgstr "Buenos días, {name}"' in content
    changed = set(content.splitlines()) ^ set(house.before.decode().splitlines())
    assert len(changed) == 4  # the comment, the flags without fuzzy, the text before and after
    listed = CliRunner().invoke(catalogs, ["show", "--reviewers", "--messages", str(house.messages)])
    assert "es       Ana Ruiz: 1 reviewed, last on " in listed.output


def test_a_translators_program_clears_fuzzy_and_that_is_the_mark(house: House) -> None:
    path = house.sent("po")
    file = polib.pofile(str(path), wrapwidth=60)
    file[0].flags.remove("fuzzy")
    file.save(str(path))
    assert "1 reviewed by Ana Ruiz" in house.back(path, "--yes").output
    assert "# reviewed-by: Ana Ruiz" in house.catalog.read_text("utf-8")


def test_no_cell_that_goes_out_is_a_formula(house: House) -> None:
    cells = [cell for line in load_workbook(house.sent("xlsx")).worksheets[0] for cell in line]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    assert '"\'=1+1"' in house.sent("csv").read_text("utf-8-sig")


@pytest.mark.parametrize("sign", [";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_csv_may_come_back_with_other_separators_and_another_unicode(
    house: House, sign: str, encoding: str
) -> None:
    path = house.sent("csv")
    text = path.read_bytes().decode("utf-8-sig").replace('","', f'"{sign}"')
    path.write_bytes(text.replace('"Hola {name}"', '"Saludos, {name}"').encode(encoding))
    assert "1 edited, not marked: unreviewed" in house.back(path, "--yes").output


def rewritten(path: Path, change: Callable[[bytes], bytes]) -> Path:
    path.write_bytes(change(path.read_bytes()))
    return path


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda content: content.decode("utf-8-sig").encode("cp1252"), "t.csv:4:1: this line is not UTF-8."),
        (lambda content: content.replace(b'"f/c/say"', b'"f/c/say'), "this row cannot be read"),
        (
            lambda content: content.replace(b"Hola {name}", b"x" * 100_000 + b"{name}"),
            "are too long for a text",
        ),
        (lambda content: content.replace(b"Hola {name}", b"Ho\x00la {name}"), "the character U+0000"),
        (lambda content: content.replace(b"Translation (es)", b"Text"), "there is no column Translation."),
        (lambda content: content.replace(b"Translation (es)", b"Translation"), "does not name a language"),
        (
            lambda content: content.replace(b"Translation (es)", b"Translation (xx)"),
            "does not name a language",
        ),
        (lambda _: b"", "no line with the titles"),
        (lambda content: content + b" " * 20_000_001, "bytes are more than"),
    ],
)
def test_a_broken_csv_says_why_and_nothing_is_taken(
    house: House, change: Callable[[bytes], bytes], said: str
) -> None:
    house.refused(rewritten(house.sent("csv"), change), said)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"translation": "=1+1"}, "t.xlsx:2:4: Translation is a formula. Type it as text"),
        ({"translation": "#NAME?"}, "Translation is an error of the spreadsheet."),
        ({"translation": datetime(2026, 11, 24)}, "Translation is a date."),  # noqa: DTZ001 -- as Excel has it
        ({"translation": "Hola"}, "t.xlsx:2:1: f/a/say: lacks {name}. Put it where the value belongs"),
        ({"translation": "x" * 32_000 + "{name}"}, "32,006 letters are too long for a text message."),
        ({"ok": "perhaps"}, "`perhaps` is no mark."),
    ],
)
def test_a_hostile_cell_of_a_workbook_is_refused_with_its_row(
    house: House, values: dict[str, object], said: str
) -> None:
    path = house.sent("xlsx")
    edit_xlsx(path, 2, **values)
    edit_xlsx(path, 6, translation="Sí", ok="ok")
    house.refused(path, said)


def test_merged_cells_are_refused(house: House) -> None:
    path = house.sent("xlsx")
    book = load_workbook(path)
    book.worksheets[0].merge_cells("D2:D4")
    book.save(path)
    house.refused(path, "t.xlsx:2:4: the cells D2:D4 are merged. Unmerge them.")


def test_a_sheet_with_something_far_outside_is_refused_and_not_read(house: House) -> None:
    path = house.sent("xlsx")
    book = load_workbook(path)
    book.worksheets[0].cell(1_000_000, 16_000).value = "!"
    book.save(path)
    house.refused(path, "1000000 rows and 16000 columns are more than were sent.")


def bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 110_000_000)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"no zip", "not readable as .xlsx"), (b"", "not readable as .xlsx"), (bomb(), "unpacks to more than")],
)
def test_a_file_that_is_no_workbook_is_refused(house: House, content: bytes, said: str) -> None:
    path = house.folder / "t.xlsx"
    path.write_bytes(content)
    house.refused(path, said)


def test_a_workbook_of_other_things_is_refused(house: House) -> None:
    book = Workbook()
    book.save(house.folder / "t.xlsx")
    house.refused(house.folder / "t.xlsx", "no line with the titles of the columns.")


@pytest.mark.parametrize("name", ["", "A", "ally", "reviewed-by", "Ana: x", "Ana\nRuiz", "Ana 2026"])
def test_a_reviewer_has_a_name(house: House, name: str) -> None:
    result = house.run("import", str(house.sent("csv")), "--reviewer", name)
    assert result.exit_code == 1
    assert "--reviewer:" in result.output


def test_other_kinds_of_files_and_languages_without_a_catalog_are_said(house: House) -> None:
    assert "ends in .xlsx, .csv or .po" in house.run("export", "es", "--to", "x.docx").output
    assert "ally catalogs update --add ht" in house.run("export", "ht").output


def test_a_catalog_that_changes_while_one_looks_at_the_summary_is_left_alone(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = house.sent("csv")
    rewritten(path, lambda content: content.replace(b"Hola {name}", b"Saludos, {name}"))

    def meanwhile(*_: object, **__: object) -> bool:
        house.catalog.write_bytes(house.before + b"\n# somebody else\n")
        return True

    monkeypatch.setattr("click.confirm", meanwhile)
    result = house.back(path)
    assert result.exit_code == 1
    assert "was changed in the meantime" in result.output
    assert house.catalog.read_bytes().endswith(b"# somebody else\n")
