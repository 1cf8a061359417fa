"""The mail server: e-mails to staff by SMTP (RFC 5321)."""
