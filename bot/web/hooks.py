"""The carrier's way in: signed texts and delivery receipts.

Answers: 200 with an empty TwiML when the text is stored, also for a repeat; 403 for a signature
that does not fit; 400 for a form that is none; 503 when it could not be stored or anything else went
wrong, so that the carrier tries again.
"""

import structlog
from flask import Blueprint, Response, current_app, request
from sqlalchemy.exc import SQLAlchemyError

from bot.carrier.twilio import signatures
from bot.carrier.twilio.forms import FormRefused, InboundText, read_inbound, read_status
from bot.outbox.status import record_status
from bot.talk.receive import receive
from bot.talk.taken import Text
from bot.web.bot_of import bot_of
from bot.web.failures import catch_in

hooks = Blueprint("hooks", __name__, url_prefix="/twilio")
catch_in(hooks, 503)
EMPTY_TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response/>'

_log = structlog.get_logger(__name__)


@hooks.before_request
def refuse_unsigned() -> Response | None:
    """Only the carrier may speak here; its signature covers the address, the query and the form."""
    bot = bot_of(current_app)
    query = f"?{request.query_string.decode('latin-1')}" if request.query_string else ""
    url = f"{bot.settings.public_url.rstrip('/')}{request.path}{query}"
    if signatures.valid(
        bot.settings.auth_tokens, url, request.form, request.headers.get("X-Twilio-Signature")
    ):
        return None
    _log.warning("signature_refused", path=request.path)
    return Response("The signature does not fit.\n", 403, mimetype="text/plain")


@hooks.post("/inbound")
def inbound() -> Response:
    """One text from a person."""
    try:
        form = read_inbound(request.form)
    except FormRefused as refused:
        return _refused(refused)
    try:
        outcome = receive(bot_of(current_app).talk, _text(form))
    except SQLAlchemyError as error:
        _log.error("inbound_not_stored", sid=form.sid, error=type(error).__name__)
        return Response("Not stored; please try again.\n", 503, mimetype="text/plain")
    _log.info("inbound", sid=form.sid, outcome=outcome)
    return Response(EMPTY_TWIML, 200, mimetype="text/xml")


def _text(form: InboundText) -> Text:
    return Text(
        sid=form.sid,
        sender=form.sender,
        body=form.body,
        channel=form.channel,
        payload=form.payload,
        media=tuple((one.url, one.type) for one in form.media),
        opt_out_type=form.opt_out_type,
        has_location=form.has_location,
    )


def _refused(refused: FormRefused) -> Response:
    _log.warning("form_refused", field=refused.field, reason=refused.reason)
    if refused.kindly:
        return Response(EMPTY_TWIML, 200, mimetype="text/xml")
    return Response(f"{refused}\n", 400, mimetype="text/plain")


@hooks.post("/probe")
def probe() -> Response:
    """Nothing, for whoever can sign: `ally doctor` looks whether signatures hold on the way in."""
    return Response(status=204)


@hooks.post("/status")
def status() -> Response:
    """One delivery receipt; late, doubled and unknown ones are all welcome."""
    try:
        report = read_status(request.form, request.args)
    except FormRefused as refused:
        return _refused(refused)
    bot = bot_of(current_app)
    try:
        with bot.db.write() as session:
            by_sms = record_status(
                session, report.sid, report.row_id, report.status, report.error_code, bot.clock()
            )
    except SQLAlchemyError as error:
        _log.error("status_not_stored", sid=report.sid, error=type(error).__name__)
        return Response("Not stored; please try again.\n", 503, mimetype="text/plain")
    if by_sms:
        bot.bell.ring("replies")
        bot.bell.ring("broadcasts")
    return Response("", 200)
