"""Open answers in the words of the five languages, with the lists as shipped: days, numbers, yes and no."""

from datetime import date
from pathlib import Path

import pytest

from bot.flow.answers import read
from bot.flow.state import Value
from bot.hear.heard import Heard, read_heard

TUESDAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def shipped() -> Heard:
    return read_heard(Path("messages/heard"))


def reads(shipped: Heard, kind: str, text: str, locale: str) -> Value | None:
    return read(kind, text, TUESDAY, locale, shipped.answer_words)


@pytest.mark.parametrize(
    ("locale", "text", "day"),
    [
        ("en", "absent tomorrow", "2026-11-25"),
        ("en", "she is sick today", "2026-11-24"),
        ("en", "next friday", "2026-11-27"),
        ("en", "friday", "2026-11-27"),
        ("en", "on Tuesday", "2026-11-24"),
        ("en", "next tuesday", "2026-12-01"),
        ("en", "the day after tomorrow pls", "2026-11-26"),
        ("en", "wed morning", "2026-11-25"),
        ("en", "monday next week", "2026-11-30"),
        ("en", "friday next week", "2026-12-04"),
        ("en", "last friday", "2026-11-20"),
        ("en", "march 5th", "2027-03-05"),
        ("en", "5 march", "2027-03-05"),
        ("en", "fifth of march", "2027-03-05"),
        ("en", "thursday dec 3", "2026-12-03"),
        ("en", "friday at 10", "2026-11-27"),
        ("en", "friday 4th", "2026-12-04"),
        ("en", "he has dentist tomorrow at 9:30 am", "2026-11-25"),
        ("en", "03/04", "2027-03-04"),
        ("en", "tmrw", "2026-11-25"),
        ("en", "tomorrow she will not come", "2026-11-25"),
        ("es", "el martes por favor", "2026-11-24"),
        ("es", "el próximo martes", "2026-12-01"),
        ("es", "mañana no va a ir", "2026-11-25"),
        ("es", "mañana por la mañana", "2026-11-25"),
        ("es", "esta mañana", "2026-11-24"),
        ("es", "pasado mañana", "2026-11-26"),
        ("es", "el lunes por la mañana", "2026-11-30"),
        ("es", "el viernes que viene", "2026-11-27"),
        ("es", "5 de marzo", "2027-03-05"),
        ("es", "marzo 5", "2027-03-05"),
        ("es", "el cinco de marzo", "2027-03-05"),
        ("es", "primero de diciembre", "2026-12-01"),
        ("es", "hoy", "2026-11-24"),
        ("es", "ayer", "2026-11-23"),
        ("es", "el lunes pasado", "2026-11-23"),
        ("es", "miercoles de la otra semana", "2026-12-02"),
        ("es", "este jueves", "2026-11-26"),
        ("es", "mañana miercoles", "2026-11-25"),
        ("es", "mañana a las 9", "2026-11-25"),
        ("es", "el jueves 26", "2026-11-26"),
        ("ar", "بكرة", "2026-11-25"),
        ("ar", "بكرا", "2026-11-25"),
        ("ar", "غدا", "2026-11-25"),
        ("ar", "بعد بكرة", "2026-11-26"),
        ("ar", "بعد غد", "2026-11-26"),
        ("ar", "يوم الخميس", "2026-11-26"),
        ("ar", "الاتنين الجاي", "2026-11-30"),
        ("ar", "بالخميس", "2026-11-26"),
        ("ar", "٥ كانون الثاني", "2027-01-05"),
        ("ar", "5 شباط", "2027-02-05"),
        ("ar", "خمسة آذار", "2027-03-05"),
        ("ar", "3 مارس", "2027-03-03"),
        ("ar", "ابني مريض اليوم", "2026-11-24"),
        ("ar", "ما رح يجي بكرا", "2026-11-25"),
        ("ar", "الاربعاء", "2026-11-25"),
        ("ar", "الثلاثاء القادم", "2026-12-01"),
        ("ar", "أول كانون الأول", "2026-12-01"),
        ("ar", "الحد", "2026-11-29"),
        ("zh_Hans", "明天", "2026-11-25"),
        ("zh_Hans", "后天", "2026-11-26"),
        ("zh_Hans", "星期三", "2026-11-25"),
        ("zh_Hans", "周三", "2026-11-25"),
        ("zh_Hans", "下周一", "2026-11-30"),
        ("zh_Hans", "下星期三", "2026-12-02"),
        ("zh_Hans", "3月5号", "2027-03-05"),
        ("zh_Hans", "十二月三号", "2026-12-03"),
        ("zh_Hans", "十二月二十一日", "2026-12-21"),
        ("zh_Hans", "他今天生病了", "2026-11-24"),
        ("zh_Hans", "明天早上九点去看医生", "2026-11-25"),
        ("zh_Hans", "这周五", "2026-11-27"),
        ("zh_Hans", "上周五", "2026-11-20"),
        ("zh_Hans", "礼拜四", "2026-11-26"),
        ("zh_Hans", "星期天", "2026-11-29"),
        ("zh_Hans", "5号", "2026-12-05"),
        ("zh_Hans", "下個禮拜一", "2026-11-30"),
        ("zh_Hans", "明天不去", "2026-11-25"),
        ("zh_Hans", "今天下午", "2026-11-24"),
        ("zh_Hans", "周五下午", "2026-11-27"),
        ("zh_Hans", "12月3日星期四", "2026-12-03"),
        ("ht", "demen", "2026-11-25"),
        ("ht", "apre demen", "2026-11-26"),
        ("ht", "madi", "2026-11-24"),
        ("ht", "madi k ap vini an", "2026-12-01"),
        ("ht", "5 mas", "2027-03-05"),
        ("ht", "senk mas", "2027-03-05"),
        ("ht", "jodi a", "2026-11-24"),
        ("ht", "li malad jodi a", "2026-11-24"),
        ("ht", "li pap vini demen", "2026-11-25"),
        ("ht", "vandredi tanpri", "2026-11-27"),
        ("ht", "lendi semèn pwochèn", "2026-11-30"),
        ("ht", "vandredi pase", "2026-11-20"),
        ("ht", "premye desanm", "2026-12-01"),
    ],
)
def test_a_day_is_read_in_words_alone_and_inside_a_short_phrase(
    shipped: Heard, locale: str, text: str, day: str
) -> None:
    assert reads(shipped, "date", text, locale) == {"date": day}


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en", "is there school tomorrow"),
        ("en", "tomorrow?"),
        ("en", "not today"),
        ("en", "since monday"),
        ("en", "monday or tuesday"),
        ("en", "friday dec 3"),
        ("en", "yes"),
        ("es", "por la mañana"),
        ("es", "03/04"),
        ("es", "hoy no"),
        ("es", "hay clases mañana"),
        ("es", "no sé"),
        ("es", "lunes y martes"),
        ("ar", "في مدرسة بكرا"),
        ("ar", "مش بكرة"),
        ("ar", "٣/٤"),
        ("zh_Hans", "明天放假吗"),
        ("zh_Hans", "周一到周三"),
        ("ht", "eske gen lekol demen"),
        ("ht", "pa demen"),
        ("ht", "5/3"),
        ("en", "may I ask you two things about my son"),
        ("en", "sick for weeks and we do not know if it gets better or if he comes back tomorrow to school"),
        ("es", "todos los lunes"),
        ("en", "hundred"),
    ],
)
def test_words_that_are_no_day_or_could_be_two_are_asked_again(
    shipped: Heard, locale: str, text: str
) -> None:
    assert reads(shipped, "date", text, locale) is None


