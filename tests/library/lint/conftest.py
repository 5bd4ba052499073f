"""A question whose texts a test chooses, and the codes that the rules find in it."""

from collections.abc import Callable, Mapping

import pytest

from hiringkit.domain.level import LevelNumber
from hiringkit.domain.question import Question, QuestionKind
from hiringkit.library.checks.findings import Problem
from hiringkit.text.language import Text


@pytest.fixture
def ask() -> Callable[..., Question]:
    """Make a question of a text in one language, with probes and anchors if wanted."""

    def make(text: str, *probes: str, anchors: Mapping[LevelNumber, Text] | None = None) -> Question:
        said = [
            Text(zh=each) if any("\u4e00" <= sign <= "\u9fff" for sign in each) else Text(en=each)
            for each in (text, *probes)
        ]
        return Question(
            "q", QuestionKind.BEHAVIOURAL, said[0], {"c": 1.0}, probes=tuple(said[1:]), anchors=anchors or {}
        )

    return make


@pytest.fixture
def codes() -> Callable[..., list[str]]:
    """Return the codes of problems, in order."""

    def of(problems: list[Problem]) -> list[str]:
        return [problem.mistake.code for problem in problems]

    return of
