"""A process that was made ready takes its first text as quickly as those after it."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
COUNTS = """
import re, re._compiler as compiler
from pathlib import Path
from bot.hear.danger import danger
from bot.settings import Settings
from bot.store.vault import new_key
from bot.talk.library import FileLibrary
from bot.talk.ready import make_ready
from bot.wiring import folders
from bot.words import opt_out

told = {"ALLY_KEYS": new_key(), "ALLY_FINGERPRINT_KEY": new_key()}
library = FileLibrary(folders(Settings.model_validate(told)))
make_ready(library)
compiled, usual = [], compiler.compile
compiler.compile = lambda pattern, flags=0: compiled.append(pattern) or usual(pattern, flags)
library.hearing.understand("I want to ask about the lunch", "en")
danger("he hurt her")
opt_out.asks_to_stop("please no more of this")
opt_out.may_ask_to_stop("please no more of this")
print(len(compiled))
"""


def test_nothing_is_compiled_at_the_first_text_any_more() -> None:
    command = [sys.executable, "-c", COUNTS]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert int(done.stdout) == 0
