"""Structured interviews that an organisation can defend.

`import hiringkit as hk` is the Python library; docs/python.md walks through it. The public names are imported on
first use (PEP 562), so that the import itself costs next to nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hiringkit.api import Agreement, Comparison, agreement, check_rubric, load_bank, load_rubric, score
    from hiringkit.domain.finding import Finding, Severity
    from hiringkit.domain.profile import FitProfile
    from hiringkit.domain.question import Question, QuestionBank
    from hiringkit.domain.rubric import Rubric
    from hiringkit.errors import (
        FindingsError,
        HiringKitError,
        InvalidRatings,
        NotFound,
        Refused,
        StoreUnreachable,
        UsageProblem,
    )
    from hiringkit.scoring.ratings import Ratings

__all__ = [
    "Agreement",
    "Comparison",
    "Finding",
    "FindingsError",
    "FitProfile",
    "HiringKitError",
    "InvalidRatings",
    "NotFound",
    "Question",
    "QuestionBank",
    "Ratings",
    "Refused",
    "Rubric",
    "Severity",
    "StoreUnreachable",
    "UsageProblem",
    "agreement",
    "check_rubric",
    "load_bank",
    "load_rubric",
    "score",
]
__version__ = "0.1.0"

_HOMES = {
    "Finding": "domain.finding",
    "FitProfile": "domain.profile",
    "Question": "domain.question",
    "QuestionBank": "domain.question",
    "Ratings": "scoring.ratings",
    "Rubric": "domain.rubric",
    "Severity": "domain.finding",
    **dict.fromkeys(("FindingsError", "HiringKitError", "InvalidRatings", "NotFound", "Refused"), "errors"),
    **dict.fromkeys(("StoreUnreachable", "UsageProblem"), "errors"),
}
"""Where a public name is at home; all others are at home in `api`."""


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for."""
    if name not in __all__:
        raise AttributeError(f"module 'hiringkit' has no attribute {name!r}")
    return getattr(import_module(f"hiringkit.{_HOMES.get(name, 'api')}"), name)


def __dir__() -> list[str]:
    """List the public names."""
    return [*__all__, "__version__"]
