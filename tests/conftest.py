"""What every test stands on: no real home, no settings of the machine, English unless a test says otherwise."""

import fcntl
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import create_engine

from hiringkit.locale import choose

# each worker has one core: further threads of the linear algebra library would only wait for each other
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# a slow machine is no fault of the code, and the same commit must give the same answer twice
settings.register_profile("steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes minutes, whatever the order: else one worker ends long after the others."""
    items.sort(key=lambda item: item.path.name != "test_versions.py")


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


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> Iterator[None]:
    """Let every engine of a process use what SQLAlchemy has compiled for another: a quarter of a command's time here.

    A program makes one or two engines; a test process makes thousands, each with a dialect and a cache of its own.
    """
    kept: dict[object, tuple[Any, Any]] = {}

    def make(*address: Any, **named: Any) -> Any:
        engine: Any = create_engine(*address, **named)
        if engine.name == "sqlite":
            own = engine.dialect, engine._compiled_cache
            engine.dialect, engine._compiled_cache = kept.setdefault(engine.dialect.dbapi, own)
        return engine

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("hiringkit.store.store.create_engine", make)
        yield


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of an empty store, to copy: migrating takes longer than most tests."""
    from hiringkit.store.store import open_store  # noqa: PLC0415 - most tests need no database

    path = tmp_path_factory.mktemp("empty") / "hiringkit.db"
    open_store(str(path), create=True).close()
    return path


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the sdist, and the wheel out of the sdist, as an index would have them: once for all workers."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "dist"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not list(folder.glob("*.whl")):
            words = [sys.executable, "-m", "build", "--outdir", str(folder), str(Path(__file__).parents[1])]
            subprocess.run(words, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="session")
def install(built: Path) -> Iterator[Callable[..., Path]]:
    """Install the wheel with `extras` and all that `more` tells pip in a new environment; return its programs."""
    (wheel,) = built.glob("*.whl")
    machine = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}

    with ExitStack() as folders:

        def call(*more: str, python: str = sys.executable, extras: str = "") -> Path:
            folder = Path(folders.enter_context(TemporaryDirectory()))
            folder.chmod(0o755)  # root's PostgreSQL runs as another user
            programs = folder / "venv" / "bin"
            subprocess.run([python, "-m", "venv", str(programs.parent)], check=True, env=machine)
            pip = [str(programs / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
            words = [*pip, f"{wheel}{extras}", *more]
            done = subprocess.run(words, env=machine, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stderr[-2000:]
            return programs

        yield call


@pytest.fixture
def outside(tmp_path: Path) -> Callable[..., "subprocess.CompletedProcess[str]"]:
    """Run an installed program with a home of its own, outside the checkout."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "HIRINGKIT_"))}
    environment |= {"HOME": str(tmp_path), "LANG": "C.UTF-8"}

    def call(program: Path, *words: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [str(program), *words], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )

    return call
