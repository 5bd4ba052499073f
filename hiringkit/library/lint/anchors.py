"""Whether anchors mark levels: behaviour in each, and a difference between them that can be heard."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from attrs import field, frozen

from hiringkit.domain.level import LevelNumber
from hiringkit.library.checks.findings import Problem, Problems
from hiringkit.library.lint.rules import ANCHOR_COPIED, ANCHORS_ALIKE, VAGUE_ANCHOR
from hiringkit.library.lint.wording import Wording, quoted, wordings
from hiringkit.library.yaml.nodes import Path
from hiringkit.text.language import Text


def _words(listed: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(_longest_first(listed))})(?![\w-])")


def _signs(listed: str) -> re.Pattern[str]:
    return re.compile("|".join(_longest_first(listed)))


def _longest_first(listed: str) -> Iterable[str]:
    return sorted(listed.split(), key=len, reverse=True)


JUDGING: Mapping[str, re.Pattern[str]] = {
    "en": _words(
        "good great excellent outstanding exceptional exceptionally superb strong strongly solid sound"
        " robust adequate adequately satisfactory acceptable fair fairly average moderate moderately basic"
        " limited poor poorly weak weakly bad badly insufficient inadequate effective effectively"
        " ineffective well better best clear clearly thorough thoroughly deep deeply broad"
        " comprehensive appropriate appropriately proficient competent competently skilled skilful advanced"
        " impressive high low very extremely highly somewhat slightly mostly partly fully meets exceeds"
        " expectations expected superior positive negative professional relevant proper properly successful"
        " successfully sufficient sufficiently decent nice brilliant perfect mediocre remarkable reasonable"
        " reasonably convincing confident confidently"
    ),
    "zh": _signs(
        "良好 优秀 很好 较好 好 出色 卓越 突出 一般 普通 较差 很差 差 较强 很强 强 较弱 很弱 弱 扎实 深入"
        " 深刻 清晰 清楚 熟练 精通 不错 合格 达标 到位 有效 充分 全面 完整 完善 完美 丰富 欠缺 不足 有限"
        " 基本 非常 十分 极其 比较 较为 相当 略有 高 低 符合预期 超出预期 专业 恰当 适当 成功"
    ),
}
EMPTY: Mapping[str, re.Pattern[str]] = {
    "en": _words(
        "a an the of in on for to with by at as this that these those it its their his her all some any"
        " many most more less no not is are was were be has have had can could does do did shows show showed"
        " demonstrates demonstrate demonstrated displays display exhibits exhibit gives give provides"
        " provide possesses possess understanding knowledge skill skills ability abilities grasp command"
        " communication communicator answer answers response responses example examples performance"
        " experience awareness judgement judgment level levels candidate standard standards requirement"
        " requirements role quality expertise competence competency insight area areas approach overall"
        " generally general topic subject question none nothing something everything"
    ),
    "zh": _signs(
        "理解 能力 知识 沟通 表达 掌握 了解 水平 表现 回答 经验 意识 思路 认识 候选人 要求 标准 岗位 素质"
        " 技能 方面 具备 具有 展现 体现 拥有 能够 有一些 没有 全部 的 对 有 能 会 很 较 了 在 和 与 上 中 地"
        " 得 是 不 无"
    ),
}
FILLING: Mapping[str, re.Pattern[str]] = {
    "en": _words("a an the of in on for to with by at as this that it its their his her and or but is are was were"),
    "zh": _signs("的 了 地 得 很 较 也 都"),
}


_CLAUSE = re.compile(r"[,;:.!?，；：。！？、()（）\n]+|\s[-–—]\s|\b(?:and|or|but)\b|以及|并且|而且|但是?|并")
_WORD = re.compile(r"[a-z0-9%]+(?:['-][a-z0-9]+)*")
_SIGNS = re.compile("[\u3400-\u9fff]|[a-zA-Z0-9%]+")
_ENOUGH = {"en": (2, 4), "zh": (3, 7)}
"""Words or signs that make a clause say something: without a word of judgement in it, and with one."""
_ALIKE = 0.8
_SHORTEST_COPY = 4


@frozen
class SeenAnchors:
    """Anchors that were met before, by what they say."""

    first: dict[tuple[str, frozenset[str]], tuple[str, Path]] = field(factory=dict)
    """Whose anchor it was, and where it stands."""


def check_anchors(anchors: Mapping[LevelNumber, Text], path: Path, owner: str, seen: SeenAnchors) -> Problems:
    """Yield what is wrong with the anchors of one question or criterion.

    Args:
        anchors: By level.
        path: Where they stand.
        owner: What the others call the question or criterion.
        seen: The anchors of those before it in the file.
    """
    before: Mapping[str, frozenset[str]] = {}
    for lower, level in pairwise((0, *sorted(anchors))):
        here: dict[str, frozenset[str]] = {}
        for wording in wordings(anchors[level], (*path, str(level))):
            content = here[wording.language] = _content(wording)
            if is_vague(wording):
                yield Problem(VAGUE_ANCHOR, wording.path, {"level": level, "words": quoted(wording.text)})
            if _alike(before.get(wording.language, frozenset()), content):
                fields = {"lower": lower, "level": level}
                yield Problem(ANCHORS_ALIKE, wording.path, fields, needs=[(*path, str(lower))])
            yield from _check_copied(content, wording, owner, seen)
        before = here


def is_vague(wording: Wording) -> bool:
    """Tell whether no clause of an anchor holds any behaviour."""
    return not any(_says_something(clause, wording.language) for clause in _CLAUSE.split(wording.text.lower()))


def _says_something(clause: str, language: str) -> bool:
    plain, judged = _ENOUGH[language]
    judging = JUDGING[language].search(clause)
    rest = EMPTY[language].sub(" ", JUDGING[language].sub(" ", clause))
    return sum(1 for _ in _tokens(rest, language)) >= (judged if judging else plain)


def _tokens(text: str, language: str) -> Iterator[str]:
    return (match[0] for match in (_WORD if language == "en" else _SIGNS).finditer(text))


def _content(wording: Wording) -> frozenset[str]:
    """Return what an anchor says apart from how well: its words, or pairs of its signs."""
    language = wording.language
    text = FILLING[language].sub(" ", JUDGING[language].sub(" ", wording.text.lower()))
    tokens = list(_tokens(text, language))
    return frozenset(tokens if language == "en" else map("".join, pairwise(tokens)))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other) and len(one & other) >= _ALIKE * len(one | other)


def _check_copied(content: frozenset[str], wording: Wording, owner: str, seen: SeenAnchors) -> Problems:
    if len(content) < _SHORTEST_COPY:
        return
    other, first = seen.first.setdefault((wording.language, content), (owner, wording.path))
    if other != owner:
        yield Problem(ANCHOR_COPIED, wording.path, {"other": other, "first": first}, needs=[first])
