"""How people ask for no more texts in the nine further languages; as bot.words.stop_said.

Nobody who speaks these languages has read them yet.
"""

from bot.words.stop_said import Said

_VI_THINGS = r"(?:(?:cac|nhung|bat ky|them) )*(?:tin nhan|tin|thong bao|sms)(?: (?:nay|nua|do))?"
VIETNAMESE = Said(
    head=r"(?:(?:xin|vui long|lam on|hay|toi muon|toi|cho toi|da|chao|lam sao de) )*",
    asks=(
        rf"(?:dung|ngung) (?:co )?(?:gui|nhan)(?: {_VI_THINGS})?(?: (?:cho|den) (?:toi|so nay))?",
        rf"khong gui(?: {_VI_THINGS})?(?: cho toi)? nua",
        r"dung (?:lien lac|lam phien|goi|nhan tin)(?: (?:voi|cho) toi| toi)?",
        rf"khong (?:con )?(?:muon|can)(?: nhan)?(?: them)? {_VI_THINGS}",
        rf"(?:tu choi|huy|cham dut|ket thuc|tat|chan) (?:nhan )?(?:{_VI_THINGS}|dang ky)",
        (
            r"(?:xoa|bo|go) (?:so(?: dien thoai)?(?: cua)? toi|toi|ten toi)(?: ra)?(?: khoi"
            r"| ra khoi)? danh sach(?: nay)?"
        ),
        r"(?:xoa|bo|go) so(?: dien thoai)?(?: cua)? toi(?: di)?",
        r"de toi yen",
    ),
    tail=r"(?: (?:nua|cho toi|toi|di|cam on|voi|nhe|a|ngay|lai))*",
)

_PT_THINGS = (
    r"(?:(?:mais|as|os|estas|essas|suas|de|texto|essas|todas) )*"
    r"(?:mensage(?:m|ns)|msgs?|sms|textos?|avisos?|notificac(?:ao|oes)|torpedos?)(?: de texto)?"
)
PORTUGUESE = Said(
    head=r"(?:(?:por favor|favor|eu|ja|ola|oi|quero|gostaria de|podem|pode|desejo|obrigad[oa]|como) )*",
    asks=(
        (
            r"(?:parem|pare|parar|para|deixem|deixe|chega) de (?:me )?(?:mandar|enviar"
            rf"|receber)(?: me)?(?: {_PT_THINGS})?"
        ),
        r"(?:parem|pare|parar|deixem|deixe) de (?:me )?(?:escrever|contatar|incomodar|perturbar|contactar)",
        (
            r"(?:parem|pare|parar|cancelem|cancele|cancelar|encerrar|chega de|basta de"
            rf"|suspender) (?:com )?{_PT_THINGS}"
        ),
        rf"nao (?:me )?(?:mande|mandem|envie|enviem) (?:mais )?(?:{_PT_THINGS}|nada)",
        r"nao me (?:mande|mandem|envie|enviem)",
        rf"nao (?:quero|queremos|desejo|preciso)(?: (?:mais|receber))* {_PT_THINGS}",
        r"nao (?:quero|desejo)(?: mais)? receber(?: mais)?",
        r"nao me (?:escreva|escrevam|contate|contatem|incomode|incomodem|perturbe|perturbem)",
        (
            r"(?:me )?(?:tire|tirem|remova|removam|retire|retirem|exclua|apague)(?: me)?(?: (?:da|desta"
            r"|dessa|de sua) lista)"
        ),
        (
            r"(?:tire|tirem|remova|removam|retire|retirem|exclua|excluam|apague|apaguem) (?:o )?meu numero"
            r"(?: (?:da|desta) lista)?"
        ),
        r"(?:cancelar|cancele|cancelem) (?:a |minha )?(?:inscricao|assinatura)",
        r"sair da lista|descadastr(?:ar|em|e)(?: me)?|me descadastr\w+|descadastre me",
        r"(?:me deixem?|deixem? me) em paz",
    ),
    tail=r"(?: (?:por favor|obrigad[oa]|mais|agora|ja|nunca|para mim|neste numero))*",
)

