"""Who may take an office: the first server freely, every later one with a code from whoever runs Attaché."""

import hashlib
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest

from bot.domain.access import Action, Role, Standing, Viewer
from bot.domain.errors import BadInput
from bot.domain.offices import INVITATION_KEPT
from bot.domain.places import Place
from bot.services.access import requires
from bot.services.desk import Caller, Desk
from bot.services.gazetteer import place_to_found
from db import invitations as db
from db import offices
from db.audit import record_change
from db.engine import Session
from db.invitations import Invitation
from db.places import insert_places, places_by_id

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""What codes are made of: nothing that is taken for something else when it is read out."""

BLOCKS, BLOCK = 4, 4


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation as the operator passes it on; `code` is kept nowhere."""

    place: Place
    code: str
    standing: Standing
    expires_at: datetime


@requires(Action.OPERATE)
async def invite_office(desk: Desk, caller: Caller, place_text: str, standing: Standing) -> Invited:
    """Make a code with which one server may take the office of a place, once, within `INVITATION_KEPT`.

    An earlier code for the place that nobody has used is good no more. Raises as `place_to_found`, or `BadInput`
    (`office.taken`) where a server has the office.
    """
    now = desk.clock()
    code = "-".join("".join(secrets.choice(LETTERS) for _ in range(BLOCK)) for _ in range(BLOCKS))
    async with desk.database.write() as session:
        place = await founded_place(session, place_text, viewer=None)
        office = await offices.office_of_place(session, place.id)
        if office is not None and office.guild_id is not None:
            raise BadInput("office.taken", place=place)
        invitation = Invitation(hash_of(code), place.id, standing, now + INVITATION_KEPT)
        await db.insert_invitation(session, invitation)
        await record_change(
            session,
            at=now,
            action="office.invited",
            subject=f"place:{place.id}",
            user_id=caller.user_id,
            after={
                "place": place.key,
                "standing": standing.value,
                "expires_at": invitation.expires_at.isoformat(),
            },
        )
    return Invited(place, code, standing, invitation.expires_at)


async def founded_place(session: Session, text: str, viewer: Viewer | None) -> Place:
    """The place that is meant, stored now if it was only in the gazetteer. Raises as `place_to_found`."""
    place = await place_to_found(session, text, viewer=viewer)
    if isinstance(place, Place):
        return place
    place_id = (await insert_places(session, [place]))[place.key]
    return (await places_by_id(session, [place_id]))[place_id]


def hash_of(code: str) -> str:
    """What is kept of a code, however it was typed: case, width, hyphens and spaces do not matter."""
    typed = unicodedata.normalize("NFKC", code).upper()
    letters = "".join(letter for letter in typed if letter.isalnum())
    return hashlib.sha256(letters.encode()).hexdigest()


async def check_invitation(
    session: Session, caller: Caller, place: Place, code_hash: str | None, now: datetime
) -> Invitation | None:
    """The invitation with which the caller's server may take the office of a place, None where it needs none.

    None needs the operator, the server that has the office, and the first server of all. Raises `BadInput`:
    `office.code_needed`, `office.code_wrong`, `office.code_used`, `office.code_expired`.
    """
    office = await offices.office_of_place(session, place.id)
    theirs = office is not None and office.guild_id is not None and office.guild_id == caller.guild_id
    if theirs or caller.role is Role.OPERATOR or not await offices.any_office_taken(session):
        return None
    if code_hash is None:
        raise BadInput("office.code_needed", place=place)
    invitations = await db.invitations_to(session, place.id)
    found = [each for each in invitations if compare_digest(each.code_hash, code_hash)]
    if not found:
        raise BadInput("office.code_wrong", place=place)
    if found[0].used_at is not None:
        raise BadInput("office.code_used", place=place)
    if found[0].expires_at <= now:
        raise BadInput("office.code_expired", place=place)
    return found[0]


async def redeem(
    session: Session, caller: Caller, place: Place, code_hash: str | None, now: datetime
) -> Standing | None:
    """Use up the invitation and return the standing that it gives, None where none was needed.

    Raises as `check_invitation`; call it where no other server can take an office meanwhile (`db.holds`).
    """
    invitation = await check_invitation(session, caller, place, code_hash, now)
    if invitation is None:
        return None
    if not await db.use_invitation(session, invitation.code_hash, now):
        raise BadInput("office.code_used", place=place)
    return invitation.standing
