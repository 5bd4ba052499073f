"""The interface spoken to through pipes, for a terminal in a browser."""

from textual.driver import Driver
from textual.drivers.web_driver import WebDriver
from textual.events import Key
from textual.messages import ExitApp

SECONDS_TO_LEAVE = 5.0
"""For what was typed last to get on disk."""


class PipeDriver(WebDriver):
    """Textual's own driver for that, which in addition ends the program when nobody is there any more."""

    def run_input_thread(self) -> None:
        """Read keys until the pipe is closed; then leave as a user would, and in any case."""
        super().run_input_thread()
        if not self.exit_event.is_set():
            self.process_message(Key("ctrl+q", "\x11"))
            if not self.exit_event.wait(SECONDS_TO_LEAVE):
                self._app.post_message(ExitApp())


def driver(*, piped: bool) -> type[Driver] | None:
    """Return what draws and reads keys, None for whatever the terminal needs."""
    return PipeDriver if piped else None
