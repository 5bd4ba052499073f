"""Changes to the files of the library, checked before they are written."""

from collections.abc import Callable
from pathlib import Path

from attrs import evolve, frozen

from hiringkit.actions.audit import Actor
from hiringkit.actions.comparisons import score_opening
from hiringkit.actions.dropped_questions import dropped_in
from hiringkit.actions.lookup import Tx, pinned_rubric
from hiringkit.actions.scores import NOT_RANKED, ScoringOptions
from hiringkit.actions.visibility import VisibleOpening, visible_openings
from hiringkit.domain.finding import Finding, Severity, has_errors
from hiringkit.domain.profile import Comparison, FitProfile
from hiringkit.domain.rubric import Rubric
from hiringkit.domain.rubric_diff import CandidateImpact, OpeningImpact, Step
from hiringkit.errors import FindingsError
from hiringkit.library.catalog import Library
from hiringkit.library.diff import diff_rubrics
from hiringkit.library.documents import Kind
from hiringkit.library.yaml.edit import Edit, Words, append_item, read_address, remove_value, set_value
from hiringkit.library.yaml.files import Source, read_source, replace_source
from hiringkit.store.store import Store
from hiringkit.text.sentence import Sentence

NOT_CHANGED = Sentence("{path} is not changed, because the new text has errors")
NOT_CHANGED_HINT = Sentence("the lines are those of the text as it would have been")
_How = Callable[[str, Words, str], Edit]


@frozen
class FileChange:
    """A change that was written."""

    file: Path
    edit: Edit
    step: Step | None
    """The version step that it calls for; None for a bank, or where the file was unusable before."""
    warnings: tuple[Finding, ...]
    """Findings on the new text."""


OTHER_SCALE = Sentence("its ratings are on another scale, {old} instead of {new}")


def set_in_file(library: Library, name: str, kind: Kind, address: str, value: str) -> FileChange:
    """Change a single value in a rubric's or a bank's file, or add a key.

    Comments and layout stay. The new text is checked before it is written.

    Args:
        library: Where ids are looked up.
        name: The id, or a path.
        kind: What kind of file an id names.
        address: The path to the value, such as `criteria.forecasting.weight`.
        value: The new value.

    Raises:
        NotFound: No such file, or the path leads nowhere.
        FindingsError: The file is not YAML, or the new text has errors; nothing is written.
        Refused: It cannot be changed by its place, or the file is read-only or has changed meanwhile.
        UsageProblem: The address is malformed.
    """
    return _change(library, name, kind, address, lambda text, words, file: set_value(text, words, value, file=file))


def _change(library: Library, name: str, kind: Kind, address: str, how: _How) -> FileChange:
    words = read_address(address)
    source = read_source(library.path_of(name, kind))
    edit = how(source.text, words, str(source.path))
    findings = library.check_text(edit.text, str(source.path))
    if has_errors(findings):
        errors = [finding for finding in findings if finding.severity is Severity.ERROR]
        raise FindingsError(NOT_CHANGED.format(path=str(source.path)), errors, hint=NOT_CHANGED_HINT)
    step = _step(library, source, edit)
    replace_source(source, edit.text)
    return FileChange(source.path, edit, step, findings)


def _step(library: Library, source: Source, edit: Edit) -> Step | None:
    """Return how large a version step the change calls for, if the file was a valid rubric before."""
    try:
        before, after = (library.load_rubric_text(text, str(source.path)) for text in (source.text, edit.text))
    except FindingsError:
        return None
    return diff_rubrics(before, after).step


def append_in_file(library: Library, name: str, kind: Kind, address: str, value: str) -> FileChange:
    """Add an item to a list in a file; see `set_in_file`."""
    return _change(library, name, kind, address, lambda text, words, file: append_item(text, words, value, file=file))


def remove_in_file(library: Library, name: str, kind: Kind, address: str) -> FileChange:
    """Remove an item of a list, or a key, from a file; see `set_in_file`."""
    return _change(library, name, kind, address, lambda text, words, file: remove_value(text, words, file=file))


def rescore_impact(
    store: Store, actor: Actor, rubric_id: str, after: Rubric, options: ScoringOptions
) -> tuple[OpeningImpact, ...]:
    """Score every opening that pinned a rubric as it is and under another version; nothing is changed.

    Only candidates whom the viewer may see are in it, as in comparisons.

    Args:
        store: Where the openings are.
        actor: Who looks.
        rubric_id: The id that they pinned, whatever the version.
        after: The other version, its banks resolved.
        options: How to score.
    """
    with store.read() as tx:
        pinned = [seen for seen in visible_openings(tx, actor.who) if seen.opening.rubric == rubric_id]
        return tuple(_impact(tx, seen, after, options) for seen in pinned)


def _impact(tx: Tx, seen: VisibleOpening, after: Rubric, options: ScoringOptions) -> OpeningImpact:
    opening, before = seen.opening, pinned_rubric(tx, seen.opening)
    hidden = sum(each.id in seen.hidden and not each.withdrawn_at for each in seen.candidates)
    made = OpeningImpact(opening.id, opening.title, opening.version, hidden=hidden)
    if before.scale.values != after.scale.values:
        was, will_be = (", ".join(map(str, rubric.scale.values)) for rubric in (before, after))
        return evolve(made, obstacle=OTHER_SCALE.format(old=was, new=will_be))
    if not (opening.ranks(before.policy) and opening.ranks(after.policy)):
        return evolve(made, obstacle=NOT_RANKED)
    old = score_opening(tx, seen, before, options=options, language="en")
    # by the same method, or the difference would not be the rubric's
    same = evolve(options, method=old.method)
    new = score_opening(tx, seen, after, options=same, language="en")
    lost = _lost(tx, seen, after)
    return evolve(made, candidates=_candidates(old, new), lost_ratings=lost)


def _lost(tx: Tx, seen: VisibleOpening, after: Rubric) -> int:
    """Count ratings of questions that the other version does not ask."""
    asked = {question.id for question in after.asked} | {each.question for each in dropped_in(tx, seen.opening.id)}
    rated = zip(seen.ratings.question, seen.ratings.value, strict=True)
    return sum(question not in asked and value is not None for question, value in rated)


def _candidates(before: Comparison, after: Comparison) -> tuple[CandidateImpact, ...]:
    later = {profile.candidate: profile for profile in after.profiles}
    return tuple(_candidate(profile, later[profile.candidate]) for profile in before.profiles)


def _candidate(before: FitProfile, after: FitProfile) -> CandidateImpact:
    return CandidateImpact(
        before.candidate,
        before.name,
        before.overall.score,
        after.overall.score,
        before.rank.position,
        after.rank.position,
        before.recommendation.policy,
        after.recommendation.policy,
    )
