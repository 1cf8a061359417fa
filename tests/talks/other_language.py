"""One English talk a flow, made again in another language from what a parent of it would write.

`python -m tests.talks.other_language es` prints the sheet: what they say in each talk, in English.
Write it in the language (a number stays a number), then
`python -m tests.talks.other_language es SHEET` plays every talk of the sheet and writes
tests/talks/<flow>/<case>.es.yaml. A line may be left out of a sheet, and a talk may be added to it.
"""

import json
import sys
import tempfile
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

from ruamel.yaml import YAML

from bot.cli.stage import build_stage
from bot.talk.stage import Stage
from bot.talk.written import WrittenTalk, write_talk
from tests.talks.staging import FOLDER, ROOT, perform, read

ORIGINALS = (
    "absence/one_child",
    "danger/child",
    "enforcement/near_school",
    "erase_data/erase",
    "hand_over/unclear_at_the_menu",
    "help_nearby/food",
    "how_school_works/in_own_words",
    "learning_tips/subscribe",
    "legal_help/lawyer",
    "medicine/fever",
    "menu/what_can_you_do",
    "my_data/what_you_keep",
    "my_language/does_not_work",
    "no_tips/none_before",
    "not_sure/person_in_the_end",
    "other_part/two_questions",
    "own_status/not_needed",
    "pick_up_again/go_on",
    "rights/without_papers",
    "school_dates/tomorrow",
    "school_hours/one_school",
    "self_harm/in_a_sentence",
    "share_story/song",
    "talk_to_person/nobody_answers",
    "welcome/first_text",
    "which_school/one_of_theirs",
    "which_texts/too_many",
    "who_can_help/person",
    "wrong_number/own_words",
)
"""A talk in English for every flow: whole, and short"""
FAMILIES = {
    "guardian-carter-dana": {
        "es": "guardian-ramirez-jorge",
        "ar": "guardian-khalil-rania",
        "zh_Hans": "guardian-chen-wei",
        "ht": "guardian-walker-nadege",
    },
    "guardian-thompson-keisha": {
        "es": "guardian-hernandez-patricia",
        "ar": "guardian-al-najjar-hanan",
        "zh_Hans": "guardian-zhang-lihua",
        "ht": "guardian-pierre-louis-guerline",
    },
}
"""Who in the demo district stands where these families stand: one child, or children at two schools"""


def sheet() -> str:
    """What they say in the originals, for a translator; YAML."""
    lines = []
    for name in ORIGINALS:
        said = json.dumps(sayings(original(name)), ensure_ascii=False)
        lines.append(f"{name}: {said}")
    return "\n".join(lines) + "\n"


def original(name: str) -> WrittenTalk:
    """The English talk of this name."""
    return read(FOLDER / f"{name}.yaml")


def sayings(talk: WrittenTalk) -> list[str]:
    """What they say in a talk, in its order."""
    return [turn.they_say for turn in talk.turns if turn.they_say is not None]


def in_language(talk: WrittenTalk, locale: str, said: list[str]) -> WrittenTalk:
    """The talk as a family of this language would have it; what we say is not right yet.

    Raises ValueError where more or less is said than in the original.
    """
    if len(said) != len(sayings(talk)):
        raise ValueError(f"{len(sayings(talk))} texts are said in the original, {len(said)} in the sheet")
    words = iter(said)
    turns = [
        turn if turn.they_say is None else turn.model_copy(update={"they_say": next(words)})
        for turn in talk.turns
    ]
    family = locale if talk.family == "en" else FAMILIES.get(talk.family, {}).get(locale, talk.family)
    return talk.model_copy(update={"family": family, "language": locale, "turns": turns})


def make(stage: Stage, name: str, locale: str, said: list[str], copy: Path) -> Iterator[str]:
    """Play one talk in a language and write it; yields what its reader should look at."""
    english = original(name)
    played = perform(stage, in_language(english, locale, said), copy)
    target = FOLDER / f"{name}.{locale}.yaml"
    target.write_text(write_talk(played.talk), encoding="utf-8")
    if played.language != locale:
        yield f"we write in {played.language}"
    yield from played.lacking
    for number, (one, other) in enumerate(zip_longest(english.turns, played.talk.turns), 1):
        if one.at != other.at:
            yield f"exchange {number}: it stands at {other.at}, in English at {one.at}"


def main(arguments: list[str]) -> int:
    """Print the sheet of a language, or make its talks; 1 where one of them needs another look."""
    locale, *path = arguments
    if not path:
        sys.stdout.write(sheet())
        return 0
    wanted = YAML(typ="safe").load(Path(path[0]).read_text(encoding="utf-8"))
    looked_at = 0
    with tempfile.TemporaryDirectory() as folder:
        stage = build_stage(Path(folder), flows=ROOT / "flows", messages=ROOT / "messages")
        for number, (name, said) in enumerate(wanted.items()):
            try:
                found = list(
                    make(stage, name, locale, [str(one) for one in said], Path(folder) / f"{number}.db")
                )
            except ValueError as wrong:
                found = [str(wrong)]
            looked_at += bool(found)
            sys.stdout.write(
                "\n  ".join([f"{name}.{locale}: {'look at this' if found else 'written'}", *found]) + "\n"
            )
    return 1 if looked_at else 0


if __name__ == "__main__":
    sys.exit(
        main(sys.argv[1:]) if sys.argv[1:] else "usage: python -m tests.talks.other_language LOCALE [SHEET]"
    )
