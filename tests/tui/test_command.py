"""`hiringkit tui`: what it says before there is a screen, and that nothing else pays for it."""

import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from hiringkit.cli.main import run
from hiringkit.errors import UsageProblem
from hiringkit.settings import editor, load_settings
from hiringkit.store.store import Store


def test_an_unknown_opening_is_refused_before_the_screen_is_taken(
    panel: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--db", str(panel.path), "tui", "sam"]) == 1
    assert "did you mean 'som'?" in capsys.readouterr().err


def test_without_a_terminal_it_says_what_works_without_one(
    panel: Store, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    assert run(["--db", str(panel.path), "tui", "som"]) == 1
    assert "hiringkit interview score" in capsys.readouterr().err


def test_a_key_that_names_nothing_is_refused(panel: Store, elsewhere: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = elsewhere / "xdg_config_home" / "hiringkit" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text('[keys]\ninterview-und = "u"\n', encoding="utf-8")
    assert run(["--db", str(panel.path), "tui"]) == 2
    assert "did you mean 'interview-undo'?" in capsys.readouterr().err


def test_the_config_files_keys_are_handed_on(elsewhere: Path) -> None:
    config = elsewhere / "xdg_config_home" / "hiringkit" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text('lang = "zh"\n[keys]\ninterview-undo = "f8"\n', encoding="utf-8")
    assert load_settings({}, {}).keys == {"interview-undo": "f8"}
    config.write_text("[keys]\ninterview-undo = 3\n", encoding="utf-8")
    with pytest.raises(UsageProblem, match="not a table of texts"):
        load_settings({}, {})


def test_the_editor_is_the_users(monkeypatch: pytest.MonkeyPatch) -> None:
    assert editor({"VISUAL": "emacs -nw", "EDITOR": "ed"}) == "emacs -nw"
    assert editor({"EDITOR": "ed"}) == "ed"
    assert editor({}) in {"vi", "notepad"}


@pytest.mark.slow
def test_the_first_paint_loads_no_numbers(acting: Callable[[str], object]) -> None:
    code = "import sys, hiringkit.tui.app; print('numpy' in sys.modules, 'scipy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
