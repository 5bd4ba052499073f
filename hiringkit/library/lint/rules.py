"""The codes of the rules with their sentences; docs/lint-rules.md explains each, and a test keeps the two alike."""

from functools import partial

from hiringkit.domain.codes import Code
from hiringkit.domain.finding import Severity
from hiringkit.library.checks.mistakes import Mistake

_rule = partial(Mistake, severity=Severity.WARNING)

DOUBLE_BARRELLED = _rule(
    Code.DOUBLE_BARRELLED,
    "the question asks more than one thing: {sign}",
    "ask one thing; make the rest a probe or another question",
)
YES_NO = _rule(
    Code.YES_NO_QUESTION,
    'the question can be answered by yes or no: "{words}"',
    'ask for what was done or would be done: "Tell me about a time …", "How would you …"',
)
LEADING = _rule(
    Code.LEADING_QUESTION,
    'the wording suggests the answer that is wanted: "{words}"',
    "ask neutrally, so that a poor answer is as easy to give as the wanted one",
)
PROTECTED = _rule(
    Code.PROTECTED_TOPIC,
    'this invites what must not decide about a job ({topic}): "{words}"',
    "ask about the work itself, in words that any candidate can answer",
)
VAGUE_ANCHOR = _rule(
    Code.VAGUE_ANCHOR,
    'no behaviour to listen for at level {level}: "{words}"',
    "write what the candidate did, said, measured or left out",
)
ANCHORS_ALIKE = _rule(
    Code.ANCHORS_ALIKE,
    "the anchors of levels {lower} and {level} differ by nothing that a listener could hear",
    "name a behaviour that is there at {level} and missing at {lower}",
)
ANCHOR_COPIED = _rule(
    Code.ANCHOR_COPIED,
    "the anchor is that of {other} too, in {first}",
    "write what an answer to this question sounds like",
)
ASKED_ONCE = _rule(
    Code.CRITERION_ASKED_ONCE,
    'the question "{question}" alone carries the criterion "{criterion}"',
    "ask a second question for it: one poor question would decide the score",
)
WEIGHT_RATIONALE = _rule(
    Code.WEIGHT_WITHOUT_RATIONALE,
    'the weights are unequal, and nothing says why "{criterion}" weighs {weight}',
    "add weight_rationale:, or make all weights equal",
)
MINUTES_OVER = _rule(
    Code.MINUTES_OVER,
    "the questions take {total} minutes, the {interviews} planned interviews of a candidate {available}",
    "drop questions, or raise policy.panel.minimum or policy.interview_minutes",
)
QUESTION_TOO_LONG = _rule(
    Code.MINUTES_OVER,
    'the question "{question}" takes {minutes} minutes, the interview {available}',
    "split the question, or raise policy.interview_minutes",
)
BARS_REFUSED = _rule(
    Code.BARS_REFUSED,
    "a candidate who is exactly at every bar has {score} overall, and yes begins at {least}: whoever meets all bars is"
    " refused",
    "lower the threshold of yes, or raise the bars",
)
TIME_AGAINST_WEIGHT = _rule(
    Code.TIME_AGAINST_WEIGHT,
    'the criterion "{criterion}" has {weight} % of the weight and {time} % of the question time',
    "ask it {direction}, or weigh it by what it is asked for",
)
GATE_ASKED_ONCE = _rule(
    Code.GATE_ASKED_ONCE,
    'expected {needed} questions that are mainly about the required criterion "{criterion}", found {count}',
    "ask another: one misunderstood answer would refuse a candidate",
)
TASK_NOT_ASKED = _rule(
    Code.TASK_NOT_ASKED,
    'no question is about the task "{task}"',
    "name the questions that are, as in questions: [id]; or ask one",
)
NO_TASK_ASKED = _rule(
    Code.TASK_NOT_ASKED,
    "no task says which questions are about it",
    "add questions: [id] to each task",
)
STAGE_TOO_SHORT = _rule(
    Code.STAGE_TOO_SHORT,
    'the questions of the stage "{stage}" take {minutes} minutes; {available} are left between its opening and close',
    "move a question to another stage, or give the stage more minutes",
)
NOT_STAGED = _rule(
    Code.CRITERION_NOT_STAGED,
    'no stage asks a question that is evidence for "{criterion}"',
    "put one of its questions into a stage",
)
SECONDARY_UNHEARD = _rule(
    Code.SECONDARY_UNHEARD,
    'the anchors of "{question}" say no more about "{criterion}" than about most other criteria',
    "write into the anchors what shows it, or leave it out of the question's criteria",
)
ANCHORS_BY_LENGTH = _rule(
    Code.ANCHORS_BY_LENGTH,
    "the length of an anchor gives its level away ({language}): correlation {rho}; the highest is the longest in"
    " {longest} of {questions} questions, {expected} by chance",
    "make the anchors of a question about equally long, and not always the highest the longest",
)
ANCHORS_OPEN_ALIKE = _rule(
    Code.ANCHORS_OPEN_ALIKE,
    '{count} of {anchors} anchors begin with "{opening}" ({language})',
    "begin them with what was done",
)
SAMPLES_BY_LENGTH = _rule(
    Code.SAMPLES_BY_LENGTH,
    "the length of a sample gives its level away ({language}): correlation {rho} over {samples} samples",
    "write some good answers that ramble and some poor ones that are polished",
)
SAMPLES_BY_WORDS = _rule(
    Code.SAMPLES_BY_WORDS,
    "{guessed} of {samples} samples can be rated by the words that they share with an anchor ({language})",
    "say it in a candidate's words, not in those of the anchor",
)
WRONG_LANGUAGE = _rule(
    Code.WRONG_LANGUAGE,
    "the text under {language} is in another language",
    "write it in {expected}; a name or a term may stay as it is",
)

ALL = tuple(value for value in globals().values() if isinstance(value, Mistake))
