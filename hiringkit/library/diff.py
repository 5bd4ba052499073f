"""The semantic differences between two rubrics, and the version step that each of them calls for."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import evolve, fields, frozen, has

from hiringkit.domain.question import ExhibitTable, Question
from hiringkit.domain.rubric import Criterion, Rubric, RubricRef
from hiringkit.domain.rubric_diff import ChangeKind, RubricChange, RubricDiff, Step
from hiringkit.library.yaml.write import digest_rubric
from hiringkit.text.language import LANGUAGES, Text
from hiringkit.text.sentence import Sentence
from hiringkit.text.similarity import overlap, split_words

_P, _M, _X = Step.PATCH, Step.MINOR, Step.MAJOR


@frozen
class Rule:
    """What a change to one part of a rubric calls for."""

    pattern: str
    """The part's path; `*` stands for one id, level or key, and at the end for the part as a whole."""
    added: Step
    removed: Step
    changed: Step
    why: str
    """What such a change means, for all but a change of wording."""


RULES = (
    Rule("id", _X, _X, _X, Sentence("this is another rubric")),
    Rule("scale.levels.*", _X, _X, _X, Sentence("ratings on another scale are not to be compared")),
    Rule("scale.levels.*.meaning", _M, _M, _X, Sentence("the level stands for something else")),
    Rule("scale.levels.*.label", _M, _M, _M, Sentence("the level is called something else")),
    Rule("criteria.*", _X, _X, _X, Sentence("what is rated is different")),
    Rule("criteria.*.weight", _X, _X, _X, Sentence("the overall score weighs it differently")),
    Rule("criteria.*.bar", _X, _X, _X, Sentence("the same score is a gap in one and none in the other")),
    Rule("criteria.*.required", _X, _X, _X, Sentence("the gates are different")),
    Rule("criteria.*.definition", _X, _X, _X, Sentence("the criterion stands for something else")),
    Rule("criteria.*.anchors.*", _M, _X, _X, Sentence("the same answer could get another level")),
    Rule("criteria.*.gists.*", _P, _P, _P, Sentence("the anchor in short, not the anchor")),
    Rule("criteria.*.kind", _M, _M, _M, Sentence("it is described as something else")),
    Rule("criteria.*.name", _P, _P, _P, Sentence("the name only")),
    Rule("criteria.*.weight_rationale", _P, _P, _P, Sentence("the reason, not the weight")),
    Rule("criteria.*.also", _P, _P, _P, Sentence("how postings are searched, not what is rated")),
    Rule("criteria.*.develop", _P, _P, _P, Sentence("advice, not what is rated")),
    Rule("questions.*", _M, _X, _X, Sentence("what is asked is different")),
    Rule("questions.*.criteria.*", _X, _X, _X, Sentence("the answer counts differently")),
    Rule("questions.*.text", _X, _X, _X, Sentence("candidates are asked something else")),
    Rule("questions.*.anchors.*", _M, _X, _X, Sentence("the same answer could get another level")),
    Rule("questions.*.gists.*", _P, _P, _P, Sentence("the anchor in short, not the anchor")),
    Rule("questions.*.title", _P, _P, _P, Sentence("the name only")),
    Rule("questions.*.kind", _M, _M, _M, Sentence("it is described as another kind of question")),
    Rule("questions.*.minutes", _M, _M, _M, Sentence("kits are planned differently")),
    Rule("questions.*.probes", _M, _M, _M, Sentence("what is asked further is different")),
    Rule("questions.*.look_for", _M, _M, _M, Sentence("interviewers are guided differently")),
    Rule("questions.*.watch_for", _M, _M, _M, Sentence("interviewers are guided differently")),
    Rule("questions.*.exhibits.*", _X, _X, _X, Sentence("candidates are shown something else")),
    Rule("questions.*.exhibits.*.title", _P, _P, _P, Sentence("the name only")),
    Rule("questions.*.marking", _M, _X, _X, Sentence("the same answer could get another level")),
    Rule("questions.*.why", _P, _P, _P, Sentence("an explanation")),
    Rule("questions.*.samples", _P, _P, _P, Sentence("for practice only")),
    Rule("policy.minimum_coverage", _X, _X, _X, Sentence("other candidates get a recommendation")),
    Rule("policy.no_evidence", _X, _X, _X, Sentence("the same ratings make another score")),
    Rule("policy.after_seeing", _X, _X, _X, Sentence("the same ratings make another score")),
    Rule("policy.ranking", _X, _X, _X, Sentence("candidates are ranked, or no longer are")),
    Rule("policy.recommend", _X, _X, _X, Sentence("the same score makes another recommendation")),
    Rule("policy.recommend_rationale", _P, _P, _P, Sentence("an explanation")),
    Rule("policy.bar_margin", _X, _X, _X, Sentence("the same ratings reach another bar")),
    Rule("policy.gate_certainty", _X, _X, _X, Sentence("other bars are open")),
    Rule("policy", _M, _M, _M, Sentence("interviews are held differently")),
    Rule("role.requirements", _M, _M, _M, Sentence("others are invited to apply")),
    Rule("role.requirements.*.also", _P, _P, _P, Sentence("how postings are searched, not what is asked")),
    Rule("role.tasks.*.also", _P, _P, _P, Sentence("how postings are searched, not what is asked")),
    Rule("stages", _M, _M, _M, Sentence("interviews are planned differently")),
    Rule("stages.*.title", _P, _P, _P, Sentence("the name only")),
    Rule("stages.*.purpose", _P, _P, _P, Sentence("an explanation")),
    Rule("role.reference_checks", _M, _M, _M, Sentence("references are asked something else")),
    Rule("role.tasks", _M, _M, _M, Sentence("the role does other work")),
    Rule("role", _P, _P, _P, Sentence("the description of the role")),
    Rule("need", _P, _P, _P, Sentence("whether the role is needed, not who fits it")),
    Rule("title", _P, _P, _P, Sentence("the name only")),
    Rule("summary", _P, _P, _P, Sentence("the description of the role")),
)
OTHERWISE = Rule("", _M, _M, _M, Sentence("a part of the rubric is different"))
REWORDED = Sentence("the wording only: see whether it still means the same")
TRANSLATED = Sentence("a language more or less; what the others say is the same")
MOVED = Sentence("the same things in another order")
WRITTEN = Sentence("the weights are written differently; their shares are the same")
NEAR = 0.8
"""The Dice coefficient from which a change counts as one of wording only."""
SAME = 1e-9
"""Shares closer than this are the same."""
_TURNS = re.compile(r"n't$|^(?:not?|never|none|without|except|only|before|after)$|^[不没未无非别勿仅前后]$|[0-9]")
"""A negation, another word that reverses a sentence, or a number: any of these changes the meaning."""
_VERSION = re.compile(r"([0-9]+)\.([0-9]+)\.([0-9]+)")
_PARTS = (Step.MAJOR, Step.MINOR, Step.PATCH)
_APART = {Rubric: {"version"}, Criterion: {"weight"}, Question: {"criteria"}}
"""What is not compared as it is written: the version, and weights, which are compared as shares."""
_NAMES = ("id", "value")
Way = tuple[str, ...]
Changes = Iterator[RubricChange]
TextChange = tuple[ChangeKind, str | None, str | None, str]
"""What was done to a text, the wording before and after, and the language; empty where there is only one."""


