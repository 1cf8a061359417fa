"""Reads one catalog and says everything that is wrong with it, by file and line.

The `.po` itself is read, not a compiled catalog: compiling drops the `fuzzy` flag, and with it the
knowledge that nobody has checked a text.
"""

import gettext
import re

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po

from bot.words.marks import state_of, strings_of
from bot.words.plurals import PluralRule, rule_of
from bot.words.po_syntax import syntax_faults
from bot.words.remark import Remark, remark
from bot.words.yaml_tree import Fault, FilesBroken

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_.]*)\}")
_BRACE = re.compile(r"[{}]")
_PLURAL_FORMS = re.compile(r'"Plural-Forms:\s*nplurals=(\d+);\s*plural=([^;"]+);?')
_COUNTED = (*range(201), 1000, 1001, 1_000_000)


class CatalogError(FilesBroken):
    """One or more catalogs cannot be used; `faults` lists every one of their errors."""


def read_catalog(content: bytes, locale: str, file: str) -> Catalog:
    """Read one catalog. Raises CatalogError with all faults: syntax, plural forms, placeholders."""
    source = _decoded(content, file)
    catalog = _parsed(source, locale, file)
    faults = [*_header_faults(source, catalog, locale, file), *_entry_faults(catalog, locale, file)]
    if faults:
        raise CatalogError(faults)
    return catalog


def read_template(content: bytes, file: str) -> Catalog:
    """Read the template. Raises CatalogError with all faults of syntax."""
    return _parsed(_decoded(content, file), None, file)


def _parsed(source: str, locale: str | None, file: str) -> Catalog:
    faults = syntax_faults(source, file)
    if faults:
        raise CatalogError(faults)
    try:
        return read_po(source.split("\n"), locale=locale, abort_invalid=True)
    except PoFileError as error:
        raise CatalogError([Fault(file, error.lineno + 1, 1, _said(error), "", "catalog")]) from None
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise CatalogError([Fault(file, 1, 1, f"the header cannot be read: {error}.")]) from None


def _decoded(content: bytes, file: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise CatalogError([Fault(file, line, 1, "this line is not UTF-8.", "Save it as UTF-8.")]) from None


def _said(error: PoFileError) -> str:
    return f"the entry cannot be read: {str(error).rpartition(' on ')[0]}."


def entries(catalog: Catalog) -> list[Message]:
    """The entries of a catalog without its header, in their order."""
    return [message for message in catalog if message.id]


def _header_faults(source: str, catalog: Catalog, locale: str, file: str) -> list[Fault]:
    """The header must count as the language does: Babel's own line for Arabic does not."""
    if not any(message.pluralizable for message in entries(catalog)):
        return []
    rule = rule_of(locale)
    match = _PLURAL_FORMS.search(source)
    if match is not None and _counts_alike(match, rule):
        return []
    line = source.count("\n", 0, match.start()) + 1 if match else 1
    fix = remark('Write "Plural-Forms: %(header)s\\n".', header=rule.header)
    wrong = remark("the header does not count as %(locale)s does.", locale=locale)
    return [Fault(file, line, 1, wrong, fix, "catalog")]


def _counts_alike(match: re.Match[str], rule: PluralRule) -> bool:
    if int(match[1]) != len(rule.forms):
        return False
    try:
        theirs, ours = gettext.c2py(match[2]), gettext.c2py(rule.expression)
        return all(theirs(n) == ours(n) for n in _COUNTED)
    except (ValueError, ArithmeticError, RecursionError):
        return False


def _entry_faults(catalog: Catalog, locale: str, file: str) -> list[Fault]:
    faults = []
    for message in entries(catalog):
        if state_of(message) in ("missing", "stale"):  # never sent, so free to differ
            continue
        rule = rule_of(locale)
        for index, wrong, fix in wrong_in(message, rule):
            which = f"msgstr[{index}] ({rule.forms[index]}) " if message.pluralizable else ""
            said = remark("%(text)s: %(form)s%(wrong)s", text=str(message.context), form=which, wrong=wrong)
            faults.append(Fault(file, message.lineno or 1, 1, said, fix, "catalog"))
    return faults


def wrong_in(message: Message, rule: PluralRule) -> list[tuple[int, Remark, Remark]]:
    """What is wrong with a translation: the number of its plural form (0 without), what, and the fix."""
    strings = strings_of(message)
    if not message.pluralizable:
        names = _names(str(message.id))
        return [(0, wrong, fix) for wrong, fix in _differences(strings[0], names, names)]
    one, other = (_names(text) for text in message.id)
    found = []
    for index, (form, text) in enumerate(zip(rule.forms, strings, strict=False)):
        needed = one & other if form in rule.single else other
        wrong = (
            _differences(text, needed, one | other)
            if text
            else [(remark("is empty."), remark("Translate it."))]
        )
        found += [(index, said, fix) for said, fix in wrong]
    return found


def _differences(text: str, needed: set[str], allowed: set[str]) -> list[tuple[Remark, Remark]]:
    names = _names(text)
    wrong = [
        (remark("lacks {%(name)s}.", name=name), remark("Put it where the value belongs, untranslated."))
        for name in sorted(needed - names)
    ]
    wrong += [
        (
            remark("has {%(name)s}, which the English has not.", name=name),
            remark("It may use %(names)s.", names=_shown(allowed)),
        )
        for name in sorted(names - allowed)
    ]
    if _BRACE.search(PLACEHOLDER.sub("", text)):
        wrong.append((remark("has a { or } that is no placeholder."), remark("Write {name} without spaces.")))
    return wrong


def _names(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


def _shown(names: set[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names)) or remark("none")
