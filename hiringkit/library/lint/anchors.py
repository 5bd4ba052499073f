"""Rules for anchors: each describes behaviour, and an interviewer can hear the difference between levels."""

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise

from attrs import field, frozen

from hiringkit.domain.level import LevelNumber
from hiringkit.library.checks.findings import Problem, Problems
from hiringkit.library.lint.rules import ANCHOR_COPIED, ANCHORS_ALIKE, VAGUE_ANCHOR
from hiringkit.library.lint.wording import Wording, quoted, wordings
from hiringkit.library.yaml.nodes import Path
from hiringkit.text.language import HAN, Text


def _words(listed: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(_longest_first(listed))})(?![\w-])")


def _signs(listed: str) -> re.Pattern[str]:
    return re.compile("|".join(_longest_first(listed)))


def _longest_first(listed: str) -> Iterable[str]:
    return sorted(listed.split(), key=len, reverse=True)


@frozen
class WordLists:
    """What the rules know of the words of one language."""

    token: re.Pattern[str]
    """A word, or a Chinese character."""
    judging: re.Pattern[str]
    """Words that judge without saying what was done."""
    empty: re.Pattern[str]
    """Words that name no behaviour."""
    filling: re.Pattern[str]
    """Words that are in any sentence."""
    enough: int
    """How many other tokens make a clause without a judging word say something."""
    enough_judged: int
    """How many make a clause with one say something."""
    pairs: bool = False
    """Whether pairs of tokens are compared rather than single ones."""


WORD_LISTS: Mapping[str, WordLists] = {
    "en": WordLists(
        token=re.compile(r"[a-z0-9%]+(?:['-][a-z0-9]+)*"),
        judging=_words(
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
        empty=_words(
            "a an the of in on for to with by at as this that these those it its their his her all some any"
            " many most more less no not is are was were be has have had can could does do did shows show showed"
            " demonstrates demonstrate demonstrated displays display exhibits exhibit gives give provides"
            " provide possesses possess understanding knowledge skill skills ability abilities grasp command"
            " communication communicator answer answers response responses example examples performance"
            " experience awareness judgement judgment level levels candidate standard standards requirement"
            " requirements role quality expertise competence competency insight area areas approach overall"
            " generally general topic subject question none nothing something everything"
        ),
        filling=_words(
            "a an the of in on for to with by at as this that it its their his her and or but is are was were"
        ),
        enough=2,
        enough_judged=4,
    ),
    "zh": WordLists(
        token=re.compile(f"[{HAN}]|[a-zA-Z0-9%]+"),
        judging=_signs(
            "良好 优秀 很好 较好 好 出色 卓越 突出 一般 普通 较差 很差 差 较强 很强 强 较弱 很弱 弱 扎实 深入"
            " 深刻 清晰 清楚 熟练 精通 不错 合格 达标 到位 有效 充分 全面 完整 完善 完美 丰富 欠缺 不足 有限"
            " 基本 非常 十分 极其 比较 较为 相当 略有 高 低 符合预期 超出预期 专业 恰当 适当 成功"
        ),
        empty=_signs(
            "理解 能力 知识 沟通 表达 掌握 了解 水平 表现 回答 经验 意识 思路 认识 候选人 要求 标准 岗位 素质"
            " 技能 方面 具备 具有 展现 体现 拥有 能够 有一些 没有 全部 的 对 有 能 会 很 较 了 在 和 与 上 中 地"
            " 得 是 不 无"
        ),
        filling=_signs("的 了 地 得 很 较 也 都"),
        enough=3,
        enough_judged=7,
        pairs=True,
    ),
}
"""By language; anchors in a language without lists are left alone."""

_CLAUSE = re.compile(r"[,;:.!?，；：。！？、()（）\n]+|\s[-–—]\s|\b(?:and|or|but)\b|以及|并且|而且|但是?|并")
_ALIKE = 0.8
_SHORTEST_COPY = 4


@frozen
class SeenAnchors:
    """Anchors seen earlier in the file, by their content."""

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
            if (lists := WORD_LISTS.get(wording.language)) is None:
                continue
            content = here[wording.language] = _content(wording, lists)
            if is_vague(wording):
                yield Problem(VAGUE_ANCHOR, wording.path, {"level": level, "words": quoted(wording.text)})
            if _alike(before.get(wording.language, frozenset()), content):
                fields = {"lower": lower, "level": level}
                yield Problem(ANCHORS_ALIKE, wording.path, fields, needs=[(*path, str(lower))])
            yield from _check_copied(content, wording, owner, seen)
        before = here


def is_vague(wording: Wording) -> bool:
    """Return whether no clause of an anchor names any behaviour."""
    lists = WORD_LISTS[wording.language]
    return not any(_says_something(clause, lists) for clause in _CLAUSE.split(wording.text.lower()))


def _says_something(clause: str, lists: WordLists) -> bool:
    rest = lists.empty.sub(" ", lists.judging.sub(" ", clause))
    enough = lists.enough_judged if lists.judging.search(clause) else lists.enough
    return len(lists.token.findall(rest)) >= enough


def _content(wording: Wording, lists: WordLists) -> frozenset[str]:
    """Return what an anchor says apart from how well: its words, or pairs of its characters."""
    tokens = lists.token.findall(lists.filling.sub(" ", lists.judging.sub(" ", wording.text.lower())))
    return frozenset(map("".join, pairwise(tokens)) if lists.pairs else tokens)


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other) and len(one & other) >= _ALIKE * len(one | other)


def _check_copied(content: frozenset[str], wording: Wording, owner: str, seen: SeenAnchors) -> Problems:
    if len(content) < _SHORTEST_COPY:
        return
    other, first = seen.first.setdefault((wording.language, content), (owner, wording.path))
    if other != owner:
        yield Problem(ANCHOR_COPIED, wording.path, {"other": other, "first": first}, needs=[first])
