"""Who may do what where: roles are granted for a school or for the district, and nothing else is allowed."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final, Literal, get_args

Role = Literal["teacher", "liaison", "administrator", "auditor"]
ROLES: Final[tuple[Role, ...]] = get_args(Role)
"""teacher: the own rostered classes. liaison: families and threads of the own schools and languages.
administrator: everything at the own schools. auditor: reads logs, and nothing else."""


@dataclass(frozen=True, slots=True)
class Grant:
    """One role at one school; at every school of the district where `school_id` is None."""

    role: str
    school_id: int | None = None


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody who is signed in."""

    account_id: int
    name: str
    language: str
    grants: tuple[Grant, ...] = ()
    staff_id: int | None = None
    """The person of the roster: a teacher's classes hang on it"""

    def may(self, roles: Collection[str], school_id: int | None = None) -> bool:
        """Whether one of these roles is granted: at this school, or anywhere where None is asked."""
        return any(
            grant.role in roles and (school_id is None or grant.school_id in (None, school_id))
            for grant in self.grants
        )

    def everywhere(self, roles: Collection[str]) -> bool:
        """Whether one of these roles is granted for the whole district."""
        return any(grant.role in roles and grant.school_id is None for grant in self.grants)

    def schools(self, roles: Collection[str]) -> frozenset[int] | None:
        """Ids of the schools where one of these roles is granted; None: every school."""
        if self.everywhere(roles):
            return None
        return frozenset(
            grant.school_id for grant in self.grants if grant.role in roles and grant.school_id is not None
        )

    def may_grant(self, grants: Iterable[Grant]) -> bool:
        """Whether this person may give or take these: an administrator at the own schools only."""
        return all(
            self.everywhere(["administrator"])
            or (grant.school_id is not None and self.may(["administrator"], grant.school_id))
            for grant in grants
        )
