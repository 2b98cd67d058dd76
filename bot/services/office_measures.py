"""What an office measures its ties by: cadences, the weights of their health, and when it is told of quiet ones."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.access import Action
from bot.domain.dormancy import read_cadence
from bot.domain.health import DEFAULT_WEIGHTS, Aspect, read_weights
from bot.domain.offices import Office, Weekday, WeeklyList, read_hour
from bot.domain.partnerships import Kind
from bot.services.access import requires
from bot.services.desk import Caller, Desk
from bot.services.office_settings import changing_office, office_as_stored, read_word
from db.office_measures import set_cadences, set_weekly_list, set_weights


@requires(Action.ADMINISTER)
async def change_cadence(desk: Desk, caller: Caller, kind: Kind, months: int | None, version: int) -> Office:
    """Let the caller's office expect an exchange with ties of a kind every so many months; None: as built in.

    Raises `BadInput` (`cadence.out_of_range`); `ChangedMeanwhile` as `change_posting`.
    """
    own = {} if months is None else {kind: read_cadence(months)}
    async with changing_office(desk, caller, version) as (session, office):
        others = {each: number for each, number in office.cadences.items() if each is not kind}
        await set_cadences(session, office.id, others | own)
    return await office_as_stored(desk, office)


@requires(Action.ADMINISTER)
async def change_weights(
    desk: Desk, caller: Caller, changed: Mapping[Aspect, int] | None, version: int
) -> Office:
    """Change what aspects weigh in the caller's office, the others staying as they are; None: as built in.

    Raises as `read_weights`; `ChangedMeanwhile` as `change_posting`.
    """
    async with changing_office(desk, caller, version) as (session, office):
        known = office.weights or DEFAULT_WEIGHTS
        weights = {} if changed is None else read_weights({**known, **changed})
        await set_weights(session, office.id, {} if weights == DEFAULT_WEIGHTS else weights)
    return await office_as_stored(desk, office)


@dataclass(frozen=True, slots=True)
class WeeklyListForm:
    """When somebody wants the weekly list, as it was chosen; nothing of it is trusted."""

    day: str
    hour: str


@requires(Action.ADMINISTER)
async def change_weekly_list(desk: Desk, caller: Caller, form: WeeklyListForm, version: int) -> Office:
    """Change when the caller's office is told of its quiet ties.

    Raises `BadInput` (`office.not_offered`, `office.hour_unreadable`); `ChangedMeanwhile` as `change_posting`.
    """
    when = WeeklyList(read_word(Weekday, form.day), read_hour(form.hour))
    async with changing_office(desk, caller, version) as (session, office):
        await set_weekly_list(session, office.id, when)
    return await office_as_stored(desk, office)
