"""How long the interview and each question have taken: a gentle sign, never an order."""

from collections.abc import Callable, Mapping
from time import monotonic

from attrs import define, field


@define
class Stopwatch:
    """Seconds for each question, while it runs."""

    planned: Mapping[str, float]
    """Minutes by question."""
    tick: Callable[[], float] = monotonic
    spent: dict[str, float] = field(factory=dict)
    """Seconds by question up to the last stop; at first those of an earlier sitting."""
    _told: dict[str, int] = field(factory=dict)
    _at: str = ""
    _since: float | None = None

    def __attrs_post_init__(self) -> None:
        """Take the seconds of before as known."""
        self._told = {question: int(seconds) for question, seconds in self.spent.items()}

    @property
    def running(self) -> bool:
        """Whether time passes."""
        return self._since is not None

    def go_to(self, question: str) -> None:
        """Count for another question from now on."""
        running = self.running
        self.stop()
        self._at = question
        if running:
            self.start()

    def start(self) -> None:
        """Let time pass."""
        self._since = self.tick()

    def stop(self) -> None:
        """Hold time."""
        if self._since is not None:
            self.spent[self._at] = self.spent.get(self._at, 0.0) + self.tick() - self._since
        self._since = None

    def news(self) -> dict[str, int]:
        """Return the whole seconds of the questions that have gone on since this was asked last."""
        if self.running:
            self.stop()
            self.start()
        whole = {question: int(seconds) for question, seconds in self.spent.items()}
        fresh = {question: seconds for question, seconds in whole.items() if self._told.get(question, 0) != seconds}
        self._told = whole
        return fresh

    def minutes(self, question: str | None = None) -> int:
        """Return whole minutes of a question, or of all."""
        extra = self.tick() - self._since if self._since is not None else 0.0
        if question is None:
            return int((sum(self.spent.values()) + extra) // 60)
        return int((self.spent.get(question, 0.0) + (extra if question == self._at else 0.0)) // 60)

    def show(self, question: str | None = None) -> str:
        """Return minutes used and planned, with ! from the planned minutes on."""
        planned = round(sum(self.planned.values()) if question is None else self.planned.get(question, 0))
        used = self.minutes(question)
        return f"{used}/{planned}{'!' if planned and used >= planned else ''}"
