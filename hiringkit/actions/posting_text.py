"""What a posting says where: its zones, the sentences that are evidence for what the job is, and what they deny.

What the firm does, what it gives, when the work is, how one applies and that everybody is welcome is no evidence of
duties or requirements; nor is a denial ("no degree needed"), or what another team does.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from attrs import evolve, frozen

from hiringkit.text.language import is_han
from hiringkit.text.layout import DocumentLine, lines_of


class Zone(StrEnum):
    """What a part of a posting is about."""

    DUTIES = "duties"
    REQUIREMENTS = "requirements"
    PREFERRED = "preferred"
    UNKNOWN = "unknown"
    COMPANY = "company"
    BENEFITS = "benefits"
    TERMS = "terms"
    WELCOME = "welcome"
    APPLYING = "applying"
    EXCLUDED = "excluded"
    """What is not part of the job, or not asked."""
    TITLE = "title"


ASKED = frozenset({Zone.REQUIREMENTS, Zone.PREFERRED})
EVIDENCE = ASKED | {Zone.DUTIES, Zone.UNKNOWN}
"""Where a posting says what the job is, and what it asks."""


class _Heading(NamedTuple):
    """What headings and labels of a zone are like, as patterns."""

    zone: Zone
    english: str
    chinese: str


_ZONES = (
    _Heading(
        Zone.EXCLUDED,
        r"\b(?:is|are|will|do|does|would|it's|you)\s+not\b(?! (?:limited|restricted|exhaustive|confined))"
        r"|\b\w+n['’]t\b(?!.*\?)|\bnot (?:part|included|expected|needed"
        r"|required|in scope|yours|for you|on your)|out of scope|\bno need\b",
        "不归|由其他|不用你|不需要你|无需你|其他部门|不负责|不包括|不属于|不在|不含|职责外|范围外|不用做|不需要"
        "|不要求|不做|不涉及|不是",
    ),
    _Heading(Zone.COMPANY, r"^what we do$|^what we're about", "我们(?:是)?做(?:什么|啥|的事)|我们是谁"),
    _Heading(
        Zone.WELCOME,
        r"\bequal|equality|diversity|inclusi|everybody is welcome|everyone is welcome|accommodation|adjustment"
        r"|our promise"
        r"|belonging|\beeo\b|\bdei\b|\bfairness\b",
        "平等|多元|包容|公平|反歧视|便利安排",
    ),
    _Heading(
        Zone.APPLYING,
        r"\bappl(?:y|ying|ication)|how it works|next steps?|hiring process|interview|recruitment|selection|\bcontact\b"
        r"|interested|^(?:the |our )?process$|how to join|what happens|get in touch|closing date|deadline",
        "投递|应聘(?!条件|要求|资格|者|人员)|申请|报名|联系|简历|面试|招聘流程|报名|(?:如何|怎么|怎样)(?:加入|投"
        "|来|报)|来找我们|截止",
    ),
    _Heading(
        Zone.BENEFITS,
        r"benefit|\bperks?\b|(?:we|we'll|company) (?:can )?(?:offers?|gives?|provides?)|what you(?:'ll| will)? get"
        r"|in it for you|\bpackage"
        r"|^(?:pay|salary|compensation|remuneration|rewards?|total rewards?)\b(?!.*(?:plan|design|scheme))"
        r"|nice stuff|why (?:join|work|us\b|you'll love)"
        r"|in return|the deal|comes with|good stuff|what's on offer|on offer|life at",
        "福利|待遇|薪资|^薪酬(?:范围|水平)?$|月薪|年薪|薪水|我们(?:能)?(?:提供|给你|给您|可以给)|你(?:将|会"
        "|能)?(?:获得|得到|收获)|为什么加入|加入我们",
    ),
    _Heading(
        Zone.PREFERRED,
        r"desirable|preferred|nice[- ]to[- ]ha|bonus points|what helps|\ba plus\b|would be great",
        "加分|优先条件|优先考虑",
    ),
    _Heading(
        Zone.REQUIREMENTS,
        r"requirement|qualification|you(?:'ll)? (?:bring|have|need|offer|are|know|might|may|could)\b|^you$"
        r"|about you|^you\s*[^'\w\s]|who you are|^who (?:does|would|will|should|thrives?|fits?|suits?|succeeds?"
        r"|might|can) |must[- ]have|skills"
        r"|experience|ideal|looking for|hope to meet|want to meet|person spec|essential|desirable|preferred"
        r"|nice[- ]to[- ]have|good fit|a fit"
        r"|\bprofile\b|what it takes|^(?:the|our) (?:\w+ )?(?:person|candidate|applicant)s?\b|education|competenc"
        r"|knowledge"
        r"|we'd love|we (?:expect|ask|require)|what helps|bonus points",
        "任职|要求|资格|条件|希望你|你(?:需要|应该|应当|是|有|具备|带来)|我们(?:希望|期待|想要|要找|在找)|画像"
        "|加分|优先|期待|素质|能力|什么(?:样的)?人|想找|找什么|人合适|你得是|适合(?:谁|你|的人)|招什么人",
    ),
    _Heading(
        Zone.DUTIES,
        r"responsib|\bdut(?:y|ies)\b|you(?:'ll|'d| will| would| do)\b|\bdoing\b|\byour plate\b|\bto-?do\b"
        r"|\bwhat needs|\b(?:the|this|your) (?:role|job|position"
        r"|post|work|mission|impact|brief|challenge)\b"
        r"|about the (?:role|job|position|post|opportunity)|(?:role|job|position|post) (?:overview|purpose|summary"
        r"|description|profile)"
        r"|\btasks?\b|day[- ]to[- ]day|accountabil|objectives|first (?:year|90|six)|you would|purpose|scope"
        r"|deliverables|working with|will work with|\bthe gig\b|\byou to (?:do|own|run|take|tackle|sort|lead"
        r"|bring|build)\b"
        r"|\bon (?:the|your) desk\b|\bthe work\b|\bday in the life\b|\bto get done\b|\bin the (?:job|role)\b",
        "职责|(?:岗位|职位|工作)内容|职位描述|岗位描述|工作内容|你(?:将|会|要)?(?:负责|做)|你要做|你会做|主要工作"
        "|你的(?:工作|任务)|使命"
        "|做什么|忙什么|忙啥|搞定的|管什么|要干(?:什么|啥|的)|(?:要|想请你)做的(?:事|活|工作)?|干的(?:事|活)"
        "|干(?:什么|啥)|这个(?:岗位|职位"
        "|角色)|职位要点|岗位要点|职位亮点|合作",
    ),
    _Heading(
        Zone.TERMS,
        r"\bhours\b|working time|\blocation\b|schedule|\bwhere\b|\btravel\b|\bshifts?\b|contract|^terms|report(?:s"
        r"|ing)? to|answers to|based at|job type|practical"
        r"|\bdetails\b|logistics|at a glance|key facts|start date",
        "工作时间|上班时间|作息|地点|地址|工作地|城市|汇报|编制|人数|招聘人数|工作性质|用工",
    ),
    _Heading(
        Zone.COMPANY,
        r"^about (?!the (?:role|job|position|post))|who we are|our (?:company|story|mission|values|culture|team"
        r"|client|business)|^(?:the )?company|background"
        r"|client|(?:company|firm|organi[sz]ation) (?:overview|profile)",
        "公司(?:简介|介绍|概况)?$|^(?:公司|企业|客户|团队|集团|部门|事业部|项目|品牌)(?:简介|介绍|概况|背景|情况)"
        "|关于|我们是谁|简介"
        "|品牌|企业文化",
    ),
)
_KNOWN = tuple((zone, re.compile(f"(?:{english})|(?:{chinese})", re.IGNORECASE)) for zone, english, chinese in _ZONES)
_ORDINAL = re.compile(
    r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[)）]|\d{1,2}[.、)]\s*|[IVX]{1,4}\.\s+)"
)
_LABEL = re.compile(r"^\s*[【\[]?([^:：。.；;!?，\n]{1,48}?)[】\]]?\s*[:：]\s*(.*)$", re.DOTALL)
_LABEL_WITHIN_HAN = re.compile(
    r"(?<=[。；;！!？?）)\s，,])(?=[【\[]?([\u4e00-\u9fff]{2,9})[】\]]?\s*[:：])|(?<=[。；;！!？?\s])(?=【([^】]{2,9})】)"
)
_LABEL_WITHIN_EN = re.compile(r"(?<=[.!?;])\s+(?=([A-Z][A-Za-z'’ ]{2,32}?)\s*:)")
"""Where a label may begin within a line."""
_PASSING = frozenset({Zone.TERMS, Zone.BENEFITS, Zone.WELCOME, Zone.APPLYING, Zone.EXCLUDED, Zone.COMPANY})
"""A label of these, with words behind it, speaks for its paragraph only."""

_OF_AN_ITEM = frozenset({Zone.TERMS, Zone.BENEFITS, Zone.EXCLUDED})
"""What the label of an item may say of it; other labels are names that an author gave to duties."""
_LABEL_WORDS = 7
_LONGEST = 2_000
"""Characters of a sentence; a longer one is cut."""
_HEADING_HAN = 10
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|approx|c|ca|no|ref|vs|incl|inc|ltd|st|dr|mr|ms|mrs|min|max|b\.sc|m\.sc|ph\.d)\."
    r"|\b[A-Z]\.)$",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?;])['\"”’)]*\s+|(?<=[。！？；])|(?<=[\u3400-\u9fff]);\s*")
_FIRM_EN = re.compile(
    r"^\W*(?:we(?:'re|'ve)?|our|their|its|they|it|founded|established|headquartered|since|(?:last|this) (?:year"
    r"|month|quarter|spring|summer|autumn|winter),? (?:we|our|the)|as (?:a|an|one of)|with (?:over|more than"
    r"|offices)"
    r"|the (?:company|firm|group|business|organi[sz]ation))\b",
    re.IGNORECASE,
)
_GREW_EN = re.compile(
    r"\b(?:are|is|was|were) (?:up|down) (?:by )?\d|\b(?:grew|grown|growing|rose|risen|doubled|tripled|increased)"
    r" (?:by |from |to |at )?\d",
    re.IGNORECASE,
)
_OF_THE_JOB = re.compile(
    r"\byou|\bsome(?:one|body)\b|\b(?:looking for|seek\w*|need(?:s|ed)?|want(?:s|ed)?|hir(?:e|ing)|search\w*"
    r"|prefer)\b|\bcandidates?\b|\bapplicants?\b"
    r"|\b(?:role|position|post|job|manager|analyst|person)\b",
    re.IGNORECASE,
)
_IS_A = re.compile(
    r"^\W*(?!(?:Must|Should|Could|Can|Experience|Ability|Knowledge|A|An|This|That|These"
    r"|Ideally)\b)(?:[A-Z][\w&'’.-]*\s+){1,4}(?:is|are|was|has|have|makes?|sells?|helps?|provides?|builds?"
    r"|serves?"
    r"|employs?|operates?|offers?)\b"
)
_FIRM_ZH = re.compile(
    r"成立于|是一家|总部(?:位于|在)|员工(?:总数)?[\d一二三四五六七八九十百千]+|融资|上市公司|筹备上市"
    r"|我们的(?:产品|客户|交付|平台|团队)|为[^，。]{0,10}(?:客户|企业|家)[^，。]{0,6}提供"
    r"|服务(?:了|于)|^(?:公司|本公司|我司|集团|客户|产品)(?!需要|希望|招)|^我们(?!需要|希望|想|要|在找|在招"
    r"|正在[寻招]|期待|找|招)|行业(?:领先|龙头)|团队(?:有|预计|现有)|预计[^，。]{0,8}(?:扩|增)"
)
_GIFT = re.compile(
    r"\b(?:we(?:'ll| will| also| can)*|company) (?:offer|provide|pay for|sponsor|fund|cover)s?\b|\byou(?:'ll| will"
    r"| can)? (?:get|receive|enjoy) (?!(?:to|on|things|it|people|the best|up|by|your hands)\b)"
    r"|\b(?:tuition|study) (?:support|assistance|reimbursement)|(?:公司|我们)(?:提供|资助|补贴|报销)|学历提升",
    re.IGNORECASE,
)

_OF_THE_SELECTION = re.compile(
    r"\bopen until filled\b|\b(?:tell|let|ask) (?:\w+ ){1,4}(?:know )?(?:if|what) you(?: need|['’]d like|['’]ll need"
    r"| want)[^.]*\binterview|\binterview\w*\b[^.]*\b(?:tell us|let us know|easier|arranged)\b",
    re.IGNORECASE,
)
_TO_APPLY = re.compile(
    r"^\W*(?:please |to apply,? |interested\? |then |just )*(?:apply|send|submit|e-?mail|ring|call|phone|drop|upload"
    r"|write to)\b[^.]*(?:\b(?:cvs?|résumés?|resumes?|applications?|form|store|letter|portal|online|us)\b|@|\d{3})"
    r"|(?:加|微信|扫码|致电|来电|联系|电话|简历|邮箱|投递)[^。]{0,12}(?:微信|hr\b|电话|简历|[\d@])|微信\s*[a-z]",
    re.IGNORECASE,
)

_NOT_EN = re.compile(
    r"\bno\b(?=(?:[ -]\w[\w'’-]*){1,7}? (?:is |are |be )?(?:needed|required|necessary|expected|wanted|asked"
    r"|essential)\b)"
    r"|\bno\b(?= need (?:for|of|to)\b)|\bwithout(?= (?:a |any )?(?:degree|diploma|university)\b)"
    r"|\bnot\b(?= (?:\w+ ){0,3}?(?:needed|required|necessary|essential|expected|responsible|involved|a must"
    r"|a requirement|a condition|compulsory|mandatory|asked|wanted|accountable|in charge|expecting|asking"
    r"|(?:own|run|set|manag|design|handl|cover|touch|includ|involv|need|requir|ask|train|build|decid|draw|carry|lead)"
    r"(?:n?ing|ting|e)?|want|come into|fall)\b)"
    r"|\bnot\b(?= (?:at all |too |that |very |really |so )?(?:bothered|fussed|fussy|interested|hung[- ]up|precious"
    r"|strict|picky|worried|concerned|snobbish|snobs) (?:about|on|by|in)\b)"
    r"|\b(?:could|can)(?:n['’]t| not) care less\b|\b(?:regardless|irrespective) of\b|\bnever mind\b"
    r"|\b(?:do|does|did|wo|will|would|need|sha|are|is)n['’]t\b(?= (?:\w+ ){0,2}?(?:need|needed|require|required"
    r"|own|run|set|manage|do|design|have|handle|include|involve|cover|touch"
    r"|carry|deal|look after|care|mind|want|expect|ask|decide|build|write|insist|be responsible|be asked|part of"
    r"|your job|matter|be (?:setting|running|owning|managing|designing|training|building|leading|carrying))\b)"
    r"|\b(?:owned|handled|run|managed|designed|decided(?: on)?|covered|looked after|set|done|led|delivered"
    r"|taken care of|prepared|produced|dealt with|drawn up|agreed|determined|negotiated)"
    r"(?: with [\w ]{2,20}?)? by\b(?! (?:you|hand)\b)"
    r"|(?<!to )(?<!can )(?<!could )\blives? with\b(?! (?:you|us|it|them)\b)"
    r"|(?<=\w )(?<!\band )(?<!\bto )(?<!\bor )(?<!\byou )(?<!'ll )\b(?:sits?|stays?|remains?|rests?|lies?|belongs?"
    r"|falls?) (?:with|to|in|at)\b"
    r"(?! (?:you|us|it|them|which|whom|who|whose|what|each|every|the right)\b)"
    r"|\b(?:is|are) (?:done |handled |decided |dealt with |looked after )?(?:elsewhere|in other hands"
    r"|in the hands of)\b"
    r"|\b(?:is|are) (?:the jobs?|the task|the work|the business|somebody|someone|another|other|up to)\b(?! you\b)"
    r"|^\W*(?:(?:the|our|a|an|another|your|their|but|and|because|since|while|as) )*(?:[\w&/'’-]+ ){0,3}?(?:teams?"
    r"|departments?|desk|director|vp|svp|cro|cfo|coo|finance|marketing|hr|it"
    r"|legal|academy|partners?|agency|colleagues?|payroll|controller|procurement|enablement|sales) (?:already "
    r"|also |still )?"
    r"(?:owns|sets|handles|runs|looks after|takes care of|does|manages|decides|designs|leads|keeps|is responsible"
    r"|are responsible)\b",
    re.IGNORECASE,
)
_NOT_ALL_EN = re.compile(
    r"\b(?:not|n['’]t|outside|never) (?:\w+ ){0,2}?part of (?:the|this|your)\b|\b(?:not in|out of) scope\b"
    r"|\b(?:team|department|academy|director|finance|marketing|hr|it|legal|agency|colleagues?|payroll|enablement|desk"
    r"|partners?|office|somebody else|someone else|others) (?:already |still |will )?(?:does?|handles?|looks? after"
    r"|takes? care of|sees? to|keeps?|owns?|runs?|covers?) (?:all )?(?:that|it|this|those|them)\b",
    re.IGNORECASE,
)
_NOT_ZH = re.compile(
    r"不要求|不需要|无需|不必|无须|不[看卡](?=学历|年龄|经验|背景|出身|学校|性别)|不负责|不涉及|不包括|不包含"
    r"|不含|不参与|不承担|不背|不用做|不属于"
    r"|不在(?=本|该|此|这)|并非|不是(?=本|这|该)"
    r"|(?:学历|经验)(?:要求)?(?:不限|不卡|不看|不重要|无所谓|不做要求|无要求|随意)|不限(?=学历|经验)|没有(?=学历|硬性)"
    r"|由(?!你|您|本岗|该岗|本人)[^，。；]{1,16}?(?:负责|承担|制定|制订|下达|完成|处理|管理|主导|执行|统筹|安排)"
    r"|(?<!你)归(?!口|档|属|集|因|纳|类|整)[^，。；]{1,10}(?:负责|管|定)"
)
_NOT_ALL_ZH = re.compile(
    r"不属于|不在(?:本|该|此|这)|不是(?:本|这个|该)岗|不包括在|[（(][^（）()]{2,12}(?:负责|承担|来做|来管)[）)]"
)
_NEGATION = re.compile(r"no\b|not\b|without\b|\w+n['’]t\b|[不无没]", re.IGNORECASE)
_CLAUSE_EN = re.compile(
    r"[:()\[\]—–]|,? (?:but|whereas|though|although|while)\b|, and (?:you|we)\b|\band (?=(?:do|does|will|would"
    r"|can|need)(?:n['’]t| not)\b)|, (?=(?:the|our) \w+ (?:team"
    r"|director))|;"
)
_CLAUSE_ZH = re.compile(r"[，,；;。：:（）()]")


@frozen
class Denial:
    """Where a sentence denies what it says, in characters of the sentence."""

    start: int
    end: int
    """The words that deny; none where it is somebody else's work."""
    scope: tuple[int, int]
    """What they deny."""


