"""What every test stands on: no real home, no settings of the machine, English unless a test says otherwise."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from hiringkit.locale import choose

# a slow machine is no fault of the code, and the same commit must give the same answer twice
settings.register_profile("steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")


@pytest.fixture(autouse=True)
def elsewhere(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Make the real home and the machine's settings unreachable; return the stand-in for home."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))
    for name in list(os.environ):
        if name.startswith("HIRINGKIT_"):
            monkeypatch.delenv(name)
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "NO_COLOR", "EDITOR", "VISUAL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.setenv("LANG", "C.UTF-8")
    choose("en")
    yield home
    for name in [n for n in os.environ if n.startswith("HIRINGKIT_")]:
        del os.environ[name]


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of an empty store, to copy: migrating takes longer than most tests."""
    from hiringkit.store.store import open_store  # noqa: PLC0415 - most tests need no database

    path = tmp_path_factory.mktemp("empty") / "hiringkit.db"
    open_store(str(path), create=True).close()
    return path
