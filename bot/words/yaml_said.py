"""What a YAML library says is wrong, in words for somebody who has never heard of YAML."""

from bot.words.remark import Remark, remark

_SAID: tuple[tuple[str, Remark, Remark], ...] = (
    (
        "mapping values are not allowed here",
        remark("there is a second colon on this line, or the line above is not finished."),
        remark("Put a text with a colon in double quotes."),
    ),
    (
        "cannot start any token",
        remark("this line begins with a tab or a sign that YAML keeps."),
        remark("Use spaces, or quotes."),
    ),
    ("unexpected end of stream", remark("a quote is opened and never closed."), remark("Close it.")),
    (
        "expected ',' or '}'",
        remark("a { is not closed, or a comma is missing."),
        remark("Write it as {one: a, two: b}."),
    ),
    (
        "expected ',' or ']'",
        remark("a [ is not closed, or a comma is missing."),
        remark("Write it as [one, two]."),
    ),
    ("<stream end>", remark("a { or [ is opened and never closed."), remark("Close it.")),
    (
        "expected <block end>",
        remark("this line does not stand under the lines above it."),
        remark("Give lines that belong together the same number of spaces."),
    ),
    (
        "could not find expected ':'",
        remark("a colon is missing on this line or the one before."),
        remark("Write `word: ...`."),
    ),
)


def said(problem: str) -> tuple[Remark, Remark]:
    """What is wrong and the fix; the library's own words where it is something rare."""
    for part, wrong, fix in _SAID:
        if part in problem:
            return wrong, fix
    wrong = remark(
        "this cannot be read as YAML: %(problem)s.", problem=problem or remark("it is something else")
    )
    return wrong, remark("Compare it with another flow.")
