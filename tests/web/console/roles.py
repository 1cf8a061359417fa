"""Who may open which route of the console, said a second time: a new route needs a line here."""

from typing import Final

ANYBODY: Final = "anybody"
SECOND: Final = "second"
ENROLLING: Final = "enrolling"
SIGNED_IN: Final = frozenset({"teacher", "liaison", "administrator", "auditor"})
ADMINISTRATOR: Final = frozenset({"administrator"})
LOG: Final = frozenset({"administrator", "auditor"})
WITH_FAMILIES: Final = frozenset({"administrator", "liaison"})

TABLE: Final[dict[str, str | frozenset[str]]] = {
    "account.codes": SIGNED_IN,
    "account.end_sign_in": SIGNED_IN,
    "account.language": SIGNED_IN,
    "account.password": SIGNED_IN,
    "account.prove": SIGNED_IN,
    "account.second_factor": SIGNED_IN,
    "account.show": SIGNED_IN,
    "account.submit_proof": SIGNED_IN,
    "account.submit_second_factor": SIGNED_IN,
    "components.show": ADMINISTRATOR,
    "delivery.go_on": ADMINISTRATOR,
    "delivery.mended": ADMINISTRATOR,
    "delivery.now": ADMINISTRATOR,
    "delivery.number": ADMINISTRATOR,
    "delivery.resume": ADMINISTRATOR,
    "delivery.show": ADMINISTRATOR,
    "district.back": ANYBODY,
    "district.go": ANYBODY,
    "district.prove": SIGNED_IN,
    "flows.check": WITH_FAMILIES,
    "flows.one": WITH_FAMILIES,
    "flows.show": WITH_FAMILIES,
    "home.show": SIGNED_IN,
    "languages.one": WITH_FAMILIES,
    "languages.show": WITH_FAMILIES,
    "languages.texts": WITH_FAMILIES,
    "links.forgot": ANYBODY,
    "links.submit": ANYBODY,
    "links.submit_forgot": ANYBODY,
    "links.take": ANYBODY,
    "log.check": LOG,
    "log.show": LOG,
    "schools.add": ADMINISTRATOR,
    "schools.give_back": ADMINISTRATOR,
    "schools.new": ADMINISTRATOR,
    "schools.one": ADMINISTRATOR,
    "schools.save": ADMINISTRATOR,
    "schools.show": ADMINISTRATOR,
    "schools.undo": ADMINISTRATOR,
    "settings.doctor": ADMINISTRATOR,
    "settings.show": ADMINISTRATOR,
    "sign_in.code": SECOND,
    "sign_in.enrol": ENROLLING,
    "sign_in.leave_here": ANYBODY,
    "sign_in.show": ANYBODY,
    "sign_in.submit": ANYBODY,
    "sign_in.submit_code": SECOND,
    "sign_in.submit_enrol": ENROLLING,
    "sign_in.without": ENROLLING,
    "staff.deactivate": ADMINISTRATOR,
    "staff.invite": ADMINISTRATOR,
    "staff.invite_again": ADMINISTRATOR,
    "staff.one": ADMINISTRATOR,
    "staff.reactivate": ADMINISTRATOR,
    "staff.reset": ADMINISTRATOR,
    "staff.roles": ADMINISTRATOR,
    "staff.show": ADMINISTRATOR,
    "staff.submit_invite": ADMINISTRATOR,
    "staff.submit_reset": ADMINISTRATOR,
    "staff.undo_roles": ADMINISTRATOR,
    "trial.show": WITH_FAMILIES,
    "trial.step": WITH_FAMILIES,
    "unknown.again": ADMINISTRATOR,
    "unknown.blind": ADMINISTRATOR,
    "unknown.show": ADMINISTRATOR,
}
"""Endpoint without `console.`: anybody, a stage of signing in, or the roles that open it"""

AT_SCHOOL: Final = frozenset({"schools.give_back", "schools.one", "schools.save", "schools.undo"})
"""Routes that name a school in their path (`school_id`): the role must hold at that one"""

IN_DISTRICT: Final = frozenset(
    {"log.check", "schools.add", "schools.new", "settings.doctor", "settings.show"}
)
"""Routes that ask for the role in the whole district"""
