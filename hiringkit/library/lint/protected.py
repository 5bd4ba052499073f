"""Questions that invite information which must not decide about a job: age, family, health, religion, origin.

The topics are those that OPM and EEOC name for pre-employment inquiries in the United States, and that China's
Employment Promotion Law and the notice of 2019 against asking women about marriage and children name there. A word
counts only in the sense that concerns a person: the health of a CRM and the age of an opportunity do not.
"""

import re
from collections.abc import Iterable, Mapping

from hiringkit.domain.question import Question
from hiringkit.domain.role import Requirement
from hiringkit.library.checks.findings import Problem, Problems
from hiringkit.library.lint.rules import PROTECTED
from hiringkit.library.lint.wording import Wording, wordings
from hiringkit.library.yaml.nodes import Path
from hiringkit.text.language import Text
from hiringkit.text.sentence import Sentence

_WHOSE = "(?:you|your|(?:the|a) candidate's|candidates')"

_EN: Mapping[str, str] = {
    "age": rf"{_WHOSE} (?:own )?age\b|how old (?:are you|were you|is the candidate)|date of birth|birth ?dates?\b"
    r"|(?:what|which) year (?:did you (?:graduate|finish school|leave school)|were you born)|when were you born"
    r"|when (?:do|will) you (?:plan to |expect to )?retire\b|your retirement"
    r"|(?:under|over|below|above|between) the ages? of|aged \d\d|years? of age",
    "family": r"(?:marital|married|unmarried|divorced|spouse|husband|wife|girlfriend|boyfriend)\b|pregnan\w+"
    rf"|{_WHOSE} (?:\w+ ){{0,3}}(?:maternity|paternity|parental) leave"
    r"|child ?care\b|childbearing|start(?:ing)? a family"
    rf"|{_WHOSE} (?:\w+ )?(?:family|children|kids|parents|home life|household|dependants|dependents)\b"
    r"|(?:have|having|want) (?:any )?(?:children|kids|a baby)\b",
    "health": rf"{_WHOSE} (?:\w+ )?(?:health|illness\w*|disabilit\w+|medical|height|body weight|sick (?:days|leave))\b"
    r"|are you disabled|disabled (?:people|persons?|candidates?)|disabilit\w+|medical (?:condition|history|record)s?\b"
    r"|on (?:any )?medication|chronic(?:ally)? ill\w*|how many sick days|drink alcohol|do you smoke|wheelchair",
    "religion": r"religio\w+|church|mosque|synagogue|temple\b|sabbath|pray(?:er|ers|ing)?\b|christian|muslim|jewish"
    r"|hindu|buddhis[mt]|atheis[mt]|worship",
    "origin": r"where (?:are|do) you (?:really |originally )?(?:from|come from)|where were you (?:born|raised)"
    rf"|nationalit\w+|citizenship|(?:a|us) citizen\b|ethnic"
    rf"|{_WHOSE} (?:race|accent|ancestry|skin|native country|hometown)\b"
    r"|racial|immigra\w+|mother tongue|first language|native (?:speaker|language|english|chinese)"
    r"|birth ?place|place of birth|country of origin",
    "sex or gender": rf"{_WHOSE} (?:gender|sex|sexuality|pronouns)\b|sexual orientation|gender identity|transgender"
    r"|(?:gay|lesbian|bisexual|heterosexual|homosexual)\b|as a (?:woman|man|mother|father|girl)\b"
    r"|(?:male|female) (?:candidate|applicant|boss|manager)|(?:men|women) (?:only|preferred)",
    "politics or union": rf"{_WHOSE} (?:politics|political (?:views?|party|beliefs?|opinions?))\b|vote[ds]? for\b"
    r"|(?:political|communist) party|trade union|labou?r union|union member",
    "private record": r"(?:arrested|arrest record|criminal record|credit (?:score|record|history)|bankruptcy)\b"
    r"|military (?:discharge|service)|zodiac|star sign|blood type",
}
_ZH: Mapping[str, str] = {
    "age": "年龄|多大(?:了|年纪|岁数)|年纪|你几岁|岁以[下上内]|哪一?年(?:出生|生的|毕业)|出生(?:年月|日期|年份)"
    "|你属什么|什么时候退休|[八九][零0]后",
    "family": "结婚|已婚|未婚|离异|离婚|婚姻|婚育|婚恋|配偶|丈夫|妻子|老公|老婆|爱人|男朋友|女朋友|男友|女友|恋爱"
    "|生育|怀孕|备孕|孕期|(?:你|候选人)[^，。？]{0,4}产假|生孩子|要孩子|有孩子|二胎|三胎|子女|带娃|带孩子"
    "|(?:你|候选人)的?(?:家庭|家里|家人|父母|孩子)|独生",
    "health": "(?:你|候选人)的?(?:身体|健康|身高|体重|视力)|身体状况|健康状况|病史|残疾|残障|慢性病|乙肝"
    "|(?:你|候选人)[^，。？]{0,4}病假|抑郁|精神疾病|服药|喝酒|酒量|抽烟",
    "religion": "宗教|信教|信仰|教会|教堂|清真|礼拜[堂寺]|佛教|基督|伊斯兰|穆斯林",
    "origin": "籍贯|户口|户籍|老家|你是?哪里人|什么地方人|民族|国籍|种族|肤色|出生地|口音|方言|本地人|外地人|母语",
    "sex or gender": "性别|性取向|同性恋|作为(?:一[个名位])?(?:女性|男性|女生|男生|母亲|父亲|妈妈|爸爸)|[女男]性候选人"
    "|限[男女]性?|[男女]性优先",
    "politics or union": "政治面貌|党员|党派|政治立场|政治观点|工会",
    "private record": "犯罪记录|案底|个人征信|个人负债|星座|血型|生肖|属相|兵役",
}
_TOPICS = {
    "en": tuple((topic, re.compile(rf"\b(?:{pattern})")) for topic, pattern in _EN.items()),
    "zh": tuple((topic, re.compile(pattern)) for topic, pattern in _ZH.items()),
}
_NAMES: Mapping[str, Sentence] = {
    name: name
    for name in (
        Sentence("age"),
        Sentence("family"),
        Sentence("health"),
        Sentence("religion"),
        Sentence("origin"),
        Sentence("sex or gender"),
        Sentence("politics or union"),
        Sentence("private record"),
    )
}
_ANY = {language: re.compile("|".join(p.pattern for _, p in topics)) for language, topics in _TOPICS.items()}


