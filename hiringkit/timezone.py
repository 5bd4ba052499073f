"""The one time zone in which times are read and shown; stored, they are UTC.

Every front end chooses it at its start, out of the settings; before that it is UTC. zoneinfo is imported by what needs
it, because `--help` passes through here.
"""

from datetime import UTC, datetime, tzinfo
from typing import Final

from hiringkit.text.sentence import Sentence

UTC_NAME: Final = "UTC"
NO_MOMENT = Sentence("{text!r} is no date and time")
MOMENT_HINT = Sentence("such as 2026-03-02T09:30, in {zone}")
SKIPPED = Sentence("{text} does not exist in {zone}: the clock is put forward over it")
_chosen: list[str] = []


def choose_zone(name: str) -> None:
    """Have times read and shown in this zone from now on, an IANA name that `is_zone`."""
    _chosen[:] = [name]


def zone_name() -> str:
    """Return the name of the zone in which times are read and shown."""
    return _chosen[0] if _chosen else UTC_NAME


def zone() -> tzinfo:
    """Return the zone in which times are read and shown."""
    if zone_name() == UTC_NAME:
        return UTC
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - see above

    return ZoneInfo(zone_name())


def is_zone(name: str) -> bool:
    """Return whether this machine knows a zone of that name."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - see above

    try:
        ZoneInfo(name)
    except (ValueError, OSError):  # hostile names; ZoneInfoNotFoundError is a KeyError
        return False
    except KeyError:
        return False
    return True


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
        return SKIPPED.format(text=text.strip(), zone=zone_name())
    return moment
