"""The words of partners.yaml: organizations of the community, beside district.yaml."""

from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from bot.school.district_file import AnyLocale, Day, Part, Phone
from bot.words.yaml_shape import shaped
from bot.words.yaml_tree import Fault, FilesBroken, read_tree

FILE = "partners.yaml"
Need = Literal["food", "clothes", "english", "legal", "health", "housing", "after_school", "interpreting"]


class PartnerWords(Part):
    """One organization."""

    name: str = Field(min_length=1, max_length=60, description="As families know it")
    needs: list[Need] = Field(min_length=1)
    phone: Phone
    address: str = Field(min_length=1, max_length=80)
    languages: list[AnyLocale] = Field(min_length=1, description="Spoken there")
    free: bool = Field(description="yes: nothing there costs money")
    url: str = Field("", pattern=r"^(https://\S{4,80})?$")
    near: list[str] = Field(default_factory=list, description="sourcedIds of schools close by")
    checked: Day = Field(description="The day on which somebody called and found all this right")

    def row(self, source_id: str) -> dict[str, Any]:
        """The columns of bot.store.partners.Partner."""
        said = self.model_dump(mode="python")
        return {"source_id": source_id, "is_free": said.pop("free"), **said}


class PartnersFile(Part):
    """The whole file."""

    partners: dict[str, PartnerWords]


def read_partners(folder: Path, schools: set[str]) -> dict[str, PartnerWords]:
    """The partners of a folder; none where it has no such file. Raises FilesBroken with every fault."""
    path = folder / FILE
    if not path.exists():
        return {}
    try:
        tree = read_tree(path.read_text(encoding="utf-8"), FILE)
    except (OSError, UnicodeDecodeError) as error:
        raise FilesBroken([Fault(FILE, 1, 1, f"cannot be read: {error}.", "Save it as UTF-8.")]) from None
    found = shaped(tree, PartnersFile).partners
    faults = [
        tree.fault(("partners", id_, "near"), f"`{school}` is no school in orgs.csv.", "Use its sourcedId.")
        for id_, partner in found.items()
        for school in partner.near
        if school not in schools
    ]
    if faults:
        raise FilesBroken(faults)
    return found
