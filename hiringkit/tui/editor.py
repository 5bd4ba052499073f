"""The user's own editor, for long texts and for input methods that a terminal interface cannot serve."""

import shlex
import subprocess
import tempfile
from pathlib import Path

from textual.app import App, SuspendNotSupported

from hiringkit.errors import Refused
from hiringkit.settings import editor
from hiringkit.text.sentence import Sentence

NO_START = Sentence("the editor {editor!r} cannot be started: {error}")
ENDED_BADLY = Sentence("the editor {editor!r} ended with an error; nothing was taken over")


def edit_text(app: App[None], text: str) -> str:
    """Let the user edit a text in $EDITOR; return it as it was saved.

    Raises:
        Refused: The editor cannot be started, or there is no terminal for it.
    """
    with tempfile.TemporaryDirectory(prefix="hiringkit-") as folder:
        path = Path(folder) / "evidence.txt"
        path.touch(mode=0o600)
        path.write_text(text, encoding="utf-8")
        try:
            with app.suspend():
                done = subprocess.run([*shlex.split(editor()), str(path)], check=False)  # noqa: S603 - the user's choice
        except (SuspendNotSupported, OSError, ValueError) as error:
            raise Refused(
                NO_START.format(editor=editor(), error=error),
                hint="set EDITOR",
            ) from None
        if done.returncode:
            raise Refused(ENDED_BADLY.format(editor=editor()))
        return path.read_text(encoding="utf-8", errors="replace")
