"""docs/team.md works as typed, from an empty PostgreSQL server to the last command; only the server's name is ours."""

import os
import re
import shlex
import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "docs" / "team.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"```(\w*)\n(.*?)```", re.DOTALL)


@pytest.fixture
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A PostgreSQL server that nobody has used yet."""
    pgserver: Any = pytest.importorskip("pgserver", reason="PostgreSQL is tested with the pgserver wheel")
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        started = pgserver.get_server(tmp_path_factory.mktemp("team"), cleanup_mode="stop")
    yield started
    started.cleanup()


@pytest.mark.slow
def test_every_command_of_the_guide_works_in_its_order(tmp_path: Path, elsewhere: Path, server: Any) -> None:
    import pgserver  # noqa: PLC0415 - the wheel is there where the server is

    programs = tmp_path / "bin"
    programs.mkdir()
    program = programs / "hiringkit"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m hiringkit "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    its_own = next(Path(pgserver.__file__).parent.rglob("bin/psql")).parent
    environment = os.environ | {
        "PATH": os.pathsep.join((str(programs), str(its_own), os.environ["PATH"])),
        "PYTHONPATH": str(ROOT),
        "HOME": str(elsewhere),
    }
    host = str(server.get_postmaster_info().socket_dir)
    commands, printed = 0, ""
    for kind, text in BLOCK.findall(GUIDE):
        lines = text.splitlines()
        for line in lines[:1] if kind == "console" else lines:
            if line.startswith("export "):
                name, _, value = line.removeprefix("export ").partition("=")
                environment[name] = host if name == "PGHOST" else value
                continue
            words = shlex.split(line.removeprefix("$ "))
            done = subprocess.run(
                words, cwd=tmp_path, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
            )
            commands += 1
            printed += done.stdout
            if kind == "console":
                assert (done.stdout + done.stderr).splitlines() == lines[1:]
            else:
                assert done.returncode == 0, f"{line}: {done.stderr}"
    assert commands > 35
    assert "recruiter:rita" in printed
