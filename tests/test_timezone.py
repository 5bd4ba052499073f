"""The zone in which times are read and shown."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hiringkit.errors import UsageProblem
from hiringkit.settings import UTC_NAME, load_settings, use_zone, zone_in_use
from hiringkit.timezone import local, parse_moment


@pytest.fixture
def berlin() -> Iterator[None]:
    """Read and show times as in Berlin."""
    use_zone("Europe/Berlin")
    yield
    use_zone(UTC_NAME)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-01-02T09:30", datetime(2026, 1, 2, 8, 30, tzinfo=UTC)),
        ("2026-07-02 09:30", datetime(2026, 7, 2, 7, 30, tzinfo=UTC)),
        ("2026-07-02T09:30-05:00", datetime(2026, 7, 2, 14, 30, tzinfo=UTC)),
        ("2026-07-02T09:30Z", datetime(2026, 7, 2, 9, 30, tzinfo=UTC)),
        # the clock is put back: the first of the two, and the second by its distance from UTC
        ("2026-10-25T02:30", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        ("2026-10-25T02:30+01:00", datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
    ],
)
@pytest.mark.usefixtures("berlin")
def test_a_time_is_read_in_the_zone_and_kept_in_utc(text: str, moment: datetime) -> None:
    assert parse_moment(text) == moment


@pytest.mark.parametrize("text", ["", "soon", "2026-13-01T10:00", "2026-03-02", "2026-03-29T02:30"])
@pytest.mark.usefixtures("berlin")
def test_what_is_no_time_is_said_to_be_none(text: str) -> None:
    assert isinstance(parse_moment(text), str)


@pytest.mark.usefixtures("berlin")
def test_times_are_shown_in_the_zone() -> None:
    assert f"{local(datetime(2026, 7, 2, 7, 30, tzinfo=UTC)):%H:%M}" == "09:30"
    assert zone_in_use() == "Europe/Berlin"


def test_the_variable_names_the_zone_and_the_system_has_one() -> None:
    found = load_settings({}, {"HIRINGKIT_TZ": "Asia/Shanghai"}).timezone
    assert (found.value, found.source) == ("Asia/Shanghai", "HIRINGKIT_TZ")
    assert load_settings({}, {"TZ": ":Asia/Shanghai"}).timezone == ("timezone", "Asia/Shanghai", "default")
    assert load_settings({}, {"TZ": "CET-1CEST"}).timezone.source == "default"


@pytest.mark.parametrize(("name", "hint"), [("Europe/Berln", "did you mean 'Europe/Berlin'?"), ("../x", "such as")])
def test_an_unknown_zone_is_refused(name: str, hint: str, elsewhere: Path) -> None:
    with pytest.raises(UsageProblem) as caught:
        load_settings({}, {"HIRINGKIT_TZ": name})
    assert f"no time zone {name!r} (from HIRINGKIT_TZ)" in str(caught.value)
    assert hint in caught.value.hint
