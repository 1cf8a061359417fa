"""Texts that may ask for no more texts: too many of them, who gave you my number, a request among others.

Nobody is opted out for these, and nobody who meant it should get one more text of our own accord: they are
asked (47 CFR 64.1200(a)(10): any words that a reasonable person takes for it).
"""

import re
from functools import lru_cache
from typing import Final

from bot.words.stop_said import Said
from bot.words.stop_wording import SPACED, bare, clauses, pattern

_EN_TEXTS: Final = r"(?:texts?|text messages?|messages?|msgs|notifications?|alerts?|reminders?)"
_ES_TEXTS: Final = r"(?:mensajes?|textos?|avisos|notificaciones)"
_RU_TEXTS: Final = r"(?:сообщени\w*|смс\w*|повідомлен\w*)"
_SPACED: Final = (
    Said(
        (
            r"(?:(?:please|sorry|hi|hello|ok|you|i|we|these|this|its|it is|the|are|is|am|im|get|getting"
            r"|send|sending|too) )*"
        ),
        (
            rf"(?:so|too|way too) many (?:of )?(?:these |your )?{_EN_TEXTS}",
            (
                r"(?:why|how come) (?:do|are|am|did|is) (?:you|i|we) (?:keep |always |still )?"
                r"(?:text|send|messag|gett|contact)(?:ing)?(?: me)?(?: (?:so many|all|these|this))*"
                rf"(?: {_EN_TEXTS})?"
            ),
            (
                r"(?:who|where|how) (?:gave|did|got|do|have) you (?:get |got "
                r"|have )?my (?:phone )?number(?: from)?"
            ),
            rf"{_EN_TEXTS} (?:are|is) (?:so |very |too )?(?:annoying|too much|spam|not for me|useless)",
            rf"(?:fewer|less) {_EN_TEXTS}",
            r"(?:i am |im )?not interested",
            r"(?:thats |that is )?enough(?: already)?",
            r"(?:(?:want to|can i|how do i) )?cancel (?:it|this|me|everything)?",
            r"(?:do not|dont|stop) call(?:ing)? (?:me|us)",
            r"(?:did not|didnt|never) (?:sign up|ask|subscribe)(?: for (?:this|these|it))?",
            r"(?:want|would like) to (?:stop|quit|cancel|end)(?: this)?",
            r"how do i (?:stop|end|cancel|quit)(?: this)?",
        ),
        (
            r"(?: (?:from you|a day|every day|today|please|now|thanks|to me|for me|at all|me|this|these"
            r"|all the time))*"
        ),
    ),
    Said(
        (
            r"(?:(?:por favor|ya|son|me|llegan|mandan|envian|estos|los|sus|que|hola|ustedes|y|es|reciben"
            r"|recibo) )*"
        ),
        (
            rf"(?:demasiados|muchos|tantos|muchisimos) {_ES_TEXTS}",
            (
                r"por ?que (?:me|nos) (?:\w+ )?(?:mandan|envian|escriben|llegan)(?: (?:tantos|tanto"
                rf"|todos|estos))*(?: {_ES_TEXTS})?"
            ),
            (
                r"(?:quien|como|donde) (?:(?:les|le|te) (?:dio|dieron)|consiguieron|tienen"
                r"|obtuvieron) mi (?:numero|telefono)"
            ),
            rf"{_ES_TEXTS} (?:son )?(?:molest\w+|muy molest\w+|fastidi\w+)",
            rf"menos {_ES_TEXTS}",
            r"(?:no (?:me|nos) interesa|no estoy interesad[oa])",
            r"(?:es )?suficiente|basta",
            r"(?:quiero )?cancelar(?:lo)?(?: todo)?",
            r"no (?:me )?llamen|no me llame",
        ),
        r"(?: (?:de ustedes|al dia|cada dia|gracias|por favor|ya|tanto|de la escuela))*",
    ),
    Said(
        r"(?:(?:هذه|ال|لماذا|ليش|جدا|تصلني|كل) )*",
        (
            r"(?:ال)?رسايل(?:كم)? (?:كثيره|كثير|مزعجه|كتيره|كتير)",
            r"(?:ترسلون|تبعتو|تبعثون|ترسلوا)(?: لي)?(?: كل)?(?: هذه)? (?:ال)?رسايل",
            r"(?:من|كيف|مين) (?:اعطاكم|حصلتم علي|اعطاك|عطاكم) رقمي",
            r"(?:لست|مو|مش|ما انا) مهتم(?:ا|ه)?",
            r"(?:كفايه|كفي|خلص|بس|يكفي)",
        ),
        r"(?: (?:جدا|كل يوم|شكرا|من فضلكم))*",
    ),
    Said(
        r"(?:(?:tanpri|m|mwen|nou|resevwa|se|gen|poukisa|voye|tout|twop) )*",
        (
            r"twop (?:mesaj|teks)",
            (
                r"(?:poukisa|pouki) (?:nou|ou|yo) (?:toujou )?(?:voye|ap voye|ekri)(?: (?:tout|m|mwen"
                r"|ban mwen))*(?: (?:mesaj|teks))?"
            ),
            r"(?:kiyes|ki moun|kijan) (?:ki )?(?:ba|bay|jwenn)(?: (?:nou|ou|w))? nimewo (?:m|mwen)",
            r"(?:mesaj|teks) (?:sa yo|yo|la) (?:anmede|anbete|deranje)(?: (?:m|mwen))?",
            r"mwens (?:mesaj|teks)",
            r"(?:pa enterese)",
            r"(?:ase|sa sifi|sifi|rete|fini)",
            r"pa gen (?:mesaj|teks) anko",
            r"(?:vle )?anile",
        ),
        r"(?: (?:sa yo|yo|chak jou|mesi|tanpri|kounye a))*",
    ),
    Said(
        r"(?:(?:qua|sao|la|cac|xin|tai sao|cu) )*",
        (
            r"(?:qua )?nhieu tin nhan(?: qua)?",
            r"(?:cu )?(?:nhan|gui)(?: tin)?(?: nhan)?(?: cho toi)? (?:hoai|mai)",
        ),
        "",
    ),
    Said(
        r"(?:(?:sao|são|sao|por que|porque|estao|muito) )*",
        (
            r"(?:muitas|tantas|demais|tanta) (?:mensagens|mensagem)(?: demais)?",
            r"nao (?:tenho interesse|me interessa)",
        ),
        "",
    ),
    Said(
        r"(?:(?:почему|вы|зачем|чому|ви|так) )*",
        (
            rf"(?:слишком |так )?(?:много|забагато|багато) {_RU_TEXTS}",
            r"(?:мне )?не интересно|хватит|досить|годі",
        ),
        "",
    ),
    Said(
        "", (r"(?:far+ii?mo|qoraalo) (?:aad u )?badan", r"(?:waa )?ku filan(?: tahay)?", r"ma xiiseeyo"), ""
    ),
    Said("", (r"(?:بهت )?(?:زياده|بهت) (?:پيغام\w*|ميسج\w*)", r"بس", r"(?:مجهے )?دلچسپي نهيں(?: هے)?"), ""),
    Said(
        "",
        (
            r"(?:ang )?dami (?:nyong|niyong|ninyong|ng) (?:text|mensahe)",
            r"tama na(?: po)?",
            r"hindi ako interesado",
        ),
        "",
    ),
    Said(
        "",
        (
            r"(?:il y a )?trop de (?:messages|sms|textos)",
            r"(?:ca|cela) suffit",
            r"pas interesse",
            r"cest assez",
        ),
        "",
    ),
)
_UNSPACED: Final = (
    Said(
        "(?:请|請|你们|你們|我)*",
        (
            "(?:短信|信息|消息|訊息|簡訊)(?:太多|好烦|很烦)|太多(?:短信|信息|消息)",
            "(?:为什么|為什麼|干嘛)(?:总是|老是|一直|要)*(?:给我|給我)?(?:发|發|寄|傳)(?:这么多|這麼多)?(?:短信|信息|消息|訊息|簡訊)",
            "(?:怎么|怎麼)(?:会|會)?(?:有|知道)我的?(?:号码|號碼|电话)",
            "(?:没|沒|不感)(?:有)?兴趣|没兴趣|好烦|够了|夠了",
            "(?:能不能)?少发(?:一点|点|一些)?(?:短信|信息)?",
        ),
        "(?:了|吗|嗎|吧|的|呢)*",
    ),
    Said(
        "(?:왜|자꾸|이)*",
        (
            "(?:문자|메시지|알림)(?:가|이)?(?:너무)?많(?:아요|습니다|네요)",
            "(?:왜)?(?:자꾸|계속)(?:문자|메시지)(?:를)?보내(?:요|세요|나요)",
            "관심(?:없어요|없습니다)",
        ),
        "",
    ),
)
_DENIES: Final = frozenset(
    (
        *("dont", "never", "not", "no", "why", "when", "what", "if", "wont", "cant", "didnt", "did", "does"),
        *(
            "happens",
            "means",
            "says",
            "say",
            "said",
            "told",
            "tells",
            "wrote",
            "sign",
            "in",
            "about",
            "until",
        ),
        *("again", "for", "english", "spanish", "arabic", "chinese", "creole", "bus", "class", "school"),
        *("bullying", "teacher", "game", "test", "nunca", "por", "que", "cuando", "si", "dice", "decia"),
        *("ingles", "espanol", "clase", "escuela", "maestra", "porque", "quando", "se"),
        *("لا", "لماذا", "متي", "هل", "اذا", "كيف", "قال", "قالت", "كيوں", "كب", "اگر"),
        *("pa", "poukisa", "kile", "sa", "di", "angle", "kreyol", "klas", "bis", "bakit", "kailan", "paano"),
        *("pourquoi", "quand", "comment", "recois", "recu", "nai", "tai", "sao", "khi", "nao", "neu"),
        *("почему", "зачем", "чому", "когда", "коли", "maxaad", "maxaa", "goorma", "sidee"),
    )
)
"""Words around a request that make it another one: denied, asked about, quoted, or about something else"""


def may_say_stop(text: str) -> bool:
    """Whether a text that does not plainly ask for no more texts may mean it. Never raises."""
    return any(_is_complaint(words) or _is_among_others(words) for words in clauses(text))


def _is_complaint(words: str) -> bool:
    together = words.replace(" ", "")
    return bool(
        _complaints().fullmatch(words)
        or _unspaced_complaints().fullmatch(together)
        or bare().fullmatch(words)
    )


def _is_among_others(words: str) -> bool:
    """A request in a sentence with other words, none of which denies it."""
    found = _requests().search(words)
    if found is None:
        return False
    return not _DENIES & {*words[: found.start()].split(), *words[found.end() :].split()}


@lru_cache(maxsize=1)
def _complaints() -> re.Pattern[str]:
    return pattern(_SPACED)


@lru_cache(maxsize=1)
def _unspaced_complaints() -> re.Pattern[str]:
    return pattern(_UNSPACED)


@lru_cache(maxsize=1)
def _requests() -> re.Pattern[str]:
    asks = "|".join(ask for one in SPACED for ask in one.asks)
    return pattern((Said("(?<![^ ])", (asks,), "(?![^ ])"),))
