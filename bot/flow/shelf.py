"""Reads a folder of flows: every file, or every fault in any of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.flow.load import Flow, load_flow
from bot.flow.model import AlwaysFile, PhraseFile, Say
from bot.words.remark import remark
from bot.words.yaml_shape import shaped
from bot.words.yaml_tree import Fault, FilesBroken, Tree, read_tree

ALWAYS, PHRASES = "always.yaml", "phrases.yaml"


@dataclass(frozen=True, slots=True)
class Shelf:
    """The flows of a folder, with what works everywhere and the program's own phrases."""

    flows: dict[str, Flow]
    always: AlwaysFile
    phrases: dict[str, Say]
    trees: Mapping[str, Tree] = field(default_factory=dict)
    """always.yaml and phrases.yaml by name, for the places of their faults"""


def read_shelf(folder: Path) -> Shelf:
    """Read all files of a folder. Raises FilesBroken with the faults of all of them together."""
    faults: list[Fault] = []
    flows: dict[str, Flow] = {}
    always: AlwaysFile | None = None
    phrases: dict[str, Say] = {}
    trees: dict[str, Tree] = {}
    for path in sorted(folder.glob("*.yaml")):
        name = f"{folder.name}/{path.name}"
        try:
            source = path.read_text(encoding="utf-8")
            if path.name in (ALWAYS, PHRASES):
                trees[path.name] = read_tree(source, name)
            if path.name == ALWAYS:
                always = shaped(trees[ALWAYS], AlwaysFile)
            elif path.name == PHRASES:
                phrases = shaped(trees[PHRASES], PhraseFile).phrases
            else:
                flow = load_flow(source, name)
                faults += _name_faults(flow, path, flows)
                flows[flow.name] = flow
        except UnicodeDecodeError:
            faults.append(
                Fault(name, 1, 1, remark("the file is not UTF-8 text."), remark("Save it as UTF-8."))
            )
        except FilesBroken as broken:
            faults += broken.faults
    for missing, what in ((always is None, ALWAYS), (not phrases, PHRASES)):
        if missing and not any(fault.file.endswith(what) for fault in faults):
            faults.append(
                Fault(
                    f"{folder.name}/{what}",
                    1,
                    1,
                    remark("this file is missing."),
                    remark("Every house needs it."),
                )
            )
    if faults or always is None:
        raise FilesBroken(sorted(faults))
    return Shelf(flows, always, phrases, trees)


def _name_faults(flow: Flow, path: Path, others: dict[str, Flow]) -> list[Fault]:
    faults = []
    if flow.name != path.stem:
        wrong = remark("the flow is `%(name)s` but the file is %(file)s.", name=flow.name, file=path.name)
        faults.append(flow.tree.fault(("flow",), wrong, remark("Make them equal.")))
    if flow.name in others:
        wrong = remark("there are two flows named `%(name)s`.", name=flow.name)
        faults.append(flow.tree.fault(("flow",), wrong, remark("Rename one.")))
    return faults
