"""What staff read on their own phones: English, or Spanish for those who speak no English. Pure.

None of it has a family's number. The Spanish has not been read by a person who speaks it.
"""

from collections.abc import Iterable, Mapping
from typing import Final

_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "asks": (
        "#{mark} {who}{at} asks for a person. Language: {language}. About: {topic}.",
        "#{mark} {who}{at} pide hablar con alguien. Idioma: {language}. Tema: {topic}.",
    ),
    "still_asks": (
        "#{mark} {who}{at} still waits for a person. Language: {language}. About: {topic}.",
        "#{mark} {who}{at} sigue esperando a alguien. Idioma: {language}. Tema: {topic}.",
    ),
    "asks_urgent": (
        "#{mark} URGENT, danger: {who}{at} asks for a person. Language: {language}.",
        "#{mark} URGENTE, peligro: {who}{at} pide hablar con alguien. Idioma: {language}.",
    ),
    "still_asks_urgent": (
        "#{mark} URGENT, danger: {who}{at} still waits for a person. Language: {language}.",
        "#{mark} URGENTE, peligro: {who}{at} sigue esperando a alguien. Idioma: {language}.",
    ),
    "a_family": ("A family", "Una familia"),
    "at": (" at {school}", " de {school}"),
    "wrote": ("They wrote: {text}", "Escribió: {text}"),
    "not_here": (
        "To read their words here, text #{mark} alone.",
        "Para leer aquí lo que escribió, envíe solo #{mark}.",
    ),
    "again": ("#{mark} {who}: {text}", "#{mark} {who}: {text}"),
    "waits": (
        "Their words are in {language} and wait for a translation.",
        "Sus palabras están en {language} y esperan una traducción.",
    ),
    "again_waits": (
        "#{mark} {who} wrote again, in {language}. It waits for a translation.",
        "#{mark} {who} escribió otra vez, en {language}. Espera una traducción.",
    ),
    "translated": ("#{mark} {who}, translated: {text}", "#{mark} {who}, traducido: {text}"),
    "by_machine": ("(by a machine, not checked)", "(por una máquina, sin revisar)"),
    "picture": (
        "(A picture or file came too. See it on the staff pages.)",
        "(También llegó una foto o un archivo. Véalo en las páginas del personal.)",
    ),
    "how": (
        "To answer, text #{mark} and your words. #{mark} CLOSE ends it, #{mark} LATER puts it off.",
        "Para contestar, escriba #{mark} y su mensaje. #{mark} CERRAR termina, #{mark} LUEGO lo aplaza.",
    ),
    "how_short": ("To answer, text #{mark} and your words.", "Para contestar, escriba #{mark} y su mensaje."),
    "reply_stop": ("Reply STOP to end these.", "Responda STOP para no recibirlos."),
    "sent": ("#{mark} sent.", "#{mark} enviado."),
    "sent_later": ("#{mark} goes out {when}.", "#{mark} saldrá el {when}."),
    "held": (
        "#{mark} is kept for a translator: the family reads {language}. It goes out once it is translated.",
        "#{mark} espera a quien traduzca: la familia lee {language}. Saldrá cuando esté traducido.",
    ),
    "not_sent_news": (
        "#{mark} NOT sent. Meanwhile: {text}\nPlease send your answer again.",
        "#{mark} NO se envió. Mientras tanto: {text}\nEnvíe otra vez su respuesta.",
    ),
    "not_closed_news": (
        "#{mark} NOT closed. Meanwhile: {text}\nTo close it now, send CLOSE again.",
        "#{mark} NO se cerró. Mientras tanto: {text}\nPara cerrarlo, envíe CERRAR otra vez.",
    ),
    "colleague": ("a colleague answered: {text}", "un colega contestó: {text}"),
    "family_said": ("the family wrote: {text}", "la familia escribió: {text}"),
    "wrong_mark": (
        "Not sent. #{mark} is no conversation of yours.{yours}",
        "No se envió. #{mark} no es una conversación suya.{yours}",
    ),
    "closed_mark": (
        "Not sent. #{mark} is closed. To open it again: #{mark} OPEN.",
        "No se envió. #{mark} está cerrada. Para abrirla otra vez: #{mark} ABRIR.",
    ),
    "long_closed": (
        "Not sent. #{mark} was closed more than two days ago. The family can write anew.",
        "No se envió. #{mark} se cerró hace más de dos días. La familia puede escribir de nuevo.",
    ),
    "yours": (" Yours: {marks}.", " Las suyas: {marks}."),
    "which_one": (
        "Not sent. For which family is it? Begin with the mark: {marks}.",
        "No se envió. ¿Para qué familia es? Empiece con la marca: {marks}.",
    ),
    "two_marks": (
        "Not sent. One text, one mark: {marks}.",
        "No se envió. Un mensaje, una marca: {marks}.",
    ),
    "no_picture": (
        "Not sent. I cannot pass on pictures or files. Please write it in words.",
        "No se envió. No puedo pasar fotos ni archivos. Escríbalo con palabras.",
    ),
    "empty": ("#{mark} has no words. Nothing was sent.", "#{mark} no trae palabras. No se envió nada."),
    "no_texts": (
        "Not sent. The family of #{mark} gets no texts now. Please reach them another way.",
        "No se envió. La familia de #{mark} no recibe mensajes ahora. Búsquela de otra forma.",
    ),
    "stop_word": (
        "Nothing was sent. To end this conversation: #{mark} CLOSE. To end all our texts to you: STOP alone.",
        "No se envió nada. Para terminar esta conversación: #{mark} CERRAR. Para no recibir más: solo STOP.",
    ),
    "closed": (
        "#{mark} is closed. The bot answers again.",
        "#{mark} está cerrada. El bot contesta otra vez.",
    ),
    "opened": ("#{mark} is open again.", "#{mark} está abierta otra vez."),
    "cannot_open": (
        "#{mark} stays as it is: it is open, or the family asks about something else now.",
        "#{mark} queda como está: está abierta, o la familia pregunta otra cosa ahora.",
    ),
    "later": ("#{mark} comes back {when}.", "#{mark} vuelve el {when}."),
    "nobody": ("Nobody waits for you now.", "Nadie le espera ahora."),
    "more": ("{count} more wait: #NEXT", "Esperan {count} más: #SIGUIENTE"),
}


def say(locale: str, name: str, **values: str) -> str:
    """One of the texts above; a value is put in as it is, whatever signs it has."""
    text = _WORDS[name][locale == "es"]
    parts = text.split("{")
    said = [parts[0]]
    for part in parts[1:]:
        key, _, rest = part.partition("}")
        said += [values[key], rest]
    return "".join(said)


def names() -> Iterable[str]:
    """The names of all texts, for whoever checks them."""
    return _WORDS


def both(name: str) -> tuple[str, str]:
    """English and Spanish of a text as they stand."""
    return _WORDS[name]


def locale_of(languages: Iterable[str], chosen: str | None = None) -> str:
    """In which of the two somebody reads: as chosen for the staff pages, else by the languages spoken."""
    if chosen is not None:
        return "es" if chosen.partition("_")[0] == "es" else "en"
    spoken = {one.partition("_")[0] for one in languages}
    return "es" if "es" in spoken and "en" not in spoken else "en"
