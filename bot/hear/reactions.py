"""A phone's reaction to a text (a tapback such as 'Liked "..."'): recorded, never answered.

iPhones write them out when the other side is no iPhone, in the language of the phone; Android writes
the emoji itself. Haitian phones are most often set to French.
"""

import re

_QUOTE = r"[\"“”«„「『‘']"
_WORDS = (
    # English, iOS and Google Messages
    r"(?:liked|loved|laughed at|emphasi[sz]ed|questioned|disliked|reacted \S+ to)",
    r"removed an? [\w ]{3,20} from",
    # Spanish
    r"(?:a .{1,40} )?(?:no )?[lm]e (?:gust[oó]|encant[oó])",
    r"(?:se (?:ri[oó]|r[ií]e) (?:de|con)|enfatiz[oó]|exclam[oó]|cuestion[oó]|destac[oó]|puso en duda)",
    r"(?:reaccion[oó] \S+ a|reaccion[oó] con \S+ a)",
    # French, for Haitian Creole
    r"(?:a (?:aim[eé]|ador[eé]|ri de|mis en évidence|questionn[eé])|n['’]a pas aim[eé]|a r[eé]agi \S+ [aà])",
    # Arabic
    r"(?:أعجب(?:ه|ها|ني|ت)?(?: ب)?|أحب(?:ّ|ت)?|ضحك(?:ت)? على|شدد(?:ت)? على|لم يعجب(?:ه|ها))",
    # Chinese
    r"(?:喜欢了?|讚|赞了?|爱了?|很喜欢|大笑了?|强调了?|對|对.{0,4}表示|不喜欢了?|疑问了?|笑了?)",
)
_WRITTEN = re.compile(rf"^(?:{'|'.join(_WORDS)})\s*:?\s*{_QUOTE}", re.IGNORECASE)
_EMOJI_TO = re.compile(rf"^[^\w\s{{}}\"'“«]{{1,8}}\s*(?:to|a|à|إلى|对|pou)\s*{_QUOTE}", re.IGNORECASE)
_THUMBS = frozenset(
    "👍🏻👍🏼👍🏽👍🏾👍🏿❤️🙏🏻🙏🏼🙏🏽🙏🏾🙏🏿😊👌🏻👌🏼👌🏽👌🏾👌🏿🙂😀💯✅🥰😍🤝🌹💐☺♥💕🎉👏🏻👏🏼👏🏽👏🏾👏🏿😂🤣"
)


def is_reaction(text: str) -> bool:
    """Whether a text is only a reaction: a tapback with the quoted text, or an emoji or two."""
    said = text.strip()
    if not said:
        return False
    shown = set(said) - {" ", "\ufe0f", "\u200d"}
    is_emoji = bool(shown) and shown <= _THUMBS
    return is_emoji or bool(_WRITTEN.match(said) or _EMOJI_TO.match(said))
