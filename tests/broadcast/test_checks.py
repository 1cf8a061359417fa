"""What a teacher is told while she writes: the five checks on sentences as schools write them."""

from datetime import date
from pathlib import Path

import pytest

from bot.broadcast.calendar_dates import KnownDays, date_findings
from bot.broadcast.checks import Surroundings, checked, sentences
from bot.broadcast.easy_reading import reading_findings
from bot.broadcast.finding import Finding
from bot.broadcast.hard_words import read_hard_words, word_findings
from bot.broadcast.names_in_text import StudentName, name_findings
from bot.broadcast.text_lengths import length_findings, lengths
from bot.words.reading import english_syllables, spanish_syllables
from bot.words.reading import sentences as sentences_of
from bot.words.yaml_tree import FilesBroken

MESSAGES = Path(__file__).parents[2] / "messages"
HARD = read_hard_words((MESSAGES / "plain_words.yaml").read_text("utf-8"), "plain_words.yaml")
TODAY = date(2026, 11, 30)
"""A Monday"""
KNOWN = KnownDays(
    first=TODAY,
    last=date(2027, 6, 1),
    closed=frozenset({date(2026, 12, 24), date(2026, 12, 25), date(2027, 1, 18)}),
    early=frozenset({date(2026, 12, 18)}),
)


def marked(text: str, found: list[Finding]) -> list[str]:
    """The words that findings point at."""
    return [text[one.start : one.end] for one in found]


# --- reading ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Picture day is Friday, December 4. Please bring the form and the money in an envelope.",
        "School is closed tomorrow because of snow. We will text you when the buses run again.",
        "Your child was not at school today. Please call us at 512-555-0148 and tell us why.",
        "Read with your child for ten minutes each night, in any language you like best.",
        "Short.",
    ],
)
def test_plain_texts_of_schools_pass(text: str) -> None:
    assert reading_findings(text, "en") == []


def test_a_hard_text_is_shown_at_its_hardest_sentence() -> None:
    text = (
        "Please read this. Participation in the standardized assessment administration necessitates "
        "consistent attendance and appropriate preparation. Thank you."
    )
    (found,) = reading_findings(text, "en")
    assert text[found.start : found.end].startswith("Participation")
    wrong, fix = found.said(str, "en")
    assert "grade" in wrong
    assert "two" in fix


def test_spanish_has_its_own_measure() -> None:
    easy = (
        "Mañana no hay clases por la nieve. Le avisamos por este medio cuando los autobuses salgan otra vez."
    )
    hard = (
        "La implementación de procedimientos administrativos correspondientes a la evaluación estandarizada "
        "requerirá la participación obligatoria de todos los estudiantes matriculados."
    )
    assert reading_findings(easy, "es") == []
    assert [one.check for one in reading_findings(hard, "es")] == ["reading"]


def test_in_other_languages_only_long_sentences_are_seen_and_it_is_said_so() -> None:
    long = "Tanpri " + "vini lekòl la ak pitit ou " * 5 + "demen maten."
    (found,) = reading_findings(long, "ht")
    assert "only the length" in found.said(str, "en")[0]
    assert (
        reading_findings("Pa gen lekòl demen. Tanpri rete lakay ou ak pitit ou yo toute jounen an.", "ht")
        == []
    )


@pytest.mark.parametrize(
    ("word", "count"),
    [
        *[
            ("school", 1),
            ("asked", 1),
            ("needed", 2),
            ("homes", 1),
            ("table", 2),
            ("media", 3),
            ("create", 2),
        ],
        *[("quiet", 2), ("something", 2), ("safely", 2), ("usual", 3), ("family", 3), ("pages", 2)],
    ],
)
def test_english_syllables(word: str, count: int) -> None:
    assert english_syllables(word) == count


@pytest.mark.parametrize(
    ("word", "count"),
    [
        *[("escuela", 3), ("día", 2), ("leer", 2), ("ahora", 3), ("guitarra", 3), ("muy", 1), ("mayor", 2)],
        *[("país", 2), ("autobús", 3), ("queso", 2), ("niños", 2), ("ciudad", 2)],
    ],
)
def test_spanish_syllables(word: str, count: int) -> None:
    assert spanish_syllables(word) == count


def test_a_sentence_ends_neither_at_an_hour_nor_at_a_title() -> None:
    text = "School ends at 2:30 p.m. on Dec. 18. Mr. Ortiz knows more."
    assert len(sentences_of(text)) == 2
    assert [one.words[0] for one in sentences_of(text)] == ["School", "Mr"]


# --- length ----------------------------------------------------------------------------------------


