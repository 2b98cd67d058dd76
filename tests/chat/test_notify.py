"""The one role that an office chose is all that a reminder can notify, whatever stands in its text."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from bot.delivery import Delivery
from bot.services.desk import Desk
from db.tables import OfficeRow, PlaceRow
from tests.chat.conftest import Stage

EVENING = datetime(2026, 6, 29, 12, 0, tzinfo=UTC)
"""The evening before sixty years since the signing with Busan."""

HOSTILE = "@everyone <@&4321> <@1234> @here Busan"


class Mover:
    def __init__(self) -> None:
        self.now = EVENING

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def mover() -> Mover:
    return Mover()


@pytest.fixture
def seeded_desk(seeded_desk: Desk, mover: Mover) -> Desk:
    """The starter data on that evening, with a place that was given a name full of mentions."""
    return replace(seeded_desk, clock=mover)


async def posted(stage: Stage, mover: Mover, role_id: int | None) -> list[dict[str, Any]]:
    """The bodies of the messages that the day's pass sent, as Discord got them."""
    async with stage.desk.database.write() as session:
        await session.execute(update(OfficeRow).values(notify_role_id=role_id))
        named = {"name_en": HOSTILE, "name_zh": HOSTILE}
        await session.execute(update(PlaceRow).where(PlaceRow.key == "busan-kr").values(**named))
    mover.now = EVENING + timedelta(hours=14)
    stage.env.http_requests.clear()
    await Delivery(stage.desk, stage.env.bot).make_pass()
    sent = [each.json for each in stage.env.http_requests if each.path.endswith("/messages")]
    assert sent
    return [body for body in sent if isinstance(body, dict)]


@pytest.mark.usefixtures("no_pings")
async def test_the_chosen_role_is_notified(stage: Stage, mover: Mover) -> None:
    """By its mention above the post, with leave to notify that role and nothing else."""
    role = stage.guild.create_role("protocol", mentionable=True)
    for body in await posted(stage, mover, role.id):
        assert body["content"] == f"<@&{role.id}>"
        allowed = body["allowed_mentions"]
        assert allowed["parse"] == []
        assert [int(each) for each in allowed["roles"]] == [role.id]
        assert not allowed.get("users")
        assert not allowed.get("replied_user")
        assert "@everyone" not in str(body["embeds"])
        assert "<@" not in str(body["embeds"])


@pytest.mark.usefixtures("no_pings")
async def test_without_a_role_nobody_is(stage: Stage, mover: Mover) -> None:
    """As every office begins: no content, and leave to notify nobody."""
    for body in await posted(stage, mover, None):
        assert not body.get("content")
        assert body["allowed_mentions"]["parse"] == []
        assert not body["allowed_mentions"].get("roles")
