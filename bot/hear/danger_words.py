"""What people write when somebody is in danger, by language, as patterns on plain letters.

Plain letters (bot.words.plain): no case, accents, punctuation or apostrophes; Arabic letters joined to
their plain forms. Checked by hand for en and es; the other languages await a reader who speaks them.
"""

from typing import Final

from bot.hear import danger_arabic, danger_learners

_CHILD: Final = (
    r"(?:(?:my|the|our|a|this|that|her|his|their) (?:\w+ )?"
    r"(?:child|children|kids?|son|daughter|boy|girl|baby|stepson|stepdaughter|niece|nephew"
    r"|grandson|student))"
)
_SELF: Final = r"(?:myself|himself|herself|themselves|themself|ourselves|hisself|my self|him self|her self)"
_HIJO: Final = (
    r"(?:a )?(?:mis?|los|las|la|el|un|una|su|nuestr[oa]s?) (?:\w+ )?"
    r"(?:hij[oa]s?|nin[oa]s?|bebes?|chamac[oa]s?|chiquit[oa]s?|niet[oa]s?|sobrin[oa]s?|muchach[oa]s?)"
)
_PITIT: Final = r"(?:pitit|timoun|tifi|tigason|ti gason|ti fi|bebe)(?: (?:mwen|m|nou|la|an|gason|fi|yo))*"

