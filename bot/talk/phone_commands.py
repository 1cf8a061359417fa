"""CLOSE, NEXT, LATER and OPEN from a phone, in languages of liaisons; no carrier owns any of them. Pure."""

from functools import lru_cache
from typing import Final, Literal

from bot.words.plain import plain

Command = Literal["close", "next", "later", "open"]

SAID: Final[dict[Command, tuple[str, ...]]] = {
    "close": (
        *("close", "close it", "close this", "cerrar", "cierra", "ciérralo", "إغلاق", "أغلق"),
        *("关闭", "關閉", "fèmen", "fermer", "đóng", "fechar", "закрыть", "xir", "بند", "isara", "닫기"),
    ),
    "next": (
        *("next", "next one", "siguiente", "próximo", "próxima", "التالي", "下一个", "下一個"),
        *("pwochen", "suivant", "tiếp", "tiếp theo", "seguinte", "следующий", "xiga", "اگلا", "다음"),
    ),
    "later": (
        *("later", "more later", "snooze", "más tarde", "luego", "después", "لاحقا", "لاحقًا", "稍后", "稍後"),
        *("pita", "pi ta", "plus tard", "để sau", "lát nữa", "mais tarde", "depois", "позже", "hadhow"),
        *("بعد میں", "mamaya", "나중에"),
    ),
    "open": (
        *("open", "reopen", "abrir", "reabrir", "فتح", "打开", "打開", "louvri", "ouvrir", "rouvrir", "mở"),
        *("mở lại", "открыть", "fur", "열기"),
    ),
}


def command(words: str) -> Command | None:
    """The command that a whole text is; None for words to a family."""
    return _by_word().get(plain(words))


@lru_cache(maxsize=1)
def _by_word() -> dict[str, Command]:
    return {plain(word): name for name, words in SAID.items() for word in words}
