"""Finds a Chromium to drive, and the flags that keep it quiet and on this machine."""

import os
import shutil
from pathlib import Path

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_ON_MACOS = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
)


def chromium_program() -> Path | None:
    """A Chromium or Chrome installed on this machine; None without one."""
    for name in _NAMES:
        if found := shutil.which(name):
            return Path(found)
    return next((path for path in _ON_MACOS if path.exists()), None)


def chromium_flags() -> list[str]:
    """Flags for a run that asks nothing of the outside; root cannot use the sandbox."""
    quiet = [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-gpu",
        "--disable-quic",
        "--disable-sync",
        "--no-first-run",
    ]
    return [*quiet, "--no-sandbox"] if os.geteuid() == 0 else quiet