@frozen
class Passage:
    """A sentence of a posting."""

    text: str
    zone: Zone
    han: bool
    """Whether it is Chinese."""
    block: int
    """The paragraph or item that it is of."""
    denials: tuple[Denial, ...] = ()

    @property
    def evidence(self) -> bool:
        """Whether it may say what the job is."""
        return self.zone in EVIDENCE


@frozen
class PostingText:
    """A posting, read."""

    passages: tuple[Passage, ...]
    """Its sentences, headings too."""
    headings: tuple[str, ...]
    lines: tuple[tuple[Zone, str], ...]
    """Every line as it stands, headings included."""


def read_posting(text: str) -> PostingText:
    """Read a posting: HTML, Markdown, plain text or a page of a PDF."""
    placed = list(_placed(lines_of(text)))
    passages = tuple(
        _sentence(part, zone, block) for block, (zone, line) in enumerate(placed) for part in split_sentences(line.text)
    )
    headings = tuple(line.text for _zone, line in placed if line.heading)
    return PostingText(passages, headings, tuple((zone, line.text) for zone, line in placed))


def _placed(lines: list[DocumentLine]) -> Iterator[tuple[Zone, DocumentLine]]:
    """Yield each line with its zone; labels within a line begin a line of their own."""
    zone, above, passing, listed = Zone.UNKNOWN, Zone.UNKNOWN, None, False
    for line in (piece for whole in lines for piece in _labelled(whole)):
        if line.aside:
            yield Zone.COMPANY, line
        elif line.heading or _is_known_heading(line):
            named, passing = zone_of(line.text), None
            within = zone if zone is not Zone.UNKNOWN else above
            above = within if named is None and within in EVIDENCE else Zone.UNKNOWN
            zone, listed = named or Zone.UNKNOWN, False
            yield Zone.TITLE, evolve(line, heading=True)
        elif line.item:
            listed = True
            named, _rest = _label_of(line)
            inherited = above if zone is Zone.UNKNOWN else zone  # of a heading within a part, such as Figures
            yield named if named in _OF_AN_ITEM else passing or inherited, line
        else:
            named, rest = _label_of(line)
            if line.after_blank or named or passing is Zone.TERMS:
                passing = None  # place and hours take a line
            if named in _PASSING and rest:
                passing = named
            elif named:
                zone, listed = named, False
            elif listed and line.after_blank and zone in EVIDENCE:
                passing = Zone.UNKNOWN  # a paragraph below a list may speak of anything
            yield (passing or zone, line) if rest or not named else (Zone.TITLE, evolve(line, heading=True))


