"""Events as a calendar file, iCalendar (RFC 5545)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta

from hiringkit.report.model import Event
from hiringkit.text.clean import clean_line, clean_text

_LONGEST_LINE = 75
"""Octets, without the line end (RFC 5545, 3.1)."""
_NO_PARAMETER = re.compile(r'["\x00-\x1f\x7f]')
_ADDRESS = re.compile(r"[^\s@<>\"',;:\\]+@[^\s@<>\"',;:\\]+", re.ASCII)


def render_calendar(events: Sequence[Event], now: datetime) -> str:
    """Return a calendar; lines end with CR and LF, and none is longer than 75 octets."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//hiringkit//hiringkit//EN", "METHOD:PUBLISH"]
    for event in events:
        lines += _event(event, now)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(event: Event, now: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(event.id)}@hiringkit"
    yield f"DTSTAMP:{_time(now)}"
    yield f"DTSTART:{_time(event.start)}"
    yield f"DTEND:{_time(event.start + timedelta(minutes=event.minutes))}"
    yield f"SUMMARY:{_text(clean_line(event.summary))}"
    if event.description:
        yield f"DESCRIPTION:{_text(clean_text(event.description))}"
    if event.location:
        yield f"LOCATION:{_text(clean_line(event.location))}"
    yield "STATUS:CANCELLED" if event.cancelled else "STATUS:CONFIRMED"
    # an address is written only if it can be nothing else: it stands in the line as it is
    if _ADDRESS.fullmatch(event.email):
        yield f'ATTENDEE;CN="{_NO_PARAMETER.sub(" ", clean_line(event.attendee))}":mailto:{event.email}'
    yield "END:VEVENT"


def _time(time: datetime) -> str:
    return f"{time.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    """Escape a text (RFC 5545, 3.3.11)."""
    for sign in "\\;,":
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> Iterable[str]:
    """Cut a line into parts of at most 75 octets, between characters; a part that goes on begins with a blank."""
    part = ""
    size = 0
    for char in line:
        octets = len(char.encode())
        if size + octets > _LONGEST_LINE:
            yield part
            part, size = " ", 1
        part += char
        size += octets
    yield part
