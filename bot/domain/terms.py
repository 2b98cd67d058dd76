"""When it is told that the term of a contact ends."""

from bot.domain.contacts import NOTICE_DAYS, Contact
from bot.domain.dates import Precision
from bot.domain.due_dates import Notice, notices

LEADS = (NOTICE_DAYS, 0)
"""How many days before the last day of a term it is told of."""


def term_notices(person: Contact) -> list[Notice]:
    """By day two months ahead and on the day itself; by month on its first; by year in its January.

    Nothing of who has left, or was replaced.
    """
    if person.until is None or person.has_left or person.replaced_by is not None:
        return []
    exact = person.until.precision is Precision.DAY
    return list(notices(person.until, LEADS if exact else LEADS[-1:]))