def _label_of(line: DocumentLine) -> tuple[Zone | None, str]:
    """Return what the label of a line announces, and what stands behind it."""
    label = _LABEL.match(line.text)
    if label is None or len(label[1].split()) > _LABEL_WORDS:
        return None, line.text
    return zone_of(label[1]), label[2]


def _is_known_heading(line: DocumentLine) -> bool:
    """Return whether a line without a sign of it is the heading of a part that postings have."""
    text = line.text
    if line.item or not line.after_blank or re.search(r"[.;,:。；，、：!！]|\d", text):
        return False
    short = len(text) <= _HEADING_HAN if is_han(text) else len(text.split()) <= _LABEL_WORDS - 1
    return short and zone_of(text) is not None


def _labelled(line: DocumentLine) -> Iterator[DocumentLine]:
    if line.heading:
        yield line
        return
    pattern = _LABEL_WITHIN_HAN if is_han(line.text) else _LABEL_WITHIN_EN
    starts = [each.start() for each in pattern.finditer(line.text) if zone_of(next(filter(None, each.groups())))]
    for n, (start, end) in enumerate(pairwise([0, *starts, len(line.text)])):
        if part := line.text[start:end].strip():
            first = n == 0
            piece = evolve(line, text=part, after_blank=line.after_blank and first, item=line.item and first)
            yield from _told_apart(piece)


