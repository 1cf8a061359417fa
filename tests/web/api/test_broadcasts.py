"""A program writes to many: from a template or in texts of its own, previewed, sent, watched, held, ended."""

from typing import Any

import pytest

from bot.broadcast import drafts
from bot.broadcast.drafts import Change
from bot.people import api_tokens
from bot.people.access import Grant
from tests.web.api.conftest import PECAN, Api, problem

EARLY = {"day": "2026-12-04", "starts": "12:30", "ends": "12:30"}
MAPLE = "org-maple-grove"


@pytest.fixture
def backend() -> str:
    """SQLite alone: what both kinds of database must hold is in the other files."""
    return "sqlite"


def letter(**more: Any) -> dict[str, Any]:
    """Texts of one's own to one school."""
    told = {
        "audience": {"schools": [MAPLE]},
        "texts": {"en": "School starts at ten."},
        "if_no_text": "english",
    }
    return {**told, **more}


def test_a_template_goes_out_in_every_language_that_has_it(api: Api) -> None:
    body = {
        "audience": {"schools": [MAPLE]},
        "template": "early_release",
        "values": EARLY,
        "if_no_text": "english",
    }
    token = api.token()
    shown = api.post("/broadcasts/preview", token, body).get_json()
    assert not shown["problems"], shown
    languages = {one["language"]: one for one in shown["texts"]}
    assert {"en", "es", "ar", "zh_Hans", "ht"} <= set(languages)
    assert shown["price_usd"] > 0
    sent = api.post("/broadcasts", token, {**body, "preview": shown["preview"]})
    assert sent.status_code == 201, sent.data
    assert sent.get_json()["reached"] == shown["reached"]
    assert len(api.texts()) == shown["reached"]["recipients"]


def test_a_preview_keeps_nothing_and_holds_only_as_long_as_it_is_true(api: Api) -> None:
    token = api.token()
    shown = api.post("/broadcasts/preview", token, letter()).get_json()["preview"]
    assert api.call("GET", "/broadcasts/1", token).status_code == 404
    other = api.post("/broadcasts", token, letter(texts={"en": "School starts at nine."}, preview=shown))
    assert problem(other) == "changed"
    assert other.get_json()["changed"] == ["text"]
    assert problem(api.post("/broadcasts", token, letter(preview="nonsense"))) == "changed"
    assert not api.texts()
    assert api.post("/broadcasts", token, letter(preview=shown)).status_code == 201


def test_what_cannot_be_sent_says_why_and_where(api: Api) -> None:
    token = api.token()
    cases = [
        (letter(if_no_text="refuse"), "no-text-in-language", "/texts"),
        (letter(audience={}), "nobody", "/audience"),
        (letter(texts={"en": "Dear {gardian}"}), "unknown-field", "/texts/en"),
        (letter(texts={"en": "x" * 1700}), "text-too-long", "/texts/en"),
        (letter(texts={"en": "On {date} we start late."}), "no-day", "/texts"),
        (letter(when="2020-01-01T10:00:00Z"), "in-past", "/when"),
        (letter(audience={"schools": ["org-nowhere"]}), "not-there", "/audience/schools/0"),
        (letter(audience={"classes": ["class-luna", "class-x"]}), "not-there", "/audience/classes/1"),
        (letter(template="early_release"), "template-or-texts", "/template"),
        ({"audience": {"everyone": True}, "template": "nothing"}, "no-template", "/template"),
        ({"audience": {"everyone": True}, "template": "early_release"}, "value", "/values/day"),
    ]
    for body, name, place in cases:
        answer = api.post("/broadcasts", token, body)
        assert (answer.status_code, problem(answer)) == (422, name)
        assert answer.get_json()["errors"][0]["field"] == place
    assert not api.texts()


def test_schools_and_classes_beyond_reach_are_answered_like_such_that_are_not_there(api: Api) -> None:
    token = api.token(Grant("administrator", api.school()))
    for name, beyond, nowhere in (
        ("schools", "org-pecan-creek", "org-nowhere"),
        ("classes", "class-baker", "class-nowhere"),
    ):
        answers = [
            api.post("/broadcasts", token, letter(audience={name: [one]})) for one in (beyond, nowhere)
        ]
        assert answers[0].data == answers[1].data
        assert answers[0].status_code == 422
    everyone = api.post("/broadcasts", token, letter(audience={"everyone": True, "students": [PECAN]}))
    assert everyone.get_json()["unknown_students"] == [PECAN]


def test_it_goes_out_at_its_time(api: Api) -> None:
    told = api.post("/broadcasts", api.token(), letter(when="2026-10-14T09:30:00-05:00")).get_json()
    assert told["state"] == "scheduled"
    assert told["starts_at"].startswith("2026-10-14T14:30:00")
    night = api.post("/broadcasts", api.token(), letter(when="2026-10-14T23:30:00-05:00"))
    assert problem(night) == "quiet-hours"
    assert night.get_json()["opens_at"] == "2026-10-15T13:00:00+00:00"


def test_it_is_held_let_go_on_and_ended_and_asking_twice_changes_nothing(api: Api) -> None:
    token = api.token()
    made = api.post("/broadcasts", token, letter()).get_json()["id"]
    for move, state in (("pause", "paused"), ("resume", "running"), ("cancel", "cancelled")):
        for _ in range(2):
            assert api.post(f"/broadcasts/{made}/{move}", token).get_json()["state"] == state
    over = api.post(f"/broadcasts/{made}/resume", token)
    assert (over.status_code, problem(over)) == (409, "state")
    assert over.get_json()["state"] == "cancelled"


def test_what_became_of_each_is_told_page_by_page_without_names_and_numbers(api: Api) -> None:
    token = api.token()
    made = api.post("/broadcasts", token, letter()).get_json()
    api.texts()
    seen, after = [], 0
    while True:
        answer = api.call("GET", f"/broadcasts/{made['id']}/recipients?limit=7&after={after}", token)
        seen += answer.get_json()["recipients"]
        assert "555" not in answer.text
        if answer.get_json()["next"] is None:
            break
        after = answer.get_json()["next"]
    assert len({one["recipient"] for one in seen}) == len(seen) == made["reached"]["recipients"]
    assert {one["state"] for one in seen} == {"pending"}
    assert set(seen[0]) == {"recipient", "language", "state", "reason", "error_code", "handed_over_at"}
    for query in ("limit=0", "limit=x", "after=-1", "other=1"):
        assert api.call("GET", f"/broadcasts/{made['id']}/recipients?{query}", token).status_code == 422


def test_a_draft_of_the_staff_pages_is_not_there(api: Api) -> None:
    token = api.token()
    caller = api_tokens.caller_of(api.desk, token)
    assert caller is not None
    with api.house.bot.db.write() as session:
        made = drafts.create(session, api.house.bot.broadcasting, caller.who, Change())
    assert api.call("GET", f"/broadcasts/{made}", token).status_code == 404
