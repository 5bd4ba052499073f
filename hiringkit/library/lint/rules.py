"""The codes of the rules with their sentences; docs/lint-rules.md explains each, and a test keeps the two alike."""

from functools import partial

from hiringkit.domain.finding import Severity
from hiringkit.library.checks.mistakes import Mistake

_rule = partial(Mistake, severity=Severity.WARNING)

DOUBLE_BARRELLED = _rule(
    "double-barrelled",
    "the question asks more than one thing: {sign}",
    "ask one thing; make the rest a probe or another question",
)
YES_NO = _rule(
    "yes-no-question",
    'the question can be answered by yes or no: "{words}"',
    'ask for what was done or would be done: "Tell me about a time …", "How would you …"',
)
LEADING = _rule(
    "leading-question",
    'the wording suggests the answer that is wanted: "{words}"',
    "ask neutrally, so that a poor answer is as easy to give as the wanted one",
)
PROTECTED = _rule(
    "protected-topic",
    'this invites what must not decide about a job ({topic}): "{words}"',
    "ask about the work itself, in words that any candidate can answer",
)
VAGUE_ANCHOR = _rule(
    "vague-anchor",
    'no behaviour to listen for at level {level}: "{words}"',
    "write what the candidate did, said, measured or left out",
)
ANCHORS_ALIKE = _rule(
    "anchors-alike",
    "the anchors of levels {lower} and {level} differ by nothing that a listener could hear",
    "name a behaviour that is there at {level} and missing at {lower}",
)
ANCHOR_COPIED = _rule(
    "anchor-copied",
    "the anchor is that of {other} too, in {first}",
    "write what an answer to this question sounds like",
)
ASKED_ONCE = _rule(
    "criterion-asked-once",
    'the question "{question}" alone carries the criterion "{criterion}"',
    "ask a second question for it: one poor question would decide the score",
)
WEIGHT_RATIONALE = _rule(
    "weight-without-rationale",
    'the weights are unequal, and nothing says why "{criterion}" weighs {weight}',
    "add weight_rationale:, or make all weights equal",
)
MINUTES_OVER = _rule(
    "minutes-over",
    "the questions take {total} minutes, the {interviews} planned interviews of a candidate {available}",
    "drop questions, or raise policy.panel.minimum or policy.interview_minutes",
)
QUESTION_TOO_LONG = _rule(
    "minutes-over",
    'the question "{question}" takes {minutes} minutes, the interview {available}',
    "split the question, or raise policy.interview_minutes",
)
BARS_REFUSED = _rule(
    "bars-refused",
    "a candidate who is exactly at every bar has {score} overall, and yes begins at {least}: whoever meets all bars is"
    " refused",
    "lower the threshold of yes, or raise the bars",
)
WRONG_LANGUAGE = _rule(
    "wrong-language",
    "the text under {language} is in another language",
    "write it in {expected}; a name or a term may stay as it is",
)

ALL = tuple(value for value in globals().values() if isinstance(value, Mistake))
