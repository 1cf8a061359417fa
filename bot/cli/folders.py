"""The options of commands that read the files of flows and words."""

from pathlib import Path
from typing import Final

import click

FLOWS: Final = click.option(
    "--flows", default="flows", show_default=True, type=click.Path(path_type=Path), help="Folder of the flows"
)
MESSAGES: Final = click.option(
    "--messages",
    default="messages",
    show_default=True,
    type=click.Path(path_type=Path),
    help="Folder of the catalogs and of what parents say",
)
