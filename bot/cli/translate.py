"""`ally translate`: send texts to translators as PO or a spreadsheet, and take them back with reviews."""

from datetime import UTC, datetime
from pathlib import Path

import click
from babel.messages.catalog import Catalog

from bot.cli.folders import MESSAGES
from bot.talk.for_translators import KINDS, Kind, file_for
from bot.talk.spreadsheets import read_csv, read_xlsx
from bot.words import sheet_back, sheet_po
from bot.words.catalogs import DOMAIN, SOURCE, STATES
from bot.words.glossary import agreed_words
from bot.words.locales import LOCALES
from bot.words.marks import State
from bot.words.po_read import read_catalog
from bot.words.po_write import po_bytes
from bot.words.reviews import name_fault
from bot.words.sheet import rows_of
from bot.words.sheet_read import Sheet, read_sheet
from bot.words.yaml_tree import FilesBroken

_TO_DO = "missing,stale,unreviewed"
_SHOWN = 20
_LANGUAGE = click.Choice([name for name in LOCALES if name != SOURCE])


@click.group("translate")
def translate() -> None:
    """Send texts to translators and take them back."""


@translate.command("export")
@click.argument("locale", type=_LANGUAGE)
@click.option("--state", "states", default=_TO_DO, show_default=True, help="Texts in these states, by comma")
@click.option("--to", type=click.Path(path_type=Path), help="FILE.xlsx, FILE.csv or FILE.po")
@MESSAGES
def export_texts(locale: str, states: str, to: Path | None, messages: Path) -> None:
    """Write the texts of a language for a translator: a spreadsheet, or PO for Poedit."""
    path = to or Path(f"{DOMAIN}-{locale}.xlsx")
    chosen = _states(states)
    try:
        catalog = read_catalog(_content(messages, locale), locale, str(_path(messages, locale)))
        content = file_for(_kind(path), catalog, locale, chosen, agreed_words(messages))
    except FilesBroken as broken:
        raise click.ClickException(str(broken)) from None
    number = len({row.context for row in rows_of(catalog, locale, chosen)})
    _write(path, content)
    click.echo(f"{path}: {number} texts. Take them back with: ally translate import {path} --reviewer NAME")


@translate.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--reviewer", required=True, help="Who has read the texts that are marked ok")
@click.option("--locale", type=_LANGUAGE, help="The language, where the file does not name it")
@click.option("--yes", is_flag=True, help="Write without asking")
@MESSAGES
def import_texts(file: Path, reviewer: str, locale: str | None, *, yes: bool, messages: Path) -> None:
    """Take translations and review marks back: all of a file, or nothing when anything in it is wrong."""
    wrong = name_fault(reviewer)
    if wrong:
        raise click.ClickException(f"--reviewer: {wrong}")
    try:
        language = locale or _language_of(file)
        before = _content(messages, language)
        path = _path(messages, language)
        catalog = read_catalog(before, language, str(path))
        outcome = sheet_back.compare(_read(file, catalog, language), catalog, language, reviewer)
        after = po_bytes(sheet_back.apply(outcome, catalog, reviewer, datetime.now(UTC).date()))
        read_catalog(after, language, str(path))
    except FilesBroken as broken:
        raise click.ClickException(f"nothing was taken.\n{broken}") from None
    _say(outcome, file, reviewer)
    if not outcome.changes:
        click.echo("Nothing to change.")
        return
    if not yes:
        click.confirm(f"Write this to {path}?", abort=True)
    if path.read_bytes() != before:
        raise click.ClickException(f"{path} was changed in the meantime. Nothing was taken; try again.")
    _write(path, after)
    click.echo(f"{path}: written.")


def _states(words: str) -> list[State]:
    wanted = [word.strip() for word in words.split(",") if word.strip()]
    unknown = [word for word in wanted if word not in STATES]
    if unknown or not wanted:
        raise click.BadParameter(f"use some of {', '.join(STATES)}.", param_hint="--state")
    return [state for state in STATES if state in wanted]


def _kind(path: Path) -> Kind:
    kind = path.suffix.lower().removeprefix(".")
    found = next((known for known in KINDS if known == kind), None)
    if found is None:
        raise _unknown_kind(path)
    return found


def _language_of(file: Path) -> str:
    """The language that a file names. Raises ClickException where it names none of ours."""
    if file.suffix.lower() == ".po":
        named = next(
            (
                line.split(":")[1].strip('\\n" ')
                for line in file.read_text("utf-8-sig", "replace").split("\n")
                if line.startswith('"Language:')
            ),
            "",
        )
    else:
        named = _sheet(file).locale
    if named not in LOCALES or named == SOURCE:
        fix = "Give it with --locale, for example --locale es."
        raise click.ClickException(f"{file} does not name a language of the program. {fix}")
    return named


def _read(file: Path, present: Catalog, locale: str) -> Sheet:
    if file.suffix.lower() == ".po":
        given = read_catalog(file.read_bytes(), locale, str(file))
        return sheet_po.sheet_of(given, present, locale, str(file))
    return _sheet(file)


def _sheet(file: Path) -> Sheet:
    match file.suffix.lower():
        case ".xlsx":
            table, odd = read_xlsx(file.read_bytes(), str(file))
        case ".csv":
            table, odd = read_csv(file.read_bytes(), str(file))
        case _:
            raise _unknown_kind(file)
    return read_sheet(table, str(file), odd)


def _unknown_kind(path: Path) -> click.ClickException:
    return click.ClickException(f"{path}: use a file that ends in .xlsx, .csv or .po.")


def _path(messages: Path, locale: str) -> Path:
    return messages / locale / "LC_MESSAGES" / f"{DOMAIN}.po"


def _content(messages: Path, locale: str) -> bytes:
    path = _path(messages, locale)
    if not path.is_file():
        raise click.ClickException(f"there is no {path}. Run `ally catalogs update --add {locale}`.")
    return path.read_bytes()


def _say(outcome: sheet_back.Outcome, file: Path, reviewer: str) -> None:
    """What would change, in numbers and text by text, before anything is written."""
    said = {
        "reviewed": f"reviewed by {reviewer}",
        "edited": "edited, not marked: unreviewed",
        "doubted": "marked no: unreviewed",
        "commented": "commented",
    }
    for what, words in said.items():
        found = [change for change in outcome.changes if change.what == what]
        if found:
            click.echo(f"{len(found)} {words}")
        edited = [change for change in found if change.old != change.new]
        for change in edited[:_SHOWN]:
            click.echo(f"  {change.context}\n    - {' | '.join(change.old)}\n    + {' | '.join(change.new)}")
        if len(edited) > _SHOWN:
            click.echo(f"  ... and {len(edited) - _SHOWN} more")
    if outcome.not_taken:
        click.echo(f"{len(outcome.not_taken)} not taken:")
    for row in outcome.not_taken:
        click.echo(f"  {file}:{row.line}: {row.context}: {row.why}")


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all: a running service may be reading."""
    beside = path.with_name(f"{path.name}.new")
    beside.write_bytes(content)
    beside.replace(path)
