"""The published OpenAPI document: valid, whole, and true: schemathesis asks the running service."""

import re
from collections.abc import Iterator
from threading import Thread
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from openapi_spec_validator import OpenAPIV31SpecValidator, validate
from schemathesis import GenerationMode
from schemathesis.core.result import Ok
from werkzeug.serving import make_server

from bot.web.api.document import described
from bot.web.application import create_application
from tests.fixtures.installation import Install
from tests.web.api.conftest import NOAH, ROOT, Api
from tests.web.api.scopes import TABLE

EXAMPLES = 4
"""Of each kind and operation: the suite is to be quick (`schemathesis run` looks as long as you like)"""
FEW = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def backend() -> str:
    """SQLite alone: the document says nothing about the kind of database."""
    return "sqlite"


def test_the_document_is_valid_and_needs_no_token(api: Api) -> None:
    answer = api.app.test_client().get(f"{ROOT}/openapi.json")
    assert answer.status_code == 200
    validate(answer.get_json(), cls=OpenAPIV31SpecValidator)
    assert "Set-Cookie" not in answer.headers


def test_every_route_of_the_url_map_is_in_it(api: Api) -> None:
    told = {(method.upper(), path) for path, one in described(api.app)["paths"].items() for method in one}
    there = {
        (method, re.sub(r"<[^>]*?(\w+)>", r"{\1}", rule.rule.removeprefix(ROOT)))
        for rule in api.app.url_map.iter_rules()
        if rule.rule.startswith("/api/")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert told == there


@pytest.fixture
def served(install: Install) -> Iterator[tuple[str, Api]]:
    """The API on a real port, with as many requests as a test wants to make."""
    house = install(ALLY_API_PER_MINUTE="1000000")
    api = Api(create_application(house.bot), house)
    server = make_server("127.0.0.1", 0, api.app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", api
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_it_does_what_the_document_says(served: tuple[str, Api]) -> None:
    url, api = served
    token, asked = api.token(), 0
    api.post("/attendance", token, api.attendance(NOAH))
    schema = schemathesis.openapi.from_url(f"{url}{ROOT}/openapi.json")
    # What is well formed may still be refused for what it means: nobody there, a time that is over.
    schema.config.checks.positive_data_acceptance.expected_statuses.append("422")

    def ask(case: Any) -> None:
        nonlocal asked
        case.call_and_validate(base_url=f"{url}{ROOT}", headers={"Authorization": f"Bearer {token}"})
        asked += 1

    for found in schema.get_all_operations():
        assert isinstance(found, Ok)
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            FEW(given(case=found.ok().as_strategy(generation_mode=mode))(ask))()
    assert asked > len(TABLE) * EXAMPLES
