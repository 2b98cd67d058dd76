"""Who may see and do what: the rules as tables."""

from itertools import product

import pytest

from bot.domain.access import (
    ANYONE,
    EVERYONE_ROLES,
    GIVEN_ROLES,
    RULES,
    Action,
    Refusal,
    Role,
    Scope,
    Standing,
    Viewer,
    may_change,
    may_see,
    refusal,
    role_of,
)

A, R, S, N = None, Refusal.ROLE, Refusal.STANDING, Refusal.NO_OFFICE

# Rows: role. Columns: ask about oneself, read, log, edit, set up, administer.
ACTIONS = (
    Action.ASK_ABOUT_ONESELF,
    Action.READ,
    Action.LOG,
    Action.EDIT,
    Action.SET_UP,
    Action.ADMINISTER,
)
ALLOWED = {
    Standing.MEMBER: {
        Role.NOBODY: (A, R, R, R, R, R),
        Role.READER: (A, A, R, R, R, R),
        Role.LOGGER: (A, A, A, R, R, R),
        Role.EDITOR: (A, A, A, A, R, R),
        Role.ADMINISTRATOR: (A, A, A, A, A, A),
        Role.OPERATOR: (A, A, A, A, A, A),
    },
    Standing.READER: {
        Role.NOBODY: (A, R, R, R, R, R),
        Role.READER: (A, A, R, R, R, R),
        Role.LOGGER: (A, A, S, R, R, R),
        Role.EDITOR: (A, A, S, S, R, R),
        Role.ADMINISTRATOR: (A, A, S, S, A, A),
        Role.OPERATOR: (A, A, A, A, A, A),
    },
    Standing.GUEST: {
        Role.NOBODY: (A, R, R, R, R, R),
        Role.READER: (A, A, R, R, R, R),
        Role.LOGGER: (A, A, A, R, R, R),
        Role.EDITOR: (A, A, A, S, R, R),
        Role.ADMINISTRATOR: (A, A, A, S, A, A),
        Role.OPERATOR: (A, A, A, A, A, A),
    },
    None: {
        Role.NOBODY: (A, N, N, N, R, N),
        Role.ADMINISTRATOR: (A, N, N, N, A, N),
        Role.OPERATOR: (A, A, A, A, A, A),
    },
}


@pytest.mark.parametrize(("standing", "role"), [(s, r) for s, rows in ALLOWED.items() for r in rows])
def test_what_each_role_may(standing: Standing | None, role: Role) -> None:
    """The whole table: what is allowed, and why the rest is refused."""
    assert tuple(refusal(action, role, standing) for action in ACTIONS) == ALLOWED[standing][role]


def test_operating_is_the_operators_alone() -> None:
    """No role that a server can give reaches it."""
    for standing, role in product((*Standing, None), Role):
        assert (refusal(Action.OPERATE, role, standing) is None) == (role is Role.OPERATOR)


def test_every_action_has_a_rule_and_roles_are_ordered() -> None:
    """And neither nobody nor the operator can be given to a Discord role."""
    assert set(RULES) == set(Action)
    assert [role.rank for role in Role] == list(range(len(Role)))
    assert set(GIVEN_ROLES) == set(Role) - {Role.NOBODY, Role.OPERATOR}
    assert Role.ADMINISTRATOR not in EVERYONE_ROLES


@pytest.mark.parametrize(
    ("mapped", "held", "manages", "owns", "expected"),
    [
        ({}, [], False, False, Role.LOGGER),
        ({}, [], True, False, Role.ADMINISTRATOR),
        ({7: Role.EDITOR}, [7], False, False, Role.EDITOR),
        ({7: Role.EDITOR}, [8], False, False, Role.LOGGER),
        ({7: Role.EDITOR}, [8], True, False, Role.ADMINISTRATOR),
        ({7: Role.ADMINISTRATOR}, [8], True, False, Role.LOGGER),
        ({7: Role.ADMINISTRATOR}, [8], True, True, Role.ADMINISTRATOR),
        ({7: Role.ADMINISTRATOR}, [7], False, False, Role.ADMINISTRATOR),
        ({7: Role.READER, 8: Role.EDITOR}, [7, 8], False, False, Role.EDITOR),
        ({7: Role.READER}, [7], False, False, Role.READER),
    ],
)
def test_roles_from_discord(
    mapped: dict[int, Role], held: list[int], manages: bool, owns: bool, expected: Role
) -> None:
    """The strongest role held counts; managing the server counts until administrators are named."""
    assert role_of(mapped, Role.LOGGER, held, manages_server=manages, owns_server=owns) is expected


OFFICE = Viewer(1, Standing.MEMBER, 10, frozenset({2}))
MINISTRY = Viewer(3, Standing.READER, 30, frozenset({1, 2}))
GUEST = Viewer(4, Standing.GUEST, 40)
SEES = [
    # viewer, scope, owner, party, seen
    (OFFICE, Scope.OFFICE, 1, False, True),
    (OFFICE, Scope.OFFICE, 2, True, False),
    (OFFICE, Scope.OFFICE, None, True, False),
    (OFFICE, Scope.GROUP, 2, False, True),
    (OFFICE, Scope.GROUP, 5, True, False),
    (OFFICE, Scope.GROUP, None, True, False),
    (OFFICE, Scope.SHARED, 5, False, True),
    (MINISTRY, Scope.GROUP, 1, False, True),
    (MINISTRY, Scope.OFFICE, 1, False, False),
    (MINISTRY, Scope.GROUP, 5, False, False),
    (MINISTRY, Scope.SHARED, None, False, True),
    (GUEST, Scope.SHARED, 1, True, True),
    (GUEST, Scope.SHARED, 1, False, False),
    (GUEST, Scope.GROUP, 1, True, False),
    (GUEST, Scope.OFFICE, 1, True, False),
    (GUEST, Scope.OFFICE, 4, True, True),
    (GUEST, Scope.PUBLIC, None, False, True),
    (ANYONE, Scope.SHARED, 1, False, True),
    (ANYONE, Scope.PUBLIC, None, False, True),
    (ANYONE, Scope.GROUP, 1, True, False),
    (ANYONE, Scope.OFFICE, None, True, False),
]


@pytest.mark.parametrize(("viewer", "scope", "owner", "party", "seen"), SEES)
def test_what_each_viewer_sees(
    viewer: Viewer, scope: Scope, owner: int | None, party: bool, seen: bool
) -> None:
    """An office's own, its group's, what is shared; a guest of that only what it is party to."""
    assert may_see(viewer, scope, owner, party=party) is seen


@pytest.mark.parametrize(
    ("viewer", "owner", "party", "allowed"),
    [
        (OFFICE, 1, False, True),
        (OFFICE, 2, True, False),
        (OFFICE, None, True, True),
        (OFFICE, None, False, False),
        (ANYONE, None, True, False),
        (ANYONE, 1, True, False),
    ],
)
def test_whose_record_it_is(viewer: Viewer, owner: int | None, party: bool, allowed: bool) -> None:
    """An office changes its own records, and what came without an owner if its place stands in it."""
    assert may_change(viewer, owner, party=party) is allowed
