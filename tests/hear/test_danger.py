"""Danger is heard inside sentences in every shipped language, and idioms of every day are not."""

import pytest

from bot.hear.danger import danger

SELF_HARM = {
    "en": [
        "My daughter says she wants to die",
        "hello, my son told his friend he is going to kill himself tonight please help",
        "She doesn't want to live anymore",
        "I think about ending my life",
        "my son is talking about suicide",
        "she cuts her arms",
        "He said we would be better off without him",
        "i wanna die",
        "she took a bottle of pills",
        "he tried to hurt himself again yesterday",
        "I wish I was dead",
    ],
    "es": [
        "Mi hija dice que se quiere morir",
        "buenos días, mi hijo le dijo a su amigo que se va a matar",
        "Ya no quiere vivir",
        "me quiero morir",
        "Mi hijo habla de suicidarse",
        "se corta los brazos en el baño",
        "quiere quitarse la vida",
        "pienso en matarme",
        "mi niña se hace daño",
        "Ya no tengo ganas de vivir",
        "tomó muchas pastillas",
    ],
    "ar": [
        "ابنتي تقول إنها تريد أن تموت",
        "ابني يفكر في الانتحار",
        "بدي أموت",
        "قال إنه سيقتل نفسه",
        "هي تجرح نفسها في البيت",
        "لا يريد أن يعيش",
    ],
    "zh_Hans": [
        "我女儿说她想死",
        "老师，我儿子想自杀怎么办",
        "他不想活了",
        "她用刀割手腕",
        "孩子伤害自己",
        "他说要结束自己的生命",
    ],
    "ht": [
        "Pitit fi m di li vle mouri",
        "mwen pè, pitit mwen vle touye tèt li",
        "li pale de swisid",
        "li pa vle viv ankò",
        "pitit mwen ap koupe bra li",
        "mwen vle mouri",
    ],
}

DANGER = {
    "en": [
        "My husband hits me and my kids",
        "somebody abused my daughter",
        "a boy brought a gun to school today",
        "He is going to kill my sister",
        "my son did not come home from school",
        "I can't find my son!!",
        "my baby is not breathing",
        "A man is following my daughter",
        "the teacher hit my child",
        "she was raped",
        "there is a bomb threat at the school",
        "my stepfather beats us",
        "My daughter ran away",
        "he threatened to kill us",
        "the house is on fire",
    ],
    "es": [
        "Mi esposo me pega",
        "un señor abusó de mi hija",
        "un niño trajo una pistola a la escuela",
        "Lo van a matar",
        "mi hijo no llegó a la casa",
        "no encuentro a mi hija por favor ayuda",
        "mi bebé no respira",
        "La maestra le pegó a mi hijo, golpeó a mi niño",
        "la violaron",
        "me amenaza con un cuchillo",
        "hay un tiroteo en la escuela",
        "mi hija se escapó de la casa",
        "secuestraron a mi sobrino",
        "mi pareja golpea a mis hijos",
        "un señor anda siguiendo a mi hija",
    ],
    "ar": [
        "زوجي يضربني",
        "شخص تحرش بابنتي",
        "ولد معه مسدس في المدرسة",
        "ابني مفقود",
        "طفلي لا يتنفس",
        "هددني بالقتل",
    ],
    "zh_Hans": [
        "老公打我",
        "我女儿被人性侵了",
        "有人带枪来学校",
        "孩子不见了",
        "找不到我的儿子",
        "宝宝没有呼吸",
        "同学说要杀他",
    ],
    "ht": [
        "mari m ap bat mwen",
        "yon mesye vyole pitit mwen",
        "yon timoun pote yon revolvè lekòl la",
        "pitit mwen pa tounen lakay",
        "mwen pa jwenn pitit mwen",
        "tibebe a pa ka respire",
        "li menase touye m",
    ],
}

NEITHER = {
    "en": [
        "I'm dying of laughter",
        "we died laughing at the play, thank you",
        "This homework is killing me",
        "I am dying to know the date of the conference",
        "Is school closed because of ice?",
        "My son is in danger of failing math",
        "When is suicide prevention week?",
        "My daughter hit the ball out of the park",
        "Can they shoot hoops after school?",
        "The report card did not come home",
        "Do I need to bring a glue gun for the project?",
        "They beat the other team!",
        "Is there a photo shoot at school?",
        "My son is bullied",
        "We are killing time until the bus comes",
        "Are there water guns at the party?",
        "I cannot find my son's homework",
        "My daughter hurt herself at recess, where is the nurse?",
        "Will it hurt his grades?",
        "Who passed out the forms?",
        "My child has asthma",
        "What does the school do with bullies?",
        "Can I get free lunch? We have no papers",
        "The bus did not come, he will miss school",
        "dead tired today, thanks",
    ],
    "es": [
        "Me muero de risa",
        "me muero de hambre jaja",
        "nos morimos de risa con la obra",
        "La tarea me está matando",
        "no me molesten por favor",
        "Violaron mis derechos",
        "¿Cuándo es la semana de prevención del suicidio?",
        "matar el tiempo",
        "No llegó la carta a la casa",
        "Molestan a mi hijo",
        "le pega el sol en el salón",
        "¿Puede llevar una pistola de agua?",
        "no encuentro la tarea de mi hijo",
        "me muero de vergüenza",
        "¿A qué hora salen los niños?",
        "Mi hijo no quiere ir a la escuela",
        "Mi hijo está enfermo",
        "me corto el pelo mañana y llega tarde",
        "¿Le pueden dar medicina en la escuela?",
        "mi hijo perdió su mochila",
        "Le pegó una gripa muy fuerte",
        "Se me pasó la junta, qué pena",
    ],
    "ar": ["أموت من الضحك", "متى العطلة؟", "هل المدرسة مغلقة غدا؟", "ابني مريض اليوم", "أريد مترجم"],
    "zh_Hans": [
        "笑死我了",
        "累死了",
        "想死你了",
        "孩子饿死了，几点吃饭",
        "老师打我电话了吗",
        "他打我手机",
        "找不到孩子的作业",
        "什么时候放假",
        "孩子有呼吸道感染",
    ],
    "ht": ["m ap mouri ri", "devwa a ap touye m", "m mouri grangou", "kilè pa gen lekòl", "pitit mwen malad"],
}


def _every(table: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(locale, text) for locale, texts in table.items() for text in texts]


@pytest.mark.parametrize(("locale", "text"), _every(SELF_HARM))
def test_somebody_who_may_want_to_die_is_heard(locale: str, text: str) -> None:
    assert danger(text) == "self_harm", locale


@pytest.mark.parametrize(("locale", "text"), _every(DANGER))
def test_somebody_who_may_be_hurt_is_heard(locale: str, text: str) -> None:
    assert danger(text) == "danger", locale


@pytest.mark.parametrize(("locale", "text"), _every(NEITHER))
def test_what_parents_write_every_day_is_no_alarm(locale: str, text: str) -> None:
    assert danger(text) is None, locale


def test_an_idiom_does_not_hide_a_danger_beside_it() -> None:
    assert danger("I'm dying of laughter but my husband hits me") == "danger"
    assert danger("La tarea me está matando y mi hija se quiere morir") == "self_harm"


def test_an_empty_text_is_no_alarm() -> None:
    assert danger("") is None
    assert danger("👍") is None
