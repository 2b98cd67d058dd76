"""Groups: offices that share records with each other, such as the six municipalities.

An office is invited by a member and joins when it accepts. What it then keeps with the scope `group` is seen by the
others at once, and no longer seen from the moment it leaves.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.access import Standing
from bot.domain.errors import BadInput, NotFound
from bot.domain.names import clean, fold, slug
from bot.domain.places import Place

MAX_GROUP_NAME = 80


class MembershipState(StrEnum):
    """An office is invited by a member, and joins when it accepts."""

    INVITED = "invited"
    JOINED = "joined"


@dataclass(frozen=True, slots=True)
class Membership:
    """An office of a group, or invited to it, `since` then (UTC)."""

    office_id: int
    place: Place
    standing: Standing
    state: MembershipState
    since: datetime


@dataclass(frozen=True, slots=True)
class Group:
    """A group with its offices, by name of their places. Readers among them read what the members share.

    A group without members is one that the operator has just founded: that of the last one to leave is dissolved.
    """

    id: int
    key: str
    name_en: str
    name_zh: str | None
    memberships: Sequence[Membership] = ()

    @property
    def answers_to(self) -> frozenset[str]:
        """The folded forms of its key and its names; no two groups share one."""
        return frozenset(fold(name) for name in (self.key, self.name_en, self.name_zh) if name)

    @property
    def joined(self) -> list[Membership]:
        return [each for each in self.memberships if each.state is MembershipState.JOINED]

    @property
    def members(self) -> list[Membership]:
        """Those who keep records in it: they found it, invite, and are seen by the others."""
        return [each for each in self.joined if each.standing is Standing.MEMBER]

    @property
    def readers(self) -> list[Membership]:
        return [each for each in self.joined if each.standing is Standing.READER]

    @property
    def invited(self) -> list[Membership]:
        return [each for each in self.memberships if each.state is MembershipState.INVITED]

    def membership_of(self, office_id: int) -> Membership | None:
        return next((each for each in self.memberships if each.office_id == office_id), None)

    def has_joined(self, office_id: int) -> bool:
        return any(each.office_id == office_id for each in self.joined)

    def ends_without(self, office_id: int) -> bool:
        """Whether its leaving dissolves the group: its last member goes, or the last of any."""
        left = [each for each in self.joined if each.office_id != office_id]
        was_member = any(each.office_id == office_id for each in self.members)
        return not left or (was_member and all(each.standing is not Standing.MEMBER for each in left))


def may_belong(standing: Standing) -> bool:
    """A guest keeps to what it is party to, and belongs to no group."""
    return standing is not Standing.GUEST


def new_key(name: str, taken: Sequence[Group]) -> str:
    """A key for a group of this name that no group answers to: its Latin letters, with a number where needed."""
    base = slug(name)[:60].strip("-") or "group"
    answered = frozenset[str]().union(*(group.answers_to for group in taken))
    if base != "group" and fold(base) not in answered:
        return base
    number = 2
    while fold(f"{base}-{number}") in answered:
        number += 1
    return f"{base}-{number}"


def read_group_name(text: str) -> str:
    """A name that a group can have, on one line. Raises `BadInput`: `group.name_unreadable`, `group.name_too_long`."""
    name = " ".join(clean(text).split())
    if not fold(name):
        raise BadInput("group.name_unreadable")
    if len(name) > MAX_GROUP_NAME:
        raise BadInput("group.name_too_long", length=len(name), most=MAX_GROUP_NAME)
    return name


def named(groups: Sequence[Group], text: str, key: str = "group.unknown") -> Group:
    """The one of `groups` that the text names. Raises `NotFound` with the key, also for one that is not of them."""
    for group in groups:
        if fold(text) in group.answers_to:
            return group
    raise NotFound(key, text=clean(text)[:MAX_GROUP_NAME])


def check_outside(group: Group, office_id: int, place: Place, standing: Standing) -> None:
    """See that an office can belong to a group, and is neither in it nor invited.

    Raises `BadInput`: `group.guest`, `group.joined_already`, `group.invited_already`.
    """
    if not may_belong(standing):
        raise BadInput("group.guest", place=place)
    known = group.membership_of(office_id)
    if known is not None:
        joined = known.state is MembershipState.JOINED
        raise BadInput(
            "group.joined_already" if joined else "group.invited_already", place=place, group=group
        )
