"""Requests to stop in a person's own words: English, Spanish, Arabic, Chinese, Haitian Creole.

Each sentence is compared as a whole, so that what follows changes the answer: "stop sending messages" is
a request, "stop sending messages in English" is not. A sentence that denies the stop never counts.
"""

import re
from functools import lru_cache

from bot.words.plain import plain

_CLAUSES = re.compile(r"[.,;:!?\n…،؛؟。！？，；、()\"“”]+")
_EN_THINGS = (
    r"(?:(?:all|any|these|those|this|the|your|me|us|my|more|so many|of|school|automated|automatic|annoying)"
    r" )*(?:texts?|text messages?|messages?|msgs?|sms|notifications?|reminders?|alerts?|updates?|spam)"
)
_EN_TAIL = (
    r"(?: (?:anymore|any more|again|ever|please|pls|now|thanks|thank you|immediately|at all|already|me|us|too"
    r"|to (?:me|us|this (?:number|phone)|my (?:number|phone|cell))|(?:on|at) this (?:number|phone)|so much))*"
)
_ENGLISH = (
    (
        rf"(?:stop|quit|cease|end|cancel) (?:sending|getting|receiving) (?:me |us )?"
        rf"(?:{_EN_THINGS}|these|this|it)"
    ),
    (
        r"stop (?:sending|texting|messaging|contacting|bothering|spamming|writing|calling)"
        r"(?: (?:to )?(?:me|us))?"
    ),
    rf"(?:stop|end|cancel|turn off|discontinue) {_EN_THINGS}",
    rf"no more {_EN_THINGS}",
    (
        r"(?:let me )?(?:unsubscribe|opt out)"
        rf"(?: (?:me|us))?(?: (?:of|from) (?:this|{_EN_THINGS}))?"
    ),
    r"(?:unsubscribe|opt) (?:me|us)(?: out)?",
    r"(?:take|get) (?:me|us|my (?:number|name|phone)) off(?: of)? (?:this|your|the|that) (?:\w+ )?list",
    (
        r"(?:remove (?:me|us)|(?:remove|delete|take off) my (?:number|name|phone))"
        r"(?: from (?:this|your|the) (?:\w+ )?list)?"
    ),
    r"(?:dont|do not|never) (?:text|message|contact|write|call|bother) (?:to )?(?:me|us|this number)",
    rf"(?:dont|do not|never) send (?:me |us )?{_EN_THINGS}",
    rf"(?:i |we )?(?:dont|do not|no longer) (?:want|wish|need) (?:to (?:get|receive|have) )?{_EN_THINGS}",
    r"leave (?:me|us) alone",
)
_EN_HEAD = (
    r"(?:(?:please|pls|plz|just|ok|okay|hi|hello|no|yes|i said|i want you to|i need you to|can you|could you"
    r"|would you|will you please|you can|you should|you need to|and|so|i want to|i would like to|id like to"
    r"|how (?:do|can) i|can i|how to|wrong number|hey|kindly|we want to|you guys|yall|sorry|thanks) )*"
)

