"""How times of day are written in running text."""

import re
from datetime import date, time

from bot.domain.date_reading import NUMBER, chinese_number, wall_time
from bot.questions.times.reading import Clock


def _written(which: str) -> str:
    """9 am, 9:30, 9 o'clock, 上午九點半, 14時; the names of the groups end with `which`."""
    minutes = rf"(?:(?P<half{which}>半)|(?P<min{which}>{NUMBER})分(?!鐘))?"
    behind_hour = (
        rf":(?P<minute{which}>[0-5]\d)"
        rf"|(?:點(?:鐘)?|時(?![間候差區代任程段節常尚]))(?!多|左右){minutes}"
        r"|(?=\s*[ap]\.?m\b)|(?=\s*o'clock)"
    )
    return (
        rf"(?:(?P<part{which}>凌晨|早上|上午|中午|下午|晚上)\s*)?(?P<hour{which}>{NUMBER})(?:{behind_hour})"
        rf"(?:\s*(?P<ampm{which}>[ap])\.?m\b\.?|\s*o'clock)?"
    )


_TIME = (
    r"(?:\b(?:at|from|around)\s+|@\s*)?"
    rf"(?<![\d:.]){_written('')}(?:\s*(?:-|–|—|~|to|until|till|至|到)\s*{_written('2')})?(?![\d:])"
)


def _clock(match: re.Match[str], _: date) -> Clock | None:
    """The time, and until when; what contradicts itself (14:00 am) is none."""
    hour, minute, part = _parts(match, "")
    if match["hour2"] is None:
        at = wall_time(hour, minute, part)
        return Clock(at) if at else None
    hour2, minute2, part2 = _parts(match, "2")
    at = wall_time(hour, minute, part or (part2 if hour <= hour2 else None))
    until = wall_time(hour2, minute2, part2 or (part if hour <= hour2 else None))
    return Clock(at, until) if at and until and at < until else None


def _parts(match: re.Match[str], which: str) -> tuple[int, int, str | None]:
    minutes = match[f"minute{which}"] or match[f"min{which}"] or "0"
    minute = 30 if match[f"half{which}"] else chinese_number(minutes)
    ampm = match[f"ampm{which}"]
    return chinese_number(match[f"hour{which}"]), minute, f"{ampm}m" if ampm else match[f"part{which}"]


CLOCKS = (
    (_TIME, _clock),
    (r"\b(?:at\s+)?(?:noon|midday)\b", lambda _, __: Clock(time(12))),
)
