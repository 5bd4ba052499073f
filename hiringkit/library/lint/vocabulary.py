"""Words that judge without saying what was heard, and words that say nothing by themselves."""

import re
from collections.abc import Iterable, Mapping


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
