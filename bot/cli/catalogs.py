"""`ally catalogs`: bring the translations up to the flows, and show how far each language is."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click
from babel.messages.catalog import Catalog

from bot.cli.folders import FLOWS, MESSAGES
from bot.cli.page_words import pages
from bot.school import rights
from bot.words import catalogs as words
from bot.words.extract import template
from bot.words.locales import LOCALES, facts
from bot.words.po_read import read_catalog, read_template
from bot.words.po_write import new_catalog, po_bytes, template_bytes
from bot.words.reviews import reviewers as who_reviewed
from bot.words.update import UpdateReport, update
from bot.words.yaml_tree import FilesBroken

_FACTS = "bot/school/facts"


@click.group("catalogs")
def catalogs() -> None:
    """The translations: gettext catalogs, one a language."""


catalogs.add_command(pages)


@catalogs.command("update")
@FLOWS
@MESSAGES
@click.option("--check", is_flag=True, help="Change nothing; exit 1 when something would change")
@click.option(
    "--add",
    multiple=True,
    type=click.Choice([name for name in LOCALES if name != words.SOURCE]),
    help="Begin a language that has no catalog yet",
)
def update_catalogs(flows: Path, messages: Path, *, check: bool, add: tuple[str, ...]) -> None:
    """Take new and edited English texts into every catalog; nothing translated is lost or guessed."""
    changed = False
    try:
        for path, content, said in _updated(flows, messages, add):
            if path.is_file() and path.read_bytes() == content:
                continue
            changed = True
            click.echo(f"{path}: {said}")
            if not check:
                _write(path, content)
    except FilesBroken as broken:
        raise click.ClickException(f"nothing was changed after this.\n{broken}") from None
    if not changed:
        click.echo("Everything is up to date.")
    elif check:
        click.echo("Run `ally catalogs update` and commit what it changes.")
        raise SystemExit(1)


@catalogs.command()
@FLOWS
@MESSAGES
@click.option("--reviewers", is_flag=True, help="Who has read how many texts, and when last")
def show(flows: Path, messages: Path, *, reviewers: bool) -> None:
    """How many texts are in each state, language by language."""
    try:
        loaded = words.load(messages)
        loaded.add_template(_template(flows))
    except FilesBroken as broken:
        raise click.ClickException(str(broken)) from None
    click.echo(f"{'':24}" + "".join(f"{state:>12}" for state in words.STATES))
    for locale in loaded.locales():
        counts = loaded.coverage(locale)
        row = "".join(f"{counts[state]:>12}" for state in words.STATES)
        click.echo(f"{locale:9}{facts(locale).english[:15]:15}{row}")
    if reviewers:
        _show_reviewers(messages)


def _show_reviewers(messages: Path) -> None:
    for locale, catalog in words.as_written(messages).items():
        for name, (number, day) in sorted(who_reviewed(catalog).items()):
            last = f", last on {day.isoformat()}" if day else ""
            click.echo(f"{locale:9}{name}: {number} reviewed{last}")


def _template(flows: Path) -> Catalog:
    return template(_sources(flows))


def _sources(flows: Path) -> Iterator[tuple[str, str]]:
    """Flows and facts with the names that the catalogs show, the same from wherever this runs."""
    for folder, name in ((flows, "flows"), (Path(rights.__file__).parent / "facts", _FACTS)):
        for path in sorted(folder.glob("**/*.yaml")):
            yield f"{name}/{path.relative_to(folder).as_posix()}", path.read_text("utf-8-sig")


def _updated(flows: Path, messages: Path, add: tuple[str, ...]) -> Iterator[tuple[Path, bytes, str]]:
    """Every catalog as it should be: path, content and what is new in it."""
    content = template_bytes(_template(flows))
    fresh = read_template(content, f"{words.DOMAIN}.pot")
    yield messages / f"{words.DOMAIN}.pot", content, "the English texts changed"
    found = {path.parent.parent.name for path in messages.glob(f"*/LC_MESSAGES/{words.DOMAIN}.po")}
    for locale in sorted(found | set(add)):
        path = messages / locale / "LC_MESSAGES" / f"{words.DOMAIN}.po"
        old = read_catalog(path.read_bytes(), locale, str(path)) if path.is_file() else new_catalog(locale)
        report = update(fresh, old, locale, datetime.now(UTC).date())
        yield path, po_bytes(report.catalog), _said(report)


def _said(report: UpdateReport) -> str:
    counts = {
        "new": report.added,
        "stale": report.stale,
        "moved": report.moved,
        "back": report.revived,
        "put aside": report.put_aside,
    }
    return ", ".join(f"{len(names)} {what}" for what, names in counts.items() if names) or "tidied"


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all: a running service may be reading."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".new")
    beside.write_bytes(content)
    beside.replace(path)
