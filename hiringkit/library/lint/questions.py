"""How a question is worded: one thing at a time, open, and without a hint at the answer."""

import re
from collections.abc import Iterable

from hiringkit.domain.question import Question
from hiringkit.library.checks.findings import Problem, Problems
from hiringkit.library.lint import rules
from hiringkit.library.lint.wording import Wording, quoted, wordings
from hiringkit.library.yaml.nodes import Path
from hiringkit.text.language import HAN
from hiringkit.text.sentence import Sentence

_AUXILIARY = (
    "(?:do|does|did|is|are|was|were|has|have|had|can|could|will|would|should|may|might|must)(?:n't)?"
    " (?:you|your|they|their|it|he|she|we|there|this|that|these|those|the|a|an|any|anyone|anybody|someone|somebody|i)"
)
_INVITATION = (
    "(?:can|could|would|will) you (?:please |kindly |briefly )*"
    "(?:tell|describe|walk|take|give|share|explain|talk|show|think|outline|sketch|run)"
)
_HOW = "怎么|怎样|如何|为什么|为何"
_OPEN = f"{_HOW}|什么|哪|谁|多少|多久|几|请讲|请举|请说|请描述|讲讲|说说|谈谈|描述"

EN_YES_NO = re.compile(rf"(?!{_INVITATION}\b){_AUXILIARY}\b", re.IGNORECASE)
EN_WHETHER = re.compile(r"(?:please )?(?:tell me|let (?:me|us) know|say) (?:whether|if)\b", re.IGNORECASE)
EN_OPEN = re.compile(
    r"(?:\w+ ){0,3}(?:what|how|why|who|whom|whose|which)\b"
    r"|(?:when|where) (?:do|did|would|will|is|are|was|were|have|has)\b",
    re.IGNORECASE,
)
EN_CLAUSES = re.compile(r"[,;:]\s+|\s[-–—]\s|(?<=\w)—(?=\w)")
ZH_YES_NO = re.compile("吗(?=[？?。]?$)|是不是|是否|有没有|能不能|会不会|可不可以|能否|可否|愿不愿意|会否")
ZH_OPEN = re.compile(_OPEN)

EN_DOUBLE = (
    # how … and why …; "what was asked and what was needed" is one thing seen from two sides
    re.compile(
        r"\b(what|how|why|who|whom|when|where|which)\b[^.?;]{0,300}?(?:,? and|,? or|;|, then|, as well as)"
        r" (?:also |then )?(?!\1\b)(?:what|how|why|who|whom|when|where)\b[^.;]*\?",
        re.IGNORECASE,
    ),
    # tell me about … and how …, describe … and explain …
    re.compile(
        r"^(?:please )?(?:tell|describe|explain|give|walk|take|share|show|discuss)\b"
        r"(?:(?!\b(?:what|how|why|who|where|which)\b)[^.?;]){0,300}?,? (?:and|as well as)"
        r" (?:also |then )?(?:what|how|why|whom|where|tell|describe|explain|say|walk)\b",
        re.IGNORECASE,
    ),
    # how do you find and report …
    re.compile(
        r"\b(?:how|what|when|why|where) (?:do|did|would|have|should|will|can|could) you (?:\w+ly )?(?!and\b)\w+"
        r",? (?:and|or) (?:then )?(?!(?:the|your|a|an|other|others|she|he|they)\b)\w+",
        re.IGNORECASE,
    ),
)
ZH_DOUBLE = (
    re.compile(rf"(?:{_HOW})[^。？?！；]{{0,200}}?(?:，|；|、|以及|并且|而且|又|还)[^。？?！；，]{{0,40}}?(?:{_HOW})"),
    re.compile(
        r"(?:什么|哪些|谁|多少)[^。？?！；]{0,200}?(?:以及|并且|而且|，并|，又|，还|同时)[^。？?！；]{0,40}?"
        rf"(?:{_HOW}|什么|谁|多少)"
    ),
    re.compile(rf"(?:{_HOW})[{HAN}]{{2,12}}(?<![合吞兼])(?:并且|并|以及)(?![购存行])[{HAN}]{{2}}"),
)
ZH_REPORTED = re.compile("(?:问你|请教你|想知道)[^，。？]{0,60}，")
"""Speech reported inside a scenario is no second question."""
_MARK = re.compile("[？?]")

