"""A family's own children, as flows offer them: told only to a number that the school linked to them."""

from collections import Counter
from collections.abc import Mapping

from sqlmodel import Session

from bot.flow.state import Value
from bot.store import families
from bot.store.families import STUDENT_NAME
from bot.store.vault import Vault


def find_children(session: Session, vault: Vault, where: Mapping[str, str], limit: int) -> list[Value]:
    """The children of `contact` (a row id, added by the program and never by a flow).

    Each {value, name, grade, school, school_name}, and `only: yes` where there is just one. Two of the
    same name are told apart by their schools.
    """
    contact = where.get("contact", "")
    children = families.children_of(session, int(contact)) if contact.isdigit() else []
    names = [vault.open(child.name, STUDENT_NAME) for child in children]
    often = Counter(names)
    found: list[Value] = []
    for child, name in list(zip(children, names, strict=True))[:limit]:
        shown: dict[str, Value] = {
            "value": str(child.id),
            "name": name if often[name] == 1 else f"{name} ({child.school_name})",
            "grade": child.grade,
            "school": child.school,
            "school_name": child.school_name,
        }
        found.append(shown | ({"only": "yes"} if len(children) == 1 else {}))
    return found