def check_protected(question: Question, path: Path) -> Problems:
    """Yield each text of a question, but invented answers, that invites protected information."""
    texts: list[tuple[Text | None, Path]] = [(question.text, (*path, "text")), (question.why, (*path, "why"))]
    for key in ("probes", "look_for", "watch_for"):
        texts += [(text, (*path, key, i)) for i, text in enumerate(getattr(question, key))]
    texts += [(text, (*path, "anchors", str(level))) for level, text in question.anchors.items()]
    yield from _check(texts)


def check_requirements(requirements: Iterable[Requirement], path: Path) -> Problems:
    """Yield each requirement that rests on protected information."""
    for i, requirement in enumerate(requirements):
        yield from _check([(requirement.text, (*path, i, "text")), (requirement.why, (*path, i, "why"))])


def _check(texts: Iterable[tuple[Text | None, Path]]) -> Problems:
    for text, path in texts:
        for wording in wordings(text, path):
            yield from _touched(wording)


def _touched(wording: Wording) -> Problems:
    said = wording.text.lower()
    if wording.language not in _ANY or not _ANY[wording.language].search(said):
        return
    for topic, pattern in _TOPICS[wording.language]:
        if found := pattern.search(said):
            yield Problem(PROTECTED, wording.path, {"topic": _NAMES[topic], "words": found[0]})
            return
