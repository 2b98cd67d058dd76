"""Who may see what, and who may do what: scopes of records, standings of offices, roles of people.

Pure rules; `db.scope.visible` writes `may_see` as SQL, and `bot.services.access` asks `refusal` before a service
runs. Tests hold them together.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Scope(StrEnum):
    """How far a record reaches, narrowest first."""

    OFFICE = "office"
    GROUP = "group"
    SHARED = "shared"
    PUBLIC = "public"


class Standing(StrEnum):
    """What an office is to the registry.

    A member keeps its records here. A reader (the Foreign Ministry) reads what is shared and what its groups share,
    and writes nothing. A guest (a partner city's office) sees what is public and, of what is shared, the ties that it
    is party to; it may log what it did itself.
    """

    MEMBER = "member"
    READER = "reader"
    GUEST = "guest"


class Role(StrEnum):
    """What a person may do in an office, weakest first; each may do what those before it may."""

    NOBODY = "nobody"
    READER = "reader"
    LOGGER = "logger"
    EDITOR = "editor"
    ADMINISTRATOR = "administrator"
    OPERATOR = "operator"
    """Who runs Attaché, at the command line. Never mapped to a Discord role."""

    @property
    def rank(self) -> int:
        return _RANKS[self]

    def covers(self, other: "Role") -> bool:
        return self.rank >= other.rank


_RANKS = {role: rank for rank, role in enumerate(Role)}

GIVEN_ROLES = (Role.READER, Role.LOGGER, Role.EDITOR, Role.ADMINISTRATOR)
"""What a Discord role can be mapped to."""

EVERYONE_ROLES = (Role.NOBODY, Role.READER, Role.LOGGER, Role.EDITOR)
"""What people without a mapped role can be."""

DEFAULT_EVERYONE = Role.LOGGER
"""What they are until an administrator says otherwise: in a small town's server everybody is staff."""


class Action(StrEnum):
    """What somebody wants to do; each has its rule in `RULES`."""

    ASK_ABOUT_ONESELF = "ask_about_oneself"
    """Help, one's own language, one's own data: open to all, also without an office."""
    READ = "read"
    LOG = "log"
    EDIT = "edit"
    REMIND = "remind"
    """Look after the office's reminders: put one off, say who is on it, or that it is done."""
    SILENCE = "silence"
    """Mute the reminders of a tie."""
    SET_UP = "set_up"
    ADMINISTER = "administer"
    OPERATE = "operate"


@dataclass(frozen=True, slots=True)
class Rule:
    """The weakest role that may, and in offices of which standing."""

    role: Role
    standings: frozenset[Standing] = frozenset(Standing)
    needs_office: bool = True


RULES: Mapping[Action, Rule] = {
    Action.ASK_ABOUT_ONESELF: Rule(Role.NOBODY, needs_office=False),
    Action.READ: Rule(Role.READER),
    Action.LOG: Rule(Role.LOGGER, frozenset({Standing.MEMBER, Standing.GUEST})),
    Action.EDIT: Rule(Role.EDITOR, frozenset({Standing.MEMBER})),
    Action.REMIND: Rule(Role.LOGGER),
    Action.SILENCE: Rule(Role.EDITOR),
    Action.SET_UP: Rule(Role.ADMINISTRATOR, needs_office=False),
    Action.ADMINISTER: Rule(Role.ADMINISTRATOR),
    Action.OPERATE: Rule(Role.OPERATOR, needs_office=False),
}


class Refusal(StrEnum):
    """Why an action is refused."""

    NO_OFFICE = "no_office"
    ROLE = "role"
    STANDING = "standing"


def refusal(action: Action, role: Role, standing: Standing | None) -> Refusal | None:
    """Why a person of this role, in an office of this standing (None without one), may not; None if they may.

    The operator needs no office, and is bound by no standing.
    """
    rule = RULES[action]
    if not role.covers(rule.role) and (standing is not None or not rule.needs_office):
        return Refusal.ROLE
    if role is Role.OPERATOR:
        return None
    if rule.needs_office and standing is None:
        return Refusal.NO_OFFICE
    if standing is not None and standing not in rule.standings:
        return Refusal.STANDING
    return None


def role_of(
    mapped: Mapping[int, Role],
    everyone: Role,
    held: Iterable[int],
    *,
    manages_server: bool,
    owns_server: bool,
) -> Role:
    """What somebody is in an office, from the Discord roles that they hold.

    `mapped` are the Discord roles that mean something, `everyone` is what people without one are. Whoever manages the
    server is an administrator until some role is mapped to that; whoever owns it always is, so that nobody can lock
    a server out of its office.
    """
    found = [mapped[role_id] for role_id in held if role_id in mapped]
    named = Role.ADMINISTRATOR in mapped.values()
    if owns_server or (manages_server and not named):
        found.append(Role.ADMINISTRATOR)
    return max(found, key=lambda role: role.rank, default=everyone)


@dataclass(frozen=True, slots=True)
class Viewer:
    """Whose eyes: an office, or nobody's (`office_id` None sees what is shared or public).

    `fellows` are the ids of the offices whose group-scoped records it may see: those that keep records and share a
    group with it. `place_id` is the office's place.
    """

    office_id: int | None = None
    standing: Standing = Standing.MEMBER
    place_id: int | None = None
    fellows: frozenset[int] = frozenset()


ANYONE = Viewer()


def may_see(viewer: Viewer, scope: Scope, owner_office_id: int | None, *, party: bool = False) -> bool:
    """Whether a record is seen; `party` says whether the viewer's place, or a predecessor of it, stands in it."""
    if scope is Scope.PUBLIC:
        return True
    if viewer.office_id is not None and viewer.office_id == owner_office_id:
        return True
    if scope is Scope.SHARED:
        return viewer.standing is not Standing.GUEST or party
    return scope is Scope.GROUP and owner_office_id in viewer.fellows


def may_change(viewer: Viewer, owner_office_id: int | None, *, party: bool) -> bool:
    """Whether an office may change a record that it sees: its own, or nobody's if its place stands in it.

    What another office has logged is that office's: to disagree is a note of one's own, not an overwrite.
    """
    if viewer.office_id is None:
        return False
    return party if owner_office_id is None else owner_office_id == viewer.office_id
