"""A running local carrier, and others with other options, beside a house that takes their webhooks."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tests.servers.house import House, house_at_work
from tests.servers.local_carrier import Local, carrier_at_work, wait_until


@pytest.fixture(scope="session")
def house_server() -> Iterator[House]:
    """A house that takes webhooks on a real port, for all tests of one process."""
    with house_at_work() as house:
        yield house


@pytest.fixture(scope="session")
def carrier_server(house_server: House) -> Iterator[Local]:
    """A carrier with the usual options, for all tests of one process."""
    with carrier_at_work(house_server, "--fallback-url", f"{house_server.url}/fallback") as local:
        yield local


@pytest.fixture
def local(carrier_server: Local) -> Local:
    """The shared carrier with an empty ledger and good manners, and a house that saw nothing."""
    wait_until(lambda: carrier_server.counts()["waiting"] == 0)
    carrier_server.reset()
    carrier_server.house.forget()
    return carrier_server


@pytest.fixture
def start(house_server: House) -> Iterator[Callable[..., Local]]:
    """Starts further carriers with other options; they end with the test."""
    house_server.forget()
    with ExitStack() as stack:

        def begin(*options: str, inbound: str = "/inbound") -> Local:
            return stack.enter_context(carrier_at_work(house_server, *options, inbound=inbound))

        yield begin
