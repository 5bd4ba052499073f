"""The one time zone in which times are read and shown; stored, they are UTC.

It is that of the settings. zoneinfo is imported by what needs it, because `--help` passes through here.
"""

from collections.abc import Callable
from datetime import UTC, datetime, tzinfo

from hiringkit.settings import UTC_NAME, zone_in_use
from hiringkit.text.sentence import Sentence

Clock = Callable[[], datetime]
"""Returns the present moment in UTC; an argument wherever the time matters, so that tests set it."""

NO_MOMENT = Sentence("{text!r} is no date and time")
MOMENT_HINT = Sentence("such as 2026-03-02T09:30, in {zone}")
SKIPPED = Sentence("{text} does not exist in {zone}: the clock is put forward over it")


def zone() -> tzinfo:
    """Return the zone in which times are read and shown."""
    if zone_in_use() == UTC_NAME:
        return UTC
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - see above

    return ZoneInfo(zone_in_use())


def local(time: datetime) -> datetime:
    """Return a time in the zone in which times are shown."""
    return time.astimezone(zone())


def parse_moment(text: str) -> datetime | Sentence:
    """Read a date and time, in the chosen zone unless it names its distance from UTC.

    Returns:
        The moment in UTC, or what is wrong. Where the clock is put back and a time comes twice, the first is meant;
        `+01:00` behind it names the second.
    """
    try:
        given = datetime.fromisoformat(text.strip())
    except ValueError:
        return NO_MOMENT.format(text=text)
    if len(text.strip()) <= len("2026-03-02"):
        return NO_MOMENT.format(text=text)
    if given.tzinfo is not None:
        return given.astimezone(UTC)
    moment = given.replace(tzinfo=zone()).astimezone(UTC)
    if local(moment).replace(tzinfo=None) != given:
        return SKIPPED.format(text=text.strip(), zone=zone_in_use())
    return moment
