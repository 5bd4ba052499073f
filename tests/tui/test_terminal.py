"""A real terminal: an interview is run in tmux, killed in the middle, opened again and finished."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve, frozen

from hiringkit.actions.audit import Actor
from hiringkit.actions.schedule import show_interview
from hiringkit.domain.interview import InterviewState
from hiringkit.store.store import open_store

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed"),
]
AT = "som/ada/ivy"
TMUX = shutil.which("tmux") or "tmux"
ROOT = Path(__file__).parents[2]


@frozen
class Terminal:
    """A terminal of its own server, so that nobody else's is touched."""

    socket: Path
    database: Path

    def tmux(self, *words: str) -> str:
        """Run tmux on this terminal's server."""
        done = subprocess.run(
            [TMUX, "-S", str(self.socket), "-f", "/dev/null", *words], capture_output=True, text=True, check=True
        )
        return done.stdout

    def start(self, *words: str, width: int = 80, height: int = 24, **settings_of_shell: str) -> None:
        """Start the program in a new session."""
        program = [sys.executable, "-m", "hiringkit", "--db", str(self.database), "tui", *words]
        environment = {"PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", "EDITOR": f"{sys.executable} {self._editor()}"}
        environment |= settings_of_shell
        settings = [f"{name}={value}" for name, value in environment.items()]
        size = ["-x", str(width), "-y", str(height)]
        self.tmux(
            "-u", "new-session", "-d", "-s", "t", *size, "env", "-u", "PYTHONDONTWRITEBYTECODE", *settings, *program
        )
        self.tmux("set-option", "-g", "remain-on-exit", "on")

    def _editor(self) -> Path:
        path = self.database.with_name("editor.py")
        path.write_text(
            "import pathlib, sys\npathlib.Path(sys.argv[1]).write_text('由编辑器写入 by editor', encoding='utf-8')\n",
            encoding="utf-8",
        )
        return path

    def keys(self, *keys: str) -> None:
        """Press keys, by tmux's names."""
        self.tmux("send-keys", "-t", "t", *keys)

    def type(self, text: str) -> None:
        """Type text."""
        self.tmux("send-keys", "-t", "t", "-l", text)

    @property
    def screen(self) -> str:
        """What the terminal shows."""
        return self.tmux("capture-pane", "-p", "-t", "t")

    def wait_for(self, wanted: str, seconds: float = 40.0) -> str:
        """Wait until the terminal shows something."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if wanted in (seen := self.screen):
                return seen
            time.sleep(0.05)
        raise AssertionError(f"{wanted!r} did not appear:\n{self.screen}")

    def wait_for_end(self, seconds: float = 40.0) -> str:
        """Wait until the program has ended, and return its exit code, empty where a busy tmux missed it."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            dead, code = self.tmux("display-message", "-p", "-t", "t", "#{pane_dead},#{pane_dead_status}").split(",")
            if dead == "1":
                return code.strip()
            time.sleep(0.05)
        raise AssertionError(f"the program did not end:\n{self.screen}")

    def kill(self) -> None:
        """Kill the program without a chance to say goodbye, and end its session."""
        os.kill(int(self.tmux("display-message", "-p", "-t", "t", "#{pane_pid}")), signal.SIGKILL)
        self.tmux("kill-session", "-t", "t")


@pytest.fixture
def terminal(tmp_path: Path, panel_file: Path) -> Iterator[Terminal]:
    """A terminal, and a database to work on."""
    database = tmp_path / "real.db"
    shutil.copy(panel_file, database)
    made = Terminal(tmp_path / "tmux", database)
    made.tmux("new-session", "-d", "-s", "holder")  # keeps the server alive between sessions
    yield made
    subprocess.run([TMUX, "-S", str(made.socket), "kill-server"], check=False)


