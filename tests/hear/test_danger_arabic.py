"""Danger is heard in the Arabic that families write, in dialect and in Latin letters; daily talk is not."""

import pytest

from bot.hear.danger import danger
from bot.hear.private import volunteers_status

SELF_HARM = [
    "بدي موت",
    "عايزة أموت",
    "اريد اموت وما احجي ويا احد",
    "بغيت نموت",
    "ابغى اموت",
    "بنتي عايزة تموت نفسها",
    "لقيت بنتي كاتبة إنها ما بدها تعيش",
    "ابني بيقول مش عايز يعيش",
    "ولدي كيقول ما بغيتش نعيش",
    "ابني عم يأذي حاله",
    "بنتي بتجرح إيدها بالموس",
    "عم فكر بالموت",
    "زهقت من الحياة",
    "binti badda tmout",
]
DANGER = [
    "جوزي بيضرب الولاد",
    "رجلي كيضربني",
    "جوز أمي بيضربني",
    "المدرس بيضرب العيال",
    "يضربون ابني بالمدرسة",
    "ابني رجع مضروب من المدرسة",
    "واحد لمس بنتي",
    "في رجال لحق بنتي بعد المدرسة",
    "طليقي بيهددني",
    "حدا عم يبتز بنتي",
    "بنتي خرجت ومرجعتش",
    "ابنتي هربت من البيت",
    "خايفة على ولادي من أبوهم",
    "jozi byedrobni",
]
NEITHER = [
    "عايز أموت من الضحك",
    "ابني ضرب ولد بالمدرسة",
    "ابني ما حفظ جدول الضرب",
    "لا أريد أن أعيش هنا",
    "ما بدنا نعيش بهالبيت",
    "شهادة ميلاد بنتي ضايعة",
    "بنتي ما رجعت الكتاب للمكتبة",
    "ابني ما رجع عالمدرسة بعد العطلة",
    "ابني لم يعد يحب المدرسة",
    "ابني وقع وجرح ايده",
    "ابني ما لحق الباص",
    "خايفة على ابني من الامتحان",
    "نتحرك الساعة كم؟",
]
STATUS = ["ما عنا أوراق", "معندناش ورق", "ماعندناش لوراق", "احنا من غير ورق", "الفيزا خلصت", "أنا غير شرعي"]
NO_STATUS = ["ما عنا ورقة اللقاحات", "ما عندي وقت", "الورقة بالإنجليزية", "نسي أوراق الواجب"]


@pytest.mark.parametrize("text", SELF_HARM)
def test_wanting_to_die_is_heard(text: str) -> None:
    """988 and a person come first."""
    assert danger(text) == "self_harm"


@pytest.mark.parametrize("text", DANGER)
def test_somebody_hurt_or_threatened_is_heard(text: str) -> None:
    """911 and a person come first."""
    assert danger(text) == "danger"


@pytest.mark.parametrize("text", NEITHER)
def test_daily_talk_is_no_danger(text: str) -> None:
    """Words that only look alike."""
    assert danger(text) is None


@pytest.mark.parametrize("text", STATUS)
def test_status_is_not_kept(text: str) -> None:
    """Said in dialect as well."""
    assert volunteers_status(text)


@pytest.mark.parametrize("text", NO_STATUS)
def test_other_papers_are_kept(text: str) -> None:
    """Papers of school and health say nothing about status."""
    assert not volunteers_status(text)
