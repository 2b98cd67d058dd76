"""What is counted for Prometheus: interactions, posts, and how the outbox and the database stand.

`prometheus-client` is an optional part (`attache[metrics]`); without it nothing is counted.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.reminders import ReminderState


@dataclass(frozen=True, slots=True)
class Standing:
    """How things stand at the moment of asking; the outbox is unknown while the database is away."""

    database_up: bool
    last_pass_at: datetime | None
    outbox: Mapping[ReminderState, int] = field(default_factory=dict)


class Meter:
    """Counts nothing: what the bot is handed where nobody asks for metrics."""

    content_type = "text/plain"

    def interaction(self, kind: str, command: str, outcome: str, seconds: float) -> None:
        """One interaction has ended: `kind` is command, suggestions, button or form."""

    def post(self, outcome: str) -> None:
        """One post of the outbox was sent, cancelled, blocked, or will be tried again."""

    def page(self, standing: Standing) -> bytes | None:
        """Everything in Prometheus' text format, or None without the library."""
        return None


class PrometheusMeter(Meter):
    """Counts in a registry of its own. Raises `ImportError` where `prometheus-client` is not installed."""

    def __init__(self) -> None:
        from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram

        self.content_type = CONTENT_TYPE_LATEST
        self._registry = registry = CollectorRegistry()
        self._interactions = Counter(
            "attache_interactions", "Interactions that have ended.", ("kind", "command", "outcome"),
            registry=registry,
        )  # fmt: skip
        self._seconds = Histogram(
            "attache_interaction_seconds", "Seconds until an interaction ended.", ("kind",), registry=registry
        )
        self._posts = Counter(
            "attache_posts", "Posts taken from the outbox.", ("outcome",), registry=registry
        )
        self._outbox = Gauge("attache_outbox", "Rows of the outbox.", ("state",), registry=registry)
        self._last_pass = Gauge(
            "attache_last_pass_timestamp_seconds", "When the last reminder pass ended.", registry=registry
        )
        self._database_up = Gauge("attache_database_up", "Whether the database answers.", registry=registry)

    def interaction(self, kind: str, command: str, outcome: str, seconds: float) -> None:
        self._interactions.labels(kind, command, outcome).inc()
        self._seconds.labels(kind).observe(seconds)

    def post(self, outcome: str) -> None:
        self._posts.labels(outcome).inc()

    def page(self, standing: Standing) -> bytes | None:
        from prometheus_client import generate_latest

        self._database_up.set(standing.database_up)
        if standing.last_pass_at:
            self._last_pass.set(standing.last_pass_at.timestamp())
        if standing.database_up:
            for state in ReminderState:
                self._outbox.labels(state.value).set(standing.outbox.get(state, 0))
        else:
            self._outbox.clear()
        return generate_latest(self._registry)


def make_meter() -> Meter:
    """A meter that counts, or where the library is not installed one that does not."""
    try:
        return PrometheusMeter()
    except ImportError:
        return Meter()