def test_a_language_without_a_text_is_guessed() -> None:
    text = "School ends early on Friday. Please meet your child at 12:30 at the front door. " * 3
    cost = lengths({"en": text, "es": "Hola"}, "en", ["en", "es", "ar", "zh_Hans"])
    assert (cost["en"].segments, cost["en"].is_guess) == (2, False)
    assert (cost["es"].segments, cost["es"].is_guess) == (1, False)
    assert (cost["ar"].segments, cost["ar"].is_guess) == (4, True)
    assert cost["zh_Hans"].segments < cost["ar"].segments


def test_a_long_text_and_one_over_the_limit_are_told() -> None:
    found = length_findings({"en": "word " * 60}, "en", ["en", "ar"])
    assert [one.values["language"] for one in found] == ["العربية"]
    assert "may cost" in found[0].wrong
    (over,) = length_findings({"en": "word " * 400}, "en", ["en"])
    assert over.values["units"] == 2000


def test_one_sign_that_makes_a_text_dear_is_pointed_at() -> None:
    text = "Don\u2019t forget: the school\u2019s picture day is Friday. Bring the form, please, all of you."
    found = length_findings({"en": text}, "en", ["en"])
    assert marked(text, found) == ["\u2019"]
    assert found[0].values["few"] == 1
    assert found[0].said(str, "en")[1] == "Write ' instead."
    assert length_findings({"en": "Don\u2019t."}, "en", ["en"]) == []
    assert length_findings({"es": "Mañana sí hay clases. " * 4}, "es", ["es"]) == []


# --- names -----------------------------------------------------------------------------------------

CLASS = [
    StudentName("Will", "Day"),
    StudentName("May", "Nguyen"),
    StudentName("Ana María", "López Cruz"),
    StudentName("Lincoln", "Young"),
    StudentName("Hope", "Price"),
    StudentName("Yusuf", "al-Haddad"),
    StudentName("伟", "陈"),
    StudentName("April", "Park"),
    StudentName("Zoë", "O'Brien"),
]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Please remind Will Day to bring his form.", ["Will Day"]),
        ("will day has a new book", []),
        ("Today Will was very helpful.", ["Will"]),
        ("Ana forgot her lunch.", ["Ana"]),
        ("ana lopez forgot her lunch.", ["ana lopez"]),
        ("LOPEZ, ANA: late", ["LOPEZ, ANA"]),
        ("We are proud of Zoe and of Yusuf's project.", ["Zoe", "Yusuf"]),
        ("We are proud of Zoë O\u2019Brien!", ["Zoë O\u2019Brien"]),
        ("The Haddad family brings bread.", ["Haddad"]),
        ("陈伟今天没有来上学。", ["陈伟"]),
        ("Thanks to May N. for the cake", []),
        ("April Park reads to us on Friday.", ["April Park"]),
    ],
)
def test_students_are_found(text: str, names: list[str]) -> None:
    assert marked(text, name_findings(text, "en", CLASS)) == names


@pytest.mark.parametrize(
    "text",
    [
        "Will your child come to Picture Day? You may bring a friend.",
        "We meet in May and in April. May 5 is a holiday.",
        "Picture Day is Friday. Field Day is in June.",
        "We hope that the price is right. Hope to see you!",
        "Meet at Lincoln Elementary School, near Lincoln Park.",
        "Mrs. Lopez and Mr. Young will call you. Dr. Haddad is here.",
        "NO SCHOOL ON MONDAY. WE HOPE YOU WILL REST.",
        "Young readers may come on the first day of April.",
        "{child} needs a coat. Will you write back?",
        "En la escuela hay pan. La señora Cruz y la maestra Ana leen.",
    ],
)
def test_words_and_grown_ups_that_have_a_student_s_name_are_left_alone(text: str) -> None:
    assert marked(text, name_findings(text, "en", CLASS)) == []


# --- words -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Early release on Friday!", ["Early release"]),
        ("The potluck kicks off at 6 sharp.", ["potluck", "kicks off", "6 sharp"]),
        ("Bring a no-bake treat to the PTA meeting.", ["no-bake", "PTA"]),
        ("Your child\u2019s IEP meeting is Friday. RSVP please.", ["IEP", "RSVP"]),
        ("Oh great, more snow. Stay tuned!", ["Oh great", "Stay tuned"]),
        ("Kiddos had a blast on the field trip.", ["Kiddos", "had a blast", "field trip"]),
        ("See you next Friday.", ["next Friday"]),
    ],
)
def test_words_that_translate_badly_are_found(text: str, words: list[str]) -> None:
    assert marked(text, word_findings(text, "en", HARD)) == words