@pytest.mark.parametrize(
    ("locale", "text", "number"),
    [
        ("en", "we are 4", 4),
        ("en", "Twenty-two", 22),
        ("en", "two hundred", None),
        ("en", "3 or four", None),
        ("en", "three, 3 kids", 3),
        ("en", "none", 0),
        ("en", "2.5", None),
        ("en", "9" * 6000, None),
        ("es", "somos cuatro", 4),
        ("es", "tengo un hijo", 1),
        ("es", "treinta y dos", 32),
        ("es", "un niño y dos niñas", None),
        ("ht", "nou kat", 4),
        ("ht", "mwen gen de timoun", 2),
        ("ht", "venteyen", 21),
        ("ar", "أربعة", 4),
        ("ar", "عندي ٣ أولاد", 3),
        ("ar", "ثلاثة وعشرين", 23),
        ("ar", "عندي ولدين", 2),
        ("zh_Hans", "三个", 3),
        ("zh_Hans", "两个孩子", 2),
        ("zh_Hans", "二十一", 21),
        ("zh_Hans", "４", 4),
        ("zh_Hans", "我们一起四个人", 4),
        ("zh_Hans", "三四个", None),
        ("zh_Hans", "三百", None),
        ("zh_Hans", "星期三", None),
    ],
)
def test_a_number_is_read_in_words_too(shipped: Heard, locale: str, text: str, number: int | None) -> None:
    assert reads(shipped, "number", text, locale) == number


@pytest.mark.parametrize(
    ("locale", "text", "answer"),
    [
        ("en", "yep", "yes"),
        ("en", "yess please", "yes"),
        ("en", "yes she is", "yes"),
        ("es", "si", "yes"),
        ("es", "siii", "yes"),
        ("es", "claro", "yes"),
        ("es", "dale", "yes"),
        ("es", "si por favor", "yes"),
        ("es", "simón", "yes"),
        ("ar", "aywa", "yes"),
        ("ar", "ايوه", "yes"),
        ("ar", "نعم", "yes"),
        ("ar", "نعم لو سمحت", "yes"),
        ("ar", "أيووووه", "yes"),
        ("ht", "wi", "yes"),
        ("ht", "wi mesi", "yes"),
        ("zh_Hans", "对", "yes"),
        ("zh_Hans", "好的", "yes"),
        ("zh_Hans", "好的谢谢", "yes"),
        ("en", "nope", "no"),
        ("en", "no thank you", "no"),
        ("en", "nooo", "no"),
        ("es", "no gracias", "no"),
        ("es", "todavia no", "no"),
        ("ar", "لا", "no"),
        ("ar", "لا شكرا", "no"),
        ("ht", "non", "no"),
        ("ht", "non mesi", "no"),
        ("zh_Hans", "不用", "no"),
        ("zh_Hans", "不用了谢谢", "no"),
        ("zh_Hans", "不是", "no"),
        ("zh_Hans", "没有", "no"),
        ("en", "maybe", None),
        ("en", "thanks", None),
        ("en", "ok", None),
        ("en", "yes but no", None),
        ("es", "no, si", None),
        ("es", "no se", None),
        ("zh_Hans", "好不好", None),
        ("zh_Hans", "是不是", None),
        ("zh_Hans", "谢谢", None),
        ("ht", "mesi", None),
    ],
)
def test_yes_and_no_are_heard_as_people_type_them(
    shipped: Heard, locale: str, text: str, answer: str | None
) -> None:
    assert reads(shipped, "yes_no", text, locale) == answer
