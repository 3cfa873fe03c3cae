"""Which institution is visited when: days of two halves, with time to get from one to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

HALVES = ((9 * 60, 12 * 60 + 30), (14 * 60, 17 * 60))  # minutes after midnight
WAY = 30  # minutes from one institution to the next
STEP = 15  # sessions begin at full quarters
OPENING_MINUTES, VALIDATION_MINUTES, DEBRIEF_MINUTES = 60, 180, 60


class Kind(StrEnum):
    """What happens in a session."""

    OPENING = "opening"
    INTERVIEW = "interview"
    VALIDATION = "validation"  # all institutions agree on values, with dissent
    DEBRIEF = "debrief"


@dataclass(frozen=True, slots=True)
class Session:
    """One line of the agenda."""

    day: int  # 1 for the first
    begin: int  # minutes after midnight
    end: int
    kind: Kind
    institution: str = ""  # of an interview


def timetable(interviews: Sequence[tuple[str, int]]) -> tuple[Session, ...]:
    """Opening, the interviews in their order, and a last day to agree on what was found.

    `interviews` are institutions with minutes. One longer than a half day takes the half day.
    """
    found: list[Session] = []
    clock = _Clock()
    for kind, institution, minutes in (
        (Kind.OPENING, "", OPENING_MINUTES),
        *((Kind.INTERVIEW, code, minutes) for code, minutes in interviews),
    ):
        found.append(clock.next(kind, institution, minutes))
    clock.next_day()
    found.append(clock.next(Kind.VALIDATION, "", VALIDATION_MINUTES))
    found.append(clock.next(Kind.DEBRIEF, "", DEBRIEF_MINUTES))
    return tuple(found)


class _Clock:
    """The next free time of a mission."""

    def __init__(self) -> None:
        self.day, self.half, self.free = 1, 0, HALVES[0][0]

    def next(self, kind: Kind, institution: str, minutes: int) -> Session:
        length = -(-minutes // STEP) * STEP
        begin, end = HALVES[self.half]
        if self.free + length > end and self.free > begin:
            self._next_half()
        begin, end = self.free, min(self.free + length, HALVES[self.half][1])
        session = Session(self.day, begin, end, kind, institution)
        self.free = end + WAY
        if self.free >= HALVES[self.half][1]:
            self._next_half()
        return session

    def next_day(self) -> None:
        """Go to the morning of the next day, unless nothing has taken place on this one."""
        if (self.half, self.free) != (0, HALVES[0][0]):
            self.day, self.half, self.free = self.day + 1, 0, HALVES[0][0]

    def _next_half(self) -> None:
        if self.half == 0:
            self.half = 1
        else:
            self.day, self.half = self.day + 1, 0
        self.free = HALVES[self.half][0]


def working_days(start: date, count: int, iso3: str) -> tuple[date, ...]:
    """The first `count` days from `start` that are no weekend in the country.

    Weekends are those of the Unicode CLDR; Saturday and Sunday for a country it does not know.
    Public holidays are not known: the focal point says.
    """
    off = weekend(iso3)
    days: list[date] = []
    day = start
    while len(days) < count:
        if day.weekday() not in off:
            days.append(day)
        day += timedelta(days=1)
    return tuple(days)


def weekend(iso3: str) -> frozenset[int]:
    """Days of the week without work, Monday as 0."""
    import pycountry
    from babel import Locale, UnknownLocaleError

    known = pycountry.countries.get(alpha_3=iso3)
    try:
        place = Locale.parse(f"und_{known.alpha_2}" if known else "en_GB")
    except UnknownLocaleError:
        place = Locale.parse("en_GB")
    first, last = place.weekend_start, place.weekend_end
    return frozenset((first + passed) % 7 for passed in range((last - first) % 7 + 1))
