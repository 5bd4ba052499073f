"""Where a fit is, as bytes to be kept and taken up again by another process."""

import io
import json
from collections.abc import Mapping
from typing import Any
from zipfile import BadZipFile

import numpy as np

from hiringkit.scoring.large.ascent import Climb, Derivatives, Visited

FORMAT = "hiringkit/fit/1"


def pack(progress: Climb, terms: Mapping[str, Any]) -> bytes:
    """Write down where a fit is, and on what terms it was begun."""
    last = progress.last
    head = {
        "format": FORMAT,
        "terms": terms,
        "iteration": progress.iteration,
        "damping": progress.damping,
        "signs": progress.signs,
        "log_likelihood": None if last is None else last.log_likelihood,
    }
    arrays = {"head": np.array(json.dumps(head)), "variances": progress.variances}
    if last is not None:
        found = last.derivatives
        arrays |= {"last": last.variances, "score": found.score, "information": found.information}
    arrays |= {f"memory {name}": values for name, values in progress.memory.items()}
    out = io.BytesIO()
    np.savez(out, allow_pickle=False, **arrays)
    return out.getvalue()


def unpack(data: bytes, terms: Mapping[str, Any]) -> Climb | None:
    """Return where a fit was; None where it was begun on other terms, or the bytes are not whole."""
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            found = {name: arrays[name] for name in arrays.files}
        head = json.loads(str(found["head"]))
        if head.get("format") != FORMAT or head["terms"] != json.loads(json.dumps(terms)):
            return None
        last = None
        if "last" in found:
            derivatives = Derivatives(found["score"], found["information"])
            last = Visited(found["last"], derivatives, head["log_likelihood"])
        memory = {name.removeprefix("memory "): values for name, values in found.items() if name.startswith("memory ")}
        return Climb(head["iteration"], found["variances"], last, head["damping"], head["signs"], memory)
    except (BadZipFile, ValueError, KeyError, OSError, EOFError, TypeError):
        return None
