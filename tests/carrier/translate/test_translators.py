"""LibreTranslate and Google, over real HTTP with servers that keep to the published contracts."""

import json
from collections.abc import Callable, Iterator

import pytest
from pydantic import ValidationError

from bot.carrier.translate.google import GoogleTranslator
from bot.carrier.translate.libre import LibreTranslator
from bot.carrier.translate.transport import Limits
from bot.ports import NotTranslated, Translator
from bot.settings import Settings
from bot.wiring import translator
from tests.servers.translators import KEY, Engine, translators

TEXT = "Sahra has school at 8:30. {0.__class__} {{7*7}} %n <script>"
QUICK = Limits(read=0.2)


def libre(url: str, limits: Limits | None) -> Translator:
    return LibreTranslator(url, KEY, limits=limits)


def google(url: str, limits: Limits | None) -> Translator:
    return GoogleTranslator(KEY, url=url, limits=limits)


ENGINES = {"libre": libre, "google": google}


@pytest.fixture
def engine() -> Iterator[Engine]:
    with translators() as running:
        yield running


@pytest.fixture(params=list(ENGINES))
def machine(request: pytest.FixtureRequest, engine: Engine) -> Translator:
    limits = QUICK if "time" in request.node.name else None
    return ENGINES[request.param](engine.url, limits)


def refusal(machine: Translator) -> NotTranslated:
    with pytest.raises(NotTranslated) as raised:
        machine.translate([TEXT, "Two"], "en", "so")
    assert TEXT not in repr(raised.value)
    assert KEY not in repr(raised.value)
    assert raised.value.__cause__ is None
    return raised.value


def wrapped(rows: list[object]) -> bytes:
    """An answer that both engines' readers find their list in."""
    return json.dumps(
        {"translatedText": rows, "data": {"translations": [{"translatedText": one} for one in rows]}}
    ).encode()


def test_texts_come_back_in_order_and_as_many(machine: Translator, engine: Engine) -> None:
    assert machine.translate([TEXT, "Two"], "en", "so") == [f"so {TEXT.upper()}", "so TWO"]
    (asked,) = engine.got
    assert asked.pop("api_key", KEY) == KEY
    assert asked == {"q": [TEXT, "Two"], "source": "en", "target": "so", "format": "text"}


def test_nothing_to_translate_asks_nobody(machine: Translator, engine: Engine) -> None:
    assert machine.translate([], "en", "so") == []
    assert engine.got == []


def test_each_engine_is_asked_in_its_own_names_of_languages(machine: Translator, engine: Engine) -> None:
    machine.translate(["One"], "en", "zh_Hans")
    assert engine.got[0]["target"] in {"zh-Hans", "zh-CN"}


@pytest.mark.parametrize(
    ("spoken", "target"),
    [
        (["en", "zh-Hans", "zh-Hant"], "zh-Hans"),
        (["en", "zh", "zt"], "zh"),
        (["en", "zh-CN"], "zh-CN"),
    ],
)
def test_a_libretranslate_of_any_release_is_asked_in_its_own_names(
    engine: Engine, spoken: list[str], target: str
) -> None:
    engine.languages = spoken
    machine = LibreTranslator(engine.url, KEY)
    assert machine.translate(["One"], "en", "zh_Hans") == [f"{target} ONE"]
    assert (engine.got[0]["source"], engine.got[0]["target"]) == ("en", target)


def test_a_language_that_libretranslate_does_not_know_is_left_to_a_person_at_once(engine: Engine) -> None:
    engine.languages = ["en", "es"]
    refused = refusal(LibreTranslator(engine.url, KEY))
    assert (refused.reason, refused.for_good) == ("language_unknown", True)
    assert engine.got == [], "no text went there"


def test_a_libretranslate_that_keeps_its_languages_to_itself_is_asked_in_the_newest_names(
    engine: Engine,
) -> None:
    engine.tells_languages = False
    assert LibreTranslator(engine.url, KEY).translate(["One"], "en", "zh_Hans") == ["zh-Hans ONE"]


