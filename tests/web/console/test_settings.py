"""Settings and the log: what was decided, no secret; what the doctor finds; a chain that is whole."""

from sqlalchemy import text

from bot.outbox.sweep import HEARTBEAT
from bot.people.access import Grant
from bot.store import audit, marks
from bot.store.audit import Deed
from tests.fixtures.installation import TOKEN
from tests.web.console.conftest import Console


def deed(console: Console, action: str, school_id: int | None = None) -> None:
    """Something that staff did."""
    bot = console.house.bot
    with bot.db.write() as session:
        audit.append(session, bot.vault, bot.clock(), Deed(action, None, "contact:7", school_id))


def test_what_was_decided_is_shown_and_no_secret_is(console: Console) -> None:
    page = console.get(console.signed_in("administrator"), "/staff/settings/").text
    settings = console.house.bot.settings
    for said in (settings.program, "512-555-0100", settings.public_url, "ALLY_STOP_BY", "ALLY_COUNTRIES"):
        assert said in page
    for secret in (TOKEN, *settings.key_list, settings.fingerprint_key.get_secret_value()):
        assert secret not in page


def test_the_doctors_findings_stand_there_with_their_fixes(console: Console) -> None:
    client = console.signed_in("administrator")
    page = console.get(client, "/staff/settings/").text
    assert "python worker.py sweep" in page
    assert "carrier: is not reached" not in page, "only when it is asked for"
    with console.house.bot.db.write() as session:
        marks.put(session, HEARTBEAT, console.house.clock())
    assert "python worker.py sweep" not in console.get(client, "/staff/settings/").text


def test_the_carrier_is_asked_on_demand(console: Console) -> None:
    page = console.get(console.signed_in("administrator"), "/staff/settings/doctor").text
    assert "carrier: is not reached" in page


def test_settings_are_for_administrators_of_the_district(console: Console) -> None:
    client = console.signed_in("administrator", school=console.school())
    assert console.get(client, "/staff/settings/").status_code == 403
    assert 'href="/staff/settings/"' not in console.get(client, "/staff/").text
    assert console.get(console.signed_in("auditor"), "/staff/settings/").status_code == 403


def test_the_log_is_read_by_auditors_and_filtered(console: Console) -> None:
    deed(console, "exported")
    client = console.signed_in("auditor")
    page = console.get(client, "/staff/log/").text
    assert "contact:7" in page
    assert "invited somebody" in page
    page = console.get(client, "/staff/log/?action=exported").text
    assert "contact:7" in page
    assert "account:" not in page
    assert console.get(console.signed_in("liaison"), "/staff/log/").status_code == 403


def test_an_administrator_of_one_school_reads_the_lines_of_that_school(console: Console) -> None:
    maple = console.school()
    deed(console, "exported", maple)
    deed(console, "unmasked", console.school("Pecan"))
    page = console.get(console.signed_in("administrator", school=maple), "/staff/log/").text
    assert "exported" in page
    assert "unmasked" not in page


def test_a_long_log_goes_on_on_further_pages(console: Console) -> None:
    for _ in range(60):
        deed(console, "exported")
    client = console.signed_in("auditor")
    first = console.get(client, "/staff/log/?action=exported").text
    assert 'rel="next"' in first
    older = first.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
    second = console.get(client, older).text
    assert second.count("contact:7") == 10
    assert 'rel="prev"' in second


def test_a_line_that_was_changed_by_other_means_is_found(console: Console) -> None:
    deed(console, "exported")
    deed(console, "unmasked")
    client = console.signed_in("auditor")
    assert "The chain is whole" in console.get(client, "/staff/log/check").text
    with console.house.bot.db.engine.begin() as connection:
        triggers = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars()
        for name in list(triggers):
            if "audit" in name:
                connection.execute(text(f"DROP TRIGGER {name}"))
        connection.execute(text("UPDATE audit_line SET subject = 'contact:8' WHERE id = 1"))
    page = console.get(client, "/staff/log/check").text
    assert "The chain is broken" in page
    assert "Line 1 is the first" in page


def test_the_doctor_speaks_the_readers_language(console: Console) -> None:
    client = console.enter(console.account(Grant("administrator"), language="es"))
    page = console.get(client, "/staff/settings/").text
    assert "última señal nunca: nada de lo perdido se vuelve a encontrar" in page
    assert "python worker.py sweep" in page