def test_an_interview_survives_kill_9_and_is_finished(terminal: Terminal, acting: Callable[[str], Actor]) -> None:
    terminal.start("--as", "ivy")
    terminal.wait_for("what waits for Ivy")
    terminal.keys("Enter")
    terminal.wait_for(">1[")
    terminal.keys("M-4", "M-h", "PageDown")
    terminal.wait_for(">2[")
    terminal.type("说清了原因 with figures")
    terminal.wait_for("说清了原因 with figures")
    time.sleep(1.0)  # the pause in typing after which it is to be on disk
    terminal.wait_for("Saved. 1 to rate.")
    terminal.kill()

    terminal.start("--as", "ivy")
    terminal.wait_for("started")
    terminal.keys("Enter")
    screen = terminal.wait_for(">2[")
    assert "1[4]" in screen
    assert "说清了原因 with figures" in screen
    terminal.keys("Escape", "3", "Enter")
    terminal.wait_for("All rated")
    terminal.keys("C-s")
    terminal.wait_for("Ready.")
    terminal.keys("2", "s")
    terminal.wait_for("Submit the scorecard?")
    terminal.keys("y")
    terminal.wait_for("Submitted and locked.")
    terminal.keys("q")
    with open_store(str(terminal.database)) as store:
        found = show_interview(store, acting("ivy"), AT).interview
    assert found.state is InterviewState.SUBMITTED
    assert found.rating("bottlenecks").probes == (0,)
    assert found.rating("forecast-miss").evidence == "说清了原因 with figures"
    assert found.scorecards[0].recommendation == "yes"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_an_end_from_outside_writes_what_was_typed_and_restores_the_terminal(
    terminal: Terminal, acting: Callable[[str], Actor], number: signal.Signals
) -> None:
    terminal.start("--as", "ivy")
    terminal.wait_for("what waits for Ivy")
    terminal.keys("Enter")
    terminal.wait_for(">1[")
    terminal.type("typed a moment before")
    terminal.wait_for("moment before")
    os.kill(int(terminal.tmux("display-message", "-p", "-t", "t", "#{pane_pid}")), number)
    assert terminal.wait_for_end() in (str(128 + number), "")
    modes = "#{alternate_on},#{mouse_any_flag}"  # tmux shows no cursor where a program has ended
    assert terminal.tmux("display-message", "-p", "-t", "t", modes).strip() == "0,0"
    assert "Traceback" not in terminal.screen
    with open_store(str(terminal.database)) as store:
        found = show_interview(store, acting("ivy"), AT).interview
    assert found.rating("bottlenecks").evidence == "typed a moment before"


def test_a_card_survives_kill_9_and_what_is_saved_beside_it_is_received(terminal: Terminal, tmp_path: Path) -> None:
    card, file = tmp_path / "card.html", tmp_path / "som_ada_ivy.hkcard.json"

    def hk(*words: str) -> None:
        subprocess.run(
            [sys.executable, "-m", "hiringkit", "--db", str(terminal.database), *words], check=True, cwd=ROOT
        )

    hk("interview", "card", AT, "-o", str(card))
    there, nowhere = terminal.database, evolve(terminal, database=tmp_path / "none.db")
    nowhere.start(str(card))
    terminal.wait_for(">1[")
    terminal.keys("M-4", "M-h", "PageDown")
    terminal.wait_for(">2[")
    terminal.type("说清了原因")
    terminal.wait_for("Saved. 1 to rate.")
    await_state(lambda: "说清了原因" in file.read_text(encoding="utf-8"))
    terminal.kill()

    nowhere.start(str(card))
    screen = terminal.wait_for(">2[")
    assert "1[4]" in screen
    assert "说清了原因" in screen
    terminal.keys("M-3")
    terminal.wait_for("All rated")
    terminal.keys("C-s")
    terminal.wait_for("Ready.")
    terminal.keys("2", "s")
    terminal.wait_for("Submit the scorecard?")
    terminal.keys("y")
    terminal.wait_for("Submitted and locked.")
    terminal.keys("q")
    terminal.wait_for("Send it to whoever sent you the card.")
    assert not nowhere.database.exists()
    hk("interview", "receive", str(file))
    with open_store(str(there)) as store:
        found = show_interview(store, Actor("ivy", lambda: datetime.now(UTC)), AT).interview
    assert found.state is InterviewState.SUBMITTED
    assert (found.rating("bottlenecks").value, found.rating("bottlenecks").probes) == (4, (0,))
    assert found.rating("forecast-miss").evidence == "说清了原因"
    assert found.scorecards[0].recommendation == "yes"


def await_state(reached: Callable[[], bool], seconds: float = 40.0) -> None:
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_evidence_is_written_in_the_users_editor(terminal: Terminal) -> None:
    terminal.start("--as", "ivy")
    terminal.wait_for("what waits for Ivy")
    terminal.keys("Enter")
    terminal.wait_for(">1[")
    terminal.keys("C-o")
    terminal.wait_for("由编辑器写入 by editor")
    terminal.wait_for("Saved.")


def test_no_hostile_name_reaches_the_terminal(terminal: Terminal, hostile_file: Path) -> None:
    shutil.copy(hostile_file, terminal.database)
    terminal.start("--as", "recruiter", width=120, height=40)
    screen = terminal.wait_for("interviews that wait")
    assert "[/dev/null]" in screen
    assert "owned" not in terminal.tmux("display-message", "-p", "-t", "t", "#{pane_title}")


@pytest.mark.parametrize("setting", [{"NO_COLOR": "1"}, {"LANG": "C"}, {"TERM": "screen"}, {"TERM": "vt100"}])
def test_it_runs_in_poor_terminals(terminal: Terminal, setting: dict[str, Any]) -> None:
    terminal.start("--as", "recruiter", **setting)
    terminal.wait_for("interviews that wait")
    terminal.keys("q")
    assert terminal.wait_for_end() in {"0", ""}
