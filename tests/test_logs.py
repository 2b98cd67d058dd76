"""The log tells what happened and where; no token, no password, nothing that somebody typed."""

import asyncio
import io
import json
import logging
from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from discord import app_commands
from pydantic import SecretStr
from sqlalchemy import text

from bot.domain.errors import NotFound, Unavailable
from bot.logs import JsonLines, OutageLog, PlainLines, quieten_tasks, secrets_of
from bot.services.desk import Desk
from bot.settings import Settings
from db.engine import Database, database_url, reach
from db.preferences import keep_draft

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.s3cr3t-t0ken_of-the_b0t-abcdefghijkl"
PASSWORD = "pass/word:with@signs&more"
ADDRESS = f"postgresql://attache:{quote(PASSWORD, '')}@127.0.0.1:1/registry"
KEY = "draft-of-somebody"
TYPED = "the mayor's private number"


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setitem(Settings.model_config, "env_file", None)
    return Settings(token=SecretStr(TOKEN), database_url=SecretStr(ADDRESS))


class Log:
    """A logger of its own in one of the formats."""

    def __init__(self, formatter: logging.Formatter) -> None:
        self.stream = io.StringIO()
        self.logger = logging.Logger("bot.tested", logging.DEBUG)
        handler = logging.StreamHandler(self.stream)
        handler.setFormatter(formatter)
        self.logger.addHandler(handler)

    @property
    def text(self) -> str:
        return self.stream.getvalue()


@pytest.fixture(params=[PlainLines, JsonLines])
def log(request: pytest.FixtureRequest, settings: Settings) -> Log:
    """A log in each format, that knows what to hide."""
    return Log(request.param(secrets_of(settings)))


def failure(error: Exception) -> Exception:
    """The error as it is after it was raised."""
    try:
        raise error
    except Exception as raised:
        return raised


def spellings(secret: str) -> set[str]:
    return {secret, quote(secret, ""), quote(secret)}


# Secrets -------------------------------------------------------------------------------------------------


def test_settings_keep_their_secrets(settings: Settings) -> None:
    """However they are written out."""
    written = f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"
    url = database_url(settings.database_url.get_secret_value())
    written += f"{url} {url!r} {Database(url).url} {Database(url).engine!r}"
    for secret in spellings(TOKEN) | spellings(PASSWORD):
        assert secret not in written


@pytest.mark.parametrize("secret", sorted(spellings(TOKEN) | spellings(PASSWORD)))
def test_secrets_are_hidden_wherever_they_turn_up(log: Log, secret: str) -> None:
    """In a message, in what is put into it, in an error and in the error behind it."""
    log.logger.info(f"connecting with {secret}")
    log.logger.info("connecting to %s", f"postgresql://attache:{secret}@host/registry")
    inner = failure(OSError(f"cannot use {secret}"))
    outer = failure(ConnectionError(f"no connection with {secret}"))
    outer.__cause__ = inner
    log.logger.error("failed", exc_info=outer)
    assert secret not in log.text
    assert log.text.count("***") == 4


async def test_an_unreachable_database_does_not_tell_its_password(log: Log, settings: Settings) -> None:
    """Not in the sentence for people, not in the log; a database that is not told of as away is no different."""
    for address in (ADDRESS, ADDRESS.replace("127.0.0.1:1", "/nowhere"), f"{ADDRESS}?password=anotherpass"):
        database = Database(database_url(address))
        with pytest.raises(Unavailable) as refused:
            await reach(database)
        log.logger.error("%s %s", refused.value, refused.value.values, exc_info=refused.value)
        try:
            async with database.read() as session:
                await session.execute(text("SELECT 1"))
        except Exception as error:
            log.logger.error("%s", type(error), exc_info=error)
    assert "ConnectionRefusedError: database.away: " in log.text
    for secret in spellings(PASSWORD):
        assert secret not in log.text
        assert secret not in f"{refused.value!r} {refused.value.values}"


@pytest.mark.parametrize(
    "address", ["mysql://attache:geheim@host/registry", "postgresql://attache:geheim@host:port/registry"]
)
def test_an_address_that_cannot_be_read_is_hidden_whole(address: str) -> None:
    """Nobody can tell where in it the password is."""
    lines = PlainLines(secrets_of(Settings(database_url=SecretStr(address))))
    record = logging.LogRecord("x", logging.INFO, "", 0, f"reading {address}", (), None)
    assert "geheim" not in lines.format(record)


def test_a_password_in_the_options_of_an_address() -> None:
    """It is one, too."""
    found = secrets_of(Settings(database_url=SecretStr("postgresql://attache@host/registry?password=geheim")))
    assert "geheim" in found


def test_the_tokens_of_answers_are_hidden(log: Log) -> None:
    """Discord's library names the address it could not reach; who knows it could answer in our name."""
    log.logger.warning("429 for %s", "https://discord.com/api/v10/webhooks/123/aW50ZXJhY3Rpb24/messages/1")
    log.logger.warning("429 for /interactions/456/aW50ZXJhY3Rpb24.x-y_z/callback, waiting")
    assert "aW50ZXJhY3Rpb24" not in log.text
    assert "/webhooks/123/***/messages/1" in log.text
    assert "/interactions/456/***/callback, waiting" in log.text