def test_a_libretranslate_that_was_replaced_by_another_release_is_asked_anew(engine: Engine) -> None:
    machine = LibreTranslator(engine.url, KEY)
    assert machine.translate(["One"], "en", "zh_Hans") == ["zh-Hans ONE"]
    engine.languages = ["en", "zh"]
    with pytest.raises(NotTranslated):
        machine.translate(["One"], "en", "zh_Hans")
    assert machine.translate(["One"], "en", "zh_Hans") == ["zh ONE"]


def test_google_takes_128_texts_at_once_and_more_in_several_calls(engine: Engine) -> None:
    texts = [f"text {number}" for number in range(300)]
    found = GoogleTranslator(KEY, url=engine.url).translate(texts, "en", "so")
    assert found == [f"so {text.upper()}" for text in texts]
    assert [len(asked["q"]) for asked in engine.got] == [128, 128, 44]


@pytest.mark.parametrize("status", [400, 403, 429, 500, 503, 302])
def test_a_refusal_says_whether_asking_again_helps(machine: Translator, engine: Engine, status: int) -> None:
    engine.status = status
    refused = refusal(machine)
    assert (refused.reason, refused.for_good) == (f"answered_{status}", status == 400)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (wrapped(["one"]), "wrong_count"),
        (wrapped(["one", "two", "three"]), "wrong_count"),
        (wrapped(["one", "  "]), "empty"),
        (wrapped(["one", 2]), "unreadable"),
        (b"", "unreadable"),
        (b"<html>", "unreadable"),
        (b"[]", "unreadable"),
        (b'{"translatedText": "one", "data": null}', "unreadable"),
    ],
)
def test_an_answer_of_another_shape_is_no_translation(
    machine: Translator, engine: Engine, answer: bytes, reason: str
) -> None:
    engine.answer = answer
    assert refusal(machine).reason == reason


def test_an_engine_that_hangs_is_left_in_time(machine: Translator, engine: Engine) -> None:
    engine.hangs = True
    assert refusal(machine).reason == "timeout"


@pytest.mark.parametrize("name", list(ENGINES))
def test_an_engine_that_is_away_is_worth_another_try(name: str) -> None:
    with translators() as gone:
        url = gone.url
    refused = refusal(ENGINES[name](url, None))
    assert (refused.reason, refused.for_good) == ("unreachable_ConnectionError", False)


def test_a_wrong_key_is_refused(engine: Engine) -> None:
    assert refusal(LibreTranslator(engine.url, "another")).for_good
    assert refusal(GoogleTranslator("another", url=engine.url)).for_good


def test_none_translates_unless_it_is_set_up(make_settings: Callable[..., Settings]) -> None:
    assert translator(make_settings()) is None
    libre = make_settings(ALLY_TRANSLATOR="libretranslate", ALLY_TRANSLATOR_URL="https://t.example.org")
    assert isinstance(translator(libre), LibreTranslator)
    google = make_settings(ALLY_TRANSLATOR="google", ALLY_TRANSLATOR_KEY=KEY)
    assert isinstance(translator(google), GoogleTranslator)
    assert KEY not in repr(google)


@pytest.mark.parametrize(
    "wrong",
    [
        {"ALLY_TRANSLATOR": "libretranslate"},
        {"ALLY_TRANSLATOR": "google"},
        {"ALLY_TRANSLATOR": "libretranslate", "ALLY_TRANSLATOR_URL": "http://t.example.org"},
        {"ALLY_TRANSLATOR": "another"},
    ],
)
def test_a_translator_that_is_half_set_up_stops_the_start(
    make_settings: Callable[..., Settings], wrong: dict[str, str]
) -> None:
    with pytest.raises(ValidationError, match="ALLY_TRANSLATOR"):
        make_settings(**wrong)
