"""Reminders from the calendar on the pages: what comes next, rules made, paused, removed, one left out."""

import re

from bot.broadcast.reminders import look_at_calendars
from bot.people.access import Grant
from bot.store.audit import AuditLine
from bot.store.broadcasts import Broadcast
from bot.store.reminders import ReminderRule
from tests.web.console.conftest import Console
from tests.web.console.test_broadcasts import ROOT, rows

PAGE = f"{ROOT}/reminders"


def begun(console: Console) -> str:
    """The page of Maple Grove, where one reminder waits for somebody who looks at it."""
    console.house.clock.move(days=5)
    assert look_at_calendars(console.house.bot.broadcasting)
    return f"{PAGE}/{console.school()}"


def test_each_text_that_comes_is_shown_with_its_state(console: Console) -> None:
    path, client = begun(console), console.signed_in("administrator")
    assert "/staff/broadcasts/reminders/" in console.get(client, f"{ROOT}/").text
    assert "Maple Grove" in console.get(client, f"{PAGE}/").text
    page = console.get(client, path).text
    assert "A reminder from Maple Grove Elementary" in page
    assert re.search(r'lang="ar" dir="auto" translate="no">\S', page)
    assert "not checked by a speaker" in page
    assert "Goes out" in page
    assert "(America/Chicago)" in page
    at_one = console.enter(console.account(Grant("administrator", console.school())))
    assert console.get(at_one, f"{PAGE}/").location == path


def test_a_rule_is_made_paused_and_removed_with_undo(console: Console) -> None:
    path, client = begun(console), console.signed_in("administrator")
    told = {"kind": "report_card", "days_before": "7", "at": "16:30"}
    console.post(client, path, **told)
    page = console.get(client, path).text
    assert "The rule is there." in page
    assert "1 week before" in page
    again = console.post(client, path, **told)
    assert again.status_code == 422
    assert re.search(r'id="kind-fault">There is such a rule already.', again.text)
    late = console.post(client, path, **{**told, "days_before": "2", "at": "22:00"})
    assert re.search(r'value="22:00" required aria-invalid="true" aria-describedby="at-fault"', late.text)
    assert re.search(r'id="at-fault">Texts go out between', late.text)
    [rule] = [one for one in rows(console, ReminderRule) if one.kind == "report_card"]
    console.post(client, f"{path}/{rule.id}", at="16:00")
    assert "paused" in console.get(client, path).text
    console.post(client, f"{path}/{rule.id}/remove")
    page = console.get(client, path).text
    undo = re.search(r'action="(\S+/restore)"', page)
    assert undo
    console.post(client, undo.group(1))
    [rule] = [one for one in rows(console, ReminderRule) if one.kind == "report_card"]
    assert (rule.at, rule.is_on, rule.gone_at) == ("16:00", False, None)
    said = [line.action for line in rows(console, AuditLine) if line.action.startswith("reminder_")]
    assert said == [
        "reminder_rule_added",
        "reminder_rule_changed",
        "reminder_rule_removed",
        "reminder_rule_restored",
    ]


def test_one_that_waits_is_let_out_or_left_out(console: Console) -> None:
    path, client = begun(console), console.signed_in("administrator")
    page = console.get(client, path).text
    skips = re.search(
        r'action="(\S+/skip)">\s*<input[^>]*>\s*<input type="hidden" name="uid" value="([^"]*)">'
        r'<input type="hidden" name="day" value="([^"]*)">',
        page,
    )
    assert skips
    date = {"uid": skips.group(2), "day": skips.group(3)}
    console.post(client, skips.group(1), **date)
    assert "Send it after all" in console.get(client, path).text
    console.post(client, skips.group(1).replace("/skip", "/unskip"), **date)
    assert "Send it after all" not in console.get(client, path).text
    assert console.post(client, skips.group(1), uid="x", day="soon").status_code == 400
    page = console.get(client, path).text
    approve = re.search(r'action="(/staff/broadcasts/\d+/approve)"', page)
    assert approve
    asked = console.get(client, approve.group(1).removesuffix("/approve")).text
    assert re.search(r"It goes to [1-9]\d* phones?\.", asked), "who decides reads how many"
    assert "(Maple Grove Elementary)" in asked
    assert console.post(client, approve.group(1)).status_code == 303
    assert "scheduled" in [row.state for row in rows(console, Broadcast)]
    assert "planned" in console.get(client, path).text


def test_rules_of_another_school_are_closed(console: Console) -> None:
    path = begun(console)
    far = console.enter(console.account(Grant("administrator", console.school("Pecan"))))
    assert console.get(far, path).status_code == 403
    mine = f"{PAGE}/{console.school('Pecan')}"
    [first, *_rest] = [one for one in rows(console, ReminderRule) if one.school_id == console.school()]
    assert console.post(far, f"{mine}/{first.id}/remove").status_code == 404
