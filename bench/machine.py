"""What machine a figure was measured on, said beside every table."""

import os
import platform
from importlib.metadata import version


def facts() -> str:
    """One line: processor count, system, Python and the libraries that matter."""
    libraries = " ".join(f"{name} {version(name)}" for name in ("sqlalchemy", "flask", "rq", "twilio"))
    system = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}"
    return f"{system}, Python {platform.python_version()}, {libraries}"


def median(values: list[float]) -> float:
    """The middle one; half way between the middle two."""
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def percentile(values: list[float], share: float) -> float:
    """The value that `share` (0 to 1) of them do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
