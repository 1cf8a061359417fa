"""Organizations that help families, as flows show them: by need, those near and of her language first."""

from collections.abc import Mapping

from sqlmodel import Session

from bot.flow.state import Value
from bot.school.directory import is_spoken
from bot.store import partners
from bot.store.partners import Partner


def find_partners(session: Session, where: Mapping[str, str], limit: int) -> list[Value]:
    """Partners for `need`; those that speak `speaks` first, among them those near `school`.

    Each {value, name, phone, address, languages, cost, checked}, and `url` where there is one.
    Nobody is left out for a language: the place may still help, with an interpreter.
    """
    need, speaks = where.get("need", ""), where.get("speaks", "")
    near = {part.strip() for part in where.get("school", "").split(",") if part.strip()}

    def rank(partner: Partner) -> tuple[bool, bool, str]:
        return not is_spoken(speaks, partner.languages), not near & set(partner.near), partner.name

    fitting = [partner for partner in partners.every_partner(session) if need in partner.needs]
    return [_shown(partner) for partner in sorted(fitting, key=rank)[:limit]]


def _shown(partner: Partner) -> Value:
    languages: list[Value] = [{"language": locale} for locale in partner.languages]
    shown: dict[str, Value] = {
        "value": partner.source_id,
        "name": partner.name,
        "phone": {"phone": partner.phone},
        "address": partner.address,
        "languages": languages,
        "cost": {"phrase": "partner_free" if partner.is_free else "partner_may_cost"},
        "checked": {"dated": partner.checked.isoformat()},
    }
    return shown | ({"url": partner.url} if partner.url else {})
