"""E-mails to staff, over real SMTP with a server on this machine."""

import socket
from pathlib import Path
from urllib.parse import quote

import pytest

from bot.carrier.mail import smtp
from bot.carrier.mail.smtp import SmtpNotifier
from bot.ports import Mail, NotMailed
from tests.servers.mail import NAME, PASSWORD, Mailbox, mail_server, own_certificate, text_of

SENDER = "ally@cedarvalley.example.org"
MAIL = Mail(
    "notice-7-1", "office@school.example.org", "Absence: école Maple", "Noé, grade 2, is away.\n\nTwo lines."
)


def refusal(notifier: SmtpNotifier, mail: Mail = MAIL) -> NotMailed:
    with pytest.raises(NotMailed) as raised:
        notifier.send(mail)
    return raised.value


def test_an_e_mail_arrives_as_it_was_written(mailbox: Mailbox) -> None:
    SmtpNotifier(mailbox.url, SENDER).send(MAIL)
    (got,) = mailbox.got
    assert (got["To"], got["From"], got["Subject"]) == (MAIL.to, SENDER, MAIL.subject)
    assert text_of(got).strip() == MAIL.body
    assert got["Auto-Submitted"] == "auto-generated"


def test_every_try_of_one_notice_has_the_same_message_id(mailbox: Mailbox) -> None:
    notifier = SmtpNotifier(mailbox.url, SENDER)
    notifier.send(MAIL)
    notifier.send(MAIL)
    assert [one["Message-ID"] for one in mailbox.got] == ["<notice-7-1@cedarvalley.example.org>"] * 2


def test_name_and_password_go_only_over_tls_to_a_server_that_is_trusted(tmp_path: Path) -> None:
    server, trusting = own_certificate(tmp_path)
    with mail_server(server) as box:
        url = f"smtp://{NAME}:{quote(PASSWORD, safe='')}@127.0.0.1:{box.port}"
        SmtpNotifier(url, SENDER, context=trusting).send(MAIL)
        assert len(box.got) == 1
        unknown = refusal(SmtpNotifier(url, SENDER))
        assert (unknown.everybody, unknown.for_good) == (True, False)
        wrong = refusal(SmtpNotifier(f"smtp://ally:wrong@127.0.0.1:{box.port}", SENDER, context=trusting))
        assert (wrong.reason, wrong.everybody) == ("refused_535", True)
        assert len(box.got) == 1


def test_a_server_elsewhere_that_offers_no_tls_gets_nothing(
    mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp, "_HERE", frozenset())
    assert refusal(SmtpNotifier(mailbox.url, SENDER)).everybody
    assert mailbox.got == []


@pytest.mark.parametrize(
    ("answer", "for_good"), [("550 no such mailbox", True), ("451 greylisted, try later", False)]
)
def test_an_address_that_is_refused_is_tried_again_only_where_that_may_help(
    mailbox: Mailbox, answer: str, *, for_good: bool
) -> None:
    mailbox.recipient_answers = [answer]
    refused = refusal(SmtpNotifier(mailbox.url, SENDER))
    assert (refused.for_good, refused.everybody) == (for_good, False)
    assert "school.example.org" not in f"{refused} {refused.reason}"


@pytest.mark.parametrize(("answer", "for_good"), [("554 we think this is spam", True), ("452 full", False)])
def test_words_that_are_refused_are_tried_again_only_where_that_may_help(
    mailbox: Mailbox, answer: str, *, for_good: bool
) -> None:
    mailbox.answers = [answer]
    assert refusal(SmtpNotifier(mailbox.url, SENDER)).for_good is for_good


def test_a_server_that_is_away_is_everybodys_fault_and_not_for_good() -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        away = refusal(SmtpNotifier(f"smtp://127.0.0.1:{nobody.getsockname()[1]}", SENDER))
    assert (away.everybody, away.for_good) == (True, False)


def test_a_server_that_never_answers_is_given_up_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "TIMEOUT", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert refusal(SmtpNotifier(f"smtp://127.0.0.1:{silent.getsockname()[1]}", SENDER)).everybody


def test_no_header_can_be_slipped_in(mailbox: Mailbox) -> None:
    evil = Mail("notice-1-1", "office@school.example.org", "Absence\nBcc: all@example.org", "x")
    assert refusal(SmtpNotifier(mailbox.url, SENDER), evil).for_good
    assert mailbox.got == []


def test_an_error_shows_neither_address_nor_words() -> None:
    assert "school.example.org" not in repr(MAIL)
    assert "Noé" not in repr(MAIL)


def test_smtps_speaks_tls_from_the_first_byte(tmp_path: Path) -> None:
    server, trusting = own_certificate(tmp_path)
    with mail_server(at_once=server) as box:
        SmtpNotifier(f"smtps://127.0.0.1:{box.port}", SENDER, context=trusting).send(MAIL)
        assert len(box.got) == 1
