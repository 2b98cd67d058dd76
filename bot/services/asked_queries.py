"""Questions as they were read, so that a button under an answer can answer again: after a restart, for others.

Kept is the query, not the question: what somebody typed may say more than what was asked.
"""

import base64
import hashlib
import json
from datetime import timedelta

from bot.domain.access import Action
from bot.domain.errors import NotFound
from bot.questions.query import Query
from bot.questions.written_query import query_document, read_query
from bot.services.access import requires
from bot.services.desk import Caller, Desk
from db import asked_queries as db

KEPT, MOST_KEPT = timedelta(days=90), 2_000
"""For how long a question is kept after it was last asked, and how many of an office at most."""


@requires(Action.READ)
async def keep_query(desk: Desk, caller: Caller, query: Query) -> str:
    """Keep what the caller's office asked, and return its key: the same for the same question."""
    office, now = caller.own_office(), desk.clock()
    document = query_document(query)
    key = _digest(office.id, json.dumps(document, sort_keys=True))
    async with desk.database.write() as session:
        await db.keep_query(session, key, office.id, document, now)
        await db.drop_old_queries(session, office.id, now - KEPT, MOST_KEPT)
    return key


@requires(Action.READ)
async def kept_query(desk: Desk, caller: Caller, key: str) -> Query:
    """What was asked. Raises `NotFound` (`question.gone`): too long ago, in another office, by another release."""
    office = caller.own_office()
    async with desk.database.read() as session:
        document = await db.kept_query(session, key, office.id)
    try:
        return read_query(document or {})
    except ValueError:
        raise NotFound("question.gone") from None


def _digest(office_id: int, document: str) -> str:
    digest = hashlib.sha256(f"{office_id}:{document}".encode()).digest()
    return base64.urlsafe_b64encode(digest[:15]).decode()