_ES_THINGS = (
    r"(?:(?:mas|los|las|estos|estas|esos|sus|tus|tantos|mis|los|de|texto|todos) )*"
    r"(?:mensajes?|textos?|sms|mensajitos|avisos|notificaciones|recordatorios|alertas)(?: de texto)?"
)
_ES_TAIL = (
    r"(?: (?:por favor|porfavor|gracias|ya|nunca|mas|nunca mas|a mi|a este (?:numero|telefono)|a mi (?:numero"
    r"|celular|telefono)|de (?:la escuela|ustedes)))*"
)
_ES_STOPS = r"(?:dejen|deje|deja|dejar|paren|pare|parar|basta|alto|cesen)"
_SPANISH = (
    rf"{_ES_STOPS} de (?:mandar|enviar|recibir)(?:me|nos|le)? {_ES_THINGS}",
    (
        rf"{_ES_STOPS} de (?:mandarme|enviarme|escribirme|escribirnos|escribir|textear|textearme|mensajear"
        r"|molestar|molestarme|molestarnos|contactarme|llamarme)"
    ),
    (
        r"(?:paren|pare|parar|detengan|detenga|detener|cancelen|cancele|cancelar|eliminen|quiten|alto a"
        rf"|basta de|suspendan|suspender) {_ES_THINGS}"
    ),
    rf"no (?:quiero|queremos|deseo|necesito) (?:(?:recibir|tener|que me (?:manden|envien)) )?{_ES_THINGS}",
    r"no (?:quiero|deseo) que me (?:manden|envien|escriban|molesten|contacten|texteen)(?: nada)?",
    rf"no mas {_ES_THINGS}",
    rf"no (?:me|nos) (?:manden|mande|mandes|envien|envie|envies) (?:nada|mas|{_ES_THINGS})",
    r"no (?:me|nos) (?:escriban|escriba|escribas|molesten|moleste|contacten|contacte|texteen|textee)",
    rf"no (?:manden|envien) (?:mas|{_ES_THINGS})",
    (
        r"(?:quiero |quisiera |deseo |necesito )?(?:darme|dar(?:me)? de|denme de|deme de) (?:de )?baja"
        r"(?: de (?:la|esta|su) lista| del? (?:servicio|sistema))?"
    ),
    (
        r"(?:quitenme|quiteme|saquenme|saqueme|borrenme|borreme|eliminenme|elimineme)"
        r"(?: de (?:la|su|esta|tu) lista)?"
    ),
    r"(?:quiten|saquen|borren|eliminen) mi (?:numero|nombre|telefono)(?: de (?:la|su|esta) lista)?",
    r"(?:cancelen|cancelar|cancele) (?:mi |la |esta )?suscripcion",
    r"(?:dejenme|dejeme) (?:en paz|tranquil[oa])",
)
_ES_HEAD = (
    r"(?:(?:por favor|porfavor|ya|hola|si|oiga|oigan|favor de|quiero|quisiera|quiero que|pueden|puede"
    r"|podrian|me pueden|disculpe|numero equivocado|necesito|les pido que|como puedo|y|gracias|perdon"
    r"|mejor|es que|senores|deseo|necesito que|buenas tardes|buenos dias) )*"
)

_AR_THINGS = (
    r"(?:(?:هذه|هاي|كل|جميع|اي|المزيد من|من) )*(?:ال)?(?:رسايل|رساله|مسجات|مسج|اشعارات|تنبيهات)(?: النصيه)?"
)
_AR_TAIL = (
    r"(?: (?:بعد الان|بعد اليوم|مره اخري|اخري|من فضلكم?|لو سمحتم?|رجاء|الي|لي|علي هذا الرقم|ابدا"
    r"|نهاييا|شكرا))*"
)
_ARABIC = (
    rf"(?:او|تو|و)قف(?:وا|ي)? (?:(?:عن )?(?:ال)?(?:ارسال|بعث)(?: لي| الي)? )?{_AR_THINGS}",
    r"(?:او|تو|و)قف(?:وا|ي)? (?:عن )?(?:مراسلتي|الارسال|ازعاجي|ارسالها|المراسله)",
    rf"(?:ايقاف|الغاء|وقف) {_AR_THINGS}",
    rf"لا (?:ترسل|تبعث)(?:وا|ي)?(?: لي| الي| لنا)? (?:{_AR_THINGS}|شييا|اي شيء)",
    r"لا (?:تراسل|تزعج)(?:وني|ني|يني)",
    rf"(?:لا|ما|لم اعد) (?:اريد|ارغب في|نريد|بدي)(?: (?:استلام|تلقي|استقبال|وصول))? {_AR_THINGS}",
    r"(?:الغاء|الغوا|الغ|الغي) (?:ال)?اشتراك(?:ي)?",
    r"(?:احذف|ازل|شيل)(?:وا)? (?:رقمي|اسمي)(?: من (?:القايمه|قايمتكم))?",
)
_AR_HEAD = r"(?:(?:من فضلكم?|لو سمحتم?|رجاء|ارجو|ارجوكم?|اريد|هل يمكنكم|مرحبا|انا|نرجو|ان|يرجي|الرجاء|اود) )*"