SELF_HARM: Final[dict[str, tuple[str, ...]]] = {
    "en": (
        (
            r"(?:kill|killing|killed|kills|hurting|hurts|harm|harming|harms|cut|cutting|cuts|hang"
            rf"|hanging|hanged|stab) {_SELF}"
        ),
        (
            r"(?:want\w*|try\w*|tried|going|gonna|threat\w*|plan\w*|about|think\w* (?:about|of)"
            rf"|thoughts? of) (?:to )?(?:hurt\w*|shoot\w*|poison\w*|burn\w*) {_SELF}"
        ),
        rf"hurt {_SELF} (?:on purpose|again)",
        r"suicid\w*",
        r"self ?harm\w*",
        r"(?:want|wants|wanted|wanting|wanna|wish|wishes|ready|trying|going) (?:\w+ )?to (?:die|be dead)",
        r"wanna die",
        r"wish(?:es)? (?:i|he|she|they) (?:was|were|am) (?:dead|never born)",
        (
            r"(?:end|ends|ending|take|takes|taking|took) (?:my|his|her|their|it all"
            r"|your) (?:own )?(?:life|lives)"
        ),
        r"end it all",
        r"(?:not|dont|doesnt|didnt|no longer) want(?:s|ed)? to (?:live|be alive|wake up|be here anymore)",
        r"no (?:reason|point|will) (?:to live|in living|to go on)",
        r"better off (?:dead|without (?:me|him|her))",
        r"cuts? (?:her|his|their|my) (?:\w+ )?(?:arms?|wrists?|legs?|skin|veins?)",
        r"(?:cutting|slit|slitting) (?:her|his|their|my) (?:\w+ )?(?:arms?|wrists?|legs?|skin|veins?)",
        r"(?:cannot|cant|can not) go on living",
        (
            r"(?:took|swallowed|taken) (?:a bottle of|too many|all the|a lot of) (?:\w+ )?(?:pills"
            r"|medicine|tylenol)"
        ),
        *danger_learners.SELF_HARM,
    ),
    "es": (
        r"suicid\w*",
        (
            r"(?!me (?:quieren?|van? a) matar)(?:me|se|te) (?:\w+ )?(?:quiero|quiere|quieren|queria|quisiera"
            r"|voy a|va a|iba a|intento|trato de"
            r"|quiso|podria|voy|va) ?(?:a |de )?(?:matar|morir|ahorcar|colgar|cortar las venas"
            r"|quitar la vida)"
        ),
        (
            r"(?:quiero|quiere|queria|quisiera|intento|intenta|trato de|habla de|hablan de"
            r"|piensa en|pienso en"
            r"|ganas de|amenaza con|amenazo con) (?:matar|morir|ahorcar|lastimar|cortar)(?:me|se)"
        ),
        r"(?:quiero|quiere|quieren|queria|quisiera|prefiero|prefiere) (?:estar muert[oa]|morir)",
        r"(?:quitar|quitarse|quitarme|acabar con|terminar con) (?:la|su|mi) (?:propia )?vida",
        r"(?:matarse|matarme|ahorcarse|ahorcarme|autolesion\w*|autolastim\w*)",
        (
            r"no (?:\w+ )?(?:quiere|quiero|quieren|tiene ganas de|tengo ganas de) (?:\w+ )?"
            r"(?:vivir|seguir viviendo|estar viv[oa]|despertar)"
        ),
        r"ya no (?:puedo|puede) (?:seguir )?viviendo",
        (
            r"se (?:corta|corto|esta cortando|lastima|quema)(?: (?:a proposito|sola|solo"
            r"|a si mism[oa]|ell[oa] mism[oa]|los bra[zs]os|las munecas|las venas|las piernas|la piel"
            r"|el mism[oa]|cuando \w+))"
        ),
        r"se (?:hace|quiere hacer|va a hacer) dano",
        r"(?:hacer|haciendo)(?:se|me) dano",
        (
            r"me (?:corto (?:los bra[zs]os|las venas|las munecas|a proposito)|lastimo|hago dano"
            r"|quiero hacer dano)"
        ),
        (
            r"(?:tomo|trago|tome) (?:muchas|todas las|un frasco de|demasiadas|bastantes|un monton de"
            r"|un chorro de|un bote de) (?:pastillas|medicinas)"
        ),
        r"mejor (?:estar )?muert[oa]",
        r"mejor (?:me|se) (?:muero|muere|mato|mata)\b",
        (
            r"no (?:\w+ )?ki?er[eo]n? (?:vivir|estar viv[oa])(?! (?:aqui|aca|con|en)\b)"
            r"|(?:me|se) ki?er[eo] (?:morir|matar)|ki?er[eo] (?:morir|matar)(?:me|se)"
        ),
    ),
    "ar": danger_arabic.SELF_HARM,
    "zh_Hans": (
        r"自杀|自殺|遗书|遺書|轻生|輕生|自残|自殘|自尽|割腕|寻死|寻短见|想不开|想不開|上吊|跳楼|跳樓",
        r"(?<!笑)(?<!累)(?<!困)想死(?!你|我了|妳|她|他)|不想活|活不下去|不想再活|不如死",
        r"(?:伤害|傷害|弄伤|割|划)(?:他|她|我|孩子)?(?:自己|的?手臂|的?手腕)|割(?:自己的?|他的?|她的?)?(?:手|胳膊)",
        r"吞(?:了|下)(?:很多|好多|一瓶|整瓶|一大把|大量|许多)(?:安眠)?药|吃(?:了|下)(?:一瓶|整瓶|一大把|大量)(?:安眠)?药",
        r"吃(?:了|下)(?:很多|好多|许多)(?:安眠)?药(?!还|也|都|没|不见|就是)",
        r"(?:结束|結束|了结)(?:自己的?|他的?|她的?|我的?)?(?:生命|性命|一生)",
    ),
    "ht": (
        r"swisid\w*|suicid\w*",
        r"(?:touye|tiye) tet (?:li|mwen|m|yo|ou|nou)",
        r"(?:vle|anvi|ta renmen) mouri",
        r"(?:pa|p) (?:vle|anvi) viv(?: anko)?",
        r"(?:koupe|blese|fe mal a?|maltrete) (?:tet|bra|ponyet|venn) (?:li|mwen|m|yo)",
        r"fe tet (?:li|mwen|m|yo) mal",
        r"(?:retire|pran|fini ak) (?:pwop )?(?:lavi|vi) (?:li|mwen|m|yo)",
        r"pann tet (?:li|mwen|m)",
        r"(?:vale|bwe|pran) (?:anpil|yon pake|yon pil|yon bokal) (?:grenn|konprime)",
        r"(?:pito|mye) mouri",
        r"(?:bouke|fatige) ak lavi|(?:pa|p) ka viv anko|lide (?:pou )?mouri",
    ),
}
"""Somebody may want to die or to hurt themselves"""

