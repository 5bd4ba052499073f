"""How firmly the leader of a comparison leads, in sentences."""

from collections.abc import Iterator, Mapping, Sequence

from hiringkit.domain.codes import Code
from hiringkit.domain.profile import Comparison
from hiringkit.domain.robustness import LeftOut, Robustness, WeightChange
from hiringkit.locale import _
from hiringkit.report.model import Notes, Number, show_cell, show_chance
from hiringkit.report.words import distinct_names, finding_sentence, join_names, join_sentences, join_things

NAMED = 3
"""Criteria of one sentence."""
SMALL = 0.005
"""Change of a share that is not worth naming."""

Names = Mapping[str, str]


def robustness_notes(comparison: Comparison, names: Names, people: Names, language: str) -> tuple[Notes, ...]:
    """Say what it takes to change who leads; nothing where nobody asked.

    Args:
        comparison: With or without it.
        names: By candidate id.
        people: By interviewer id; nothing is said about interviewers who are not in it.
        language: en or zh.
    """
    found = comparison.robustness
    if found is None:
        return ()
    told = [
        *_weights(comparison, found, names, language),
        *_plausible(found, names, language),
        *_without(
            [each for each in found.without_interviewer if each.id in people],
            {
                "same": _("Whichever interviewer's ratings are left out, {name} still leads."),
                "other": _("Without {left_out}'s ratings {leaders} would lead."),
                "nobody": _("Without {left_out}'s ratings nobody could be said to lead."),
            },
            comparison,
            people,
            names,
            language,
        ),
        *_without(
            found.without_question,
            {
                "same": _("Whichever question is left out, {name} still leads."),
                "other": _('Without the question "{left_out}" {leaders} would lead.'),
                "nobody": _('Without the question "{left_out}" nobody could be said to lead.'),
            },
            comparison,
            {},
            names,
            language,
        ),
        *map(finding_sentence, found.findings),
    ]
    return (Notes(tuple(told), _("How firm the lead is")),) if told else ()


def robustness_line(comparison: Comparison, language: str) -> str:
    """Say it in one sentence; empty where nobody asked, or nobody leads alone."""
    found = comparison.robustness
    if found is None or found.leader is None:
        return ""
    names = distinct_names((profile.candidate, profile.name) for profile in comparison.profiles)
    leader = names.get(found.leader, found.leader)
    told = []
    if found.moved is not None:
        told.append(
            _("{other} is level with {name} once {share} % of the weight moves.").format(
                other=names.get(found.moved_leader or "", found.moved_leader or ""),
                name=leader,
                share=show_cell(Number(100 * found.moved, 1)),
            )
        )
    else:
        told += _weights(comparison, found, names, language)
    left = [*found.without_interviewer, *found.without_question]
    if left:
        changed = [each for each in left if each.changed or each.changed is None]
        told.append(
            _("Of {all} interviewers and questions, leaving out any one of {count} changes who leads.").format(
                count=len(changed), all=len(left)
            )
            if changed
            else _("Leaving out any one interviewer or question does not change who leads.")
        )
    return " ".join(told)


def _weights(comparison: Comparison, found: Robustness, names: Names, language: str) -> Iterator[str]:
    if found.leader is None or len(found.leads) < 2:  # noqa: PLR2004 - a leader and another
        return
    leader = names.get(found.leader, found.leader)
    if found.moved is None:
        if not any(each.code == Code.OTHER_CRITERIA for each in found.findings):
            yield _("Whatever the criteria weigh, nobody scores above {name}.").format(name=leader)
        return
    moved = sorted(found.weights, key=lambda each: -abs((each.nearest or 0.0) - each.share))
    shifts = [
        _shift(comparison, each, each.nearest) for each in moved if abs((each.nearest or 0.0) - each.share) > SMALL
    ]
    other = names.get(found.moved_leader or "", found.moved_leader or "")
    listed = join_things(shifts[:NAMED], language) or "-"
    yield _("{other} is level with {name} once {share} % of the weight moves: {criteria}.").format(
        other=other, name=leader, share=show_cell(Number(100 * found.moved, 1)), criteria=listed
    )
    alone = sorted(
        (each for each in found.weights if each.alone is not None),
        key=lambda each: abs((each.alone or 0.0) - each.share),
    )
    if alone:
        listed = join_things(
            [
                _("{shift} ({name})").format(
                    shift=_shift(comparison, each, each.alone),
                    name=names.get(each.alone_leader or "", each.alone_leader or ""),
                )
                for each in alone[:NAMED]
            ],
            language,
        )
        yield _("If one criterion changes and the others keep their proportions: {criteria}.").format(criteria=listed)
    else:
        yield _("No change of one criterion's weight alone would do it.")


def _shift(comparison: Comparison, each: WeightChange, to: float | None) -> str:
    name = comparison.criterion_names.get(each.criterion, each.criterion)
    return _("{criterion} from {before} to {after} %").format(
        criterion=name,
        before=show_cell(Number(100 * each.share, 1)),
        after=show_cell(Number(100 * (to or 0.0), 1)),
    )


def _plausible(found: Robustness, names: Names, language: str) -> Iterator[str]:
    if len(found.leads) < 2:  # noqa: PLR2004 - a leader and another
        return
    shown = [each for each in found.leads if each.share >= SMALL] or list(found.leads[:1])
    listed = [
        _("{name} {share} %").format(name=names.get(each.candidate, each.candidate), share=show_chance(each.share))
        for each in shown
    ]
    yield _("Who leads in {draws} weightings drawn around the rubric's: {leads}.").format(
        draws=f"{found.draws:,}", leads=join_names(listed, language)
    )


def _without(
    left_out: Sequence[LeftOut],
    say: Mapping[str, str],
    comparison: Comparison,
    called: Names,
    names: Names,
    language: str,
) -> Iterator[str]:
    """Say who leads without each, where that changes anything; else that nothing changes it."""
    leader = comparison.robustness.leader if comparison.robustness else None
    if not left_out or leader is None:
        return
    odd = [each for each in left_out if each.changed is not False]
    if not odd:
        yield say["same"].format(name=names.get(leader, leader))
    for each in odd:
        leaders = join_names([names.get(who, who) for who in each.leaders], language)
        told = say["other" if leaders else "nobody"].format(left_out=called.get(each.id, each.id), leaders=leaders)
        yield (
            told if each.method == comparison.method else join_sentences(told, _("(The rest gives plain means only.)"))
        )