def diff_rubrics(before: Rubric, after: Rubric, language: str = "en") -> RubricDiff:
    """Compare two rubrics whose banks are resolved.

    Weights count as shares, so that doubling all of them is no change; so do the weights of questions as
    evidence for a criterion. How large a step each change calls for: `RULES`.

    Args:
        before: The earlier one.
        after: The later one.
        language: In which a part that was added or removed is named.
    """
    old, new = evolve(before, questions=before.asked), evolve(after, questions=after.asked)
    found = [*_Comparison(language).compare(old, new, ()), *weight_changes(old, new), *loading_changes(old, new)]
    changes = sorted(found, key=lambda change: -change.step.size)
    return RubricDiff(
        _reference(before),
        _reference(after),
        tuple(changes),
        max((change.step for change in changes), key=lambda step: step.size, default=Step.NONE),
        version_step(before.version, after.version),
    )


def _reference(rubric: Rubric) -> RubricRef:
    return RubricRef(rubric.id, rubric.version, digest_rubric(rubric))


def version_step(before: str, after: str) -> Step:
    """Return the step between two semantic versions."""
    old, new = _numbers(before), _numbers(after)
    if old == new:
        return Step.NONE if before == after else Step.PATCH
    if new < old:
        return Step.BACK
    return next(step for step, a, b in zip(_PARTS, old, new, strict=True) if a != b)


def _numbers(version: str) -> tuple[int, ...]:
    found = _VERSION.match(version)
    return tuple(map(int, found.groups())) if found else (0, 0, 0)


