"""The words of an office for kinds of ties: which act it calls a friendship city."""

from bot.domain.access import Action
from bot.domain.kind_rules import read_rule
from bot.domain.offices import Office
from bot.domain.partnerships import Kind
from bot.services.access import requires
from bot.services.desk import Caller, Desk
from bot.services.office_settings import changing_office, office_as_stored
from db.offices import set_kind_rule


@requires(Action.ADMINISTER)
async def change_kind_rule(
    desk: Desk, caller: Caller, kind: Kind, text_en: str, text_zh: str, version: int
) -> Office:
    """Let the caller's office, which stood at `version` when it was read, call a kind of tie so.

    With both texts empty the built-in rule is back. Raises as `read_rule`; `ChangedMeanwhile` as `change_posting`.
    """
    rule = read_rule(kind, text_en, text_zh)
    async with changing_office(desk, caller, version) as (session, office):
        await set_kind_rule(session, office.id, kind, rule)
    return await office_as_stored(desk, office)