_ZH_THINGS = (
    "(?:任何|这些|這些|这种|這種|你们的|你們的|手机|手機|那么多)*"
    "(?:短信|信息|消息|讯息|訊息|简讯|簡訊|通知|东西|東西)"
)
_ZH_SEND = "(?:发送|發送|发|發|寄|传|傳)(?:给我|給我|给我们|給我們)?"
_CHINESE = (
    (
        f"(?:不要|别|別|不用|停止|停|请勿|請勿)(?:再)?(?:给我|給我|给我们|給我們|向我)?"
        f"{_ZH_SEND}(?:了)?(?:{_ZH_THINGS})?"
    ),
    f"(?:我)?(?:不想|不要|不愿意|不願意|不需要)(?:再)?(?:继续|繼續)?(?:收到|接收|收)?{_ZH_THINGS}",
    "(?:不要|别|別)(?:再)?(?:打扰|打擾|骚扰|騷擾|联系|聯繫)(?:我|我们|我們)",
    f"(?:停止|取消|关闭|關閉|退订|退訂){_ZH_THINGS}",
    "(?:停止|退订|退訂|取消订阅|取消訂閱|取消我的订阅)",
    "(?:把我|将我|將我)(?:从名单|從名單|从列表)?(?:上|中|里)?(?:删除|刪除|移除|去掉)",
)
_ZH_HEAD = (
    "(?:请|請|麻烦|麻煩|你们|你們|能不能|可以|可不可以|我要|我想|我想要|帮我|幫我|你好|以后|以後|求你|拜托)*"
)
_ZH_TAIL = "(?:了|吧|啦|谢谢|謝謝|好吗|好嗎|给我|給我|吗|嗎)*"

_HT_THINGS = (
    r"(?:(?:okenn|plis|lot) )*(?:mesaj|teks|tex|sms|notifikasyon)(?: tekst?)?(?: (?:sa|sa yo|yo|la|sa a))?"
)
_HT_ME = r"(?:ban m|ban mwen|ba m|mwen|m|nou|ban nou|pou mwen)"
_CREOLE = (
    (
        rf"(?:sispann|rete|kanpe|arete) (?:voye|ekri|tekste|anmede|anbete|deranje|kontakte)(?: {_HT_ME})?"
        rf"(?: {_HT_THINGS})?(?: {_HT_ME})?"
    ),
    rf"(?:sispann|kanpe|arete|anile|retire) {_HT_THINGS}",
    rf"pa (?:voye|ekri|anmede|deranje|kontakte)(?: {_HT_ME})?(?: {_HT_THINGS})(?: {_HT_ME})?",
    rf"pa (?:voye|ekri|tekste|anmede|deranje|kontakte) {_HT_ME}",
    rf"(?:mwen|m|nou) ?pa (?:vle|bezwen)(?: (?:resevwa|jwenn))? {_HT_THINGS}",
    r"retire (?:m|mwen|non m|non mwen|nimewo m|nimewo mwen)(?: nan lis(?: la| sa a)?)?",
    r"(?:mwen vle |m vle )?(?:dezabone|dezenskri)(?: m| mwen)?",
)
_HT_HEAD = (
    r"(?:(?:tanpri|souple|silvouple|bonjou|bonswa|non|wi|mwen vle|m vle|eske ou ka|ou ka|ou met|eskize m) )*"
)
_HT_TAIL = r"(?: (?:anko|tanpri|souple|silvouple|mesi|ditou|sou nimewo sa a|pou mwen))*"


_LONGEST_CLAUSE = 160
"""Letters; a longer sentence asks for something else too, and a person reads it"""


@lru_cache(maxsize=1)
def _spaced() -> re.Pattern[str]:
    families = (
        (_EN_HEAD, _ENGLISH, _EN_TAIL),
        (_ES_HEAD, _SPANISH, _ES_TAIL),
        (_AR_HEAD, _ARABIC, _AR_TAIL),
        (_HT_HEAD, _CREOLE, _HT_TAIL),
    )
    return re.compile("|".join(f"{head}(?:{'|'.join(asks)}){tail}" for head, asks, tail in families))


@lru_cache(maxsize=1)
def _unspaced() -> re.Pattern[str]:
    return re.compile(f"{_ZH_HEAD}(?:{'|'.join(_CHINESE)}){_ZH_TAIL}")


def says_stop(text: str) -> bool:
    """Whether one sentence of the text, taken whole, asks for no more texts. Never raises."""
    for clause in _CLAUSES.split(text):
        words = plain(clause) if len(clause) <= _LONGEST_CLAUSE else ""
        if words and (_spaced().fullmatch(words) or _unspaced().fullmatch(words.replace(" ", ""))):
            return True
    return False
