"""Everything real, from a mother's phone to the phones and the mailbox of the school."""

import os
import re
from collections.abc import Iterator
from functools import partial

import pytest

from bot.school.district import DEMO
from tests.servers.ally_run import AllyRun
from tests.servers.local_carrier import wait_until
from tests.servers.mail import Mailbox, mail_server, text_of

ELENA, DANA = "+15125550101", "+15125550103"
ORTIZ, ON_CALL = "+15125550191", "+15125550192"
SECRET = "Zanahoria"


@pytest.fixture(scope="module")
def box() -> Iterator[Mailbox]:
    """The school's mail server."""
    with mail_server() as found:
        yield found


@pytest.fixture(scope="module")
def ally(tmp_path_factory: pytest.TempPathFactory, box: Mailbox) -> Iterator[AllyRun]:
    """One start of everything, in which one teacher has an e-mail address."""
    folder = tmp_path_factory.mktemp("told")
    district = folder / "district"
    district.mkdir()
    for file in DEMO.iterdir():
        if file.is_file():
            (district / file.name).write_bytes(file.read_bytes())
    users = (district / "users.csv").read_text(encoding="utf-8")
    with_mail = users.replace("Jorge,Luna,,,,", "Jorge,Luna,,,j.luna@maple.example.org,")
    (district / "users.csv").write_text(with_mail, encoding="utf-8")
    file = district / "district.yaml"
    # Whatever day it is, nobody is away
    file.write_text(re.sub(r", away: \[.*?\]", "", file.read_text(encoding="utf-8")), encoding="utf-8")
    settings = {
        "ALLY_DISTRICT": str(district),
        "ALLY_SMTP_URL": box.url,
        "ALLY_MAIL_FROM": "ally@cedarvalley.example.org",
    }
    before = {name: os.environ.get(name) for name in settings}
    os.environ.update(settings)
    run = AllyRun(folder)
    for name, value in before.items():
        os.environ.pop(name) if value is None else os.environ.update({name: value})
    try:
        yield run.up()
    finally:
        run.close()


@pytest.fixture(scope="module")
def danger(ally: AllyRun) -> None:
    """A mother writes of danger."""
    ally.ask(ELENA, f"mi hijo está en peligro, un hombre de {SECRET} tiene un cuchillo")
    for number in (ORTIZ, ON_CALL):
        wait_until(partial(ally.answers, number))


@pytest.fixture(scope="module")
def story(ally: AllyRun, box: Mailbox) -> None:
    """Another offers a story to the class."""
    for words in ("Hello", "I want to share a story", "1", "1"):
        ally.ask(DANA, words)
    wait_until(lambda: box.got)


@pytest.mark.usefixtures("danger")
def test_the_liaison_and_whoever_is_on_call_read_of_danger_but_not_her_words(ally: AllyRun) -> None:
    for number in (ORTIZ, ON_CALL):
        (notice,) = ally.answers(number)
        assert "URGENT, danger: A family at Maple Grove Elementary" in notice
        assert SECRET not in notice


@pytest.mark.usefixtures("story")
def test_the_teacher_gets_an_e_mail_of_a_story(box: Mailbox) -> None:
    (got,) = box.got
    assert got["To"] == "j.luna@maple.example.org"
    assert "a story or a skill for the class" in text_of(got)


@pytest.mark.usefixtures("danger", "story")
def test_no_log_line_holds_a_number_an_address_or_a_name(ally: AllyRun) -> None:
    wait_until(lambda: "staff_told" in ally.said)
    for secret in ("512555", "512-555", "maple.example.org", "Noah", SECRET):
        assert secret not in ally.said
