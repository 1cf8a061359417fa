"""`python -m bot.carrier.local`: the carrier as a process of its own."""

import json
from functools import partial

import click

from bot.carrier.local import misbehave
from bot.carrier.local.app import create_carrier
from bot.carrier.local.config import (
    LOCAL_ACCOUNT,
    LOCAL_NUMBER,
    LocalConfig,
    Phone,
    RealAccount,
    StopBy,
    refuse_beside_twilio,
)
from bot.carrier.local.server import CarrierServer

DEMO_PHONES = (
    Phone("+15125550101", "es", "Lucía Morales"),
    Phone("+15125550102", "ar", "سمير حداد"),
    Phone("+15125550103", "en", "Grace Okafor"),
)


@click.command()
@click.option("--port", default=8081, show_default=True, help="0 takes any free port.")
@click.option("--inbound-url", required=True, help="Where texts of people are posted.")
@click.option("--fallback-url", help="Where they are posted when that fails.")
@click.option("--number", envvar="ALLY_NUMBER", default=LOCAL_NUMBER, show_default=True)
@click.option("--service-sid", envvar="TWILIO_MESSAGING_SERVICE_SID", help="Messaging Service.")
@click.option("--stop-by", type=click.Choice(["carrier", "advanced", "us"]), default="carrier",
              envvar="ALLY_STOP_BY", show_default=True, help="Who answers STOP.")  # fmt: skip
@click.option("--phone", "phones", nargs=3, multiple=True, metavar="NUMBER LANGUAGE NAME")
@click.option("--misbehave", "switches", default="{}", help="Switches as JSON.")
@click.option("--delays", nargs=2, type=float, default=(0.25, 0.6), show_default=True,
              help="Seconds to sent, and from sent to delivered.")  # fmt: skip
@click.option("--threads", default=96, show_default=True)
@click.option("--account-sid", envvar="TWILIO_ACCOUNT_SID", default=LOCAL_ACCOUNT)
@click.option("--auth-token", envvar="TWILIO_AUTH_TOKEN", default="local")
@click.option("--twilio-url", envvar="TWILIO_BASE_URL", default="https://api.twilio.com")
def serve(
    *,
    port: int,
    inbound_url: str,
    fallback_url: str | None,
    number: str,
    service_sid: str | None,
    stop_by: StopBy,
    phones: tuple[tuple[str, str, str], ...],
    switches: str,
    delays: tuple[float, float],
    threads: int,
    account_sid: str,
    auth_token: str,
    twilio_url: str,
) -> None:
    """Serve a Twilio-shaped carrier on loopback until interrupted."""
    try:
        if account_sid != LOCAL_ACCOUNT:
            refuse_beside_twilio(account_sid, twilio_url)
        told = misbehave.read(json.loads(switches))
    except (RealAccount, misbehave.MisbehaviourWrong, ValueError) as error:
        raise click.ClickException(str(error)) from None
    config = LocalConfig(
        inbound_url=inbound_url,
        number=number or LOCAL_NUMBER,
        account_sid=account_sid or LOCAL_ACCOUNT,
        auth_token=auth_token or "local",
        fallback_url=fallback_url,
        messaging_service_sid=service_sid or None,
        phones=tuple(Phone(*phone) for phone in phones) or DEMO_PHONES,
        stop_by=stop_by,
        sent_after=delays[0],
        delivered_after=delays[1],
        misbehaviour=told,
    )
    CarrierServer(partial(create_carrier, config), port, threads, tells_address=True).run()


if __name__ == "__main__":
    serve()
