"""Words that tell some readers of a posting that they are not meant.

Gender-coded words: the two lists of Gaucher, Friesen & Kay (2011), "Evidence That Gendered Wording in Job
Advertisements Exists and Sustains Gender Inequality", Journal of Personality and Social Psychology 101(1), 109-128,
Appendix A, whole and unchanged; a stem, marked there by an asterisk, stands for every word that begins with it. In
their experiments a posting with more of the masculine words appealed less to women; single words prove nothing, so that
only the balance of a posting is judged.

Words for one sex, English: a list of ours, pronouns and names of jobs.

Words for one age, English: the terms of 29 CFR 1625.4(a) (72 FR 36875, 2007), which may not stand in help-wanted
notices in the USA: "age 25 to 35", "young", "college student", "recent college graduate", "boy", "girl", "or others of
a similar nature"; what we took to be of a similar nature are "recent graduate", "new graduate" and upper limits of age.
The same paragraph allows a preference for older people ("over age 60", "retirees"), so that those are not reported.

Chinese: the lists are ours; no rule of the People's Republic names words. What they look for is what its rules forbid
in postings: limits to men and preference for men, and marriage or childbearing as a condition (Law on the Protection of
Women's Rights and Interests, art. 43, in force 2023), limits to and preference for either sex (notice
人社部发〔2019〕17号), content that discriminates by sex (Interim Regulations on the Human Resources Market, art. 24).
None of them names age, nor does art. 12 of the Labour Law; our Chinese words for age are counterparts of the English
ones. The lowest age at which one may work (16; 18 for some work) is no limit in this sense.
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
    "recent graduates",
    "recent college graduate",
    "recent college graduates",
    "new graduate",
    "new graduates",
    "boy",
    "boys",
    "girl",
    "girls",
)
_ONE_SEX_ZH = re.compile(
    r"(?<!不)(?:仅限|只限|限|只招|仅招)(?:男|女)(?:性|士|生)?(?!女)"
    r"|(?:男|女)(?:性|士|生)?(?:优先|为佳)"
    r"|性别(?:要求)?[:：]\s*(?:男|女)(?!女)"
    r"|已婚已育|未婚(?:未育)?|已婚|已育|单身"
    r"|(?:无|没有)[^。；，、,;]{0,4}(?:生育|怀孕|结婚)(?:计划|打算)"
)
_AGE_ZH = re.compile(
    r"应届|年轻|在校生|90后|95后|00后"
    r"|\d{2}\s*(?:[-~～—–]+|至|到)\s*\d{2}\s*周?岁"
    r"|\d{2}\s*周?岁(?:及)?(?:以下|以内)"
    r"|年龄(?:不超过|不大于|不高于)\s*\d{2}"
    r"|(?!1[68])\d{2}\s*周?岁(?:及)?以上"
)
_AGE_LIMIT = re.compile(
    r"\bage[ds]?\s+\d{2}\s*(?:to|-|–)\s*\d{2}\b"
    r"|\b(?:under|below)\s+(?:the\s+)?age\s+(?:of\s+)?\d{2}\b|\bage[ds]?\s+(?:under|below)\s+\d{2}\b"
    r"|\b(?:not|no)\s+older\s+than\s+\d{2}\b|\bmaximum\s+age\b",
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
    return tuple(dict.fromkeys(word.lower() for word in (*_SEX.findall(text), *_ONE_SEX_ZH.findall(text))))


def age_words(text: str) -> tuple[str, ...]:
    """Return the words that mean one age only, each once, in their order."""
    found = (*_AGED.findall(text), *_AGE_LIMIT.findall(text), *_AGE_ZH.findall(text))
    return tuple(dict.fromkeys(word.lower() for word in found))