EN_LEADING = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:do|does|did|is|are|was|were|would|should|could|have|has|wo|ca)n't (?:you|it|they|he|she|we|that|this)\b",
        r"\b(?:surely|obviously|of course|undoubtedly|needless to say|as we all know|everyone knows|as you know)\b",
        r", (?:right|correct|agreed)\?",
        r"\b(?:do|would|wouldn't|don't) you (?:not )?agree\b",
        r"\bI(?:'d)? (?:assume|trust|take it|imagine|expect|suppose|am sure|guess) (?:that )?you\b",
        r"\bhow (?:important|essential|valuable|crucial|critical|vital) (?:is|was|are|were|do you)\b",
        r"\bdo you (?:not )?(?:believe|think) (?:that )?(?:it is|it's|one should|everyone should)\b",
    )
)
ZH_LEADING = tuple(
    re.compile(pattern)
    for pattern in (
        "难道|不觉得|不认为|不应该|不是吗|你同意",
        "(?:是吧|对吧|对不对|没错吧)(?=[？?。，]|$)",
        "你(?:一定|肯定|当然|想必)",
        "毫无疑问|众所周知|大家都知道|不用说",
        "有多重要|多么重要|重要吗",
    )
)

DOUBLE = {"en": EN_DOUBLE, "zh": ZH_DOUBLE}
LEADING = {"en": EN_LEADING, "zh": ZH_LEADING}


def check_questions(question: Question, path: Path) -> Problems:
    """Yield what is wrong with the wording of a question and its probes."""
    for wording in wordings(question.text, (*path, "text")):
        yield from check_double(wording)
        yield from check_yes_no(wording)
        yield from check_leading(wording)
    for i, probe in enumerate(question.probes):
        for wording in wordings(probe, (*path, "probes", i)):
            yield from check_leading(wording)


def check_double(wording: Wording) -> Problems:
    """Yield a problem where more than one thing is asked at a time."""
    marks = len(_MARK.findall(wording.text))
    if marks > 1:
        yield Problem(
            rules.DOUBLE_BARRELLED, wording.path, {"sign": Sentence("{marks} question marks").format(marks=marks)}
        )
        return
    asked = [ZH_REPORTED.sub("，", sentence) for sentence in wording.sentences[-1:]]
    found = _first(asked, DOUBLE.get(wording.language, ()))
    if found:
        yield Problem(rules.DOUBLE_BARRELLED, wording.path, {"sign": f'"{quoted(found)}"'})


def check_yes_no(wording: Wording) -> Problems:
    """Yield a problem where yes or no would be an answer."""
    closed = CLOSED.get(wording.language)
    found = next((sentence for sentence in wording.sentences if closed(sentence)), None) if closed else None
    if found:
        yield Problem(rules.YES_NO, wording.path, {"words": quoted(found)})


def check_leading(wording: Wording) -> Problems:
    """Yield a problem where the wording gives the answer away."""
    found = _first(wording.sentences, LEADING.get(wording.language, ()))
    if found:
        yield Problem(rules.LEADING, wording.path, {"words": quoted(found)})


def _closed_english(sentence: str) -> bool:
    if EN_WHETHER.match(sentence):
        return True
    if not sentence.endswith("?"):
        return False
    clauses = EN_CLAUSES.split(sentence)
    return any(map(EN_YES_NO.match, clauses)) and not any(map(EN_OPEN.match, clauses))


def _closed_chinese(sentence: str) -> bool:
    asks = sentence.endswith(("？", "?")) or sentence.rstrip("。").endswith("吗")
    return asks and bool(ZH_YES_NO.search(sentence)) and not ZH_OPEN.search(sentence)


CLOSED = {"en": _closed_english, "zh": _closed_chinese}
"""By language, what tells a sentence to which yes or no is an answer; wordings in other languages are left alone."""


def _first(sentences: Iterable[str], patterns: Iterable[re.Pattern[str]]) -> str:
    found = (match for sentence in sentences for pattern in patterns if (match := pattern.search(sentence)))
    return next((match[0] for match in found), "")