_RU_THINGS = (
    r"(?:(?:мне|больше|эти|ваши|никаких|все|на этот номер) )*"
    r"(?:сообщени\w*|смс\w*|эсэмэс\w*|рассылк[уиа]|уведомлени\w*|текст[ыов]*)"
)
RUSSIAN = Said(
    head=r"(?:(?:пожалуиста|прошу|прошу вас|я|мы|вы|здравствуите|ну|все|хочу|больше|как|можно|наидите|и) )*",
    asks=(
        (
            r"(?:прекратите|прекрати|перестаньте|хватит|остановите|довольно) (?:мне )?"
            rf"(?:(?:присылать|слать|отправлять|посылать)(?: {_RU_THINGS})?|писать|беспокоить)(?: мне)?"
        ),
        rf"(?:прекратите|остановите|отключите|отмените|отменить|хватит|остановить|прекратить) {_RU_THINGS}",
        (
            r"не (?:присылаи|шли|отправляи|посылаи|надо присылать)(?:те)?"
            rf"(?: мне)?(?: больше)?(?: {_RU_THINGS}| ничего)?"
        ),
        r"не (?:пиши(?:те)?|беспокои(?:те)?|тревожь(?:те)?|связываитесь)(?: (?:мне|меня|со мнои))?",
        rf"не (?:хочу|хотим|желаю)(?: больше)? (?:(?:получать|видеть) )?{_RU_THINGS}",
        r"отпис(?:аться|ать|ка|ите|ываюсь)(?: меня)?(?: от (?:рассылки|сообщении))?",
        r"отмен(?:ить|ите|а) (?:подписк[уи]|рассылк[уи])",
        r"(?:удалите|уберите|исключите|вычеркните) (?:меня|мои номер)(?: из (?:списка|базы|рассылки))?",
        r"оставьте меня(?: в покое)?",
        r"отзываю(?: свое)? согласие",
    ),
    tail=r"(?: (?:пожалуиста|больше|мне|спасибо|никогда|сюда|меня|на этот номер))*",
)

_UK_THINGS = (
    r"(?:(?:мені|більше|ці|ваші|ніяких|всі|на цей номер) )*"
    r"(?:повідомлен\w*|смс\w*|есемес\w*|розсилк[уиа]|сповіщен\w*|текст[иів]*)"
)
UKRAINIAN = Said(
    head=r"(?:(?:будь ласка|прошу|прошу вас|я|ми|ви|добрии день|ну|все|хочу|більше|як|можна) )*",
    asks=(
        (
            r"(?:припиніть|припини|перестаньте|досить|годі|зупиніть) (?:мені )?"
            rf"(?:(?:надсилати|слати|присилати|відправляти)(?: {_UK_THINGS})?|писати|турбувати)(?: мені)?"
        ),
        rf"(?:припиніть|зупиніть|вимкніть|скасуите|скасувати|досить|зупинити) {_UK_THINGS}",
        (
            r"не (?:надсилаи(?:те)?|шли|шліть|присилаи(?:те)?|відправляи(?:те)?"
            rf"|треба надсилати)(?: мені)?(?: більше)?(?: {_UK_THINGS}| нічого)?"
        ),
        r"не (?:пиши|пишіть|турбуи(?:те)?|звязуитесь)(?: (?:мені|мене|зі мною))?",
        rf"не (?:хочу|хочемо|бажаю)(?: більше)? (?:(?:отримувати|бачити) )?{_UK_THINGS}",
        r"відпи(?:сатися|сатись|сати|ска|шіть)(?: мене)?(?: від (?:розсилки|повідомлень))?",
        r"скасу(?:вати|ите) (?:підписк[уи]|розсилк[уи])",
        (
            r"(?:видаліть|приберіть|виключіть|викресліть) (?:мене|міи номер)(?: (?:зі|із|з) (?:списку"
            r"|бази|розсилки))?"
        ),
        r"(?:дайте мені спокіи|залиште мене(?: в спокої)?)",
    ),
    tail=r"(?: (?:будь ласка|більше|мені|дякую|ніколи|сюди|мене|на цеи номер))*",
)

_SO_THINGS = r"(?:far+ii?n(?:ta|tan|to|tooyin|tu)?|far+ii?m(?:o|aha|ahan|ahaas)|qoraal(?:ka|lada)?|sms)"
SOMALI = Said(
    head=r"(?:(?:fadlan|waan|waxaan rabaa|walaal|salaan|haa|maya|waxaan codsanayaa|inaan|inaad) )*",
    asks=(
        rf"(?:jooji|joojiya|joojisaan|joojiso|iga jooji|iga joojiya) {_SO_THINGS}(?: aad ii soo dirto)?",
        r"iga (?:jooji|joojiya|daa|daaya|saar|saara|tirtir)(?: liiska)?",
        rf"ha (?:ii|i) soo (?:dirin|dirina)(?: {_SO_THINGS})?",
        rf"{_SO_THINGS}(?: dambe| kale)? ha (?:ii|i) soo (?:dirin|dirina)",
        rf"(?:ma|uma) (?:rabo|doonayo|doono|baahni)(?: inaan helo)? {_SO_THINGS}",
        r"(?:ka|iga) (?:saar|saara|tirtir|bixi) (?:lambarkayga|telefoonkayga|magacayga|liiska)(?: liiska)?",
        r"(?:tirtir|masax|masaxa|saar) (?:lambarkayga|telefoonkayga)",
        r"ha (?:ila|nala) soo xiriir(?:in|ina)",
        r"waan ka baxay(?:aa)?(?: liiska)?",
        r"jooji(?:ya)? hadda",
        r"ka noqo(?:day)?(?: ogolaanshahayga)?",
    ),
    tail=r"(?: (?:fadlan|dambe|mar dambe|mahadsanid|hadda|kale|aniga|dib))*",
)

