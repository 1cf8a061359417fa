"""Turns the text of a flow file into a Flow, or into every fault it has, by file, line and column."""

import hashlib
from dataclasses import dataclass, field

from bot.flow.model import FlowFile, Step
from bot.words.yaml_shape import shaped
from bot.words.yaml_tree import Tree, read_tree

_REVISION = 12


@dataclass(frozen=True, slots=True)
class Flow:
    """One conversation, ready to run. `revision` names its exact text."""

    name: str
    revision: str
    file: FlowFile
    source: str
    tree: Tree = field(repr=False, compare=False)

    @property
    def steps(self) -> dict[str, Step]:
        """The steps by name, in the order they were written."""
        return self.file.steps


def load_flow(source: str, file: str) -> Flow:
    """Read one flow. Raises FilesBroken with every fault of shape."""
    tree = read_tree(source, file)
    model = shaped(tree, FlowFile)
    revision = hashlib.sha256(source.encode()).hexdigest()[:_REVISION]
    return Flow(model.flow, revision, model, source, tree)
