"""The Twilio SDK and nothing else: so many texts from so many threads; run by bench/broadcast.py.

`python -m bench.peers.bare_sdk URL ACCOUNT TOKEN SENDER THREADS TEXTS BODY`; nothing is kept of any text.
"""

import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from twilio.rest import Client

from bench.inbound import number_of
from bot.carrier.twilio.transport import Timeouts, Transport


def main(url: str, account: str, token: str, sender: str, threads: str, texts: str, body: str) -> None:
    """Send them all; prints seconds, and seconds of CPU."""
    local = threading.local()

    def send(index: int) -> None:
        if not hasattr(local, "client"):
            local.client = Client(account, token, http_client=Transport(url, Timeouts()))
        fields = {"to": number_of(index), "from_": sender, "body": body}
        local.client.messages.create(**fields, status_callback=f"{url}/nobody?m={index}")

    begun = time.monotonic()
    with ThreadPoolExecutor(int(threads)) as pool:
        for _ in pool.map(send, range(int(texts))):
            pass
    print(time.monotonic() - begun, time.process_time())


if __name__ == "__main__":
    main(*sys.argv[1:])
