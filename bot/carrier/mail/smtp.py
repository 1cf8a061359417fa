"""Sends e-mails to staff by SMTP: encrypted but on this very machine, one connection for each."""

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate
from typing import Final
from urllib.parse import unquote, urlsplit

from bot.ports import Mail, NotMailed

TIMEOUT: Final = 10.0
"""Seconds to wait for the server at each step"""
_HERE: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_PORTS: Final = {"smtp": 587, "smtps": 465}


class SmtpNotifier:
    """Keeps `bot.ports.Notifier`."""

    def __init__(self, url: str, sender: str, *, context: ssl.SSLContext | None = None) -> None:
        """`url`: smtp://name:password@host:587, which must offer STARTTLS, or smtps://name:password@host:465.

        `context`: whose certificates are trusted, by default those of this machine.
        """
        parts = urlsplit(url)
        self._scheme, self._host = parts.scheme, parts.hostname or ""
        self._port = parts.port or _PORTS[parts.scheme]
        self._name, self._password = unquote(parts.username or ""), unquote(parts.password or "")
        self._sender = sender
        self._context = context or ssl.create_default_context()

    def send(self, mail: Mail) -> None:
        """Hand over one e-mail. Raises NotMailed; its reason names no address and quotes no server."""
        try:
            message = self._message(mail)
            with self._connected() as server:
                server.send_message(message)
        except smtplib.SMTPRecipientsRefused as refused:
            codes = [code for code, _ in refused.recipients.values()]
            raise NotMailed("address_refused", for_good=all(code >= 500 for code in codes)) from None
        except smtplib.SMTPDataError as refused:
            raise NotMailed(f"refused_{refused.smtp_code}", for_good=refused.smtp_code >= 500) from None
        except smtplib.SMTPResponseException as refused:
            raise NotMailed(f"refused_{refused.smtp_code}", everybody=True) from None
        except (smtplib.SMTPException, OSError) as fault:
            raise NotMailed(f"unreachable_{type(fault).__name__}"[:64], everybody=True) from None
        except ValueError:
            # A line break in a header, or letters that an address cannot have
            raise NotMailed("not_an_email", for_good=True) from None

    def _connected(self) -> smtplib.SMTP:
        if self._scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                self._host, self._port, timeout=TIMEOUT, context=self._context
            )
        else:
            server = smtplib.SMTP(self._host, self._port, timeout=TIMEOUT)
        try:
            server.ehlo()
            if self._scheme == "smtp" and (self._host not in _HERE or server.has_extn("starttls")):
                server.starttls(context=self._context)
                server.ehlo()
            if self._name:
                server.login(self._name, self._password)
        except BaseException:
            server.close()
            raise
        return server

    def _message(self, mail: Mail) -> EmailMessage:
        message = EmailMessage()
        message["From"] = self._sender
        message["To"] = mail.to
        message["Subject"] = mail.subject
        message["Date"] = formatdate(usegmt=True)
        # The same at every try: programs show an e-mail once whose id they have seen (RFC 5322, 3.6.4)
        message["Message-ID"] = f"<{mail.key}@{self._sender.rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(mail.body)
        return message
