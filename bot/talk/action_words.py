"""What each action of actions.py needs and gives, by name: `ally check` holds flows against it."""

from bot.flow.check.subject import ActionWords


def action_words() -> dict[str, ActionWords]:
    """By the name that flows use."""
    return {
        "choose_texts": ActionWords(needs=frozenset({"wanted_texts"})),
        "erase_data": ActionWords(),
        "export_data": ActionWords(gives=frozenset({"mine"})),
        "report_absence": ActionWords(
            needs=frozenset({"child", "day", "reason"}), gives=frozenset({"is_changed", "told"})
        ),
        "set_language": ActionWords(needs=frozenset({"new_language"})),
        "subscribe_tips": ActionWords(needs=frozenset({"band"}), gives=frozenset({"tip"})),
        "unsubscribe_tips": ActionWords(),
        "wrong_number": ActionWords(),
    }
