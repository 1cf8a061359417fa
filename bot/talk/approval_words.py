"""That a broadcast waits for a word, what was decided, that it is translated: English, or Spanish. Pure.

Who asks, how many families and where to decide; no family's name and nothing of the text. The Spanish has
not been read by a person who speaks it.
"""

from collections.abc import Mapping
from typing import Final

from bot.talk.notice_words import Words, cheap, short
from bot.words import locales

_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "asks": (
        "{who} asks you to approve a text to {families}. Read it and decide: {where}",
        "{who} le pide aprobar un mensaje a {families}. Léalo y decida: {where}",
    ),
    "reminder": (
        "A reminder to families from the calendar waits for your approval. Read it and decide: {where}",
        "Un recordatorio del calendario a las familias espera su aprobación. Léalo y decida: {where}",
    ),
    "several": (
        "{number} texts to families wait for your approval. Read them and decide: {where}",
        "{number} mensajes a familias esperan su aprobación. Léalos y decida: {where}",
    ),
    "approved": (
        "Your text to {families} was approved. See how it goes: {where}",
        "Se aprobó su mensaje a {families}. Vea cómo va: {where}",
    ),
    "refused": (
        "Your text to {families} was not approved; nothing of it went out. See why: {where}",
        "No se aprobó su mensaje a {families}; no salió nada. Vea por qué: {where}",
    ),
    "translated": (
        "Your text to families is in {language} now: those who waited get it. See how it goes: {where}",
        "Su mensaje a las familias ya está en {language}: lo reciben quienes esperaban. Vea cómo va: {where}",
    ),
    "a_family": ("1 family", "1 familia"),
    "families": ("{number} families", "{number} familias"),
    "pages": ("Ally's staff pages, Broadcasts", "las páginas del personal de Ally, Envíos masivos"),
    "subject_waits": (
        "A text to families waits for your approval",
        "Un mensaje a familias espera su aprobación",
    ),
    "subject_approved": ("Your text to families was approved", "Se aprobó su mensaje a las familias"),
    "subject_refused": ("Your text to families was not approved", "No se aprobó su mensaje a las familias"),
    "subject_translated": ("Your text to families was translated", "Se tradujo su mensaje a las familias"),
    "before": ("Nothing of it goes out before.", "Antes no sale nada."),
    "no_answer": (
        "Ally cannot read an answer to this e-mail.",
        "Ally no puede leer respuestas a este correo.",
    ),
}


def asked(locale: str, who: str | None, families: int, where: str) -> Words:
    """To somebody who may decide about one. `who`: None for the calendar."""
    said = {"where": where or _say("pages", locale), "families": _families(families, locale)}
    text = _say("reminder", locale, **said) if who is None else _say("asks", locale, who=short(who), **said)
    return _words(text, "subject_waits", locale, before=True)


def asked_for_several(locale: str, number: int, where: str) -> Words:
    """The same for more than one at once."""
    place = where or _say("pages", locale)
    text = _say("several", locale, number=locales.number(number, locale), where=place)
    return _words(text, "subject_waits", locale, before=True)


def decided(locale: str, families: int, where: str, *, is_approved: bool) -> Words:
    """To its sender."""
    name = "approved" if is_approved else "refused"
    place = where or _say("pages", locale)
    text = _say(name, locale, families=_families(families, locale), where=place)
    return _words(text, f"subject_{name}", locale)


def translated(locale: str, language: str, where: str) -> Words:
    """To its sender: somebody wrote the translation that families waited for."""
    spoken = locales.language_name(language, locale)
    text = _say("translated", locale, language=spoken, where=where or _say("pages", locale))
    return _words(text, "subject_translated", locale)


def _words(text: str, subject: str, locale: str, *, before: bool = False) -> Words:
    rest = [_say("before", locale)] if before else []
    return Words(cheap(text), _say(subject, locale), "\n\n".join([text, *rest, _say("no_answer", locale)]))


def _families(number: int, locale: str) -> str:
    if number == 1:
        return _say("a_family", locale)
    return _say("families", locale, number=locales.number(number, locale))


def _say(name: str, locale: str, **values: str) -> str:
    english, spanish = _WORDS[name]
    return (spanish if locale == "es" else english).format(**values)
