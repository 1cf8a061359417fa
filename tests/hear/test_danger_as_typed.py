"""Danger is heard as it is typed in a hurry, without accents, and by who still learns English."""

import pytest

from bot.hear.danger import danger

SELF_HARM = {
    "en": [
        "my daughter say she dont want live anymore",
        "my son want die",
        "he say he gonna kill himself",
        "my son no want to live",
        "she want to kill her self",
        "my kid have knife he want cut his arm",
        "she take many pills",
        "i want die i tired",
        "she dont wanna be alive",
        "she tell me she no want live",
        "my boy want kill himself",
        "my daughter took too much tylenol",
        "my daughter cut her arm",
        "my girl say she wish she dead",
    ],
    "es": [
        "mi hijo se quiere morir",
        "mi hija dise q mejor se muere",
        "se corto los brasos mi hija",
        "ya no kiero vivir",
        "se tomo un monton de pastillas",
        "mi hija dice que se kiere matar",
        "mi hijo se esta cortando los brasos",
        "mi hija se trago un monton de pastillas",
    ],
    "ht": [
        "pitit fi m di l vle touye tet li",
        "pitit mwen vale anpil grenn",
        "pitit mwen vle mouri",
        "pitit mwen bwe anpil konprime",
        "pitit mwen di l ta pito mouri",
    ],
    "ar": [
        "ابني بيقول بدو يموت",
        "بنتي بتجرح ايديها",
        "بنتي ما عادت بدها تعيش",
    ],
    "zh_Hans": [
        "儿子说想死",
        "女儿割手",
        "女儿吃了很多药",
        "女儿说不想活下去",
        "儿子吞了一瓶药",
        "女儿用刀划手腕",
    ],
}

DANGER = {
    "en": [
        "my husband hit me and kids scared",
        "he hit me last night i scared",
        "my husband he hit my kids",
        "my daughter no come home from school i cant find her",
        "daughter not home yet i dont know where she is",
        "my kid not breath good",
        "man touch my daughter",
        "the uncle touch my daughter in private part",
        "my ex he come with gun",
        "my husband punch me",
        "my boyfriend say he kill me",
        "im scare of my husband he drink and hit",
        "boy at school tell my son he will shoot him",
        "husband drunk he beat me",
        "my boyfriend slap me in front of kids",
        "my stepfather touch my little girl",
        "my kid never come home i dont know where he is",
        "we can not find him anywhere please help",
        "im scared of my ex he follow me",
        "he told me he gonna shoot us",
        "baby can not breath",
        "he push me and kick me yesterday",
    ],
    "es": [
        "mi ex dice que me va a matar",
        "mi esposo me quiere matar",
        "mi marido me pega delante de los niños",
        "mi esposo tomado nos golpio",
        "no a llegado mi niña de la escuela no la encuentro",
        "un señor le toco sus partes a mi niña",
        "mi niño no puede respirar vien",
        "me amenaso con una pistola",
        "mi pareja me pego anoche tengo miedo",
        "mi esposo borracho me pego y a los niños tambien",
        "mi niño no aparece desde la tarde",
        "le tocaron las partes intimas a mi hijo",
        "todavia no ha llegado mi hijo ya es de noche",
        "mi señor llego tomado y nos pego",
    ],
    "ht": [
        "mari m bat mwen yè swa m pè",
        "pitit mwen poko rive lakay mwen pa konnen kote l ye",
        "yon mesye manyen pitit mwen",
        "li di l ap touye m",
        "pitit mwen pa ka respire",
        "mari m sou li bat mwen",
        "pitit fi m pa rantre lakay depi maten",
    ],
    "ar": [
        "جوزي ضربني امبارح وخايفة",
        "بنتي ما رجعت عالبيت من المدرسة",
        "ابني ما عم يقدر يتنفس",
        "في واحد لمس بنتي",
        "زوجي يهددني بالقتل",
        "بنتي بلعت حبوب كتير",
        "جوزي سكران وضربني انا والاولاد",
        "ابني مش قادر يتنفس",
        "بنتي لسه ما رجعت من المدرسة وما بعرف وينها",
    ],
    "zh_Hans": [
        "老公昨晚打我我好怕",
        "孩子还没回家找不到人",
        "有人摸我女儿",
        "孩子喘不过气",
        "他说要杀了我",
        "老公喝醉了打我",
        "孩子喘不上气",
        "孩子放学到现在还没到家",
    ],
}

NEITHER = {
    "en": [
        "my husband hit the curb so we are late",
        "i cant find him on the app",
        "i cant find her jacket",
        "i dont know where is the office",
        "my son not coming home by bus today i pick up",
        "how much medicine he can take",
        "he take all his medicine at home in morning",
        "we dont want live in this apartment",
        "my daughter want go home early",
        "my son scared of the dog on the bus",
        "is the office in private part of the building",
        "he hit his head at recess he stay home",
        "she has cold hard to sleep",
        "he no come to school today",
        "my kid is scared of the test",
    ],
    "es": [
        "hoy no llega mi hija a clases",
        "no llego mi hijo a la escuela porque esta enfermo",
        "mi hijo toco en sus partes de la banda",
        "kiero vivir serca de la escuela",
        "no ha llegado el bus de mi hijo",
        "no ha llegado mi hijo a tiempo estos dias",
        "se corto el pelo",
        "se tomo la medicina en la mañana",
    ],
    "ht": [
        "bis la poko rive lakay",
        "pitit mwen poko vini lekol",
        "pitit mwen pran medikaman maten an",
        "pitit mwen poko rive lekol bis la an reta",
    ],
    "ar": [
        "الباص ما رجع الولاد بكير",
        "ابني ما بياكل حبوب",
    ],
    "zh_Hans": [
        "作业多得喘不过气",
        "孩子感冒吃了很多药还没好",
        "老公昨天打我电话没接到",
        "孩子今天还没到学校",
        "老师昨天打我电话",
    ],
}


def _every(table: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(locale, text) for locale, texts in table.items() for text in texts]


@pytest.mark.parametrize(("locale", "text"), _every(SELF_HARM))
def test_who_may_want_to_die_is_heard(locale: str, text: str) -> None:
    assert danger(text) == "self_harm", locale


@pytest.mark.parametrize(("locale", "text"), _every(DANGER))
def test_who_may_be_hurt_or_lost_is_heard(locale: str, text: str) -> None:
    assert danger(text) == "danger", locale


@pytest.mark.parametrize(("locale", "text"), _every(NEITHER))
def test_what_is_written_every_day_is_no_alarm(locale: str, text: str) -> None:
    assert danger(text) is None, locale
