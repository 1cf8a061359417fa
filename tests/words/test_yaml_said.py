"""What is said to somebody whose file is no YAML."""

import pytest

from bot.words.yaml_tree import FilesBroken, read_tree


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("a: b: c\n", "x.yaml:1:5: there is a second colon on this line, or the line above is not finished."),
        ("a: b\n\tc: d\n", "x.yaml:2:1: this line begins with a tab or a sign that YAML keeps."),
        ('a: "b\n', "x.yaml:2:1: a quote is opened and never closed."),
        ("a: {b: c\nd: e\n", "x.yaml:2:2: a { is not closed, or a comma is missing."),
        ("a: [b\n", "x.yaml:2:1: a [ is not closed, or a comma is missing."),
        ("a: {\n", "x.yaml:2:1: a { or [ is opened and never closed."),
        ("a:\n   b: c\n  d: e\n", "x.yaml:3:3: this line does not stand under the lines above it."),
        ("e: f\na\nb: d\n", "x.yaml:3:1: a colon is missing on this line or the one before."),
        ("", "x.yaml:1:1: the file is empty."),
        ("a: &b c\n", "x.yaml:1:4: anchors and aliases (& and *) are not used in flows."),
        ("a: !b c\n", "x.yaml:1:4: tags (!name) are not used in flows."),
    ],
)
def test_each_slip_of_yaml_is_told_in_plain_words(source: str, said: str) -> None:
    with pytest.raises(FilesBroken) as broken:
        read_tree(source, "x.yaml")
    assert str(broken.value).startswith(said)
    assert len(broken.value.faults) == 1
