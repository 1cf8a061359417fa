"""Imported by the process that others are forked from: whatever each of them reads is read here, once."""

import gc

from bot.people.staff_words import read_catalogs
from bot.talk.library import FileLibrary, Folders
from bot.talk.subject import FACTS
from tests.servers.ally_run import ROOT
from tests.servers.read_once import read_once

read_once()
FileLibrary(Folders(ROOT / "flows", ROOT / "messages", FACTS))
read_catalogs(ROOT / "messages")
gc.collect()
gc.freeze()
