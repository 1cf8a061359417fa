"""Numbers in words, nought to ninety-nine, in the five languages: "twenty two", "treinta y dos", 二十二."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from bot.words.phrases import known_phrases, words_of
from bot.words.plain import plain

# Nought to nineteen, then the tens from twenty; spellings of one number are parted by a stroke.
_ENGLISH = (
    (
        "zero|none one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen"
    ),
    "twenty thirty forty|fourty fifty sixty seventy eighty ninety",
)
_SPANISH = (
    (
        "cero|ninguno|ninguna un|uno|una dos tres cuatro|cuatros cinco|sinco seis siete ocho nueve diez|dies "
        "once|onse doce|dose trece|trese catorce|catorse quince|quinse dieciseis "
        "diecisiete dieciocho diecinueve"
    ),
    "veinte|beinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
)
_HAITIAN = (
    (
        "zewo|okenn youn|yon|eyen de twa kat senk sis set uit|wit nef dis onz douz trez katoz kenz sez diset "
        "dizuit|dizwit diznef"
    ),
    "ven|vent trant karant senkant swasant swasanndis katreven katrevendis",
)
_ARABIC = (
    (
        "صفر واحد|واحده|وحده اثنان|اثنين|اتنين|تنين|اثنتان|اثنتين|تنتين|ثنتين|ولدين|بنتين|طفلين|شخصين "
        "ثلاثه|ثلاث|تلاته|تلات|تلت "
        "اربعه|اربع خمسه|خمس سته|ست سبعه|سبع ثمانيه|ثماني|تمانيه|تمنيه|تمن|ثمان تسعه|تسع عشره|عشر "
        "احدعشر|احداعشر|حداشر|احدعش|دعش اثناعشر|اثنيعشر|اطناشر|اتناشر|طنعش تلتاشر|تلاتاشر|تلطعش "
        "اربعتاشر|اربعطعش خمستاشر|خمسطعش ستاشر|سطعش سبعتاشر|سبعطعش تمنتاشر|تمنطعش تسعتاشر|تسعطعش"
    ),
    (
        "عشرين|عشرون ثلاثين|ثلاثون|تلاتين اربعين|اربعون خمسين|خمسون ستين|ستون "
        "سبعين|سبعون ثمانين|ثمانون|تمانين "
        "تسعين|تسعون"
    ),
)
_ORDINALS = {
    "en": "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth",
    "es": "primero|primer",
    "ar": "الاول|اول",
    "ht": "premye",
}
_JOINED = {"en": ("{tens} {unit}", "{tens}{unit}"), "es": ("{tens} y {unit}", "{tens}i{unit}")}
_HAN_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
    "兩": 2,
    "俩": 2,
}
_HAN_NUMBER = re.compile("[一二三四五六七八九]?十[一二三四五六七八九]?|[〇零一二三四五六七八九两兩俩]+")
_HAN_NO_NUMBER = re.compile(
    "(?:星期|周|週|禮拜|礼拜)[一二三四五六]|一(?=[起下点點样樣直定些般])|十分(?=[^钟鐘])|第一次"
)
_NOT_READ = frozenset(
    """hundred thousand million dozen half cien ciento mil docena medio media san demi
    ميه مئه مايه الف نص نصف 百 千 万 萬 半""".split()  # noqa: SIM905 - read more easily as one text
)
"""With one of these a number is larger or smaller than its other words say: it is asked again"""
_MOST_WORDS = 10
_MOST_DIGITS = 12
_DIGITS = re.compile(r"\d+")


def numbers(said: str, locale: str) -> list[int]:
    """The numbers in a text in plain letters (bot.words.plain), in digits or in words."""
    if len(said) > _MOST_WORDS * 12 or len(said.split()) > _MOST_WORDS:
        return [number for one in said.split() if (number := _in_digits(one)) is not None]
    if not _NOT_READ.isdisjoint(words_of(said)):
        return []
    known = number_words(locale)
    text = in_digits(said)
    found = (
        meant if meant is not None else _in_digits(phrase) for phrase, meant in known_phrases(text, known.get)
    )
    return [one for one in found if one is not None]


def in_digits(said: str) -> str:
    """Chinese numbers up to ninety-nine, and years, as digits: 十二月三号 becomes 12月3号.

    A weekday's number stays, and so do two digits side by side: 三四个 is three or four.
    """
    kept = _HAN_NO_NUMBER.split(said)
    parted = _HAN_NO_NUMBER.findall(said)
    turned = [_HAN_NUMBER.sub(lambda one: _han(one[0]), part) for part in kept]
    return "".join(part + between for part, between in zip(turned, [*parted, ""], strict=True))


def _han(number: str) -> str:
    tens, sign, unit = number.partition("十")
    if sign:
        return str((_HAN_DIGITS[tens] if tens else 1) * 10 + (_HAN_DIGITS[unit] if unit else 0))
    digits = "".join(str(_HAN_DIGITS[one]) for one in number)
    return digits if len(digits) in (1, 4) else number


def _in_digits(phrase: str) -> int | None:
    found = _DIGITS.search(phrase)
    return int(found[0][:_MOST_DIGITS]) if found else None


@lru_cache(maxsize=32)
def number_words(locale: str) -> Mapping[str, int]:
    """The words for 0 to 99 in plain letters; of the locale and English."""
    found = dict(_counted("en", _ENGLISH))
    table = {"es": _SPANISH, "ht": _HAITIAN, "ar": _ARABIC}.get(locale)
    return found | dict(_counted(locale, table)) if table else found


@lru_cache(maxsize=32)
def ordinal_words(locale: str) -> Mapping[str, int]:
    """The words for a day of the month: first, primero, premye; of the locale and English."""
    return {
        plain(said): number
        for language in ("en", locale)
        for number, words in enumerate(_ORDINALS.get(language, "").split(), 1)
        for said in words.split("|")
    }


def _counted(locale: str, table: tuple[str, str]) -> Iterator[tuple[str, int]]:
    small = [words.split("|") for words in table[0].split()]
    tens = [words.split("|") for words in table[1].split()]
    for number, words in enumerate(small):
        yield from ((plain(word), number) for word in words)
    for number, words in enumerate(tens, 2):
        yield from ((plain(word), number * 10) for word in words)
        for word in words:
            for unit in range(1, 10):
                yield from (
                    (plain(said), number * 10 + unit) for said in _tens_with(locale, word, small[unit])
                )


def _tens_with(locale: str, tens: str, units: list[str]) -> list[str]:
    if locale == "ar":
        return [f"{unit} و{tens}" for unit in units] + [f"{unit} و {tens}" for unit in units]
    if locale == "ht":
        return [f"{tens}{between}{unit}" for unit in units for between in ("", "n", "t", "te", " ", " e ")]
    forms = _JOINED.get(locale, ())
    said = [form.format(tens=tens, unit=unit) for form in forms for unit in units]
    return [*said, *(f"veinti{unit}" for unit in units)] if tens == "veinte" else said
