"""Words that tell some readers of a posting that they are not meant.

Gender-coded words: the two lists of Gaucher, Friesen & Kay (2011), "Evidence That Gendered Wording in Job
Advertisements Exists and Sustains Gender Inequality", Journal of Personality and Social Psychology 101(1), Appendix A;
a stem stands for every word that begins with it. There, a posting with more of the masculine words appealed less to
women; single words prove nothing, so that only the balance of a posting is judged.

Words for one sex, and age-coded words: 29 CFR 1625.4(a) names help-wanted terms by which the US Age Discrimination in
Employment Act is violated, such as "young", "college student", "recent college graduate", "boy", "girl", "retired
person". Chinese: the notice 人社部发〔2019〕17号 forbids limits and preferences by sex and questions about marriage and
children; for age, the counterparts of the English terms.
"""

import re
from collections.abc import Iterable

_MASCULINE = (
    "active adventurous aggress* ambitio* analy* assert* athlet* autonom* boast* challeng* compet* confident courag*"
    " decide decisive decision* determin* dominant domina* force* greedy headstrong hierarch* hostil* impulsive"
    " independen* individual* intellect* lead* logic masculine objective opinion outspoken persist principle* reckless"
    " stubborn superior self-confiden* self-sufficien* self-relian*"
)
_FEMININE = (
    "affectionate child* cheer* commit* communal compassion* connect* considerate cooperat* depend* emotiona* empath*"
    " feminine flatterable gentle honest interpersonal interdependen* interpersona* kind kinship loyal* modesty nag"
    " nurtur* pleasant* polite quiet* respon* sensitiv* submissive support* sympath* tender* together* trust*"
    " understand* warm* whin* yield*"
)
_ONE_SEX = (
    "he him his himself she her hers herself boy boys girl girls guys salesman salesmen saleswoman saleswomen chairman"
    " foreman manpower"
)
_AGE = (
    "young",
    "college student",
    "college students",
    "recent graduate",
    "recent college graduate",
    "new graduate",
    "boy",
    "girl",
    "retired person",
    "supplement your pension",
)
_ONE_SEX_ZH = (
    "限男性",
    "限女性",
    "男性优先",
    "女性优先",
    "男士优先",
    "女士优先",
    "限男",
    "限女",
    "已婚已育",
    "未婚",
    "已育",
)
_AGE_ZH = ("应届", "年轻", "退休人员", "在校生")
_AGE_LIMIT = re.compile(
    r"\d{2}\s*周?岁(?:以下|以上|以内)|\bage[ds]?\s+\d{2}\s*(?:to|-)\s*\d{2}\b|\bage\s+(?:over|under)\s+\d{2}\b",
    re.IGNORECASE,
)


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    parts = (re.escape(word).replace(r"\*", r"\w*") for word in words)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(parts)})(?![\w-])", re.IGNORECASE)


_CODED = {"masculine": _pattern(_MASCULINE.split()), "feminine": _pattern(_FEMININE.split())}
_SEX = _pattern(_ONE_SEX.split())
_AGED = _pattern(_AGE)


def coded_words(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the masculine-coded and the feminine-coded words of a text, each as often as it stands there."""
    masculine, feminine = (tuple(word.lower() for word in _CODED[side].findall(text)) for side in _CODED)
    return masculine, feminine


def one_sex_words(text: str) -> tuple[str, ...]:
    """Return the words that mean one sex only, each once, in their order."""
    chinese = (word for word in _ONE_SEX_ZH if word in text)
    return tuple(dict.fromkeys([*(word.lower() for word in _SEX.findall(text)), *chinese]))


def age_words(text: str) -> tuple[str, ...]:
    """Return the words that mean one age only, each once, in their order."""
    found = (*_AGED.findall(text), *_AGE_LIMIT.findall(text), *(word for word in _AGE_ZH if word in text))
    return tuple(dict.fromkeys(word.lower() for word in found))
