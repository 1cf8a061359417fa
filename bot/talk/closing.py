"""A person at school has finished with a thread: the conversation goes back to the bot."""

from bot.talk import thread_desk
from bot.talk.parts import Talk
from bot.talk.replying import By, working


def close_thread(talk: Talk, thread_id: int, by: By | None = None) -> bool:
    """Close one thread and let the bot say that it is back. False when it was closed before."""
    with working(talk, by or By(None)) as at:
        return thread_desk.close(at, thread_id)
