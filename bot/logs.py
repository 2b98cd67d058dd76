"""The log: lines for people or JSON for machines, without secrets and without what users typed."""

import asyncio
import json
import logging
import re
import traceback
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, quote_plus

import discord

from bot.domain.errors import AttacheError, Unavailable
from bot.services.faults import outage
from bot.settings import Settings
from db.engine import EngineError, database_url, reason_of
from db.faults import names_values

log = logging.getLogger(__name__)

HIDDEN = "***"

SHORTEST = 4
"""A password of fewer letters is none, and hiding it would make holes in every word."""

INTERACTION_TOKEN = re.compile(r"(/(?:webhooks|interactions)/\d+/)[^\s/?\"']+")
"""Discord's addresses of answers hold a token that is good for a quarter of an hour."""


def set_up_logging(settings: Settings) -> None:
    """Log to standard error as the settings say; the libraries' own messages only from warnings on."""
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # nobody here talks
    handler = logging.StreamHandler()
    hidden = secrets_of(settings)
    handler.setFormatter(JsonLines(hidden) if settings.log_format == "json" else PlainLines(hidden))
    level = getattr(logging, settings.log_level)
    logging.basicConfig(handlers=[handler], level=level, force=True)
    for library in ("aiohttp", "alembic", "asyncio", "discord", "sqlalchemy"):
        logging.getLogger(library).setLevel(max(logging.WARNING, level))


def secrets_of(settings: Settings) -> list[str]:
    """The token and the database's password, in every spelling in which they may turn up; the longest first."""
    found = [settings.token.get_secret_value().strip()] if settings.token else []
    address = settings.database_url.get_secret_value()
    try:
        url = database_url(address)
    except Unavailable:
        found.append(address)  # wherever the password may be in it
    else:
        asked = url.query.get("password", ())
        found += [str(url.password or ""), *((asked,) if isinstance(asked, str) else asked)]
    spellings = {
        spelling
        for secret in found
        if len(secret) >= SHORTEST
        for spelling in (secret, quote(secret), quote(secret, ""), quote_plus(secret))
    }
    return sorted(spellings, key=len, reverse=True)


class PlainLines(logging.Formatter):
    """One line a message, and under it the trace of an exception."""

    def __init__(self, hidden: Iterable[str] = ()) -> None:
        super().__init__()
        self._hidden = tuple(hidden)

    def format(self, record: logging.LogRecord) -> str:
        line = f"{_moment(record)} {record.levelname} {record.name}: {record.getMessage()}"
        return self._without_secrets("\n".join([line, *_trace(record)]))

    def _without_secrets(self, text: str) -> str:
        for secret in self._hidden:
            text = text.replace(secret, HIDDEN)
        return INTERACTION_TOKEN.sub(rf"\1{HIDDEN}", text)


class JsonLines(PlainLines):
    """One JSON object a line: `time` in UTC, `level`, `logger`, `message`; `reference` and `exception` if any."""

    def format(self, record: logging.LogRecord) -> str:
        document: dict[str, Any] = {
            "time": _moment(record),
            "level": record.levelname,
            "logger": record.name,
            "message": self._without_secrets(record.getMessage()),
        }
        if reference := getattr(record, "reference", None):
            document["reference"] = reference
        if trace := _trace(record):
            document["exception"] = self._without_secrets("\n".join(trace))
        return json.dumps(document, ensure_ascii=False)


def _moment(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


def _trace(record: logging.LogRecord) -> list[str]:
    """What an error has to tell; of a database that is away or busy just that, as everybody who asks meets it."""
    error = record.exc_info[1] if record.exc_info else None
    if error and (away := outage(error)):
        return [f"{type(error).__name__}: {away.key}: {away.values['reason']}"]
    return [line for link in _chain(error) for line in _told(link)]


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error, then what it came from, and so on back."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _told(error: BaseException) -> Iterator[str]:
    """An error with where it was raised. Its own words only where they cannot be what somebody typed."""
    yield f"{type(error).__name__}{_words(error)}"
    yield from "".join(traceback.format_tb(error.__traceback__)).splitlines()


def _words(error: BaseException) -> str:
    match error:
        case AttacheError() | discord.HTTPException() | discord.ConnectionClosed():
            words = str(error)
        case OSError() | ImportError() | NameError() | AttributeError():
            words = str(error)
        case EngineError() if not names_values(error):
            words = reason_of(error)
        case _:
            return ""
    return f": {words}" if words else ""


def quieten_tasks(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """For `loop.set_exception_handler`: the default one writes out the task, with the words of its error."""
    log.error("%s", context["message"], exc_info=context.get("exception"))


class OutageLog:
    """Says once that the database, or something else, cannot be worked with, and once that it is `over`."""

    def __init__(self, over: str = "the database answers again") -> None:
        self._over = over
        self._told = False

    def begin(self, outage: Unavailable) -> None:
        if not self._told:
            log.warning("%s: %s", outage.key, ", ".join(str(value) for value in outage.values.values()))
        self._told = True

    def end(self) -> None:
        if self._told:
            log.info(self._over)
        self._told = False