def _told_apart(line: DocumentLine) -> Iterator[DocumentLine]:
    """Yield place or hours at the head of a paragraph apart from the rest of it, which may say anything."""
    sentences = split_sentences(line.text)
    if line.item or len(sentences) == 1 or _label_of(line)[0] is not Zone.TERMS:
        yield line
        return
    yield evolve(line, text=sentences[0])
    yield evolve(line, text=" ".join(sentences[1:]))


def zone_of(heading: str) -> Zone | None:
    """Return what a heading or label announces, if it is known."""
    words = _ORDINAL.sub("", heading.strip(" \t【】[]")).replace("’", "'")
    return next((zone for zone, known in _KNOWN if known.search(words)), None)


def split_sentences(text: str) -> list[str]:
    """Return the sentences of a line; English abbreviations end none."""
    found: list[str] = []
    for part in _SENTENCE.split(text):
        if not part.strip():
            continue
        if found and _ABBREVIATION.search(found[-1]):
            found[-1] = f"{found[-1]} {part.strip()}"
        else:
            found.append(part.strip())
    return [each[n : n + _LONGEST] for each in found for n in range(0, len(each), _LONGEST)]


def _sentence(text: str, zone: Zone, block: int) -> Passage:
    han = is_han(text)
    if zone in EVIDENCE and _GIFT.search(text):
        zone = Zone.BENEFITS
    elif zone is Zone.UNKNOWN and _of_the_firm(text, han):
        zone = Zone.COMPANY
    elif (zone is Zone.UNKNOWN and _TO_APPLY.search(text)) or (zone in EVIDENCE and _OF_THE_SELECTION.search(text)):
        zone = Zone.APPLYING
    return Passage(text, zone, han, block, tuple(denials_of(text, han)))


