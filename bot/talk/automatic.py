"""That a machine wrote what a family reads: said to it once in a conversation with a person."""

from bot.flow.phrases import phrase
from bot.store import thread_texts
from bot.talk.effects import Exchange
from bot.talk.surroundings import here as here_of


def automatic_line(exchange: Exchange, thread_id: int) -> list[str]:
    """That no person has read the translation, and how to reach one; nothing where it was said before."""
    before = thread_texts.replies_of(exchange.session, thread_id)
    if any(one.origin == "machine" and one.state == "sent" for one in before):
        return []
    here = here_of(exchange.talk, exchange.session, exchange.contact, exchange.now)
    return [phrase(exchange.talk.library.book, "automatic_translation", here.language, here.known)]