class _Comparison:
    """Walks two values of the same kind side by side."""

    def __init__(self, language: str) -> None:
        self.language = language

    def compare(self, before: Any, after: Any, way: Way) -> Changes:
        """Yield what is different; either value may be absent."""
        if before == after:
            return
        if before is None or after is None:
            kind = ChangeKind.ADDED if before is None else ChangeKind.REMOVED
            yield self._change(way, kind, before, after)
        elif isinstance(before, Text):
            yield from self._texts(before, after, way)
        elif _holds_texts(before, after):
            yield from self._text_lists(before, after, way)
        elif isinstance(before, ExhibitTable) or way[-2:-1] == ("also",):
            yield self._change(way, ChangeKind.CHANGED, before, after)
        elif isinstance(before, tuple):
            yield from self._within(_named(before), _named(after), way)
            yield from self._order(list(_named(before)), list(_named(after)), way)
        elif isinstance(before, Mapping) or has(type(before)):
            yield from self._within(_parts(before), _parts(after), way)
        else:
            yield self._change(way, ChangeKind.CHANGED, before, after)

    def _within(self, before: Mapping[str, Any], after: Mapping[str, Any], way: Way) -> Changes:
        for key in dict.fromkeys([*before, *after]):
            yield from self.compare(before.get(key), after.get(key), (*way, key))

    def _order(self, before: list[str], after: list[str], way: Way) -> Changes:
        old, new = ([key for key in keys if key in before and key in after] for keys in (before, after))
        if old != new:
            yield self._change(way, ChangeKind.MOVED, ", ".join(old), ", ".join(new))

    def _texts(self, before: Text, after: Text, way: Way) -> Changes:
        wording = compare_texts(before, after)
        if wording:
            kind, old, new, language = wording
            yield self._change((*way, language) if language else way, kind, old, new)

    def _text_lists(self, before: tuple[Text, ...], after: tuple[Text, ...], way: Way) -> Changes:
        """Compare lists of texts, which have no ids: pair removed texts with similar new ones, in order."""
        gone = [text for text in before if text not in after]
        for place, text in ((i, text) for i, text in enumerate(after) if text not in before):
            near = next((old for old in gone if _is_near(old, text)), None)
            yield from self.compare(near, text, (*way, f"[{place}]"))
            if near:
                gone.remove(near)
        for text in gone:
            yield self._change((*way, f"[{before.index(text)}]"), ChangeKind.REMOVED, text, None)
        yield from self._order(list(map(repr, before)), list(map(repr, after)), way)

    def _change(self, way: Way, kind: ChangeKind, before: Any, after: Any) -> RubricChange:
        step, why = judge(way, kind)
        path = ".".join(way).replace(".[", "[")
        if kind is ChangeKind.MOVED and before[:5] == "Text(":
            return RubricChange(path, kind, step, why)
        return RubricChange(path, kind, step, why, self._shown(before), self._shown(after))

    def _shown(self, value: Any) -> str | float | None:
        """Return a value as shown: of a part of the rubric, its name."""
        if isinstance(value, bool):
            return str(value).lower()
        if value is None or isinstance(value, str | int | float):
            return value
        if isinstance(value, Text):
            return value.in_language(self.language)
        if isinstance(value, ExhibitTable):
            return " / ".join(", ".join(map(self._cell, row)) for row in (value.columns, *value.rows))
        if isinstance(value, Mapping | tuple):
            return ", ".join(map(str, value))
        named = (getattr(value, name, None) for name in ("name", "text", "label", "title", "id"))
        return self._shown(next((each for each in named if each is not None), f"{type(value).__name__.lower()}"))

    def _cell(self, cell: Text) -> str:
        return cell.in_language(self.language)


def _parts(value: Any) -> dict[str, Any]:
    """Return what a record or mapping holds, by name."""
    if isinstance(value, Mapping):
        return {str(key): value[key] for key in sorted(value)}
    apart = _APART.get(type(value), set())
    return {each.name: getattr(value, each.name) for each in fields(type(value)) if each.name not in apart}


def _named(items: tuple[Any, ...]) -> dict[str, Any]:
    """Return a list's items by id or level, or else by their own value."""
    return {str(next((getattr(each, name) for name in _NAMES if hasattr(each, name)), each)): each for each in items}


def _holds_texts(before: Any, after: Any) -> bool:
    return isinstance(before, tuple) and all(isinstance(each, Text) for each in (*before, *after))


def _is_near(before: Text, after: Text) -> bool:
    wording = compare_texts(before, after)
    return wording is not None and wording[0] is not ChangeKind.CHANGED


