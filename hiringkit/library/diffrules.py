"""How large a step a change in each part of a rubric calls for, and why.

docs/authoring.md has the same table; a test keeps the two alike.
"""

from attrs import frozen

from hiringkit.domain.rubricdiff import ChangeKind, Step
from hiringkit.domain.sentence import Sentence
from hiringkit.domain.text import LANGUAGES

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
    Rule("criteria.*.kind", _M, _M, _M, Sentence("it is described as something else")),
    Rule("criteria.*.name", _P, _P, _P, Sentence("the name only")),
    Rule("criteria.*.weight_rationale", _P, _P, _P, Sentence("the reason, not the weight")),
    Rule("criteria.*.develop", _P, _P, _P, Sentence("advice, not what is rated")),
    Rule("questions.*", _M, _X, _X, Sentence("what is asked is different")),
    Rule("questions.*.criteria.*", _X, _X, _X, Sentence("the answer counts differently")),
    Rule("questions.*.text", _X, _X, _X, Sentence("candidates are asked something else")),
    Rule("questions.*.anchors.*", _M, _X, _X, Sentence("the same answer could get another level")),
    Rule("questions.*.kind", _M, _M, _M, Sentence("it is described as another kind of question")),
    Rule("questions.*.minutes", _M, _M, _M, Sentence("kits are planned differently")),
    Rule("questions.*.probes", _M, _M, _M, Sentence("what is asked further is different")),
    Rule("questions.*.look_for", _M, _M, _M, Sentence("interviewers are guided differently")),
    Rule("questions.*.watch_for", _M, _M, _M, Sentence("interviewers are guided differently")),
    Rule("questions.*.why", _P, _P, _P, Sentence("an explanation")),
    Rule("questions.*.samples", _P, _P, _P, Sentence("for practice only")),
    Rule("policy.minimum_coverage", _X, _X, _X, Sentence("other candidates get a recommendation")),
    Rule("policy.no_evidence", _X, _X, _X, Sentence("the same ratings make another score")),
    Rule("policy.recommend", _X, _X, _X, Sentence("the same score makes another recommendation")),
    Rule("policy", _M, _M, _M, Sentence("interviews are held differently")),
    Rule("role.requirements", _M, _M, _M, Sentence("others are invited to apply")),
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


def rule_for(path: tuple[str, ...]) -> Rule:
    """Return the rule of the longest pattern that a path begins with."""
    way = path[:-1] if len(path) > 1 and path[-1] in LANGUAGES else path
    fitting = [rule for rule in RULES if _fits(rule.pattern.split("."), way)]
    return max(fitting, key=lambda rule: rule.pattern.count("."), default=OTHERWISE)


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


def _fits(pattern: list[str], path: tuple[str, ...]) -> bool:
    whole = pattern[-1] == "*"
    if len(pattern) > len(path) or (whole and len(pattern) < len(path)):
        return False
    return all(p in ("*", step) for p, step in zip(pattern, path, strict=False))