DANGER: Final[dict[str, tuple[str, ...]]] = {
    "en": (
        (
            r"(?:is|was|being|been|got|gets|getting|were|are) (?:\w+ )?(?:abused|molested|raped"
            r"|stabbed|kidnapped|strangled|assaulted|beaten(?: up)?|beat up)"
        ),
        (
            r"(?:raped|molested|molesting|molester|rapist|kidnap\w*|child abuse"
            r"|sexual(?:ly)? (?:abuse\w*|assault\w*)"
            r"|domestic violence|school shooting|active shooter|bomb threat)"
        ),
        (
            r"(?:abus(?:es|ed|ing|e)|beats?|beating|beat up|hits?|hitting|choke[sd]?|choking|burns?"
            r"|burned|punch\w*"
            rf"|kick(?:s|ed)|slap(?:s|ped)|strangl\w+|touch(?:es|ed)) {_CHILD}(?! (?:records?|target"
            r"|goal|limit))"
        ),
        (
            r"(?:husband|boyfriend|partner|wife|father|stepfather|dad|stepdad|mother|ex|man|somebody"
            r"|someone|he|she"
            r"|uncle|neighbor|they) (?:\w+ )?(?:beats?|hits|hitting|beating|chokes|choked|abuses"
            r"|abused) (?:me|us|him|her|them)"
        ),
        (
            r"(?:going to|gonna|wants? to|will|threat\w*(?: me)? to|tried to|try to|trying to|planning to)"
            r" (?:kill|shoot|stab|rape|strangle|shoot up|beat up|hurt) (?!time\b)\w+"
        ),
        r"threat\w* (?:to kill|with a|my life|his life|her life|us|me with)",
        (
            r"(?:has|have|had|got|with|bring\w*|brought|carr\w+|took|pulled|hold\w*|held) (?:a |an "
            r"|the |his |her )?(?:\w+ )?(?:gun|guns|pistol|rifle|firearm|loaded gun|machete)"
        ),
        r"(?:brought|bring\w*|pulled|carr\w+|threat\w*) (?:\w+ ){0,3}?(?:knife|knives|weapons?|blade)",
        r"(?:shots fired|gunshots?|heard shots|shooting at)",
        rf"{_CHILD} (?:is|are|has been|went|has gone|still) (?:still )?(?:missing|disappeared)",
        (
            r"(?:cannot|cant|can not|could not|couldnt) find (?:my|our) (?:\w+ )?"
            r"(?:child|children|kids?|son|daughter|boy|girl|baby)"
        ),
        r"(?:did not|didnt|has not|hasnt|never) (?:come|came|arrive\w*|gotten|got|get) (?:\w+ )?home",
        r"(?:ran|run|runs|running) away(?: from home)?",
        r"(?:is not|isnt|not|stopped|cannot|cant|can not|hardly|trouble) breath\w*",
        (
            r"(?:unconscious|overdos\w*|(?:having|has|had) a seizure|poisoned|drowning|drowned"
            r"|passed out(?! (?:the|some|a|papers|flyers|forms|books|candy))|not responding"
            r"|wont wake up"
            r"|will not wake up|bleeding (?:a lot|badly|heavily|out|everywhere|from (?:the|his"
            r"|her) (?:head|mouth)))"
        ),
        r"(?:choking on|drank|swallowed) (?:\w+ )*?(?:bleach|battery|poison|detergent|coin|chemicals?)",
        r"(?:house|school|building|apartment|kitchen|car|bus) is (?:on fire|burning)",
        r"(?:call|need|send) (?:911|an ambulance|the ambulance|ambulance)",
        (
            r"(?:not safe|unsafe|in danger|afraid) (?:at home|with (?:him|her|his|my husband)"
            r"|of (?:my|her|his) (?:husband|father|stepfather|boyfriend))"
        ),
        r"in danger(?! of (?:failing|losing|not|being late|repeating))",
        r"(?:follow(?:s|ed|ing)|stalk\w*) (?:my|our) (?:daughter|son|child|kids?|girl|boy)",
        *danger_learners.DANGER,
    ),
    "es": (
        (
            r"(?:violencia (?:domestica|intrafamiliar|familiar|sexual)|abuso (?:sexual|infantil)|abusador\w*"
            r"|secuestr\w*|tiroteo\w*|balacera|balazos?|disparos|amenaza de bomba)"
        ),
        (
            rf"abus(?:a|an|o|aron|aba|aban|ando|ado|ada) (?:de |sexualmente (?:de )?)?(?:{_HIJO}|ella"
            r"|el|mi|nosotr[oa]s)"
        ),
        (
            r"(?:la|lo|me|las|los|fue|fui|han?|le) (?:\w+ )?(?:violaron|violo|violad[oa]|abusaron|abusad[oa]|"
            r"golpearon|apunalaron|balearon|ahorcaron|manosearon|manoseo|toco en sus partes|toquetearon)"
        ),
        rf"(?:violaron|violo|violar|tocaron|toco|tocando|manoseo|manosea) {_HIJO}",
        (
            r"(?:peg(?:a|an|o|aron|aba|ando)|golpe(?:a|an|o|aron|aba|ando)|maltrat(?:a|an|o|aron|aba"
            r"|ando|ado)|quem(?:a|o|aron)"
            rf"|pateo|patea|patearon|ahorc(?:a|o|aron)|lastim(?:a|an|o|aron)) {_HIJO}"
        ),
        (
            r"(?:me|nos|lo|la|le|les) (?:\w+ )?(?:pega|pegan|pego|pegaron|golpea|golpean|golpeo|golpio|golpia"
            r"|maltrata|maltratan|maltrato)"
            r"(?: (?:mi|su) (?:esposo|marido|pareja|novio|papa|padre|padrastro|esposa|mama|ex|tio|vecino))?"
            r"(?! (?:el|la|los|las|una?) (?:sol|frio|gripa|gripe|tos|virus|calor|calentura|resfriado))"
        ),
        (
            r"(?:va|van|voy|quiere|quieren|iba|trato|intento) ?(?:a |de )?(?:matar|apunalar|disparar"
            r"|balear|violar|secuestrar|golpear)(?:lo|la|los|las|me|nos|le)?(?! el tiempo)"
        ),
        (
            r"(?:me|lo|la|nos|los|las|le) (?:quiere|quieren|va a|van a|iba a) (?:matar|violar|golpear"
            r"|disparar|pegar)"
        ),
        (
            r"amenaz\w* (?:de muerte|con (?:matar\w*|un|una|quitar\w*|lastimar\w*|hacer\w* dano)|a mi"
            r"|de matar\w*)"
        ),
        r"(?:me|nos|lo|la|le) (?:esta |estan )?amenaz\w+",
        (
            r"(?:tiene|tenia|traia|trae|trajo|lleva|llevo|llevaba|con|saco|hay) (?:una |un |la "
            r"|el )?(?:\w+ )?(?:pistola|arma|armas|rifle|machete|escopeta|navaja)"
        ),
        r"(?:trajo|trae|llevo|lleva|saco|amenazo con) (?:un )?cuchillo",
        (
            r"(?:mi|mis|nuestr[oa]) (?:\w+ )?(?:hij[oa]s?|nin[oa]s?) (?:esta |estan |se )?"
            r"(?:desaparecid[oa]s?|desaparecio|no aparece|no aparecen|perdio en|perdid[oa]|extraviad[oa])"
        ),
        (
            r"(?:no h?a|todavia no|aun no) (?:llegado|llega|regresado|vuelto|aparecido|aparece) (?:mi|mis) "
            r"(?:\w+ )?(?:hij[oa]s?|nin[oa]s?)\b"
            r"(?! (?:\w+ )?(?:a (?:la |su )?(?:escuela|clases?|tiempo)|temprano))"
        ),
        r"mis? (?:hij[oa]s?|nin[oa]s?) no aparecen?\b(?! en (?:la|el) (?:lista|sistema|app|portal))",
        r"(?:toco|toca|tocaron|tocan|tocando|agarro) (?:\w+ ){0,2}?(?:sus|las) partes\b(?! de\b)",
        r"no (?:encuentro|encontramos|hallo) a (?:mi|mis|nuestr[oa]) (?:\w+ )?(?:hij[oa]s?|nin[oa]s?|bebe)",
        (
            r"no (?:llego|ha llegado|llega|regreso|ha regresado|volvio|ha vuelto) (?:\w+ )?a (?:la "
            r"|mi |su )?casa(?! (?:la|el|una?|ninguna?) (?:carta|papel|boleta|aviso|forma|tarea"
            r"|mochila))"
        ),
        r"se (?:escapo|fugo|fue) de (?:la |mi )?casa",
        r"no (?:puede |puedo |esta )?respira\w*",
        (
            r"(?:inconsciente|sobredosis|envenen\w*|convulsion\w*|convulsionando|desmayad[oa]"
            r"|se desmayo|se desmaya"
            r"|no despierta|no reacciona|se ahoga|se esta ahogando|ahogandose|sangra mucho|sangrando mucho)"
        ),
        r"(?:tomo|trago|bebio) (?:\w+ )?(?:cloro|veneno|detergente|pila|moneda)",
        r"(?:se esta quemando|hay un incendio|hay fuego|se quema la (?:casa|escuela))",
        r"(?:llamen|llame|necesito|manden|mande) (?:al 911|una ambulancia|la ambulancia|911)",
        (
            r"(?:en peligro|peligro de muerte|tengo miedo de (?:mi|su) (?:esposo|marido|pareja|ex"
            r"|padrastro|papa)|no esta segur[oa] (?:en|con))"
        ),
        (
            r"(?:sigue|siguen|siguio|siguiendo|persigue|persiguiendo|acosa sexualmente)"
            r" a mi (?:hij[oa]|nin[oa])"
        ),
    ),
    "ar": danger_arabic.DANGER,
    "zh_Hans": (
        r"性侵|强奸|強姦|强暴|猥亵|猥褻|性骚扰|性騷擾|虐待|家暴|家庭暴力|绑架|綁架|拐走|枪击|槍擊|开枪|開槍|炸弹",
        r"(?:打|殴打|毆打|踢|掐|伤害|傷害|摸)(?:了|伤了|傷了|伤|傷)?(?:我的?|我们的?)(?:孩子|儿子|兒子|女儿|女兒|小孩)(?!的)",
        r"(?:老公|丈夫|男友|前夫|继父|爸爸|他|她|有人)(?:总是|经常|一直|老是|又|在|昨天|昨晚|今天|刚才|刚刚|天天|每天|喝醉酒?|喝了?酒|了|就|动手){0,4}(?:打|殴打|掐|威胁)(?:我|我们|孩子)(?!电话|招呼|扰|的电话)",
        r"(?:孩子|儿子|女儿|小孩|我)被(?:人|同学|老师|他|她|爸爸|继父|他们)?(?:打(?!扰|开|断|动|印|招呼)|殴打|毆打|侵犯|威胁|威脅|强迫|捅|刺)",
        r"(?:跟踪|跟蹤|尾随)(?:我|我们|孩子)|(?:发|發|传|傳)(?:来|了)?(?:黄色|色情|裸体|裸)(?:照|照片|图片)|要杀|要殺|想杀|杀了|殺了|会杀|杀人|砍人|捅人",
        r"(?:带|帶|有|拿|持|掏出)(?:着|著|了|一把|把|一支|支)*(?:枪|槍|手枪|砍刀)|(?:带|拿|持|掏出)(?:着|了|一把|把)*刀(?:来|到|进|去|威胁|指)",
        r"(?:孩子|儿子|兒子|女儿|女兒)(?:不见了|不見了|失踪|失蹤|丢了|走丢|(?:放学|放學)?(?:到现在)?(?:还|還)?[没沒]有?(?:回|到)家|離家出走|离家出走)",
        r"找不到(?:我的?)?(?:孩子|儿子|女儿|兒子|女兒)(?!的|书|作业)",
        r"(?:不能|无法|沒有|没有|没|停止)呼吸(?!道|机|科)|呼吸困难|[喘透]不[过上]气|昏迷|昏倒|晕倒|中毒|溺水|抽搐|失去意识|大出血|流血不止|着火|起火|救护车|叫救护|有生命危险|有危险",
    ),
    "ht": (
        r"(?:vyole|kadejak|kidnape|kidnapin\w*|abi seksyel|vyolans (?:domestik|nan kay)|tire nan lekol)",
        rf"(?:abize|maltrete|bat|frape|kale|toufe|boule|manyen|touche|vyole) {_PITIT}",
        (
            r"(?:mari|menaj|mesye|papa|boparan|bope|misye|li|yo) (?:m |mwen |a |la |ap |te |sou |li "
            r"|toujou )*(?:bat|frape|kale|trangle|maltrete) (?:m|mwen|nou)"
        ),
        r"(?:menase|menas) (?:\w+ )*?(?:touye|tiye|ak (?:zam|kouto|revolve|manchet))",
        r"(?:vle|pral|ap|ap vin) (?:touye|tiye|vyole|tire sou) (?:m|mwen|li|nou|yo|pitit|moun)",
        r"(?:gen|pote|ak|rale|kenbe) (?:yon |on )?(?:zam|revolve|fizi|pistole|manchet)",
        r"(?:pote|rale|menase ak) (?:yon )?kouto",
        rf"{_PITIT} (?:te |la |a )?(?:pedi|disparet|pa retounen|pa tounen|pa rantre|sove)",
        (
            rf"{_PITIT} (?:\w+ )?(?:poko|pako|pa janm|pa) (?:rive|rantre|tounen|retounen|vini|vin) "
            r"(?:lakay|nan kay)"
        ),
        rf"(?:pa|p) konnen kote {_PITIT} ye",
        rf"(?:mwen|m|nou) ?(?:pa|p) (?:jwenn|we) {_PITIT}(?! (?:an foto|nan not))",
        (
            r"(?:pa|p) (?:ka )?respire|san konesans|endispoze|toufe|anpwazonnen|senyen anpil|dife nan"
            r"|rele anbilans|an danje"
        ),
    ),
}
"""Somebody may be hurt, or is missing"""
