"""Where tests keep what nobody needs after them: in memory, so that no commit waits for a disk.

A process that is killed loses nothing there either; only a machine that goes down would, and none does here.
"""

import os
import shutil
from pathlib import Path
from typing import Final

DISK: Final = "/tmp"
_MEMORY: Final = Path("/dev/shm")
_ROOM: Final = 4 << 30
"""Bytes; in containers it is often as small as 64 MB"""


def quick_folder() -> str:
    """The folder of files in memory, as Linux has it; the usual one where it is missing or small."""
    is_there = _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK)
    return str(_MEMORY) if is_there and shutil.disk_usage(_MEMORY).free >= _ROOM else DISK
