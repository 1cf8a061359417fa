"""The Content API as our adapter uses it: buttons, lists, templates and their approval."""

import json

import pytest
import requests

from bot.carrier.twilio.contents import ContentApi, ContentRefused, Draft, session_drafts
from tests.servers.house import TOKEN
from tests.servers.local_carrier import ACCOUNT, HER, NUMBER, Local

NOTICE = {"twilio/text": {"body": "Maple Grove writes: {{1}} Write STOP to end."}}


@pytest.fixture
def api(local: Local) -> ContentApi:
    return ContentApi(ACCOUNT, TOKEN, local.url)


def send(local: Local, sid: str, **variables: str) -> requests.Response:
    form = {
        "To": f"whatsapp:{HER}",
        "From": f"whatsapp:{NUMBER}",
        "ContentSid": sid,
        "ContentVariables": json.dumps(variables),
    }
    url = f"{local.url}/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
    return requests.post(url, data=form, auth=(ACCOUNT, TOKEN), timeout=30)


def test_every_length_of_buttons_and_lists_can_be_made(api: ContentApi) -> None:
    drafts = session_drafts()
    sids = [api.create(draft) for draft in drafts]
    assert [draft.name for draft in drafts[:3]] == ["buttons_1", "buttons_2", "buttons_3"]
    assert drafts[-1].name == "list_10"
    assert len(set(sids)) == len(drafts) == 13


def test_buttons_show_their_words_and_can_be_tapped(local: Local, api: ContentApi) -> None:
    sid = api.create(session_drafts()[1])
    local.type(body="Hola", channel="whatsapp")
    words = {"1": "¿Sí o no?", "2": "Sí", "3": "menu/ask=yes", "4": "No", "5": "menu/ask=no"}
    answer = send(local, sid, **words).json()
    assert answer["body"] == "¿Sí o no?"
    (sent,) = local.settle()["sent"]
    assert sent["status"] == "delivered"
    assert sent["taps"] == [["menu/ask=yes", "Sí"], ["menu/ask=no", "No"]]


def test_a_template_is_approved_and_goes_out_at_any_time(local: Local, api: ContentApi) -> None:
    sid = api.create(Draft("notice_en", "en", NOTICE, {"1": "School is closed."}))
    assert api.approval(sid).state == "unsubmitted"
    api.ask_approval(sid, "ally_notice_en")
    assert api.approval(sid).state == "approved"
    send(local, sid, **{"1": "School is closed."})
    (sent,) = local.settle()["sent"]
    assert (sent["status"], sent["body"]) == (
        "delivered",
        "Maple Grove writes: School is closed. Write STOP to end.",
    )


def test_a_template_without_approval_fails_outside_the_window(local: Local, api: ContentApi) -> None:
    sid = api.create(Draft("notice_en", "en", NOTICE, {"1": "School is closed."}))
    send(local, sid, **{"1": "School is closed."})
    (sent,) = local.settle()["sent"]
    assert (sent["status"], sent["error_code"]) == ("failed", 63016)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("{{1}} is the news.", "starts or ends"),
        ("News: {{1}}", "starts or ends"),
        ("A {{1}} {{2}} b", "next to"),
    ],
)
def test_whatsapp_refuses_what_its_rules_forbid(api: ContentApi, body: str, why: str) -> None:
    sid = api.create(Draft("bad", "en", {"twilio/text": {"body": body}}, {"1": "x", "2": "y"}))
    api.ask_approval(sid, "ally_bad")
    told = api.approval(sid)
    assert told.state == "rejected"
    assert why in told.reason


def test_a_list_cannot_be_approved(api: ContentApi) -> None:
    sid = api.create(session_drafts()[-1])
    api.ask_approval(sid, "ally_list")
    assert api.approval(sid).state == "rejected"


def test_a_review_can_be_told_to_take_long(local: Local, api: ContentApi) -> None:
    local.misbehave(approval="pending")
    sid = api.create(Draft("notice_en", "en", NOTICE, {"1": "x"}))
    api.ask_approval(sid, "ally_notice_en")
    assert api.approval(sid).state == "pending"


def test_what_the_carrier_refuses_is_said_in_its_words(local: Local, api: ContentApi) -> None:
    with pytest.raises(ContentRefused, match="types"):
        api.create(Draft("none", "en", {}, {}))
    with pytest.raises(ContentRefused, match="not found"):
        api.approval("HX" + "0" * 32)
    with pytest.raises(ContentRefused, match="Authenticate"):
        ContentApi(ACCOUNT, "another token", local.url).create(session_drafts()[0])


@pytest.mark.parametrize(("sid", "variables", "code"), [("HX0", "{}", 21655), ("made", "[", 21656)])
def test_a_send_with_a_wrong_content_is_refused(
    local: Local, api: ContentApi, sid: str, variables: str, code: int
) -> None:
    made = api.create(session_drafts()[0]) if sid == "made" else sid
    form = {"To": HER, "From": NUMBER, "ContentSid": made, "ContentVariables": variables}
    url = f"{local.url}/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
    answer = requests.post(url, data=form, auth=(ACCOUNT, TOKEN), timeout=30)
    assert (answer.status_code, answer.json()["code"]) == (400, code)
