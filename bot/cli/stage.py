"""A stage for `ally chat` and for written talks: flows and words of these folders, keys of its own."""

from pathlib import Path

from bot.settings import Settings
from bot.store.vault import new_key
from bot.talk.stage import Stage, set_stage
from bot.wiring import build


def build_stage(folder: Path, *, flows: Path = Path("flows"), messages: Path = Path("messages")) -> Stage:
    """Load flows, words and the demo district into `folder`. Raises FilesBroken."""
    file = folder / "stage.db"
    settings = Settings.model_validate(
        {
            "DATABASE_URL": f"sqlite:///{file}",
            "ALLY_KEYS": new_key(),
            "ALLY_FINGERPRINT_KEY": new_key(),
            "ALLY_NUMBER": "+15125550100",
            "ALLY_PROGRAM": "Ally, Cedar Valley Schools",
            "ALLY_FLOWS": flows,
            "ALLY_MESSAGES": messages,
        }
    )
    return set_stage(build(settings).talk, file)