_UR_THINGS = r"(?:(?:مجهے|مزید|یه|اپ کے|تمام|اور|سب) )*(?:پیغام(?:ات)?|میسج(?:ز)?|میسیج|ایس ایم ایس|ٹیکسٹ)"
URDU = Said(
    head=r"(?:(?:براه کرم|برائے مهربانی|مهربانی کر کے|مهربانی|جی|پلیز|میں|اب|مجهے) )*",
    asks=(
        rf"{_UR_THINGS} (?:بند|روک|ختم) (?:کریں|کرو|کر دیں|کر دو|دیں|دو)",
        rf"(?:{_UR_THINGS} )?(?:نه|مت|نا) (?:بهیجیں|بهیجو|بهیجیے)",
        rf"{_UR_THINGS} (?:نه|مت|نا) (?:کریں|کرو)",
        rf"{_UR_THINGS} (?:نهیں چاهیے|نهیں چاهیں|نهیں چاهتا|نهیں چاهتی)",
        rf"{_UR_THINGS} (?:وصول|موصول) نهیں کرنا چاهت[اےی]",
        r"(?:سبسکرپشن|رکنیت|رجسٹریشن) (?:ختم|منسوخ|بند) (?:کریں|کرو|کر دیں)",
        r"میرا (?:نمبر|نام)(?: (?:فهرست|لسٹ) سے)? (?:نکال|هٹا|مٹا|حذف|ڈیلیٹ) (?:دیں|دو|کریں|کر دیں)",
        r"مجه سے رابطه (?:نه|مت) کریں",
        r"(?:مجهے )?(?:تنگ|پریشان) (?:نه|مت) (?:کریں|کرو)",
        r"(?:اپنی )?(?:رضامندی|اجازت) واپس لیت[اےی]",
    ),
    tail=r"(?: (?:شکریه|مهربانی|اب|براه کرم|هوں|هیں|دوباره|مزید))*",
)

_FIL_TEXT = (
    r"(?:pag ?te?xt|pagpapadala|pagmemensahe|te?xt|mensahe|message|messages|pag message|magte?xt|mag te?xt)"
)
_FIL_THINGS = (
    r"(?:(?:ng|ang|mga|na|po|ito|inyong) )*(?:te?xts?|mensahe|message|messages|sms|abiso)(?: (?:na ito"
    r"|nyo|ninyo))?"
)
FILIPINO = Said(
    head=r"(?:(?:po|paki|please|pwede|puwede|sana|opo|hello|gusto ko|gusto kong|ko|na|kong) )*",
    asks=(
        (
            r"(?:itigil|tigil|tigilan|ihinto|hinto|tumigil|pakitigil)(?: (?:na|po|nyo|niyo|ninyo|kayo|ka"
            rf"|mo|sa|ang))* {_FIL_TEXT}"
        ),
        (
            r"(?:huwag|wag)(?: (?:na|po|nyo|niyo|ninyo|kayo|kayong|akong|ako|nang))* "
            r"(?:mag ?te?xt|i ?te?xt|magpadala|padalhan|magmensahe|kontakin|istorbohin"
            rf"|mag message)(?: (?:ako|akin|sa akin))?(?: {_FIL_THINGS})?"
        ),
        (
            r"(?:ayoko|ayaw ko|ayaw|hindi ko gusto|di ko gusto)(?: (?:na|po|nang"
            rf"|kong))*(?: (?:makatanggap|tumanggap|makakuha|ma te?xt))?(?: {_FIL_THINGS})"
        ),
        r"(?:ikansela|kanselahin|cancel|i cancel)(?: (?:po|ang|na|ko))* (?:subscription|te?xts?|mensahe)",
        (
            r"(?:tanggalin|alisin|burahin|tanggal|alis)(?: (?:nyo|niyo|ninyo|mo|na|po))* (?:ako"
            r"|(?:ang )?(?:number|numero|pangalan) ko)(?: sa (?:listahan|list))?"
        ),
        rf"tama na(?: po)?(?: ang)? {_FIL_TEXT}",
    ),
    tail=r"(?: (?:po|na|salamat|please|na po|sa akin|ulit|muli|ito))*",
)

