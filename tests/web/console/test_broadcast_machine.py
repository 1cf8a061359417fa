"""Where a machine translates, it drafts the text of a broadcast: read with its way back, told to families."""

import pytest

from tests.servers.translators import Engine
from tests.web.console.conftest import Console
from tests.web.console.test_broadcasts import write

WROTE = "Hello {guardian|dear parents}, the coat of {child|your child} is here at 7:45."
SAYS = {
    "Hello ⟦A⟧, the coat of ⟦B⟧ is here at ⟦C⟧.": "Hola ⟦A⟧, el abrigo de ⟦B⟧ está aquí a las ⟦C⟧.",
    "Hola ⟦A⟧, el abrigo de ⟦B⟧ está aquí a las ⟦C⟧.": "Hello ⟦A⟧, the coat of ⟦B⟧ is here since ⟦C⟧.",
}


@pytest.fixture
def says() -> dict[str, str]:
    """What the machine of this file translates."""
    return SAYS


def test_a_machine_drafts_it_with_its_way_back_and_families_are_told(machine: Console) -> None:
    client = machine.signed_in("administrator")
    path = str(write(machine, client, text_en=WROTE).location).removesuffix("/preview")
    assert 'form="machine-es"' in machine.get(client, f"{path}/preview").text
    assert 'form="machine-en"' not in machine.get(client, f"{path}/preview").text
    assert machine.post(client, f"{path}/machine/es").status_code == 303
    page = machine.get(client, f"{path}/preview").text
    assert (
        "it says: Hello {guardian|dear parents}, the coat of {child|your child} is here since 7:45." in page
    )
    assert 'form="machine-es"' not in page
    assert "not checked by a speaker" in page
    assert machine.house.phrase("automatic_translation", "es") in page
    edited = machine.get(client, f"{path}/edit").text
    assert "Hola {guardian}, el abrigo de {child} está aquí a las 7:45." in edited
    assert machine.post(client, f"{path}/machine/es").status_code == 404, "it is there"


def test_what_no_machine_may_or_can_draft_is_said_and_not_kept(machine: Console, engine: Engine) -> None:
    client = machine.signed_in("administrator")
    path = str(write(machine, client, text_en="Come at ten.").location).removesuffix("/preview")
    machine.post(client, f"{path}/machine/es")
    page = machine.get(client, f"{path}/preview").text
    assert "No machine can draft it:" in page
    assert 'form="machine-es"' in page
    engine.status = 503
    machine.post(client, f"{path}/machine/ht")
    assert "the machine did not answer" in machine.get(client, f"{path}/preview").text
    for language in ("en", "xx"):
        assert machine.post(client, f"{path}/machine/{language}").status_code == 404
    other = machine.signed_in("administrator")
    assert machine.post(other, f"{path}/machine/es").status_code == 404


def test_without_a_machine_none_is_offered(console: Console) -> None:
    client = console.signed_in("administrator")
    path = str(write(console, client, text_en=WROTE).location).removesuffix("/preview")
    assert "machine-es" not in console.get(client, f"{path}/preview").text
    console.post(client, f"{path}/machine/es")
    assert "no machine translates here" in console.get(client, f"{path}/preview").text
