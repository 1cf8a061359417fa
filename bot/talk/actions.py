"""The registry of actions that a flow may `do`; the only place where a flow changes something."""

from bot.store import contacts
from bot.talk.absence import report_absence
from bot.talk.own_data import erase_data, export_data, wrong_number
from bot.talk.parts import Action, Doing, Done
from bot.talk.tips import tip_actions
from bot.talk.which_texts import choose_texts


def set_language(doing: Doing) -> Done:
    """All our texts to this contact are in `new_language` from now on; nothing overwrites this choice."""
    locale = str(doing.values.get("new_language", ""))
    if not locale:
        return Done(done=False)
    contacts.set_language(doing.session, doing.contact.id or 0, locale, "chosen")
    doing.contact.language, doing.contact.language_source = locale, "chosen"
    return Done(done=True)


def registry() -> dict[str, Action]:
    """Every action by the name that flows use."""
    return {
        "erase_data": erase_data,
        "export_data": export_data,
        "report_absence": report_absence,
        "choose_texts": choose_texts,
        "set_language": set_language,
        "wrong_number": wrong_number,
        **tip_actions(),
    }
