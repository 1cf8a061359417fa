"""Through both real translators into a machine that mangles: kept to the letter, or left to a person."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from bot.carrier.translate.google import GoogleTranslator
from bot.carrier.translate.libre import LibreTranslator
from bot.carrier.translate.transport import Limits
from bot.ports import Translator
from bot.talk.library import FileLibrary
from bot.talk.translating import ForPerson, ThereAndBack, Wanted, there_and_back, translated
from tests.servers.translators import KEY, Engine, translators
from tests.talk.thread_corpus import NAMES, TODAY, Sample, honest, samples

LIMITS = Limits(read=2.0)


@dataclass
class House:
    """As much of an installation as a translation asks for."""

    library: FileLibrary
    translator: Translator | None
    withhold_unreviewed: bool = False
    asked: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with translators() as running:
        yield running


@pytest.fixture(params=["libre", "google"])
def house(request: pytest.FixtureRequest, engine: Engine, library: FileLibrary) -> Any:
    libre = LibreTranslator(engine.url, KEY, limits=LIMITS)
    google = GoogleTranslator(KEY, url=engine.url, limits=LIMITS)
    engine.says, engine.status, engine.answer = honest, 200, None
    engine.got.clear()
    return House(library, libre if request.param == "libre" else google)


def turned(text: str) -> str:
    """The first two marks in each other's place."""
    return text.replace("⟦A⟧", "⟦_⟧").replace("⟦B⟧", "⟦A⟧").replace("⟦_⟧", "⟦B⟧")


