"""WhatsApp as a family has it: her message, our answer through the SDK over HTTP, her tap, and back."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from bot.carrier.twilio.forms import read_inbound, read_status
from bot.outbox import whatsapp_push
from bot.outbox.drain import drain
from bot.outbox.status import record_status
from bot.outbox.whatsapp_push import Pushed
from bot.store import contents
from bot.talk.receive import receive
from bot.talk.taken import Text
from bot.talk.wake import wake_due
from bot.wiring import contents as content_api
from bot.words.locales import LOCALES
from tests.fixtures.installation import ENGLISH, SPANISH, Install, Installation
from tests.servers.house import TOKEN
from tests.servers.local_carrier import ACCOUNT, Local


class Phone:
    """One person's WhatsApp, with the whole way between her thumb and our database."""

    def __init__(self, house: Installation, local: Local, number: str = ENGLISH) -> None:
        self.house, self.local, self.number = house, local, number
        self.seen = 0

    def say(self, body: str, **typed: Any) -> list[dict[str, Any]]:
        """She writes or taps; what reaches her phone."""
        self.local.house.forget()
        self.local.type(**{"from": self.number, "body": body, "channel": "whatsapp"} | typed)
        (knock,) = self.local.house.at("/inbound")
        form = read_inbound(knock.form)
        came = Text(form.sid, form.sender, form.body, form.channel, form.payload)
        receive(self.house.bot.talk, came)
        return self.gets()

    def tap(self, label: str, *, in_list: bool = False) -> list[dict[str, Any]]:
        """She taps what the last message offers under this label."""
        last = self.sent()[-1]
        payload = next(payload for payload, one in last["taps"] if one == label)
        return self.say(label, payload=payload, from_list=in_list)

    def gets(self) -> list[dict[str, Any]]:
        """Whatever is due goes out, and its receipts come in."""
        drain(self.house.bot.outbox, "replies")
        while self.receipts():
            drain(self.house.bot.outbox, "replies")
        new, self.seen = self.sent()[self.seen :], len(self.sent())
        return new

    def sent(self) -> list[dict[str, Any]]:
        return list(self.local.ledger(person=self.number)["sent"])

    def receipts(self) -> bool:
        """Take in what the carrier has told since; whether something goes by SMS now."""
        self.local.settle()
        knocks = self.local.house.at("/twilio/status")
        self.local.house.forget()
        again = False
        for knock in knocks:
            report = read_status(knock.form, dict(parse_qsl(urlsplit(knock.path).query)))
            with self.house.bot.db.write() as session:
                again |= record_status(
                    session, report.sid, report.row_id, report.status, report.error_code, self.house.clock()
                )
        return again


@pytest.fixture
def phone(install: Install, local: Local) -> Callable[..., Phone]:
    """Makes phones of a house whose carrier is the one on this machine, with everything pushed to it."""
    house = install(
        TWILIO_ACCOUNT_SID=ACCOUNT,
        TWILIO_AUTH_TOKEN=TOKEN,
        TWILIO_BASE_URL=local.url,
        ALLY_PUBLIC_URL=local.house.url,
    )
    push(house)
    return lambda number=ENGLISH: Phone(house, local, number)


def push(house: Installation) -> list[Pushed]:
    bot = house.bot
    every = whatsapp_push.wanted(bot.library.book, bot.settings.program, LOCALES)
    done = whatsapp_push.push(bot.db, content_api(bot.settings), every, house.clock())
    whatsapp_push.follow(bot.db, content_api(bot.settings), house.clock())
    return done


def test_a_list_and_buttons_are_tapped_and_answered(phone: Callable[..., Phone]) -> None:
    her = phone()
    (menu,) = her.say("menu")
    assert (menu["channel"], menu["status"], menu["opens"]) == ("whatsapp", "delivered", "Choose")
    assert "STOP to end" in menu["body"], "the notice of a first contact stands above the list"
    assert "Answer with a number" not in menu["body"]
    assert menu["taps"][3] == ["menu/what_do_you_need/rights", "What schools must do"]
    her.tap("What schools must do", in_list=True)
    (which,) = her.tap("Records and privacy", in_list=True)
    assert (which["body"], which["opens"]) == ("Records and names. What would you like to know?", "")
    (answer,) = her.tap("See school records")
    assert answer["body"].startswith("You can see your child's school records.")
    assert [label for _, label in answer["taps"]] == [
        "Yes, with a person",
        "Another question",
        "No, thank you",
    ]


