"""What a question may go on from: "and Prague?" keeps the frame of the question before for ten minutes.

Kept by the process itself, and as queries, not as texts: so short a memory need not outlive a restart, and nobody's
questions lie in the database for it. A button under an answer has what it needs from elsewhere
(`bot.services.asked_queries`).
"""

from datetime import datetime, timedelta

from bot.services.questions import Frame

KEPT, MOST = timedelta(minutes=10), 1_000
"""For how long a frame is kept, and how many at most."""

Conversation = tuple[int, int]
"""A person in a channel, by their ids."""


class Frames:
    """The last question of each person in each channel, and the question of each answer, by the message's id."""

    def __init__(self) -> None:
        self._frames: dict[Conversation | int, tuple[Frame, datetime]] = {}

    def __len__(self) -> int:
        return len(self._frames)

    def keep(self, key: Conversation | int, frame: Frame | None, now: datetime) -> None:
        """Keep what was asked: in a conversation, or by the message that answered it; None lets go of what was."""
        self._frames.pop(key, None)
        if frame is None:
            return
        self._frames[key] = (frame, now)
        while len(self._frames) > MOST:
            del self._frames[next(iter(self._frames))]

    def of(self, key: Conversation | int, now: datetime) -> Frame | None:
        """What was asked there within the time that it is kept."""
        frame, at = self._frames.get(key, (None, now))
        return frame if now - at <= KEPT else None

    def forget(self, user_id: int) -> None:
        """Let go of what this person asked."""
        self._frames = {
            key: held for key, held in self._frames.items() if isinstance(key, int) or key[0] != user_id
        }