def _of_the_firm(text: str, han: bool) -> bool:
    """Return whether a sentence outside the named parts speaks of the firm."""
    if han:
        return _FIRM_ZH.search(text) is not None
    speaks = _FIRM_EN.match(text) or _IS_A.match(text) or _GREW_EN.search(text)
    return bool(speaks) and not _OF_THE_JOB.search(text)


def denials_of(text: str, han: bool) -> Iterator[Denial]:
    """Yield what a sentence denies: its words and the clause that they stand in, or all of it."""
    every, one, cut = (_NOT_ALL_ZH, _NOT_ZH, _CLAUSE_ZH) if han else (_NOT_ALL_EN, _NOT_EN, _CLAUSE_EN)
    for found in every.finditer(text):
        negated = _NEGATION.match(found[0]) is not None
        yield Denial(found.start(), found.end() if negated else found.start(), (0, len(text)))
    edges = [0, *(found.start() for found in cut.finditer(text)), len(text)]
    for start, end in pairwise(edges):
        shift = start + (len(text[start:end]) - len(text[start:end].lstrip(" ,;:()（），；：—–")))
        for found in one.finditer(text[shift:end]):
            negated = _NEGATION.match(found[0]) is not None
            yield Denial(shift + found.start(), shift + (found.end() if negated else found.start()), (start, end))
