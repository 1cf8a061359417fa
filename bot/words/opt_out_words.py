"""The words that stop, start and help as a whole message, in every language of the program.

English: the seven per se words of 47 CFR 64.1200(a)(10) and the list that Twilio and the carriers use
(advanced-opt-out, keywords for long codes). Others: what people of that language write for the same.
Words that mean something else as a whole answer are left out: tama (Filipino: right), huy and dung
without their accents (Vietnamese: a name; right), para (Spanish: for).
"""

STOP: dict[str, tuple[str, ...]] = {
    "en": (
        *("stop", "stopall", "stop all", "unsubscribe", "unsuscribe", "end", "quit", "cancel"),
        *("revoke", "optout", "opt out", "no more", "no more texts", "no more messages"),
        *("sotp", "stpo", "stopp", "unsubcribe", "optout all"),
    ),
    "es": (
        *("alto", "parar", "pare", "paren", "baja", "dar de baja", "darme de baja", "cancelar", "cancele"),
        *("no más", "no más mensajes", "no más textos", "detener", "basta", "desuscribir", "desuscribirme"),
        *("terminar", "anular"),
    ),
    "ar": (
        "توقف",
        "توقفوا",
        "أوقف",
        "أوقفوا",
        "إيقاف",
        "قف",
        "إلغاء",
        "إلغاء الاشتراك",
        "كفى",
        "ستوب",
        "وقف",
        "إنهاء",
    ),
    "zh_Hans": (
        *("停止", "停", "取消", "退订", "退訂", "取消订阅", "取消訂閱", "停止短信", "停止发送", "停止發送"),
        *("别发了", "別發了", "不要再发", "不要再發", "td"),
        *("结束", "結束", "终止", "終止", "拒收", "退出"),
    ),
    "ht": ("sispann", "kanpe", "stòp", "estòp", "anile", "dezabòne", "pa voye ankò", "pa voye mesaj ankò"),
    "vi": (
        "dừng",
        "dừng lại",
        "ngừng",
        "ngừng lại",
        "ngưng",
        "hủy",
        "huỷ",
        "hủy đăng ký",
        "huỷ đăng ký",
        "kết thúc",
    ),
    "pt_BR": (
        "parar",
        "pare",
        "parem",
        "sair",
        "cancelar",
        "descadastrar",
        "chega",
        "não quero mais",
        "encerrar",
    ),
    "ru": (
        *("стоп", "остановить", "остановите", "хватит", "отписаться", "отпишите", "отписка", "отмена"),
        *("прекратить", "прекратите"),
    ),
    "so": ("jooji", "jooji fariimaha", "joogso", "joojiya", "iga saar", "iga saara"),
    "ur": ("روکیں", "روک دیں", "بند کریں", "بند کرو", "بند کر دیں", "منسوخ", "منسوخ کریں", "سٹاپ", "اسٹاپ"),
    "fil": ("itigil", "tigil", "ihinto", "hinto", "tama na", "kanselahin", "huwag na", "wag na"),
    "fr": (
        *("arrêt", "arrêter", "arrêtez", "désabonner", "me désabonner", "désabonnement", "désinscrire"),
        *("annuler", "plus de messages", "résilier"),
    ),
    "ko": (
        "중지",
        "중단",
        "정지",
        "그만",
        "수신거부",
        "수신 거부",
        "취소",
        "해지",
        "멈춰",
        "스톱",
        "문자 그만",
    ),
    "uk": (
        *("стоп", "зупинити", "зупиніть", "припинити", "припиніть", "відписатися", "відписатись"),
        *("відписка", "скасувати", "досить", "годі"),
    ),
    "hmn": ("tsum", "tsum xa", "tsis txhob xa"),
}

START: dict[str, tuple[str, ...]] = {
    "en": ("start", "unstop", "subscribe"),
    "es": ("empezar", "comenzar", "iniciar", "reanudar", "alta"),
    "ar": ("ابدأ", "بدء", "استئناف", "اشتراك"),
    "zh_Hans": ("开始", "開始", "恢复", "恢復", "订阅", "訂閱"),
    "ht": ("kòmanse", "rekòmanse"),
    "vi": ("bắt đầu", "đăng ký", "tiếp tục"),
    "pt_BR": ("começar", "iniciar", "retomar"),
    "ru": ("старт", "начать", "возобновить", "подписаться"),
    "so": ("bilow", "billow"),
    "ur": ("شروع", "شروع کریں"),
    "fil": ("simulan", "magsimula"),
    "fr": ("démarrer", "commencer", "reprendre"),
    "ko": ("시작", "재개"),
    "uk": ("старт", "почати", "відновити", "підписатися"),
    "hmn": ("pib",),
}

YES: dict[str, tuple[str, ...]] = {
    "en": ("yes", "y"),
    "es": ("sí", "si"),
    "ar": ("نعم",),
    "zh_Hans": ("是", "是的", "好"),
    "ht": ("wi",),
    "vi": ("có", "vâng"),
    "pt_BR": ("sim",),
    "ru": ("да",),
    "so": ("haa",),
    "ur": ("ہاں", "جی", "جی ہاں"),
    "fil": ("oo", "opo"),
    "fr": ("oui",),
    "ko": ("네", "예"),
    "uk": ("так",),
}
"""Starts again, but only for somebody who has stopped; otherwise it is an answer like any other"""

HELP: dict[str, tuple[str, ...]] = {
    "en": ("help", "info"),
    "es": ("ayuda", "info", "información"),
    "ar": ("مساعدة", "المساعدة", "معلومات"),
    "zh_Hans": ("帮助", "幫助", "求助"),
    "ht": ("èd", "enfòmasyon"),
    "vi": ("trợ giúp", "giúp", "giúp đỡ", "thông tin"),
    "pt_BR": ("ajuda", "informação", "informações"),
    "ru": ("помощь", "справка", "инфо"),
    "so": ("caawimo", "caawimaad", "macluumaad"),
    "ur": ("مدد", "معلومات"),
    "fil": ("tulong", "impormasyon"),
    "fr": ("aide", "infos", "informations"),
    "ko": ("도움", "도움말"),
    "uk": ("допомога", "довідка", "інфо"),
    "hmn": ("pab", "kev pab"),
}

ACCENTS_MATTER: frozenset[str] = frozenset({"dừng", "hủy", "huỷ", "èd", "có"})
"""Words that are another word or a name without their accents"""

COURTESY: tuple[str, ...] = (
    *("please", "pls", "plz", "thanks", "thank you", "ok", "okay", "hi", "hello", "sorry", "just", "now"),
    *("por favor", "porfavor", "gracias", "hola", "ya", "disculpe", "perdón", "ahora"),
    *("من فضلك", "من فضلكم", "لو سمحت", "لو سمحتم", "شكرا", "رجاء", "الآن"),
    *("请", "請", "谢谢", "謝謝", "麻烦", "tanpri", "tanpri souple", "souple", "mèsi", "silvouplè", "bonjou"),
    *("s'il vous plaît", "s'il te plaît", "svp", "merci", "bonjour", "vui lòng", "làm ơn", "xin", "cảm ơn"),
    *("obrigado", "obrigada", "пожалуйста", "спасибо", "будь ласка", "дякую", "fadlan", "mahadsanid"),
    *("براہ کرم", "شکریہ", "مہربانی", "paki", "salamat", "po", "제발", "감사합니다"),
)
"""What may stand before or after a word without changing what it asks"""