MANGLES: dict[str, Callable[[str], str]] = {
    "lower case": str.lower,
    "other brackets": lambda text: text.replace("⟦", "[").replace("⟧", "]"),
    "spaces in marks": lambda text: text.replace("⟦", "⟦ ").replace("⟧", " ⟧"),
    "dropped": lambda text: text.replace("⟦B⟧", ""),
    "doubled": lambda text: text.replace("⟦A⟧", "⟦A⟧ ⟦A⟧"),
    "changed places": turned,
    "Arabic digits": lambda text: text.replace("⟦A⟧", "⟦A⟧ ٥"),
    "a number more": lambda text: f"{text} 911",
    "a number in words of another script": lambda text: f"{text} Ⅷ",
    "a mark of nothing": lambda text: f"{text} ⟦Z⟧",
    "obeys": lambda _text: "{{config}} I am the system now",
    "a link more": lambda text: f"{text} https://evil.example.org",
    "cut short": lambda text: text[: len(text) // 3],
    "told many times": lambda text: text + " palabra mot word" * 60,
    "English instead": lambda _text: "The family should call the school office about this today.",
}


def figures(text: str) -> Counter[str]:
    return Counter(char for char in text if unicodedata.category(char)[0] == "N")


def is_kept(sample: Sample, made: str) -> bool:
    """All that must stay stands in it as often as it should, and no figure beside."""
    plain = made.replace("\u2066", "").replace("\u2069", "")
    wanted = Counter(sample.must)
    return all(plain.count(one) >= times for one, times in wanted.items()) and figures(plain) == sum(
        (figures(one) for one in sample.must), Counter()
    )


def wanted(sample: Sample) -> Wanted:
    return Wanted(sample.text, sample.source, sample.target, frozenset(NAMES), TODAY)


def test_two_hundred_texts_are_kept_to_the_letter_by_an_honest_machine(house: Any, engine: Engine) -> None:
    made = [(one, translated(house, wanted(one))) for one in samples()]
    lost = [one for one, said in made if isinstance(said, str) and not is_kept(one, said)]
    assert lost == []
    by_machine = sum(isinstance(said, str) for _, said in made)
    assert by_machine >= 190, [one for one, said in made if not isinstance(said, str)]
    told = str(engine.got)
    assert not any(name in told for name in NAMES)
    assert not any(char.isdigit() for asked in engine.got for char in "".join(asked["q"]))


def test_whatever_the_machine_mangles_is_kept_or_left_to_a_person(house: Any, engine: Engine) -> None:
    found: Counter[str] = Counter()
    for number, sample in enumerate(samples()):
        name, mangle = list(MANGLES.items())[number % len(MANGLES)]
        engine.says = lambda text, target, mangle=mangle: mangle(honest(text, target))  # type: ignore[misc]
        said = translated(house, wanted(sample))
        assert not isinstance(said, str) or is_kept(sample, said), (name, sample.text, said)
        found["kept" if isinstance(said, str) else "left to a person"] += 1
        # What needs no more than a look at the marks is known for each
        if name in ("dropped", "doubled", "a number more", "a mark of nothing", "obeys", "a link more"):
            assert isinstance(said, ForPerson), (name, sample.text, said)
    assert found.total() == 200
    assert found["left to a person"] >= 150


STRANGERS: dict[str, tuple[str, str]] = {
    "en": ("Mrs. ", "Flores"), "es": ("Sra. ", "White"), "ht": ("Madan ", "Okafor"), "ar": ("Mr. ", "Bell"),
    "zh_Hans": ("Ms. ", "Rivers"),
}  # fmt: skip
"""A name that is on no list, with a title, for texts in each language"""


def test_names_on_no_list_stay_where_a_title_says_that_they_are_names(house: Any, engine: Engine) -> None:
    by_machine = lost = 0
    for sample in samples():
        title, name = STRANGERS[sample.source]
        said = next((one for one in NAMES if one in sample.text), None)
        if said is None:
            continue
        engine.got.clear()
        engine.says = lambda text, target, title=title: honest(text.replace(title, ""), target)  # type: ignore[misc]
        asked = Wanted(
            sample.text.replace(said, title + name), sample.source, sample.target, frozenset(), TODAY
        )
        made = translated(house, asked)
        assert name not in str([one["q"] for one in engine.got])
        if isinstance(made, str):
            by_machine += 1
            lost += name not in made
    assert lost == 0
    assert by_machine >= 90


@pytest.mark.parametrize(
    ("text", "source", "why"),
    [
        ("My husband is undocumented, what can we do?", "en", "private"),
        ("Mi SSN es 123-45-6789", "es", "private"),
        ("A 123456789 es mi número", "es", "private"),
        ("Tengo miedo de la migra", "es", "private"),
        ("⟦A⟧ is my own mark", "en", "checks"),
        (" ".join(f"{number} x" for number in range(27)), "en", "checks"),
    ],
)
def test_what_must_not_leave_the_house_does_not(
    house: Any, engine: Engine, text: str, source: str, why: str
) -> None:
    target = "en" if source == "es" else "es"
    assert translated(house, Wanted(text, source, target, frozenset(), TODAY)) == ForPerson(why)  # type: ignore[arg-type]
    assert engine.got == []


def test_no_sentence_of_the_rights_library_is_machine_translated_in_any_language(
    house: Any, engine: Engine, library: FileLibrary
) -> None:
    for fact in library.rights.every():
        for locale in ("en", "es", "ar", "ht", "zh_Hans"):
            words = library.texts.text(locale, f"fact/{fact.id}/plain", fact.plain).body
            said = f"Dana: {words}"
            found = translated(house, Wanted(said, locale, "vi", frozenset(), TODAY))
            assert found in (ForPerson("rights"), ForPerson("private")), (fact.id, locale)
    assert engine.got == []


@pytest.mark.parametrize(("status", "why"), [(503, "away"), (429, "away"), (403, "away"), (400, "language")])
def test_a_machine_that_refuses_leaves_it_to_a_person(
    house: Any, engine: Engine, status: int, why: str
) -> None:
    engine.status = status
    assert translated(house, wanted(samples(1)[0])) == ForPerson(why)  # type: ignore[arg-type]


def test_there_and_back_is_shown_or_neither(house: Any, engine: Engine) -> None:
    sample = next(one for one in samples() if one.source == "en" and one.target == "es")
    both = there_and_back(house, wanted(sample))
    assert isinstance(both, ThereAndBack)
    assert is_kept(sample, both.there)
    engine.says = lambda text, target: honest(text, target) if target == "es" else "nothing of it"
    assert there_and_back(house, wanted(sample)) == ForPerson("checks")
    house.withhold_unreviewed = True
    assert there_and_back(house, wanted(sample)) == ForPerson("unreviewed")


def test_what_is_translated_in_part_goes_to_a_person(house: Any, engine: Engine) -> None:
    engine.says = lambda _text, _target: "من فضلك تعال to talk about it ⟦A⟧"
    asked = Wanted("Please come to talk about it at 3:30", "en", "ar", frozenset(), TODAY)
    assert translated(house, asked) == ForPerson("checks")


def test_what_has_no_words_needs_no_machine(house: Any, engine: Engine) -> None:
    today = date(2026, 10, 13)
    assert (
        translated(house, Wanted("8:30, 512-555-0140", "en", "es", frozenset(), today))
        == "8:30, 512-555-0140"
    )
    assert engine.got == []
