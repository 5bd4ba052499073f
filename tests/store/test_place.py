"""How the address of a store is understood and shown."""

from pathlib import Path

import pytest

from hiringkit.errors import UsageProblem
from hiringkit.store.place import parse_place


def test_a_plain_path_is_an_sqlite_file(tmp_path: Path) -> None:
    place = parse_place(str(tmp_path / "a.db"))
    assert place.path == tmp_path / "a.db"
    assert place.url.drivername == "sqlite+pysqlite"
    assert place.shown == str(tmp_path / "a.db")


def test_an_sqlite_url_names_its_file(tmp_path: Path) -> None:
    assert parse_place(f"sqlite:///{tmp_path}/a.db").path == tmp_path / "a.db"


def test_a_relative_path_is_taken_from_here_once_and_for_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert parse_place("a.db").path == tmp_path / "a.db"
    assert parse_place("sqlite:///a.db").path == tmp_path / "a.db"


def test_the_home_folder_may_be_written_as_a_tilde(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert parse_place("~/a.db").path == tmp_path / "a.db"


def test_symbolic_links_are_followed(tmp_path: Path) -> None:
    (tmp_path / "link.db").symlink_to(tmp_path / "real.db")
    assert parse_place(str(tmp_path / "link.db")).path == tmp_path / "real.db"


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_postgresql_is_reached_through_psycopg(scheme: str) -> None:
    place = parse_place(f"{scheme}://ann@host/hiring")
    assert place.path is None
    assert place.url.drivername == "postgresql+psycopg"


@pytest.mark.parametrize(
    "where", ["postgresql://ann:geheim@host/hiring", "postgresql://ann@host/hiring?password=geheim"]
)
def test_a_password_is_used_but_never_shown(where: str) -> None:
    place = parse_place(where)
    assert "geheim" in place.url.render_as_string(hide_password=False)
    assert "geheim" not in place.shown
    assert "geheim" not in repr(place)


def test_a_path_is_shown_without_what_a_terminal_would_obey(tmp_path: Path) -> None:
    assert "\x1b" not in parse_place(str(tmp_path / "a\x1b[31m.db")).shown


@pytest.mark.parametrize(
    "where",
    [
        "",
        "  ",
        "a\0b",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///a.db?mode=ro",
        "sqlite://host/a.db",
        "mysql://host/hiring",
        "postgresql+asyncpg://host/hiring",
        "postgresql://ann:geheim@host:port/hiring",
    ],
)
def test_what_makes_no_sense_is_refused_without_repeating_it(where: str) -> None:
    with pytest.raises(UsageProblem) as caught:
        parse_place(where)
    assert "geheim" not in str(caught.value)
    assert caught.value.hint
