"""Whether a text holds what must never be kept: immigration status, an A-number, an SSN, officers seen.

Such a text is answered, but stored as a placeholder (PRIVACY: the school does not ask and must not
hold it). A false alarm costs only that a text is not kept, so the patterns are wide.
"""

import re

from bot.words.plain import plain

_NUMBERS = re.compile(
    r"(?<!\d)\d{3}[- ]\d{2}[- ]\d{4}(?!\d)|(?<![A-Za-z])A[- #]?\d{8,9}(?!\d)"
    r"|(?<![A-Za-z])(?:ssn|social)\D{0,20}\d{9}(?!\d)",
    re.IGNORECASE,
)
"""With edges of their own: to Python a Chinese character beside an S is the middle of a word"""
_WORDS = re.compile(
    r"(?<![a-z])(undocumented|no papers|without papers|without documents|illegal|immigration status|"
    r"green card|"
    r"asylum|asylee|visa|deport\w*|"
    r"immigration|immigrant status|border patrol|work permit|citizenship|"
    r"indocumentad\w*|sin papeles|sin documentos|no (?:tengo|tenemos|tiene) papeles|ilegal\w*|"
    r"estatus migratorio|asilo|deportar\w*|deportad\w*|deportacion|"
    r"migracion|inmigracion|la migra|redadas?|permiso de trabajo|ciudadania|green card|"
    r"san papye|(?:pa|poko|pap) (?:t )?gen papye(?! (?:vaksen|lekol|adres))|pa legal|imigrasyon|azil|"
    r"depote\w*|depotasyon|viza|tps)(?![a-z])"
    r"|(?:بدون|بلا|من غير|من دون|ولا) (?:ال|ل)?(?:ا?وراق|ورق)\b"
    r"|لجوء|ترحيل|اقامه|اقامتي|اقامتنا|الهجره|تاشيره|فيز[ات]"
    r"|(?:ما ?عن\w{1,5}|ما ?مع(?:نا|ي)|معند\w{2,4}|ما عدن?ا|ماكو|ليس (?:لدي|عند)\w{0,3})"
    r" (?:اي |لا )?(?:ا?وراق|ورق|لوراق|وثايق)\b(?! (?:لقاح|تطعيم|المدرسه|الواجب|ال))"
    r"|غير (?:شرعي|قانوني|نظامي)|مش قانوني|[غجك]رين كارد|تهريب|يرحلو|رحلو|شرطه الهجره|\bال?ايس\b"
    r"|没有身份|没身份|无证|非法移民|移民局|移民官|庇护|遣返|签证|绿卡"
    r"|沒有身份|沒身份|無證|庇護|簽證|綠卡|黑户|黑戶|走线|走線|没有证件|沒有證件|合法身份|递解"
)
_OFFICERS = re.compile(r"(?<![A-Za-z])(?:ICE|INS)(?![A-Za-z])")
"""In capitals only: ice on the road closes schools too"""
_AGENTS = re.compile(
    r"(?<![a-z])(border patrol|immigration (?:agents?|officers?|police|raids?)|la migra|redadas?|"
    r"agentes? de (?:in)?migracion|ajan imigrasyon)(?![a-z])"
    r"|(?:شرطه|ضباط|دوريه) الهجره|\bال?ايس\b|移民局|移民官"
)
_TAKEN = re.compile(
    r"(?<![a-z])(?:took|taken|arrest\w*|detain\w*|picked up|llev(?:o|aron)|detuv\w*|detenid\w*|agarr\w*|"
    r"arrestar\w*|arrestad\w*|pran|kenbe|arete)(?![a-z]).*(?:immigration|migracion|imigrasyon)"
    r"|(?:immigration|migracion|imigrasyon).*(?<![a-z])(?:took|taken|arrest\w*|detain\w*|picked up|"
    r"llev(?:o|aron)|detuv\w*|agarr\w*|arrestar\w*|pran|kenbe|arete)(?![a-z])"
    r"|(?:اخذ|اعتقل|احتجز).*الهجره|الهجره.*(?:اخذ|اعتقل|احتجز)"
)


def volunteers_status(text: str) -> bool:
    """Whether this text must not be stored."""
    return bool(_NUMBERS.search(text) or _OFFICERS.search(text) or _WORDS.search(plain(text)))


def tells_of_officers(text: str) -> bool:
    """Whether a text is about officers, or somebody they took: a person then, not a word about papers."""
    said = plain(text)
    return bool(_OFFICERS.search(text) or _AGENTS.search(said) or _TAKEN.search(said))
