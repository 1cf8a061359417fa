"""`ally draw`: a flow as a diagram in Mermaid, for a document or an issue."""

from pathlib import Path

import click

from bot.cli.folders import FLOWS
from bot.flow.draw import mermaid
from bot.flow.load import load_flow
from bot.words.nearest import did_you_mean, named
from bot.words.remark import remark
from bot.words.yaml_tree import FilesBroken


@click.command()
@click.argument("flow")
@FLOWS
def draw(flow: str, flows: Path) -> None:
    """Draw FLOW, a flow's name or its file, as a Mermaid flowchart."""
    path = Path(flow) if flow.endswith(".yaml") else flows / f"{flow}.yaml"
    if not path.is_file():
        names = [one.stem for one in flows.glob("*.yaml")]
        fix = did_you_mean(flow, names, remark("The flows are %(names)s.", names=named(names)))
        raise click.ClickException(f"there is no flow `{flow}`. {fix}")
    try:
        click.echo(mermaid(load_flow(path.read_text(encoding="utf-8"), str(path))), nl=False)
    except FilesBroken as broken:
        raise click.ClickException(str(broken)) from None
