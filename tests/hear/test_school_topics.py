"""What parents ask about dates, hours, absences, people and places is heard, and never as something else."""

from pathlib import Path

import pytest

from bot.hear.heard import read_heard
from bot.hear.understand import Hearing

# Sentences of our own, none of them an example in messages/heard
ENGLISH = {
    "school_tomorrow": ["is there school tomorow", "do we have class tomorrow", "tomorrow school or not"],
    "school_today": ["is there any school today", "is school open today please"],
    "no_school": ["what days is there no school", "when are the holidays", "which days are off"],
    "early_release": ["what days do they get out early", "when is the next half day"],
    "conferences": ["when is parent teacher conference", "when are conferences this year"],
    "report_cards": ["when will I get the report card", "next report card?"],
    "testing": ["when do they have testing", "when are the tests"],
    "meetings": ["when is the next pta meeting", "what day is open house"],
    "school_hours": ["what time does school get out", "at what time does school start"],
    "school_office": ["phone number for the school", "is the office open", "where is the school located"],
    "bus": ["bus is late again", "my daughter missed the bus", "who do i call about bus"],
    "absence": ["Diego is sick today", "i need to report an absence", "he has a fever he is staying home"],
    "find_nurse": ["can i talk to the nurse", "who is the nurse at school"],
    "find_counselor": ["i need to talk with the counselor"],
    "partners": ["is there help in my community"],
    "find_food": ["we dont have food", "is there a food pantry near"],
    "find_clothes": ["where are free clothes"],
    "learn_english": ["i want to learn english too", "english classes for parents"],
    "find_doctor": ["my child needs a dentist", "clinic for people without insurance"],
    "housing": ["we need help with the rent", "i can not pay my rent"],
    "after_school": ["is there an after school program"],
    "find_liaison": ["who can help me in spanish", "is there a liaison"],
}
SPANISH = {
    "school_tomorrow": ["ay clases mañana", "manana hay escuela", "hola buenas tardes hay clases mañana?"],
    "school_today": ["hay clases hoy por favor", "hoy hay escuela"],
    "no_school": ["que dias no hay escuela", "cuando es el descanso de primavera"],
    "early_release": ["que dia salen temprano", "cuando es medio dia"],
    "conferences": ["cuando es la conferencia con la maestra"],
    "report_cards": ["cuando dan la boleta", "cuando van a entregar boletas"],
    "testing": ["cuando son los examenes", "que dia es el examen del estado"],
    "meetings": ["cuando es la junta de padres de familia"],
    "school_hours": ["a que hora entran", "a que hora es la salida", "horario de clases"],
    "school_office": ["cual es el numero de la escuela", "direccion de la escuela por favor"],
    "bus": ["el bus no llego", "el camion no paso", "el autobus viene muy tarde"],
    "absence": [
        "mi hijo no ira a la escuela hoy",
        "mi niño amanecio enfermo hoy",
        "mi hija va a faltar el viernes",
    ],
    "find_nurse": ["puedo hablar con la enfermera"],
    "find_counselor": ["quien es la consejera de mi hijo"],
    "partners": ["hay ayuda en la comunidad"],
    "find_food": ["donde hay un banco de comida"],
    "find_clothes": ["donde regalan ropa"],
    "learn_english": ["donde dan clases de ingles para adultos"],
    "find_doctor": ["donde hay un dentista barato"],
    "housing": ["no puedo pagar la renta"],
    "after_school": ["hay programa despues de la escuela"],
    "find_liaison": ["quien habla arabe en la escuela"],
}
ENOUGH = 0.85


@pytest.fixture(scope="module")
def hearing() -> Hearing:
    """What parents say, as shipped."""
    return Hearing(read_heard(Path("messages/heard")))


@pytest.mark.parametrize(("locale", "said"), [("en", ENGLISH), ("es", SPANISH)])
def test_most_are_heard_and_none_is_taken_for_something_else(
    hearing: Hearing, locale: str, said: dict[str, list[str]]
) -> None:
    """Unsure is allowed, since then the nearest topics are offered; a wrong answer is not."""
    heard = {
        (topic, words): hearing.understand(words, locale).topic
        for topic, sentences in said.items()
        for words in sentences
    }
    wrong = {words: found for (topic, words), found in heard.items() if found not in (topic, None)}
    assert wrong == {}
    unsure = [words for (_topic, words), found in heard.items() if found is None]
    assert len(unsure) <= (1 - ENOUGH) * len(heard), unsure


@pytest.mark.parametrize(
    "words", ["i do not know", "maple grove", "no se", "the other one", "2", "mateo", "noviembre 30"]
)
def test_answers_to_our_questions_open_no_topic(hearing: Hearing, words: str) -> None:
    assert hearing.understand(words, "en").topic is None