def compare_texts(before: Text, after: Text) -> TextChange | None:
    """Return how two texts differ, in the language in which they differ most; None if they are the same."""
    found = [
        (_compare(old, new), old or None, new or None, language)
        for language in LANGUAGES
        if (old := before.said_in(language)) != (new := after.said_in(language))
    ]
    if not found:
        return None
    order = (ChangeKind.CHANGED, ChangeKind.REWORDED, ChangeKind.TRANSLATED)
    kind, was, now, language = min(found, key=lambda each: order.index(each[0]))
    return kind, was, now, "" if before.plain and after.plain else language


def _compare(before: str, after: str) -> ChangeKind:
    if not before or not after:
        return ChangeKind.TRANSLATED
    old, new = Counter(split_words(before)), Counter(split_words(after))
    turned = any(_TURNS.search(word) for word in ((old - new) + (new - old)))
    return ChangeKind.CHANGED if turned or overlap(before, after) < NEAR else ChangeKind.REWORDED


def weight_changes(before: Rubric, after: Rubric) -> Iterator[RubricChange]:
    """Yield each criterion whose weight has changed relative to the others that both rubrics have.

    What a criterion that came or went does to the shares of the rest is not reported again for each of them.
    """
    old, new = ({each.id: each.weight for each in rubric.criteria} for rubric in (before, after))
    common = [key for key in old if key in new]
    moved = _moved(old, new, common)
    if not moved and any(old[key] != new[key] for key in common):
        yield RubricChange("criteria", ChangeKind.REWORDED, Step.PATCH, WRITTEN)
    for key in moved:
        way = ("criteria", key, "weight")
        step, why = judge(way, ChangeKind.CHANGED)
        shares = old[key] / sum(old.values()), new[key] / sum(new.values())
        yield RubricChange(".".join(way), ChangeKind.CHANGED, step, why, *shares)


def loading_changes(before: Rubric, after: Rubric) -> Iterator[RubricChange]:
    """Yield each question whose weight as evidence has changed relative to the others that both rubrics ask."""
    old, new = ({question.id: question.criteria for question in rubric.asked} for rubric in (before, after))
    common = [key for key in old if key in new]
    for criterion in [each.id for each in before.criteria if after.criterion(each.id)]:
        was, now = ({key: float(table[key].get(criterion, 0)) for key in common} for table in (old, new))
        for key in _moved(was, now, common):
            way = ("questions", key, "criteria", criterion)
            kind = _kind(was[key], now[key])
            step, why = judge(way, kind)
            yield RubricChange(".".join(way), kind, step, why, was[key] or None, now[key] or None)


def _moved(before: Mapping[str, float], after: Mapping[str, float], keys: list[str]) -> list[str]:
    """Return the keys whose weights differ, unless their shares of the total are the same."""
    old, new = (sum(table[key] for key in keys) or 1.0 for table in (before, after))
    if all(abs(before[key] / old - after[key] / new) < SAME for key in keys):
        return []
    return [key for key in keys if before[key] != after[key]]


def _kind(before: float, after: float) -> ChangeKind:
    if before and after:
        return ChangeKind.CHANGED
    return ChangeKind.REMOVED if before else ChangeKind.ADDED


def judge(path: tuple[str, ...], kind: ChangeKind) -> tuple[Step, str]:
    """Return the step that a change calls for, and why."""
    rule = rule_for(path)
    match kind:
        case ChangeKind.REWORDED:
            return Step.PATCH, REWORDED
        case ChangeKind.TRANSLATED:
            return Step.PATCH, TRANSLATED
        case ChangeKind.MOVED:
            return Step.MINOR if path == ("questions",) else Step.PATCH, MOVED
        case ChangeKind.ADDED:
            return rule.added, rule.why
        case ChangeKind.REMOVED:
            return rule.removed, rule.why
    return rule.changed, rule.why


def rule_for(path: tuple[str, ...]) -> Rule:
    """Return the rule of the longest pattern that a path begins with."""
    way = path[:-1] if len(path) > 1 and path[-1] in LANGUAGES else path
    fitting = [rule for rule in RULES if _fits(rule.pattern.split("."), way)]
    return max(fitting, key=lambda rule: rule.pattern.count("."), default=OTHERWISE)


def _fits(pattern: list[str], path: tuple[str, ...]) -> bool:
    whole = pattern[-1] == "*"
    if len(pattern) > len(path) or (whole and len(pattern) < len(path)):
        return False
    return all(p in ("*", step) for p, step in zip(pattern, path, strict=False))
