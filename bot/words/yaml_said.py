"""What a YAML library says is wrong, in words for somebody who has never heard of YAML."""

_SAID: tuple[tuple[str, str, str], ...] = (
    (
        "mapping values are not allowed here",
        "there is a second colon on this line, or the line above is not finished.",
        "Put a text with a colon in double quotes.",
    ),
    (
        "cannot start any token",
        "this line begins with a tab or a sign that YAML keeps.",
        "Use spaces, or quotes.",
    ),
    ("unexpected end of stream", "a quote is opened and never closed.", "Close it."),
    ("expected ',' or '}'", "a { is not closed, or a comma is missing.", "Write it as {one: a, two: b}."),
    ("expected ',' or ']'", "a [ is not closed, or a comma is missing.", "Write it as [one, two]."),
    ("<stream end>", "a { or [ is opened and never closed.", "Close it."),
    (
        "expected <block end>",
        "this line does not stand under the lines above it.",
        "Give lines that belong together the same number of spaces.",
    ),
    (
        "could not find expected ':'",
        "a colon is missing on this line or the one before.",
        "Write `word: ...`.",
    ),
)


def said(problem: str) -> tuple[str, str]:
    """What is wrong and the fix; the library's own words where it is something rare."""
    for part, wrong, fix in _SAID:
        if part in problem:
            return wrong, fix
    return (
        f"this cannot be read as YAML: {problem or 'it is something else'}.",
        "Compare it with another flow.",
    )