_FR_THINGS = (
    r"(?:(?:de|d|ces|ce|vos|les|des|aux|plus|autres) )*(?:messages?|sms|textos?|textes?|notifications?"
    r"|rappels?|alertes?)"
)
FRENCH = Said(
    head=(
        r"(?:(?:svp|s il vous plait|sil vous plait|je vous prie|merci de|merci|bonjour|veuillez|je veux"
        r"|je voudrais"
        r"|je souhaite|pouvez vous|comment|je|desormais|non) )*"
    ),
    asks=(
        (
            r"(?:arretez|arrete|arreter|cessez|cesser|stoppez) (?:de )?(?:m|me|nous|mon)? ?"
            rf"(?:envoyer|ecrire|contacter|texter|deranger|harceler|spammer)(?: {_FR_THINGS})?"
        ),
        rf"(?:arretez|arrete|arreter|stop|stoppez|cessez|annuler|annulez|fin) (?:a |avec )?{_FR_THINGS}",
        rf"(?:ne )?(?:m|me|nous)? ?(?:envoyez|envoie) (?:plus|pas|plus jamais)(?: (?:rien|{_FR_THINGS}))",
        (
            r"(?:ne )?(?:m|me|nous) ?(?:ecrivez|contactez|derangez|textez|ecris|contacte) (?:plus|pas"
            r"|plus jamais)"
        ),
        (
            r"(?:ne |n )?(?:veux|souhaite|desire|voulons|souhaitons) (?:plus|pas)(?: (?:recevoir"
            rf"|avoir))? {_FR_THINGS}"
        ),
        rf"plus (?:de|aucun) {_FR_THINGS}",
        r"(?:me |se |m )?(?:desabonn|desinscri)(?:er|re|ez moi|vez moi|ement|ption)?(?: moi)?",
        r"(?:annuler|annulez|resilier) (?:mon |l )?(?:abonnement|inscription)",
        (
            r"(?:retirez|enlevez|supprimez|effacez|otez) (?:moi|mon (?:numero|nom))(?: de (?:la|votre"
            r"|cette) liste)?"
        ),
        r"laissez (?:moi|nous) (?:tranquilles?|en paix)",
        r"retire mon (?:consentement|accord)",
    ),
    tail=(
        r"(?: (?:svp|s il vous plait|sil vous plait|merci|plus|maintenant|jamais|du tout|a ce numero"
        r"|de votre part))*"
    ),
)

_KO_THINGS = "(?:이런|이|모든|더이상)*(?:문자|메시지|메세지|알림|연락|톡)(?:메시지|를|을|는|은)?"
_KO_POLITE = "(?:주세요|주십시오|주시기바랍니다|주시겠어요|줘|줘요|요)?"
KOREAN = Said(
    head="(?:제발|부탁드립니다|부탁|이제|앞으로|더이상|더|저는|저에게|저한테|나한테|안녕하세요|그냥)*",
    asks=(
        f"(?:{_KO_THINGS})?(?:이제)?그만(?:보내|하|해|연락하|연락해)?{_KO_POLITE}(?:세요|십시오)?",
        f"(?:{_KO_THINGS})?(?:더이상|더는)?보내지(?:말아|마세요|마십시오|마|말){_KO_POLITE}",
        f"{_KO_THINGS}(?:하지|주지)(?:말아|마세요|마십시오|마|말){_KO_POLITE}",
        (
            f"(?:{_KO_THINGS})(?:더이상|더는)?(?:받고싶지않아요|받고싶지않습니다|받기싫어요|받기싫습니다|원하지않아요|원하지않습니다|필요없어요|필요없습니다"
            "|안받을래요|안받고싶어요)"
        ),
        "연락(?:하지)(?:말아|마세요|마십시오|마|말)(?:주세요)?",
        f"(?:{_KO_THINGS})?수신(?:을)?(?:거부|중단|중지|차단)(?:합니다|할게요|해|하고싶어요|해요|하겠습니다|부탁드립니다)?{_KO_POLITE}",
        f"구독(?:을)?(?:취소|해지|중단)(?:합니다|할게요|해|해요|하고싶어요)?{_KO_POLITE}",
        f"(?:제|내)?(?:번호|전화번호)(?:를|을)?(?:명단에서|목록에서)?(?:삭제|지워|빼)(?:해)?{_KO_POLITE}",
        f"(?:저를|나를|저|제이름을|제번호를)?(?:명단|목록|리스트)에서(?:저를|제번호를)?(?:빼|삭제해|지워){_KO_POLITE}",
        f"(?:{_KO_THINGS})?(?:중단|중지|해지|차단|정지)(?:해|하)?{_KO_POLITE}(?:세요)?",
        "동의(?:를)?철회(?:합니다|해요)?",
    ),
    tail="(?:감사합니다|부탁드립니다|부탁해요|제발|요)*",
)
