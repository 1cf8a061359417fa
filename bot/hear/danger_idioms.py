"""Idioms that sound like danger and are none ("dying of laughter"), as patterns on plain letters.

They are taken out of a text before danger is looked for (bot.hear.danger).
"""

from typing import Final

IDIOMS: Final[dict[str, tuple[str, ...]]] = {
    "en": (
        (
            r"(?:die|dying|died|dies) (?:laughing|to (?:know|see|meet|hear|get|go)|(?:of|from"
            r"|with) (?:laughter|laughing|embarrassment|shame|boredom|curiosity|hunger|thirst|the heat"
            r"|heat|cold|excitement))"
        ),
        r"(?:kill|kills|killing|killed) (?:time|two birds|it|the mood|me with laughter|me laughing)",
        (
            r"(?:this|that|it|homework|math|traffic|work|test|heat) (?:is|was|just)? ?kill(?:s|ing"
            r"|ed) (?:me|us)"
        ),
        r"suicide prevention (?:week|month|day|training|program|class|night|talk|walk|event|lesson)",
        (
            r"(?:photo|video) (?:shoot|shooting)|shoot(?:ing)? (?:hoops|baskets|a video|a text"
            r"|me a (?:text|message)|some pictures)"
        ),
        r"(?:water|nerf|squirt|glue|toy|bubble) guns?|guns? n roses|(?:bath|photo) bomb",
        (
            r"(?:hit|hits|beat|beats) (?:the|a|our|his|her|my) (?:\w+ )?(?:ball|goals?|targets?|drum"
            r"|record|bus stop|team|game|gym|road|books)"
        ),
        r"(?:run|runs|ran|running) away (?:with|from (?:me|homework|the question))",
        r"(?:hurt|hurts) (?:\w+ )?(?:feelings?|grades?|chances?|eyes|ears|case|credit)",
        r"burn(?:s|ed)? (?:himself|herself) out",
        r"(?:want|wants|need|needs|trying|like|likes) to (?:hit|beat) (?:the|a)",
        (
            r"(?:papers?|letter|form|package|backpack|report card|homework) (?:\w+ )?(?:did not|didnt"
            r"|has not|hasnt|never) (?:come|came|arrive\w*|gotten|got|get) home"
        ),
    ),
    "es": (
        (
            r"(?:me|se|nos) (?:muero|muere|morimos|mori|quiero morir|quiere morir|estoy muriendo|mato"
            r"|mata|maten|va a matar|van a matar) "
            r"de (?:la )?(?:risa|hambre|pena|verguenza|ganas|sueno|sed|calor|frio|aburrimiento"
            r"|curiosidad|emocion|nervios|miedo|amor)"
        ),
        (
            r"(?:morir|morirme|morirse|muert[oa]s?|muriendo) de (?:la )?(?:risa|hambre|pena|verguenza"
            r"|ganas|sueno|sed|calor|frio|aburrimiento|emocion)"
        ),
        r"mat(?:ar|ando|amos|o) el tiempo",
        (
            r"(?:tarea|trabajo|calor|trafico|dolor|examen|matematicas?|el|ella|mama"
            r"|papa) (?:\w+ )?me (?:esta )?(?:mata|matando|va a matar|mato)"
        ),
        (
            r"(?:viol(?:a|an|aron|ando|ado|acion|aciones)) (?:de |sus |mis |los |nuestros "
            r"|las )+(?:derechos|reglas|ley|leyes|privacidad)"
        ),
        r"prevencion (?:del|de) suicidio",
        r"pistolas? (?:de agua|de juguete|de silicon|de pegamento|de burbujas)",
        (
            r"(?:le|les|me|se|lo|la) (?:pega|pego|pegan) (?:el|la|los|las|mucho el|mucho la"
            r"|con pegamento|en (?:el|su) (?:cuaderno|libro)) ?(?:sol|frio|gripa|tos|calor|foto|hoja"
            r"|estampas?)?"
        ),
        r"(?:se esta|esta|se) quema\w* (?:las pestanas|el foco)",
        (
            r"(?:la carta|el papel|la boleta|la tarea|la mochila|la forma|el aviso|nada|el camion"
            r"|el bus) (?:\w+ )?no (?:llego|ha llegado|llega) (?:\w+ )?a (?:la |mi |su )?casa"
        ),
        (
            r"no (?:llego|ha llegado|llega) (?:la carta|el papel|la boleta|nada|la tarea|el aviso"
            r"|la forma) a (?:la |mi |su )?casa"
        ),
    ),
    "ar": (r"(?:اموت|مت|تموت|يموت|ساموت|بموت) (?:من|علي) (?:ال)?(?:ضحك|جوع|خجل|تعب|ملل|برد|حر|فرح|نوم)",),
    "zh_Hans": (
        r"(?:笑|累|饿|餓|困|热|熱|冷|急|气|氣|烦|煩|吓|嚇|羞|忙|高兴|开心|无聊|想)死(?:我|人|了|你|她|他|我了)+",
        r"打(?:我|他|她|孩子|我们)(?:的)?(?:电话|電話|手机|疫苗|招呼|针)|杀时间|杀价|水枪|玩具枪",
        r"(?:作业|功课|工作|学习|压力|忙)[^ ]{0,6}[喘透]不[过上]气|纸割手",
    ),
    "ht": (
        r"mouri (?:ri|ak ri|grangou|dodo|ak grangou|ak swaf|swaf|ak fredi|ak somey|ak chale|ak wont)",
        (
            r"(?:devwa|travay|leson|egzamen|matematik|chale)(?: \w+)? (?:ap|a|la|sa ap) (?:touye"
            r"|fini) (?:m|mwen|nou)"
        ),
        r"zam (?:dlo|jwet)|(?:pa|p) (?:ka )?respire (?:ak|anba) (?:devwa|travay)",
    ),
}
"""By language"""