def test_a_number_answers_there_as_well_and_an_old_tap_is_read_as_its_words(
    phone: Callable[..., Phone],
) -> None:
    her = phone()
    her.say("menu")
    (which,) = her.say("4")
    assert which["body"].startswith("Schools have duties")
    (dates,) = her.say("Dates and hours", payload="menu/what_do_you_need/dates", from_list=True)
    assert dates["channel"] == "whatsapp"


def test_in_her_language(phone: Callable[..., Phone]) -> None:
    (menu,) = phone(SPANISH).say("menú")
    assert menu["opens"] == "Elegir"
    assert menu["body"].startswith("¿Qué necesita?")


def test_the_same_person_gets_numbers_where_she_writes_by_sms(phone: Callable[..., Phone]) -> None:
    her = phone()
    her.say("menu")
    (menu,) = her.say("menu", channel="sms")
    assert (menu["channel"], menu["taps"]) == ("sms", [])
    assert "\n1 Dates and hours" in menu["body"]


def test_stop_on_whatsapp_is_answered_once_by_us_and_holds_everywhere(phone: Callable[..., Phone]) -> None:
    her = phone()
    her.say("menu")
    (confirmed,) = her.say("STOP")
    assert confirmed["body"] == her.house.phrase("stop_confirmation")
    assert her.say("menu") == []
    assert her.say("menu", channel="sms") == []


def test_what_time_brings_about_goes_on_where_she_wrote(phone: Callable[..., Phone]) -> None:
    her = phone()
    her.say("menu")
    her.tap("Talk to a person", in_list=True)
    her.house.clock.move(hours=8)
    wake_due(her.house.bot.talk)
    told = her.gets()
    assert [text["channel"] for text in told] == ["whatsapp"] * len(told)
    assert told


def test_whatsapps_own_clock_says_that_the_day_is_over_and_the_text_comes_by_sms_once(
    phone: Callable[..., Phone], local: Local
) -> None:
    her = phone()
    # The carrier never heard her on WhatsApp: it takes the answer and then says 63016.
    receive(her.house.bot.talk, Text(her.house.sid(), her.number, "menu", "whatsapp"))
    failed, by_sms = her.gets()
    assert (failed["channel"], failed["status"], failed["error_code"]) == ("whatsapp", "failed", 63016)
    assert (by_sms["channel"], by_sms["status"]) == ("sms", "delivered")
    assert "\n2 Report an absence" in by_sms["body"]
    assert her.gets() == []


def test_push_is_idempotent_and_makes_anew_what_the_carrier_lost(phone: Callable[..., Phone]) -> None:
    house = phone().house
    with house.bot.db.read() as session:
        before = {(one.name, one.language): one.sid for one in contents.all_of_them(session)}
        usable = contents.usable(session)
    assert {language for name, language in before if name == "notice"} == {"en", "es", "ar", "zh_Hans"}
    assert set(usable) == set(before), "every template is approved"
    push(house)
    with house.bot.db.write() as session:
        assert {(one.name, one.language): one.sid for one in contents.all_of_them(session)} == before
        contents.note_approval(session, before["notice", "es"], "missing", "", house.clock())
    push(house)
    with house.bot.db.read() as session:
        after = {(one.name, one.language): one.sid for one in contents.all_of_them(session)}
    assert {key for key in before if before[key] != after[key]} == {("notice", "es")}


def test_a_template_that_waits_is_followed_by_itself_and_one_refused_goes_by_sms(
    phone: Callable[..., Phone], local: Local
) -> None:
    house = phone().house
    api = content_api(house.bot.settings)
    with house.bot.db.write() as session:
        for one in contents.all_of_them(session):
            one.state = "pending" if one.language else one.state
            session.add(one)
    assert whatsapp_push.follow_due(house.bot.db, api, house.clock()) == 0
    house.clock.move(hours=2)
    assert whatsapp_push.follow_due(house.bot.db, api, house.clock()) == 1
    with house.bot.db.read() as session:
        assert ("notice", "es") in contents.usable(session)
    assert whatsapp_push.follow_due(house.bot.db, api, house.clock()) == 0
