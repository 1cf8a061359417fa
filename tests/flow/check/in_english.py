"""What a page in another language could not say of a sentence to staff: words that no catalog holds."""

import ast
import re
from collections.abc import Collection, Iterator

from bot.words.remark import Remark

_WORDS = re.compile(r"[A-Za-z]{2,} [A-Za-z]")
_QUOTED = re.compile(r"`[^`]*`")
_NAMES = re.compile(r"`[^`]*`|\{[^}]*\}|\S+( -> \S+)+|[\w.]+(, [\w.]+)+|\S*[_/>]\S*")
"""What stands in files: names alone or in a row, placeholders, ways from step to step"""


def left_in_english(said: str, msgids: Collection[str]) -> Iterator[str]:
    """The sentence itself, or parts of it, where they are not among the msgids of the pages."""
    if not isinstance(said, Remark):
        if _WORDS.search(_NAMES.sub(" ", said)):
            yield said
        return
    if said.msgid not in msgids and re.sub(r"%\(\w+\)s|\W", "", said.msgid):
        yield said.msgid
    unquoted = _QUOTED.sub("", said.msgid)
    for name, value in said.values.items():
        if isinstance(value, str) and f"%({name})s" in unquoted:
            yield from left_in_english(value, msgids)


def outside_of_remarks(tree: ast.Module) -> Iterator[str]:
    """Sentences in a file that are neither comments on it nor said with `remark`."""
    excused: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            excused.add(id(node.value))
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "remark":
            excused |= {id(part) for part in ast.walk(node)}
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in excused
        if is_text and _WORDS.search(node.value):  # type: ignore[attr-defined]
            yield f"line {node.lineno}: {node.value}"  # type: ignore[attr-defined]
