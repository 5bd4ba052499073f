"""Structured interviews that an organisation can defend.

The public names are imported on first use (PEP 562), so that `import hiringkit` costs next to nothing.
"""

from importlib import import_module
from typing import Any

_HOMES = {
    "Comparison": "hiringkit.domain.profile",
    "Finding": "hiringkit.domain.finding",
    "FitProfile": "hiringkit.domain.profile",
    "HiringKitError": "hiringkit.errors",
    "Question": "hiringkit.domain.question",
    "Rubric": "hiringkit.domain.rubric",
}

__all__ = sorted(_HOMES)  # noqa: PLE0605 - the one list of public names is _HOMES
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module 'hiringkit' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """List the public names."""
    return [*__all__, "__version__"]
