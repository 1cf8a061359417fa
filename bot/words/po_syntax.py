"""Whether a file is a gettext PO file at all, line by line, before Babel reads it.

Babel's reader is forgiving: it drops the last letter of a text whose quote was never closed, and takes the
second of two entries with one context. Both would reach families; here they are faults with their line.
"""

import re
from dataclasses import dataclass, field

from bot.words.yaml_tree import Fault

_LINE = re.compile(
    r'(?P<word>msgctxt|msgid_plural|msgid|msgstr(?:\[(?P<index>\d)\])?)?\s*(?P<text>"(?:[^"\\]|\\.)*")'
)
_QUOTE_FIX = "A line is a # comment, or msgctxt, msgid, msgid_plural, msgstr or nothing before a quoted text."


@dataclass
class _Entry:
    line: int = 0
    seen: dict[str, int] = field(default_factory=dict)
    context: str = ""
    msgid: str = ""
    is_obsolete: bool = False


@dataclass
class _Scan:
    file: str
    faults: list[Fault] = field(default_factory=list)
    contexts: dict[str, int] = field(default_factory=dict)
    entry: _Entry = field(default_factory=_Entry)
    last: str = ""

    def fault(self, line: int, wrong: str, fix: str = "") -> None:
        self.faults.append(Fault(self.file, line, 1, wrong, fix, "catalog"))


def syntax_faults(source: str, file: str) -> list[Fault]:
    """Every line that does not belong in a PO file, every broken entry, every context used twice."""
    scan = _Scan(file)
    for number, line in enumerate(source.split("\n"), 1):
        _take(scan, number, line.strip())
    _close(scan)
    return sorted(scan.faults)


def _take(scan: _Scan, number: int, line: str) -> None:
    is_obsolete = line.startswith("#~")
    if is_obsolete:
        line = line[2:].strip()
    if not line:
        return
    if line[0] in "#|":
        if scan.entry.seen and not is_obsolete:
            _close(scan)
        return
    match = _LINE.fullmatch(line)
    if match is None:
        scan.fault(number, "this line cannot be read.", _QUOTE_FIX)
        return
    word = match["word"]
    if word is None:
        _continue(scan, number, match["text"])
        return
    if word == "msgctxt" or (word == "msgid" and list(scan.entry.seen) != ["msgctxt"]):
        _close(scan)
        scan.entry = _Entry(number, is_obsolete=is_obsolete)
    if word in scan.entry.seen:
        scan.fault(number, f"`{word}` stands twice in this entry.", "Keep one of them.")
    scan.entry.seen[word] = number
    scan.last = word
    _continue(scan, number, match["text"])


def _continue(scan: _Scan, number: int, quoted: str) -> None:
    if not scan.entry.seen:
        scan.fault(number, "a text without msgid or msgstr before it.", _QUOTE_FIX)
    if scan.last == "msgctxt":
        scan.entry.context += quoted[1:-1]
    elif scan.last == "msgid":
        scan.entry.msgid += quoted[1:-1]


def _close(scan: _Scan) -> None:
    entry, scan.entry, scan.last = scan.entry, _Entry(), ""
    if not entry.seen:
        return
    strings = [word for word in entry.seen if word.startswith("msgstr")]
    is_plural = "msgid_plural" in entry.seen
    if "msgid" not in entry.seen:
        scan.fault(entry.line, "this entry has no msgid.")
    elif not strings:
        scan.fault(entry.line, "this entry has no msgstr.", 'Add `msgstr ""` for a text not yet translated.')
    elif is_plural == ("msgstr" in strings):
        wanted = "msgstr[0], msgstr[1] ..." if is_plural else "one msgstr"
        scan.fault(entry.line, "msgid and msgstr do not fit.", f"An entry like this has {wanted}.")
    if not entry.is_obsolete and (entry.msgid or entry.context):
        _check_context(scan, entry)


def _check_context(scan: _Scan, entry: _Entry) -> None:
    if not entry.context:
        fix = "Let `ally catalogs update` write the entries."
        scan.fault(entry.line, "this entry has no msgctxt, so no text finds it.", fix)
        return
    if entry.context in scan.contexts:
        first = scan.contexts[entry.context]
        scan.fault(entry.line, f"`{entry.context}` stands here twice, first on line {first}.", "Keep one.")
    scan.contexts.setdefault(entry.context, entry.line)