# What users typed ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "error",
    [
        ValueError(f"invalid literal for int() with base 10: {TYPED!r}"),
        KeyError(TYPED),
        TypeError(f"not a partial date: {TYPED!r}"),
        UnicodeEncodeError("ascii", TYPED, 0, 1, "ordinal not in range"),
        NotFound("place.unknown", name=TYPED),
        app_commands.CheckFailure(TYPED),
        ExceptionGroup(TYPED, [ValueError(TYPED)]),
    ],
)
def test_errors_do_not_repeat_what_was_typed(log: Log, error: Exception) -> None:
    """Their type and place are told, also of an error behind another; their words only where they are known."""
    behind = failure(RuntimeError(TYPED))
    behind.__context__ = failure(error)
    log.logger.error("unexpected error, reference %s", "ABC123", exc_info=behind)
    assert TYPED not in log.text
    assert type(error).__name__ in log.text
    assert "in failure" in log.text
    assert "reference ABC123" in log.text


def test_what_helps_is_told(log: Log) -> None:
    """The key of an error of ours, and the words of the system's."""
    log.logger.error("one", exc_info=failure(NotFound("place.unknown", name=TYPED)))
    log.logger.error("two", exc_info=failure(OSError(28, "No space left on device")))
    assert "NotFound: place.unknown" in log.text
    assert "OSError: [Errno 28] No space left on device" in log.text


async def test_the_engine_does_not_repeat_values(log: Log, desk: Desk) -> None:
    """Neither the key that was there already, as PostgreSQL does, nor a number that does not fit."""
    now = datetime(2026, 11, 20, tzinfo=UTC)
    for user in (1, 2**70):
        try:
            for _ in range(2):
                async with desk.database.write() as session:
                    await keep_draft(session, KEY, user, "visit", {"summary": TYPED}, now)
        except Exception as error:
            log.logger.error("failed", exc_info=error)
    assert "Error" in log.text
    for secret in (TYPED, KEY, str(2**70)):
        assert secret not in log.text


async def test_an_outage_has_no_trace(log: Log) -> None:
    """Whoever logs it: what matters is in one line, and everybody who asks meets it."""
    database = Database(database_url("postgresql://me@127.0.0.1:1/registry"))
    try:
        async with database.read() as session:
            await session.execute(text("SELECT 1"))
    except OSError as error:
        log.logger.error("suggestions failed", exc_info=error)
    assert "ConnectionRefusedError: database.away: " in log.text
    assert "File" not in log.text


async def test_a_task_that_nobody_waited_for(caplog: pytest.LogCaptureFixture) -> None:
    """Its error is logged without the words that the event loop would write out."""

    async def fail() -> None:
        raise ValueError(TYPED)

    task = asyncio.create_task(fail())
    await asyncio.wait({task})
    context = {"message": "Task exception was never retrieved", "task": task, "exception": task.exception()}
    quieten_tasks(asyncio.get_running_loop(), context)
    [record] = caplog.records
    told = PlainLines().format(record)
    assert "never retrieved" in told
    assert "ValueError" in told
    assert TYPED not in told


# Lines ---------------------------------------------------------------------------------------------------


def test_json_is_one_object_a_line() -> None:
    """Time in UTC, level, logger, message; reference and exception where there are any; 中文 as it is."""
    log = Log(JsonLines())
    log.logger.info("第一\n行 %s", "one")
    log.logger.error("two", exc_info=failure(OSError("gone")), extra={"reference": "ABC123"})
    first, second = map(json.loads, log.text.splitlines())
    moment = datetime.fromisoformat(first.pop("time"))
    assert moment.utcoffset() is not None
    assert abs(datetime.now(UTC) - moment).total_seconds() < 60
    assert first == {"level": "INFO", "logger": "bot.tested", "message": "第一\n行 one"}
    assert (second["level"], second["message"], second["reference"]) == ("ERROR", "two", "ABC123")
    assert second["exception"].startswith("OSError: gone\n")


def test_plain_lines() -> None:
    """The same for people; the trace of an error comes below."""
    log = Log(PlainLines())
    log.logger.warning("one")
    log.logger.error("two", exc_info=failure(OSError("gone")))
    first, second, third, *_ = log.text.splitlines()
    assert first.endswith("WARNING bot.tested: one")
    assert second.endswith("ERROR bot.tested: two")
    assert third == "OSError: gone"


def test_an_outage_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    """However many people and passes meet it; so is its end, and only after it."""
    outages = OutageLog()
    away = Unavailable("database.away", reason="connection refused")
    with caplog.at_level(logging.INFO, "bot.logs"):
        outages.end()
        for _ in range(5):
            outages.begin(away)
        for _ in range(5):
            outages.end()
        outages.begin(away)
    assert caplog.messages == [
        "database.away: connection refused",
        "the database answers again",
        "database.away: connection refused",
    ]
