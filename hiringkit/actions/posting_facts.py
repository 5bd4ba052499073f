"""What applicants look for in a posting: pay, place, hours, how and until when to apply, and with what help."""

import re
from collections.abc import Callable
from unicodedata import normalize

from hiringkit.actions.posting_text import PostingText, Zone

_CURRENCY = "usd|eur|gbp|cad|aud|nzd|chf|sgd|hkd|rmb|cny|inr|sek|nok|dkk|jpy|pln|zar"
_PAY = re.compile(
    rf"[£$€¥￥]\s?\d{{1,3}}(?:[,.]\d{{3}})+|[£$€¥￥]\s?\d{{4,}}|[£$€¥￥]\s?\d+(?:\.\d+)?(?:\s?(?:-|–|—"
    rf"|to)\s?[£$€¥￥]?\d+(?:\.\d+)?)?\s?k\b|[£$€¥￥]\s?\d+(?:\.\d+)? ?(?:an|per|/|a) ?(?:hour|h\b|day)"
    rf"|\b(?:{_CURRENCY})\s?\d[\d,.]*|\b\d[\d,.]*\s?(?:{_CURRENCY}|euros?|dollars|pounds)\b|\b\d{{2,3}}\s?(?:-|–|—"
    rf"|to)\s?\d{{2,3}}\s?k\b(?! (?:users|customers|people))"
    r"|\b\d{2,3} ?(?:-|–|—|to) ?\d{2,3} ?(?:thousand|grand)\b|\b\d{2,3} ?(?:thousand|grand)\b(?! (?:customers"
    r"|users|people|units|tonnes|orders|members|lines|records))"
    r"|\b\d{1,3}(?:\.\d+)? ?(?:-|–|to)? ?\d{0,3}(?:\.\d+)? ?(?:lpa|lakhs?|lacs?)\b"
    r"|[1-9]\d{3,5}\s*元?\s*[/／每一]\s*个?月"
    r"|\d+(?:\.\d+)?\s*[kK千万]?\s*[-~～–—至到]\s*\d+(?:\.\d+)?\s*[kK千万]"
    r"|(?<![\d-])[1-9]\d{3,5}\s*元?\s*[-~～–—至到]\s*[1-9]\d{3,5}(?![年\d-])|(?:月薪|年薪|底薪|薪资|薪酬|工资|待遇|时薪"
    r"|日薪)[^。；\n]{0,8}\d"
    r"|(?:一个月|每月|月)\S{0,3}[\d一二三四五六七八九]+\s*[千万]",
    re.IGNORECASE,
)
_NOT_PAY = re.compile(
    r"\b(?:revenue(?! op)|turnover|arr|funding|raised|million|billion|bn|portfolio|(?:for|on"
    r"|towards?) (?:\w+ ){0,2}(?:courses?|learning|training)|(?:courses?|learning|training) (?:budget|allowance"
    r"|fund|pot|stipend|account)"
    r"|equipment|allowance for|sales of|worth of|budget of)\b|营收|融资|年销售额|产值|预算",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:location|based (?:at|in|out of|near)|office in|offices? (?:at|in)|remote(?:ly)?|hybrid|on[- ]?site"
    r"|work from (?:home|anywhere)|workplace|site)\b|\b[A-Z]{1,2}\d{1,2}[A-Z]? ?\d[A-Z]{2}\b"
    r"|地点|地址|工作地|城市|坐标|远程|居家办公|base\b|[\u4e00-\u9fff]{1,4}(?:市(?![场值面占盈])"
    r"|(?<![大战片辖社专小])区(?![域间分块])|县|园区|大厦|路(?![线径演由])|街|镇)"
    r"|北京|上海|广州|深圳|杭州|南京|苏州|成都|武汉|西安|重庆|天津|青岛|厦门|长沙|郑州|宁波|无锡|佛山|东莞|合肥"
    r"|济南|大连|沈阳|福州|昆明|珠海|香港",
    re.IGNORECASE,
)
_PLACE_LABEL = re.compile(
    r"\b(?:location|place of work|work site|workplace|office)\s*:\s*\S|(?:地点|地址|坐标)\s*[:：]\s*\S", re.IGNORECASE
)
_PLACED = re.compile(r"(?:[,·|/–—-]|\bin\b)\s*\(?[A-Z][a-z]+(?:[ -][A-Z][a-z]+)?\b")
_TOWN = re.compile(
    r"(?:^|[.;,] )[A-Z][a-z]+(?: or [A-Z][a-z]+)?, (?:[£$€]|with|\w+ days?|remote|hybrid|home)|\b(?:home"
    r"|office) days?\b"
    r"|\bin our [A-Z][a-z]+ (?:office|site)\b|^[A-Z][a-z]+(?: [A-Z][a-z]+)?\. (?:Permanent|Full|Part|Hybrid|On"
    r"|Contract|Fixed|Temporary)\b"
)
_NO_PLACE = re.compile(
    r"\b(?:Manager|Analyst|Director|Head|Operations|Sales|Marketing|Revenue|Senior|Nurse|Ltd|Inc|Group|Full|Part"
    r"|Permanent|Contract|January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
_HOURS = re.compile(
    r"\b(?:full|part)[- ]?time\b|\b[fp]/t\b|\b(?:workload|pensum)\b\W{1,4}\d{2,3}\b|\b\d{2,3} ?(?:-"
    r"|–) ?\d{2,3} ?% (?:pensum|workload|position|fte)"
    r"|\bm(?:on)?(?:day)? ?(?:-|–|to|through|thru) ?f(?:ri)?(?:day)?\b|\b\d{1,2} ?(?:am)? ?(?:to|-"
    r"|–) ?[1-9](?: ?pm)?\b(?=[,. ]*(?:m(?:on)?-f|weekdays|daily))|\b(?:0[.,]\d|1[.,]0) ?fte\b"
    r"|\bfte\b\W{1,4}[01][.,]\d|\b[1-4] days? (?:a|per) week\b(?= (?:contract|position|job|role))|\b(?:four|4"
    r"|4\.5|three|3|five|5) days\b(?=[.,;]| or | to )"
    r"|\bhours(?: are| will be| of work)?\W{1,6}[1-6]\d\b"
    r"|\b48 ?(?:hours?|hrs?)\b(?=,? (?:a|per|/) ?week|, (?:sun|mon|sat))|\b(?!24|48"
    r"|72)[1-6]\d(?:[.,]\d+)?[- ]?(?:hours?|hrs?"
    r"|h)\b(?! (?:of (?:training"
    r"|content)|response|later|notice|turnaround))|\b\d{1,2}(?:[.,]\d+)? ?(?:hours?|hrs?)? ?(?:a|per|/) ?week\b"
    r"|\b(?:[34]|four|three|five)[- ]day week|\bmonday to friday\b"
    r"|\b\d{1,2}(?:[:.]\d{2})? ?(?:am|pm)? ?(?:to|-|–) ?\d{1,2}(?:[:.]\d{2})? ?pm\b|\bshifts?\b(?= (?:pattern|rota"
    r"|work))|job[- ]?share"
    r"|全职|兼职|全日制(?=劳动|用工|合同|员工|工作)|双休|单休|大小周(?!已取消)"
    r"|\d{1,2}[:：]\d{2}\s*[-~～–—至到]\s*\d{1,2}[:：]\d{2}"
    r"|朝[九八十]晚[五六七]|早[六七八九十]半?晚[四五六七八]半?|每[周天日]\S{0,6}小时|\d+小时制|做[五六]休[一二]"
    r"|(?:早晚|两|三|倒)班",
    re.IGNORECASE,
)
_APPLY = re.compile(
    r"[a-z0-9._%+-]{1,80}@[a-z0-9.-]{1,80}\.[a-z]{2,}|https?://|www\."
    r"|\b[a-z0-9-]{1,60}(?:\.[a-z0-9-]{1,60}){1,6}/\S|\b(?:apply|send|submit|e-?mail|text|drop)\b[^.]{0,60}\b(?:cv"
    r"|resume|résumé|line|letter|application|form|portal|online|site|button|below|here|now)\b"
    r"|\bapply\b[^.]{0,40}\b(?:through|via|on|at|by|using|in)\b|\b(?:call|ring|phone|write to"
    r"|contact)\b[^.]{0,40}(?:\d{3}|\b[A-Z][a-z]+)|投递|报名|登录|简历\S{0,6}(?:发|投|寄)|发送?简历|扫码|微信|简历砸"
    r"|电话\s*:?\s*\d|致电|来电|打电话|直接沟通|应聘邮箱|在线申请|立即申请|0\d{2,3}-\d{3,4}-?\d{4}",
    re.IGNORECASE,
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*"
_DATE = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}\b|\b{_MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?\b(?!\d)"
    rf"|\b(?:end|middle) of (?:the |this |next )?(?:month|week|{_MONTH})\b"
    rf"|\b(?:this|next) (?:mon|tues|wednes|thurs|fri)day\b"
    rf"|[本下当]月(?:底|末|\d{{1,2}}[日号])|月底|[本下]周[一二三四五六日天末]"
    rf"|\b20\d\d[-/.]\d{{1,2}}[-/.]\d{{1,2}}\b|\b\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}}\b"
    rf"|\d{{1,2}}\s*月\s*(?:\d{{1,2}}\s*[日号]?|底|初|末|中旬|上旬|下旬)",
    re.IGNORECASE,
)
_CLOSES = re.compile(
    r"\b(?:by|before|until|till|deadline|clos(?:e|es|ing)|latest|no later|later than|ends?|otherwise|last day"
    r"|(?:final|last) (?:filing|application|submission) (?:date|day))\b"
    r"|截止|截至|起至|[日号底]\d{0,2}[时点]?前|[时点]前|前有效|至(?=\s*\d)|之前|前投|为止|期限|有效期",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"\b(?:until|till) (?:the )?(?:post |position |role |it is |it's )?(?:is )?filled\b|\brolling basis\b|招满"
    r"|招到(?:人)?为止|长期有效|长期招聘",
    re.IGNORECASE,
)
_HELP = re.compile(
    r"\bwe (?:gladly |will |can )?accommodate\b|\b(?:easier|prefer|better"
    r"|suits?)\b[^.]*\binterview\w*\b[^.]*\b(?:say so|tell us|let us know|ask)\b"
    r"|(?:调整|更改|改变|换)(?:一下)?(?:面试|笔试)|面试(?:形式|方式|安排|时间)[^。]{0,10}(?:调整|更改|改)"
    r"|\barranged? (?:another way|differently)\b|\breasonable (?:adjust\w+|accommodat\w+)|\b(?:adjust\w*"
    r"|accommodat\w+|adapt\w*|arranged? (?:another way|differently)|anything changed|change (?:it|anything)|support"
    r"|assistance|alternative format|help)\b[^.]*\b(?:interview\w*|select\w*|application|apply\w*|recruit\w*"
    r"|hiring|process|stage|step|round|disab\w*|need|needs|condition)\b"
    r"|\b(?:interview\w*|select\w*|application|recruit\w*|process|disab\w*|condition)\b[^.]*\b(?:adjust\w*"
    r"|accommodat\w+|adapt\w*|arranged? (?:another way|differently)|(?:will|can|gladly) change|anything changed"
    r"|assistance"
    r"|alternative format)\b"
    r"|\binterview\w*\b[^.]*\b(?:easier|hard for you|difficult for you|harder)\b"
    r"|\b(?:if that's a problem|step-free|meet (?:you )?elsewhere|without a lift)\b[^.]*\b(?:tell|let|say|ask|meet)\b"
    r"|\bneeds? [^.]{0,30}\b(?:different(?:ly)?|another way|changed|special|extra)\b[^.]*\b(?:interview\w*|select\w*"
    r"|application|process|apply)\b"
    r"|\b(?:disab\w*|health condition|impairment|neurodiver\w*)\b[^.]*\b(?:say so|tell us|let us know|another way"
    r"|ring us|contact us|get in touch|ask us)\b|\b(?:tell|let) us (?:know )?(?:if|what|which|about)[^.]*"
    r"\b(?:needs?|disab\w*|adjust\w*|arrang\w*)\b|合理便利|便利(?:安排|措施|条件|支持)|无障碍(?:面试|安排|支持"
    r"|措施|设施|服务)|(?:残障"
    r"|残疾|特殊需要|身体不便)[^。]{0,24}(?:告知|联系|协助|调整|安排|便利|注明)|特殊(?:面试)?(?:安排|需要|需求)"
    r"[^。]{0,16}(?:告知|联系|说明|备注)|(?:面试|笔试"
    r"|测评)[^。]{0,16}(?:特殊安排|便利|协助|调整)",
    re.IGNORECASE,
)
_NO_HELP = re.compile(
    r"\b(?:not able to|unable to|cannot|can't) (?:offer|provide|accommodat|adjust)|\b(?:travel|housing"
    r"|hotel) (?:and )?accommodation",
    re.IGNORECASE,
)
_HEAD = 6
_LONGEST_LINE = 3_000


def lacking(read: PostingText) -> tuple[str, ...]:
    """Return what a posting does not tell, by name, in the order in which applicants look for it."""
    lines = [(zone, normalize("NFKC", text)) for zone, line in read.lines for text in _pieces(line)]
    return tuple(name for name, told in _TOLD.items() if not told(lines))


Lines = list[tuple[Zone, str]]


def _pieces(line: str) -> list[str]:
    """Cut a line that nobody would write, so that no search in it takes long."""
    return [line[n : n + _LONGEST_LINE] for n in range(0, len(line), _LONGEST_LINE)]


def _pay(lines: Lines) -> bool:
    return any(
        _PAY.search(text)
        and not (_NOT_PAY.search(text) and not re.search(r"\b(?:salary|pay|ote|base)\b|薪", text, re.IGNORECASE))
        for n, (zone, text) in enumerate(lines)
        if n < _HEAD or zone not in {Zone.COMPANY, Zone.DUTIES}
    )


def _location(lines: Lines) -> bool:
    heads = [text for _zone, text in lines[:_HEAD]]
    if any(_PLACED.search(_NO_PLACE.sub("", text)) for text in heads if len(text) < 160):  # noqa: PLR2004 - a line, no paragraph
        return True
    offered = (text for zone, text in lines if zone in {Zone.BENEFITS, Zone.TERMS})
    if any(_PLACE_LABEL.search(text) for _zone, text in lines):
        return True
    return any(_PLACE.search(text) for zone, text in lines if zone not in {Zone.COMPANY, Zone.WELCOME}) or any(
        _TOWN.search(text) for text in offered
    )


def _hours(lines: Lines) -> bool:
    return any(
        _HOURS.search(text)
        for n, (zone, text) in enumerate(lines)
        if n < _HEAD or zone not in {Zone.COMPANY, Zone.DUTIES}
    )


def _how_to_apply(lines: Lines) -> bool:
    return any(_APPLY.search(text) for _zone, text in lines)


def _closing_date(lines: Lines) -> bool:
    return any(
        _OPEN.search(text) or (_DATE.search(text) and _CLOSES.search(text))
        for zone, text in lines
        if zone not in {Zone.COMPANY, Zone.DUTIES}
    )


def _accommodation(lines: Lines) -> bool:
    return any(
        _HELP.search(text) and not _NO_HELP.search(text)
        for zone, text in lines
        if zone not in {Zone.COMPANY, Zone.DUTIES, Zone.REQUIREMENTS, Zone.PREFERRED}
        or re.search(r"adjust|accommodat|adapt|disab|interview|便利|残|面试", text, re.IGNORECASE)
    )


_TOLD: dict[str, Callable[[Lines], bool]] = {
    "pay": _pay,
    "location": _location,
    "hours": _hours,
    "how-to-apply": _how_to_apply,
    "closing-date": _closing_date,
    "accommodation-statement": _accommodation,
}
_OPTIONAL = re.compile(
    r"\b(?:nice|welcome|plus|bonus|preferred|desirable|ideally|advantage\w*|optional|helpful|handy)\b|优先|加分"
    r"|更佳|为佳|不限",
    re.IGNORECASE,
)


def must_haves(read: PostingText) -> int:
    """Count the requirements that a posting does not call optional."""
    asked = (each for each in read.passages if each.zone is Zone.REQUIREMENTS)
    return sum(1 for each in asked if not _OPTIONAL.search(each.text))
