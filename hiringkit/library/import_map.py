"""Maps of imports as files: read as strictly as rubrics, and drafted with what has to be looked at."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from hiringkit.domain.finding import Finding
from hiringkit.domain.import_map import MAP_COLUMNS, ImportMap
from hiringkit.domain.level import LevelNumber, write_level
from hiringkit.library.checks import mistakes
from hiringkit.library.checks.findings import Problem, Problems
from hiringkit.library.forms import read_form
from hiringkit.library.yaml.write import write_scalar
from hiringkit.locale import say
from hiringkit.text.sentence import Sentence

RECOMMENDATIONS = ("strong-yes", "yes", "no", "strong-no", "")


def read_map(path: Path) -> tuple[ImportMap | None, tuple[Finding, ...]]:
    """Read a map; None where any finding is an error."""
    return read_form(path, ImportMap, check_map)


def check_map(given: ImportMap) -> Problems:
    """Yield what is wrong with a map beyond its shape."""
    for name in given.columns:
        if name not in MAP_COLUMNS:
            yield Problem(mistakes.UNKNOWN_KEY, ("columns", name), {"key": name}, near=(name, MAP_COLUMNS), at_key=True)
    for word, meant in given.recommendations.items():
        if meant not in RECOMMENDATIONS:
            fields = {"choices": ", ".join(filter(None, RECOMMENDATIONS)), "found": meant}
            yield Problem(mistakes.UNKNOWN_VALUE, ("recommendations", word), fields, near=(meant, RECOMMENDATIONS))


def write_map(
    drafted: ImportMap,
    *,
    source: str,
    scale: Sequence[LevelNumber] | None,
    words: Iterable[str],
    attributes: Mapping[str, str],
    recommendations: Iterable[str],
    others: Iterable[str] = (),
) -> str:
    """Write a map with the entries that are known, and lines to be filled in for those that are not.

    Args:
        drafted: What is known.
        source: The file it is for.
        scale: The levels that words can be worth, where they are known.
        words: Words for ratings that nothing explains.
        attributes: What is rated and not known here, each with the id that comes nearest, or nothing.
        recommendations: Words for recommendations that nothing explains.
        others: Columns of which nothing is known, in a sheet with a column for each criterion or interviewer.
    """
    on = (
        say(Sentence("on the scale {low} to {high}").format(low=write_level(scale[0]), high=write_level(scale[-1])))
        if scale
        else ""
    )
    lines = [
        f"# {say(Sentence('What the columns and words of {file} mean here.').format(file=source))}",
        f"# {say(Sentence('Look at every line. One that begins with # counts for nothing until that is taken off.'))}",
    ]
    lines += _section("columns", Sentence("ours: theirs"), drafted.columns)
    rest = {name: name for name in others}
    by_item, by_rater = (rest if drafted.items else {}), (rest if drafted.raters else {})
    lines += _section("items", Sentence("a column for each criterion or question: its id"), drafted.items, by_item)
    lines += _section("raters", Sentence("a column for each interviewer: their id"), drafted.raters, by_rater)
    if drafted.raters and "question" not in drafted.columns:
        lines += ["", f"question: {write_scalar(drafted.question)}  # {say(Sentence('what these columns rate'))}"]
    levels = {word: write_level(level) for word, level in drafted.levels.items()}
    lines += _section(
        "levels", f"{say(Sentence('what each word is worth'))} {on}".strip(), levels, dict.fromkeys(words, "")
    )
    for name in ("not_assessed", "no_evidence", "absent"):
        given = getattr(drafted, name)
        if given:
            lines += ["", f"{name}: [{', '.join(write_scalar(word, flow=True) for word in given)}]"]
    lines += _section(
        "criteria", Sentence("what they rate: a criterion or question of the rubric"), drafted.criteria, attributes
    )
    if attributes:
        lines += ["", f"# leave_out: []  # {say(Sentence('what they rate and is not imported'))}"]
    meant = Sentence("their word: strong-yes, yes, no, strong-no or nothing")
    lines += _section("recommendations", meant, drafted.recommendations, dict.fromkeys(recommendations, ""))
    if drafted.dates:
        lines += ["", f"dates: {write_scalar(drafted.dates)}"]
    return "\n".join(lines) + "\n"


def _section(name: str, note: str, known: Mapping[str, str], unknown: Mapping[str, str] | None = None) -> list[str]:
    """Write a mapping; where nothing of it is known, all of it is a comment."""
    unknown = unknown or {}
    if not known and not unknown:
        return []
    lead = "" if known else "# "
    lines = ["", f"{lead}{name}:  # {say(note)}"]
    lines += [f"  {write_scalar(key)}: {_value(value)}" for key, value in known.items()]
    lines += [f"#   {write_scalar(key)}: {_value(value) if value else '?'}" for key, value in unknown.items()]
    return lines


def _value(value: str) -> str:
    return write_scalar(value) if value else '""'