@pytest.mark.parametrize(
    "text",
    [
        "School ends early on Friday, at 12:30.",
        "Early release on Friday: school ends at 12:30.",
        "Picture day is Friday. A photographer takes pictures of all children.",
        "Please pet the dog at the stem of the tree.",
        "The next bus comes on Friday.",
        "Please bring a sharp pencil and some bread.",
        "Your child was not at school today.",
    ],
)
def test_plain_words_pass(text: str) -> None:
    assert marked(text, word_findings(text, "en", HARD)) == []


def test_a_broken_list_is_refused_with_its_place() -> None:
    with pytest.raises(FilesBroken, match=r"plain_words\.yaml:2"):
        read_hard_words("words:\n  x: {say: [y], why: because, plain: z}\n", "plain_words.yaml")


# --- dates -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "place", "wrong"),
    [
        ("Picture day is Friday, December 5.", "Friday, December 5", "not the weekday"),
        ("Picture day is on Fri 12/5.", "Fri 12/5", "not the weekday"),
        ("Conferences: Monday, Dec. 8th, 2026", "Monday, Dec. 8th, 2026", "not the weekday"),
        ("Please pay by November 20.", "November 20", "is past"),
        ("The test is on Friday, December 25.", "Friday, December 25", "no school on"),
        ("The class sings on January 18 at 9:00.", "January 18", "no school on"),
        ("No school on Friday, December 11.", "Friday, December 11", "has school on"),
        ("Early release on December 11 at 12:30.", "December 11", "does not know"),
        ("School ends early tomorrow.", "tomorrow", "does not know"),
    ],
)
def test_dates_that_cannot_be_right(text: str, place: str, wrong: str) -> None:
    (found,) = date_findings({"en": text}, "en", TODAY, KNOWN)
    assert text[found.start : found.end] == place
    assert wrong in found.said(str, "en")[0]


@pytest.mark.parametrize(
    "text",
    [
        "Picture day is Friday, December 4.",
        "No school on Friday, December 25.",
        "School is closed from December 24 to 25. We are back on January 4.",
        "Early release on Friday, December 18 at 12:30.",
        "Bring 1/2 cup of rice and 3/4 of a pound of beans.",
        "Call us 24/7 at 512-555-0148. Room 12-14.",
        "You may bring 5 pencils. They march 3 miles.",
        "The year ends on June 4.",
        "In 2025 we were 300; today we are 400.",
        "The class reads pages 12-14 on 12/4.",
    ],
)
def test_dates_that_are_right_and_numbers_that_are_no_dates(text: str) -> None:
    assert date_findings({"en": text}, "en", TODAY, KNOWN) == []


@pytest.mark.parametrize(
    ("language", "text", "right"),
    [
        ("es", "La foto es el viernes, 5 de diciembre.", "La foto es el viernes, 4 de diciembre."),
        ("ht", "Foto a se vandredi 5 desanm.", "Foto a se vandredi 4 desanm."),
        ("zh_Hans", "拍照日是12月5日星期五。", "拍照日是12月4日星期五。"),
        ("ar", "الصورة يوم الجمعة، 5 ديسمبر.", "الصورة يوم الجمعة، 4 ديسمبر."),
    ],
)
def test_a_translation_says_the_same_day(language: str, text: str, right: str) -> None:
    english = "Picture day is Friday, December 4."
    wrong = [one.wrong for one in date_findings({"en": english, language: text}, "en", TODAY, None)]
    assert any("not the weekday" in one for one in wrong)
    assert any("does not name" in one for one in wrong)
    assert date_findings({"en": english, language: right}, "en", TODAY, None) == []


# --- all together ----------------------------------------------------------------------------------


def test_all_checks_are_told_at_once_and_in_the_reader_s_language() -> None:
    text = "Early release on Friday, December 5! Ana Lopez, bring your form."
    around = Surroundings(TODAY, ("en", "es"), CLASS, HARD, KNOWN)
    found = checked({"en": text, "ar": " "}, "en", around)
    assert {one.check for one in found} == {"names", "words", "dates"}
    spanish = {one.wrong: f"ES {one.wrong}" for one in found}
    assert all(one.said(lambda said: spanish.get(said, said), "es")[0].startswith("ES") for one in found)
    day = next(one for one in found if one.check == "dates")
    assert "sábado" in day.said(str, "es")[0]


def test_every_sentence_of_a_finding_is_there_for_translators() -> None:
    text = "Early release on Friday, December 5! Ana Lopez, bring your form."
    found = checked({"en": text}, "en", Surroundings(TODAY, ("en",), CLASS, HARD, KNOWN))
    assert {said for one in found for said in (one.wrong, one.fix)} <= sentences()
    assert len(sentences()) > 20


def test_nothing_written_has_nothing_to_look_at() -> None:
    assert checked({"en": "  "}, "en", Surroundings(TODAY)) == []
    assert checked({}, "en", Surroundings(TODAY)) == []
