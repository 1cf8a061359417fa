"""A person writes; the bot or a person answers."""
