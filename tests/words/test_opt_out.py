"""A family that wants no more texts is understood, and one that mentions a bus stop keeps its texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.words.locales import LOCALES
from bot.words.opt_out import CARRIER_WORDS, LONGEST, asks_to_stop, carrier_answers, keyword, may_ask_to_stop
from bot.words.opt_out_words import ACCENTS_MATTER, HELP, START, STOP, YES
from bot.words.plain import plain

STOPS = [
    *(
        "STOP",
        "stop",
        " Stop! ",
        "STOP 🛑",
        "stop.",
        "stop stop",
        "STOPPPP",
        "s t o p",
        "Opt out",
        "opt-out",
        "OPTOUT",
    ),
    *(
        "StopAll",
        "unsubscribe",
        "Revoke",
        "CANCEL",
        "end",
        "Quit",
        "ALTO",
        "parar",
        "Baja",
        "No más",
        "NO MAS",
    ),
    *("توقف", "إيقاف", "ايقاف", "停止", "退订", "sispann", "Sispann!", "dừng", "DỪNG", "jooji", "tsum"),
    *("СТОП", "روکیں", "itigil", "Arrêt", "arret", "중지", "cancelar", "sair", "no más mensajes", "стоп"),
]


@pytest.mark.parametrize("text", STOPS)
def test_a_word_for_stop_is_heard_however_it_is_typed(text: str) -> None:
    assert keyword(text) == "stop"


@pytest.mark.parametrize(
    "text", ["HELP", "help?", "info", "AYUDA", "مساعدة", "帮助", "èd", "Tulong", "도움말"]
)
def test_a_word_for_help_is_heard(text: str) -> None:
    assert keyword(text) == "help"


@pytest.mark.parametrize("text", ["START", "unstop", "Empezar", "ابدأ", "开始", "kòmanse", "старт"])
def test_a_word_for_start_is_heard(text: str) -> None:
    assert keyword(text) == "start"


@pytest.mark.parametrize("text", ["YES", "sí", "si", "نعم", "是", "wi", "да", "oui", "Có"])
def test_yes_starts_again_only_for_someone_who_stopped(text: str) -> None:
    assert keyword(text) is None
    assert keyword(text, stopped=True) == "start"


@pytest.mark.parametrize(
    "text",
    [
        *("", "🛑🛑", "bus stop", "stop sign", "stopped", "the end", "endless", "helper", "please help me"),
        *("para", "dung", "đúng", "dùng", "Huy", "Ed", "tama", "1", "0", "menu", "no", "cancel Friday"),
    ],
)
def test_other_words_are_no_keyword(text: str) -> None:
    assert keyword(text) is None
    assert not asks_to_stop(text)


@pytest.mark.parametrize("locale", list(LOCALES))
def test_every_language_has_its_words_and_none_of_them_clash(locale: str) -> None:
    for kind, table in (("stop", STOP), ("start", START), ("help", HELP)):
        assert table[locale]
        for word in table[locale]:
            assert keyword(word) == kind
            assert plain(word), word
    assert all(keyword(word, stopped=True) == "start" for word in YES[locale])


def test_words_that_need_their_accents_are_in_the_table() -> None:
    everything = {word for table in (STOP, HELP, YES) for words in table.values() for word in words}
    assert everything >= ACCENTS_MATTER


@pytest.mark.parametrize("word", sorted(CARRIER_WORDS))
def test_the_carrier_answers_its_own_words_alone(word: str) -> None:
    assert carrier_answers(word)
    assert carrier_answers(f" {word.lower()} ")
    assert not carrier_answers(f"{word} please")
    assert keyword(word, stopped=True) is not None


def test_the_carrier_knows_no_other_language() -> None:
    assert not any(carrier_answers(word) for word in ("ALTO", "opt out", "توقف", "sispann", ""))


ASKS = [
    *(
        "please stop",
        "STOP please",
        "Stop, thank you",
        "ok stop",
        "por favor pare",
        "alto por favor",
        "ya basta",
    ),
    *(
        "请停止",
        "من فضلك توقف",
        "tanpri sispann",
        "xin dừng",
        "stop s'il vous plaît",
        "пожалуйста остановите",
    ),
    *("Please stop texting me", "stop sending me messages", "Stop these texts!", "no more messages please"),
    *(
        "I don't want any more texts",
        "do not text me again",
        "Don’t send me messages",
        "take me off your list",
    ),
    *("Wrong number, stop texting me", "remove my number", "I want to unsubscribe", "how do I opt out?"),
    *("can you please stop sending these?", "Leave me alone", "I no longer want to receive your messages"),
    *("Hi. My son moved away. Please stop the messages.", "unsubscribe me from these messages", "opt me out"),
    *("no más mensajes", "No quiero más mensajes", "ya no me manden mensajes", "dejen de mandarme mensajes"),
    *("No me escriban más por favor", "quiero darme de baja", "Dejen de escribirme", "paren los mensajes"),
    *("no quiero recibir mensajes de texto", "quítenme de la lista", "ya no quiero que me manden mensajes"),
    *(
        "Número equivocado. No me manden nada.",
        "cancelar los mensajes",
        "dejen de molestarme",
        "no manden más",
    ),
    *(
        "أوقفوا الرسائل",
        "لا أريد المزيد من الرسائل",
        "توقفوا عن إرسال الرسائل من فضلكم",
        "لا ترسلوا لي رسائل",
    ),
    *("إلغاء الاشتراك", "ما بدي رسائل", "لا تراسلوني", "أريد إلغاء الاشتراك", "أرجو إيقاف الرسائل"),
    *(
        "不要再给我发短信了",
        "请不要发短信",
        "别再发了",
        "我不想再收到短信",
        "停止发送短信",
        "请帮我退订",
        "不要再打扰我",
    ),
    *("我不要再收到你們的訊息", "別再傳訊息給我", "取消短信", "请停止给我发信息"),
    *("sispann voye mesaj ban mwen", "Pa voye mesaj ban m ankò", "mwen pa vle mesaj ankò", "rete voye mesaj"),
    *("m pa vle resevwa mesaj sa yo", "Tanpri retire m nan lis la", "sispann ekri m", "retire nimewo mwen"),
]

DOES_NOT_ASK = [
    *("Don't stop sending", "please don't stop sending me messages", "never stop texting me", "bus stop?"),
    *(
        "Where is the bus stop?",
        "The bus did not stop today",
        "I will stop by the office",
        "Please stop the bus",
    ),
    *("stop sending messages in English", "Please stop the bullying", "why did you stop sending texts?"),
    *("Did you stop the messages?", "can you stop sending my son to the office", "my son will stop coming"),
    *("I didn't get any more messages", "I want more messages", "I don't want to stop the messages"),
    *("please cancel my appointment", "remove my son from the bus list", "do not text me in English"),
    *("when does the school year end", "he wants to quit the team", "I don't want him to miss school"),
    *(
        "he gets no more help",
        "I can't stop crying",
        "stop at my house",
        "end of the day",
        "no more snow days?",
    ),
    *("¿Dónde está la parada del autobús?", "no dejen de mandar mensajes", "No paren de escribirme"),
    *("no me escriban en inglés", "no quiero más mensajes en inglés", "¿Por qué dejaron de mandar mensajes?"),
    *("no me mandan mensajes", "no quiero que falte a clases", "mi hijo está en alto riesgo", "no más tarea"),
    *("quiero cancelar la cita", "no recibí mensajes", "no quiero dejar de recibir mensajes", "para mañana"),
    *("أين موقف الحافلة؟", "لا تتوقفوا عن إرسال الرسائل", "متى تتوقف الحافلة", "لا أريد أن يغيب ابني"),
    *("لا ترسلوا الرسائل بالإنجليزية", "هل توقفت الرسائل؟", "أريد المزيد من الرسائل"),
    *(
        "公交车站在哪里？",
        "不要停止发短信",
        "请不要用英文发短信",
        "为什么停止发短信？",
        "我没收到短信",
        "我想收到短信",
    ),
    *("校车停在哪里", "不想上学", "别取消"),
    *("Pa sispann voye mesaj", "Kote bis la kanpe?", "mwen pa resevwa mesaj", "pa voye mesaj an angle"),
    *("m vle mesaj an kreyòl", "bis la pa t kanpe", "poukisa nou sispann voye mesaj?"),
]


@pytest.mark.parametrize("text", ASKS)
def test_a_request_to_stop_in_ones_own_words_is_understood(text: str) -> None:
    assert asks_to_stop(text)


@pytest.mark.parametrize("text", DOES_NOT_ASK)
def test_a_sentence_that_only_sounds_like_it_is_no_request_to_stop(text: str) -> None:
    assert not asks_to_stop(text)
    assert keyword(text) is None


@pytest.mark.parametrize("text", ["stop it", "Stop this now!", "please make it stop", "STOP ALL OF THIS"])
def test_to_stop_without_saying_what_counts_alone(text: str) -> None:
    assert asks_to_stop(text)
    other = f"{text}, the price is too high"
    assert not asks_to_stop(other)
    assert may_ask_to_stop(other)


def test_a_word_and_a_sentence_count_up_to_their_length() -> None:
    for letters, counts in ((LONGEST, True), (LONGEST + 1, False)):
        assert (keyword("jooji".ljust(letters)) == "stop") is counts
        assert asks_to_stop("fadlan jooji".ljust(letters)) is counts
    assert LONGEST == 80
    sentence = "stop texting me" + 20 * " please" + " now"
    assert asks_to_stop(sentence.ljust(160))
    assert not asks_to_stop(sentence.ljust(161))


WORDS = sorted({word for text in [*ASKS, *DOES_NOT_ASK] for word in plain(text).split()})


@given(st.one_of(st.text(), st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)))
def test_no_text_raises_or_hangs(text: str) -> None:
    assert keyword(text) in ("stop", "start", "help", None)
    assert asks_to_stop(text) in (True, False)
    assert may_ask_to_stop(text) in (True, False)


@given(st.sampled_from(["please ", "no ", "mas ", "m ", "لا ", "不要", "me ", "the "]))
def test_a_text_made_to_confuse_the_patterns_is_answered(word: str) -> None:
    assert not asks_to_stop(word * 400 + "x")
    assert not may_ask_to_stop(word * 400 + "x")
