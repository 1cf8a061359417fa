"""How people ask for no more texts in the five first languages, as patterns over plain words.

Each is what may stand before, what asks, and what may stand after; a sentence is compared as a whole. The
words are written as `plain` leaves them: small letters, no accents, no apostrophes.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """How one language asks. `head` and `tail` take any number of words, none too."""

    head: str
    asks: tuple[str, ...]
    tail: str


_EN_THINGS = (
    r"(?:(?:all|any|these|those|this|the|your|me|us|my|more|so many|of|school|automated|automatic|annoying)"
    r" )*(?:texts?|text messages?|messages?|msgs?|sms|notifications?|reminders?|alerts?|updates?|spam)"
)
_EN_ME = r"(?:me|us|this (?:number|phone)|my (?:phone|number|cell))"
_EN_LIST = (
    r"(?: (?:from|off|on)(?: of)? (?:this|your|the|that) (?:(?:text|texting|message|contact|phone|mailing"
    r"|call|school) )?list)"
)
_EN_DO = r"(?:send|text|messag|contact|bother|spamm|writ|harass|annoy)ing"
ENGLISH = Said(
    head=(
        r"(?:(?:please|pls|plz|just|ok|okay|hi|hello|no|yes|i said|i want you to|i need you to|can you"
        r"|could you"
        r"|would you|will you please|you can|you should|you need to|and|so|i want to|i would like to"
        r"|id like to"
        r"|how (?:do|can) i|can i|how to|wrong number|hey|kindly|we want to|you guys|yall|sorry|thanks|i|we"
        r"|i am asking you to|i need to|i wish to|to) )*"
    ),
    asks=(
        (
            r"(?:stop|quit|cease|end|cancel) (?:sending|getting|receiving) (?:me |us )?"
            rf"(?:{_EN_THINGS}|these|this|it|anything|stuff)"
        ),
        rf"(?:stop|quit|cease) {_EN_DO}(?: (?:to )?{_EN_ME})?",
        rf"(?:stop|end|cancel|turn off|discontinue|quit) (?:with )?{_EN_THINGS}",
        rf"no more {_EN_THINGS}|no (?:texts|messages)",
        (
            r"(?:let me )?(?:un ?subs?cri?be?|opt ?out)"
            rf"(?: (?:me|us))?(?: (?:of|from) (?:this|it|these|everything|{_EN_THINGS}))?"
        ),
        r"(?:un ?subs?cri?be?|opt) (?:me|us)(?: out)?(?: (?:of|from) \w+)?",
        (
            r"(?:take|get) (?:me|us|my (?:number|name|phone)) off"
            r"(?:(?: of)? (?:this|your|the|that) (?:(?:text|texting|message|contact|phone|mailing|call"
            r"|school) )?list)?"
        ),
        (
            r"(?:remove (?:me|us)|(?:remove|delete|erase|lose|forget|take off) my (?:phone )?(?:number"
            r"|name|phone))"
            rf"{_EN_LIST}?"
        ),
        rf"(?:dont|do not|never|no) (?:text|message|contact|write|bother) (?:to )?{_EN_ME}",
        r"(?:dont|do not) (?:text|message|contact|bother|disturb)",
        rf"(?:dont|do not|never) send (?:me |us )?(?:{_EN_THINGS}|anything(?: else)?)",
        (
            r"(?:dont|do not|no longer) (?:want|wish|need|care) (?:to (?:get|receive|have|see) )?"
            rf"(?:{_EN_THINGS}|these|them)(?: from (?:you|the school))?"
        ),
        r"(?:dont|do not|no longer) (?:want|wish) (?:to be|you to) (?:text|contact|message)(?:ed)?(?: me)?",
        r"(?:revoke|withdraw|take back|cancel) (?:my |all )?(?:consent|permission)",
        r"cancel (?:my |this |the )?(?:text )?(?:subscription|service|sign ?up)",
        r"leave (?:me|us) alone",
    ),
    tail=(
        r"(?: (?:anymore|any more|again|ever|please|pls|now|right now|thanks|thank you|immediately|at all"
        r"|already"
        r"|me|us|too|to (?:me|us|this (?:number|phone)|my (?:number|phone|cell))|(?:on|at) this (?:number"
        r"|phone)"
        r"|so much|from you|from the school|today|stop))*"
    ),
)
ENGLISH_BARE = Said(
    head=r"(?:(?:please|pls|plz|just|ok|okay|hi|hello|hey|kindly|i said|you need to|no|sorry|thanks) )*",
    asks=(
        (
            r"(?:make (?:it|this|them) )?stop(?: (?:it|this|that|them|these|everything|all(?: of (?:it"
            r"|this|them))?))?"
        ),
    ),
    tail=r"(?: (?:please|pls|now|right now|already|thanks|thank you|immediately|stop))*",
)

_ES_THINGS = (
    r"(?:(?:mas|los|las|estos|estas|esos|sus|tus|tantos|mis|los|de|texto|todos) )*"
    r"(?:mensajes?|textos?|sms|mensajitos|avisos|notificaciones|recordatorios|alertas)(?: de texto)?"
)
_ES_STOPS = r"(?:dejen|deje|deja|dejar|paren|pare|parar|basta|alto|cesen|terminen|termine)"
_ES_END = (
    r"(?:paren|pare|parar|detengan|detenga|detener|cancelen|cancele|cancelar|eliminen|quiten|alto a|terminar"
    r"|terminen|basta de|suspendan|suspender|anular|anulen|desactivar|desactiven)"
)
_ES_MINE = r"(?:numero|nombre|telefono|celular)"
SPANISH = Said(
    head=(
        r"(?:(?:por favor|porfavor|ya|hola|si|oiga|oigan|favor de|quiero|quisiera|quiero que|pueden|puede"
        r"|podrian|me pueden|disculpe|numero equivocado|necesito|les pido que|como puedo|como|y|gracias"
        r"|perdon"
        r"|mejor|es que|senores|deseo|necesito que|buenas tardes|buenos dias|me gustaria|yo|que) )*"
    ),
    asks=(
        rf"{_ES_STOPS} de (?:mandar|enviar|recibir)(?:me|nos|le)? {_ES_THINGS}",
        (
            rf"{_ES_STOPS} de (?:mandarme|enviarme|escribirme|escribirnos|escribir|textear|textearme"
            r"|mensajear"
            r"|molestar|molestarme|molestarnos|contactarme|llamarme|contactar)"
        ),
        rf"{_ES_END} {_ES_THINGS}",
        (
            rf"no (?:quiero|queremos|deseo|necesito) (?:(?:seguir )?(?:recib(?:ir|iendo)|tener"
            rf"|que me (?:manden|envien)) )?{_ES_THINGS}"
        ),
        r"no (?:quiero|deseo) que me (?:manden|envien|escriban|molesten|contacten|texteen)(?: nada)?",
        rf"no mas {_ES_THINGS}",
        rf"no (?:me|nos) (?:manden|mande|mandes|envien|envie|envies) (?:nada|mas|{_ES_THINGS})",
        (
            r"no (?:me|nos) (?:escriban|escriba|escribas|molesten|moleste|molestes|contacten|contacte"
            r"|contactes|texteen|textee"
            r"|textees|manden textos)"
        ),
        rf"no (?:manden|envien) (?:mas|{_ES_THINGS})",
        r"no (?:molestar|contactar|enviar|mandar)(?:me)?",
        (
            r"(?:(?:darme|me doy|me dan|denme|deme|dame|dar(?:me)?)(?: de)? )(?:de )?baja"
            r"(?: de (?:la|esta|su) lista| del? (?:servicio|sistema))?"
        ),
        (
            r"(?:(?:quit|saqu|borr|elimin)(?:enme|eme)|(?:quit|sac|borr|elimin)(?:ame|arme))"
            r"(?: de (?:la|su|esta|tu|sus) (?:lista|mensajes))?"
        ),
        rf"(?:quit|saqu|sac|borr|elimin)(?:en|e|a|ar) mi {_ES_MINE}(?: de (?:la|su|esta) lista)?",
        r"(?:cancel|anul|termin)(?:en|ar|e|o) (?:mi |la |esta )?su[bs]*cripcion",
        r"(?:salir|salirme) de (?:la|esta|su) lista",
        r"(?:revoco|retiro|revocar|retirar) (?:mi|el) (?:consentimiento|permiso)",
        r"(?:dejenme|dejeme|dejame) (?:en paz|tranquil[oa])",
        r"desu[bs]*crib(?:ir|irme|ame|eme|anme)",
    ),
    tail=(
        r"(?: (?:por favor|porfavor|gracias|ya|nunca|mas|nunca mas|a mi|a este (?:numero|telefono)"
        r"|a mi (?:numero"
        r"|celular|telefono)|de (?:la escuela|ustedes)))*"
    ),
)

_AR_THINGS = (
    r"(?:(?:هذه|هاي|كل|جميع|اي|المزيد من|من|مزيد من) )*(?:ال)?(?:رسايل|رساله|مسجات|مسج|اشعارات"
    r"|تنبيهات)(?: النصيه)?"
)
_AR_SEND = r"(?:ال)?(?:ارسال|بعث|مراسل[هت])"
ARABIC = Said(
    head=(
        r"(?:(?:من فضلكم?|لو سمحتم?|رجاء|ارجو|ارجوكم?|اريد|هل يمكنكم|مرحبا|انا|نرجو|ان|يرجي|الرجاء|اود"
        r"|بدي|عايز"
        r"|عاوز|كيف|ارغب في) )*"
    ),
    asks=(
        (
            rf"(?:(?:او|تو|و)قف(?:وا|ي)?|كف(?:وا)?|بطل(?:وا|ي)?) (?:(?:عن )?{_AR_SEND}(?: لي"
            rf"| الي)? )?{_AR_THINGS}"
        ),
        (
            r"(?:(?:او|تو|و)قف(?:وا|ي)?|كف(?:وا)?) (?:عن )?(?:مراسلتي|الارسال|ازعاجي|ارسالها|المراسله"
            r"|التواصل معي|الاتصال بي)"
        ),
        rf"(?:ايقاف|الغاء|وقف|انهاء) (?:{_AR_SEND} )?{_AR_THINGS}",
        rf"عدم (?:{_AR_SEND}(?: لي| الي)? {_AR_THINGS}|مراسلتي|ازعاجي|التواصل معي)",
        (
            rf"(?:لا|ما|بطلوا|بلا) (?:ترسل|تبعث|تبعت)(?:وا|ي|و)?(?: ?لي| الي| لنا|ولي)? (?:{_AR_THINGS}"
            r"|شييا|شي|اي شيء)"
        ),
        r"(?:لا|ما) (?:تراسل|تزعج)(?:وني|ني|يني|ونا)",
        r"(?:لا|ما) تتواصل(?:وا|ي)? معي",
        (
            r"(?:لا|ما|مش|لم اعد|مو) (?:اريد|ارغب في|نريد|بدي|ابغ[ياى]|عايزه?|عاوزه?|ابي)"
            rf"(?: (?:ان )?(?:استلام|تلقي|استقبال|وصول|استلم|اتلقي))? {_AR_THINGS}"
        ),
        rf"(?:لا|كفايه|بلا|خلص|كفي) (?:مزيد من )?{_AR_THINGS}",
        rf"(?:الغاء|الغوا|الغ|الغي) (?:ال)?اشتراك(?:ي)?(?: (?:في|من) {_AR_THINGS})?",
        (
            r"(?:احذف|ازل|شيل|ازيل|امسح|حذف|ازاله)(?:وا|ي)? (?:رقمي|اسمي)(?: من (?:ال)?(?:قايمه|قايمتكم"
            r"|قايمتك))?"
        ),
        r"(?:اتركوني|دعوني) (?:و ?شاني|في حالي)",
        r"(?:اسحب|الغي) (?:ال)?موافقتي",
    ),
    tail=(
        r"(?: (?:بعد الان|بعد اليوم|بعد|مره اخري|اخري|تاني|من فضلكم?|لو سمحتم?|رجاء|الي|لي|علي هذا الرقم|ابدا"
        r"|نهاييا|شكرا|منكم|من المدرسه|الان|خلص))*"
    ),
)

_ZH_THINGS = (
    "(?:任何|这些|這些|这种|這種|你们的|你們的|手机|手機|那么多)*"
    "(?:短信|信息|消息|讯息|訊息|简讯|簡訊|通知)(?:通知)?"
)
_ZH_SEND = "(?:发送|發送|发|發|寄|传|傳)(?:给我|給我|给我们|給我們)?"
CHINESE = Said(
    head=(
        "(?:请|請|麻烦|麻煩|你们|你們|能不能|可以|可不可以|我要|我想|我想要|帮我|幫我|你好|以后|以後|求你|拜托"
        "|怎么|怎麼|如何|我)*"
    ),
    asks=(
        (
            f"(?:不要|别|別|不用|停止|停|请勿|請勿|勿)(?:再)?(?:给我|給我|给我们|給我們|向我)?"
            f"{_ZH_SEND}(?:了)?(?:{_ZH_THINGS}|东西|東西)?"
        ),
        (
            "(?:不想|不要|不愿意|不願意|不需要|不再|拒绝|拒絕)(?:再)?(?:继续|繼續)?"
            f"(?:收到|接收|收|接受)?{_ZH_THINGS}"
        ),
        "拒绝接收|拒絕接收|拒收",
        "(?:不要|别|別|请勿|請勿|勿)(?:再)?(?:打扰|打擾|骚扰|騷擾|联系|聯繫|聯絡|烦|煩)(?:我|我们|我們)?",
        f"(?:停止|取消|关闭|關閉|退订|退訂|结束|結束|终止|終止|停掉)(?:所有|这个|這個)?(?:{_ZH_THINGS}|服务|服務|订阅|訂閱)",
        "(?:停止|退订|退訂|终止|終止|取消订阅|取消訂閱|取消我的订阅)",
        (
            "(?:(?:把|将|將)?(?:我|我的号码|我的號碼))?(?:从|從)?(?:你们的|你們的)?(?:名单|名單|列表)(?:上|中|里|裡)?"
            "(?:删除|刪除|移除|去掉|删掉|刪掉|移出)(?:我的号码|我的號碼|我)?"
        ),
        "(?:把|将|將)?我的(?:号码|號碼|电话|電話)(?:删除|刪除|删掉|刪掉|移除|去掉)",
        "(?:删除|刪除|删掉|刪掉|移除)我的(?:号码|號碼|电话|電話)",
        "(?:撤回|撤销|撤銷|收回)(?:我的)?同意",
        "(?:回复|回覆|发|發)?TD退订".lower(),
    ),
    tail="(?:了|吧|啦|谢谢|謝謝|好吗|好嗎|给我|給我|吗|嗎)*",
)

_HT_THINGS = (
    r"(?:(?:okenn|plis|lot) )*(?:mesaj|teks|tex|sms|notifikasyon)(?: tekst?)?(?: (?:sa|sa yo|yo|la|sa a))?"
)
_HT_ME = r"(?:ban m|ban mwen|ba m|mwen|m|nou|ban nou|pou mwen)"
_HT_MINE = r"(?:m|mwen|(?:non|nimewo|telefon) (?:m|mwen)(?: ?(?:nan|lan|an))?)"
_HT_LIST = r"(?: (?:nan|sou|sou tout) lis(?: (?:la|sa a|ou a|ou|nou an|nou))?)"
_HT_DO = r"(?:voye|ekri|tekste|teks|texte|anmede|anbete|deranje|kontakte|nwi)"
CREOLE = Said(
    head=(
        r"(?:(?:tanpri|souple|silvouple|bonjou|bonswa|non|wi|mwen vle|m vle|eske ou ka|ou ka|ou met|eskize m"
        r"|kijan pou m|kijan m ka|kouman pou m|kite m|mwen ta renmen|mwen|m) )*"
    ),
    asks=(
        (
            rf"(?:sis?pann?|rete|kanpe|arete|ase) {_HT_DO}(?: {_HT_ME})?"
            rf"(?: {_HT_THINGS})?(?: {_HT_ME})?"
        ),
        rf"(?:sis?pann?|kanpe|arete|anile|retire|bloke|fini|fini ak|ase ak) {_HT_THINGS}",
        rf"sis?pann? (?:resevwa|jwenn|pran) {_HT_THINGS}",
        rf"pa {_HT_DO}(?: {_HT_ME})?(?: {_HT_THINGS})(?: {_HT_ME})?",
        rf"pa {_HT_DO} {_HT_ME}",
        r"pa (?:voye anyen|ekri|kontakte)(?: (?:ban )?(?:m|mwen|nou))? anko",
        rf"(?:mwen |m |nou )?(?:pa|pap) (?:vle|bezwen|pran)(?: (?:resevwa|jwenn))? {_HT_THINGS}",
        rf"(?:retire|wete|efase|tire) {_HT_MINE}{_HT_LIST}?",
        rf"soti{_HT_LIST}",
        r"(?:dezabone|dezenskri)(?: m| mwen)?",
        r"anile (?:abonman|enskripsyon)(?: (?:m|mwen)(?: ?nan)?)?",
        r"(?:retire|anile) (?:konsantman|otorizasyon|pemisyon)(?: (?:m|mwen))?",
        r"kite (?:m|mwen|nou) (?:anrepo|an repo|trankil|anpe)",
    ),
    tail=r"(?: (?:anko|tanpri|souple|silvouple|mesi|ditou|sou nimewo sa a|pou mwen|kounye a))*",
)
