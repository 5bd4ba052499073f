"""The wording of a posting: what speaks to one sex, age or background only, or asks what may not be asked."""

import re
from collections.abc import Iterable, Iterator
from unicodedata import normalize

from attrs import frozen

from hiringkit.actions.posting_text import EVIDENCE, Passage, Zone
from hiringkit.domain.posting import WordingKind, WordingNote
from hiringkit.text.clean import clean_line
from hiringkit.text.sentence import Sentence

REASONS: dict[WordingKind, tuple[Sentence, str]] = {
    WordingKind.MASCULINE: (
        Sentence("it speaks to men, and fewer women apply where such words outweigh the others"),
        "Gaucher, Friesen & Kay 2011; 人社部发〔2019〕17号",
    ),
    WordingKind.FEMININE: (
        Sentence("it speaks to women, or to a picture of them, and leaves the others out"),
        "Gaucher, Friesen & Kay 2011; 人社部发〔2019〕17号",
    ),
    WordingKind.AGE: (
        Sentence("it means one age, which says nothing of what somebody can do"),
        "29 CFR 1625.4; Equality Act 2010, s. 39; Burn, Firoozi, Ladd & Neumark 2022",
    ),
    WordingKind.EXCLUSIONARY: (
        Sentence("it leaves people out by origin, body, looks, schooling or way of life, which the work does not ask"),
        "EEOC, Prohibited Employment Policies/Practices; 就业促进法第3条",
    ),
    WordingKind.LEGAL: (
        Sentence("it asks what may not be asked of applicants in many places"),
        "29 CFR 1604.7; 妇女权益保障法第43条; 人力资源市场暂行条例第24条",
    ),
}
"""Why a kind of wording is a fault, and who says so."""


def _joinable(pattern: str) -> str:
    """Return a pattern in which each blank may be a hyphen as well, as in "young-at-heart"; sets of signs are kept."""
    return re.sub(r"\[[^\]]*\]|(?<!\\) (?!\?)", lambda found: "[- ]" if found[0] == " " else found[0], pattern)


@frozen
class WordingRule:
    """Words of one fault, and what to write instead."""

    kind: WordingKind
    suggestion: Sentence
    english: str = ""
    chinese: str = ""

    @property
    def pattern(self) -> re.Pattern[str]:
        """Both languages in one: postings mix them."""
        english = rf"(?<![\w-])(?:{_joinable(self.english)})(?![\w-])" if self.english else ""
        return re.compile("|".join(part for part in (english, self.chinese) if part), re.IGNORECASE)


_M, _F, _A, _X, _L = (
    WordingKind.MASCULINE,
    WordingKind.FEMININE,
    WordingKind.AGE,
    WordingKind.EXCLUSIONARY,
    WordingKind.LEGAL,
)
_SHOULD_SAY = Sentence("say what the work asks, such as the result or the skill")
_DROP = Sentence("leave it out")
_PERSON = Sentence("say it of anybody: you, they, the person")
_JOB_NAME = Sentence("use the name of the job that fits everybody, such as salesperson")
_EXPERIENCE = Sentence("say which experience or skill is needed, without an upper limit")
_N = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen)"
_TONGUES = (
    r"(?:english|german|french|spanish|chinese|mandarin|cantonese|italian|dutch|portuguese|japanese|korean|polish"
    r"|arabic|swedish|danish|norwegian|finnish|russian|turkish|hindi)"
)
_AGES = "(?:1[6-9]|[2-6][0-9]|十[六七八九]|[二三四五六]十[一二三四五六七八九]?)"
_TENS = r"(?:twenty|thirty|forty|fifty|sixty)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?"
_PEOPLES = (
    r"(?:malays?|chinese|indians?|tamils?|arabs?|filipin[oa]s?|caucasians?|emiratis?|saudis?"
    r"|singaporeans?|malaysians?"
    r"|westerners?|europeans?|asians?|africans?|whites?|blacks?|latin[oa]s?|poles?|americans?|brits?"
    r"|germans?|australians?"
    r"|hindus?|muslims?|jews?|catholics?|protestants?|christians?|sikhs?|brahmins?)"
)
RULES: tuple[WordingRule, ...] = (
    # One sex
    WordingRule(_M, _PERSON, r"he|him|his|himself"),
    WordingRule(_F, _PERSON, r"she|her|hers|herself"),
    WordingRule(
        _M,
        _JOB_NAME,
        r"(?:sales|fore|country|grounds|watch|crafts|business|sports|trades|work|repair|handy|camera|delivery"
        r"|service|front|yes|chair|spokes|draughts|drafts|lines|journey|fire|police|lay|ombuds|anchor|post|door"
        r"|middle)[- ]?(?:man|men)(?:['’]s)?(?: mentality)?"
        r"|man[- ]?power|mankind|man[- ](?:hours?|days?|years?)",
    ),
    WordingRule(
        _M,
        _PERSON,
        r"(?:right|best|ideal|new|young|family|our|good|strong|company|hands-on|ambitious|one[- ]in) m[ae]n"
        r"|a man(?! (?:or|and)\b)|(?:the|an?) man (?:who|for|with|of)"
        r"|gentlem[ae]n|gents|guys?|dudes?|blokes?|chaps?|fellas?|bros?(?! (?:&|and))|dear sirs?|lads?|boys"
        r"|(?:our|the|a) brotherhood"
        r"|ex-service(?:man|men)|brogrammers?|(?-i:(?!(?:\w*human|talisman|specimen|regimen|acumen|abdomen"
        r"|ottoman|shaman|bitumen|cyclamen|stamen|caiman|lumen|rumen|ramen"
        r"|women|woman|\w+women|\w+woman|omen|amen)\b)[a-z]{3,}(?:man|men)(?:'s)?)"
        r"|old boys['’]? (?:club|network)|lads? and lass(?:es)?|(?<!fe)male (?:candidates?|applicants?|only"
        r"|preferred)|males? (?:only|preferred)|men (?:only|preferred)",
        r"(?:仅限|只限|限|只招|仅招|只要|要求|需)男(?:性|士|生|的)?(?!女)|(?<!女)男(?:性|士|生|的)?(?:优先|加分"
        r"|为佳|尤佳|从优|为主|为宜|更合适|更好|更佳|合适|优选"
        r"|佳)|(?:偏向|倾向|更适合|岗位适合|适合)男(?:性|士|生)(?!女|用户|客户|消费|的)|(?:不招|不要|不收|谢绝"
        r"|不考虑)女(?:性|生|士|的|员工)?|女(?:性|生|士|的)?(?:请)?(?:勿扰|勿投|勿入|免投|免谈|慎投|慎重|慎入"
        r"|不要|不考虑|不招|绕道)|最好(?:是|为)?(?:个)?男(?:的|性|生|士)?|性别(?:要求)?[:：]\s*男(?![女/／、])"
        r"|帅哥|(?<!外卖)(?<!快递)小哥哥?|汉子|爷们|硬汉|兄弟们?(?!部门|公司|单位|团队|院)|男儿",
    ),
    WordingRule(
        _F,
        _PERSON,
        r"girls?|gals?|lass(?:es)?|chicks?|divas?|lad(?:y|ies)|saleswom[ae]n|waitress(?:es)?|seamstress(?:es)?"
        r"|hostess(?:es)?"
        r"|(?:returning|working|busy|local|stay-at-home|full-time|suits?|for|young|new) (?:a |an |returning "
        r"|working )?"
        r"(?:m[uo]m(?:my|mie)?s?|mothers?)(?![- ](?:tongue|company|ship|board))|mumpreneurs?|maternal"
        r"|stewardess(?:es)?|housewi(?:fe|ves)|yummy mummies"
        r"|office mother|work wife|female (?:candidates?|applicants?|only|preferred)"
        r"|females? (?:only|preferred)"
        r"|wom[ae]n (?:only|preferred)|motherly",
        r"(?:仅限|只限|限|只招|仅招|只要|要求|需)女(?:性|士|生|的)?(?!男)|(?<!男)女(?:性|士|生|的)?(?:优先|加分"
        r"|为佳|尤佳|从优|为主|为宜|更合适|更好|更佳|合适|优选"
        r"|佳)|(?:偏向|倾向|更适合|岗位适合|适合)女(?:性|士|生)(?!用户|客户|消费|的)|(?:不招|不要|不收|谢绝"
        r"|不考虑)男(?:性|生|士|的|员工)?(?!女)|(?<!女)男(?:性|生|士|的)?(?:请)?(?:勿扰|勿投|勿入|免投|免谈|慎投"
        r"|慎重|慎入|不要|不考虑|不招|绕道)|最好(?:是|为)?(?:个)?女(?:的|性|生|士)?|欢迎女(?:性|士|生|孩)"
        r"|性别(?:要求)?[:：]\s*女(?![男/／、])"
        r"|美女|女神|小姐姐们?|妹子|小姑娘|小仙女|宝妈(?:优先)?|温柔(?:体贴|细心|可人)?|贤惠|软妹|(?:声音|嗓音"
        r"|长相|形象)?甜美",
    ),
    # Coded words that are strong enough alone
    WordingRule(
        _M,
        _SHOULD_SAY,
        r"tak(?:e|es|ing) no prisoners|killer(?: instincts?| closers?| sales\w*)|(?:a|sales|stone-cold"
        r"|real) killers?(?! (?:feature|app|product|instinct|closer|sales))|assassins?|warriors?|gladiators?|samurai"
        r"|(?:natural|born"
        r"|true|real|sales|new[- ]business) hunters?(?: mentality| mindset)?|hunters? (?:mentality|mindset"
        r"|instincts?|spirit|type|by nature|not (?:a )?farmers?)|a hunter|sharks?|alpha(?: male)?(?! and beta|-)"
        r"|beast(?: mode)?|crush(?:es|ing)? (?:it|quotas?|your quota|targets?|the competition|goals?|competitors)"
        r"|dominat(?:e|es|ing|ion)|dominant(?! (?:market|player|position|supplier|share))"
        r"|aggressive(?:ly)?(?! (?:pricing|discount\w*|treatment|cancers?))|cut-?throat|fearless(?:ly)?"
        r"|ruthless(?:ly)?|thick[- ]skin(?:ned)?|hard-nosed|man up|macho|hard-charging|stop at nothing"
        r"|win at all costs|whatever it takes|conquer\w*|battle-(?:tested|hardened|scarred)|go for the jugular"
        r"|hustlers?|hustle|type[- ]a(?: personalit(?:y|ies))?"
        r"|go[- ]?getters?|assertive(?:ly|ness)?|forceful(?:ly)?|(?:growth|sales|life)[- ]hackers?|lone wol(?:f"
        r"|ves)|wolf ?packs?|(?:sales|a) wol(?:f|ves)"
        r"|pit ?bulls?|gunslingers?|hired guns?|top guns?|heavy[- ]hitters?(?! (?:among|in|of))|cowboys?"
        r"|commandos?|mercenar(?:y|ies)"
        r"|kick(?:s|ing)?[- ]ass|in the trenches|locker[- ]room|coin[- ]operated|eat what you kill"
        r"|smash(?:es|ing)? (?:it|(?:your |their |the |every )?(?:quotas?|targets?|goals?|numbers?|competition"
        r"|competitors))"
        r"|crush(?:es|ing)? (?:your |their |the |every |our |his |sales )+(?:quotas?|targets?|goals?|numbers?"
        r"|plan|rivals?"
        r"|competition|competitors)"
        r"|(?:annihilat|obliterat)(?:e|es|ing)|nerves of steel|iron (?:will|fist)|mental toughness"
        r"|take[- ]charge (?:attitude|personality|person|type|mentality|leader)|take the hill"
        r"|warlike|war[- ]?chest mentality|kill it|killing it|win[- ]at[- ]all[- ]costs|hell[- ]bent|swagger"
        r"|ballsy|balls of (?:steel|brass)|big balls|cojones"
        r"|hungry"
        r"|(?:not afraid of|up for|loves?|enjoys?|relish(?:es)?) a (?:scrap|fight|brawl|battle)|bulldog"
        r"|street[- ]fighters?|headstrong|tough[- ]minded|boys['’]? club"
        r"|(?:fiercely|highly|naturally|very|ultra-?|super) competitive(?! (?:pay|salar\w+|market|compensation"
        r"|benefits?|package|rates?|prices?|pricing|industry|environment|field|sector|landscape|space))"
        r"|(?<=, )competitive(?=(?:,|\.|;|$| and )(?! ?(?:well[- ]paid|market|fair|attractive|salar|pay"
        r"|performance|base)))"
        r"|(?<=\bare )competitive(?=(?:,|\.|;|$| and (?:driven|hungry|ambitious|determined|self|love|want"
        r"|hate)| by ))"
        r"|competitive (?:streak|spirit|nature|drive|personality|individual|person|mindset|instincts?|by nature"
        r"|fire|type|animal|soul)",
        r"狼性(?:文化|团队|精神|十足)?|狼的精神|虎狼|血性|铁血|铁军|霸气|杀手(?!级|锏)|战狼|野性|嗜血|好胜心?强?"
        r"|攻击性",
    ),
    WordingRule(
        _F,
        _SHOULD_SAY,
        r"(?<!lead )(?<!account )(?<!customer )(?<!client )(?<!for )(?<!of )(?<!on )(?<!by )(?<!prospect )"
        r"nurturing(?=,| (?:and (?!grow|develop|convert|expand|maintain|retain|build|manag)\w+ )?(?:person\w*"
        r"|nature|spirit"
        r"|environment|manner|leaders?|style|touch|approach|presence|soul|character|colleague|individual))"
        r"|(?:caring|warm|kind|gentle|supportive),? and nurturing|chairwom[ae]n|boss babes?|girl[- ]?boss(?:es)?"
        r"|wom[ae]n with (?:\w+ )?children|sympathetic|caring (?:nature|person\w*|soul|manner|touch|hands)"
        r"|(?:a )?woman['’]s touch|gentle(?: soul| touch| manner| nature)|sweet|bubbly|submissive|feminine"
        r"|ladylike|affectionate"
        r"|(?:sweet|gentle)[- ](?:natured|tempered|mannered)|mother hen",
    ),
    # Age
    WordingRule(
        _A,
        Sentence("name the tools or the skill"),
        r"digital[- ]natives?|millennials?|gen(?:eration)?[- ]?[yz]|tech-savvy (?:youngsters?|millennials?)"
        r"|internet generation|grew up (?:with|on) (?:the internet|social media|technology|smartphones?"
        r"|a smartphone|screens)"
        r"|digital generation|zoomers?",
        r"数字原住民|互联网原住民|Z世代",
    ),
    WordingRule(
        _A,
        _DROP,
        r"young(?:er)?(?!(?:er)?[- ](?:compan|firm|business|brand|market|industr|children|readers?|patients?|famil"
        r"|customers?|offenders?|learners?|people|persons|adults?|carers?|women|men\b))"
        r"(?: and (?:energetic|dynamic|hungry|vibrant|ambitious|fun))?(?: (?:team|person|professionals?|talent"
        r"|at heart|blood))?"
        r"|youthful|young-minded|(?:retired|elderly|older) (?:persons?|people|workers?|applicants?|candidates?)"
        r"|pensioners?|dinosaurs?"
        r"|(?:twenty|thirty|20|30)[- ]?somethings?|gr[ea]y[- ]hair(?:s|ed)?|youngsters?|energetic"
        r"|mature(?! (?:(?!(?:sales|account|business|candidate|professional)\w* (?:person|people|exec|man"
        r"|manager))\w+ )?(?:market"
        r"|product|process|organi[sz]ation|system|business"
        r"|account|customer|approach|company|stage)\w*)|old-?timers?|over[- ]?qualified|retirees?"
        r"|(?:coast(?:ing)?|near(?:ing)?|close to|ease|easing|wind(?:ing)? down) (?:in)?(?:to )?retirement"
        r"|fresh[- ]faced|at (?:the )?(?:start|beginning) of (?:your|their) working life"
        r"|full of (?:youth|energy)",
        r"(?<!品牌)(?<!产品)(?<!为)(?<!面向)(?<!针对)(?<!服务)年轻化?(?:的)?(?:团队|人(?!群)|有活力|活力|有朝气"
        r"|有冲劲)?(?!用户|客群|客户|消费|家庭|父母|品牌|妈妈|群体|一代|人群|女性)|(?:[89]0|95|85|00|九零|零零"
        r"|九五|八五)后(?:为主)?(?:的)?(?:年轻化)?(?:团队)?(?!用户|客群|消费|人群)|青春(?:活力|洋溢)?(?!期|痘)"
        r"|小鲜肉|大龄(?:者|人员)?(?:勿扰|勿投|慎投|免|不要|不考虑)?(?!儿童|青年公寓)|年(?:龄|纪)(?:偏)?大(?:者"
        r"|的)?(?:勿扰|勿投|不要|免)?|退休(?:人员|返聘)?(?:者)?(?:勿扰|勿投|不要|除外|免)|年轻有为|精力(?:充沛"
        r"|旺盛)|朝气蓬勃|充满朝气",
    ),
    WordingRule(
        _A,
        _EXPERIENCE,
        r"(?:\d ?(?:-|–|to) ?)?(?:\d|one|two|three|four|five) years? (?:out of|after|since|from) (?:uni"
        r"|university|college|school|graduation|graduating)"
        r"|(?:recent|fresh|new) (?:mba|phd|business|engineering|it|master's) grad(?:uate)?s?|(?:recent|fresh|new"
        r"|college|university|energetic)(?: (?:college|university"
        r"|school))? grad(?:uate)?s?(?: fresh out of (?:university|college|school))?|new grads?"
        r"|fresh(?:ly)? (?:out of|from|off) (?:university|uni|college|school|the classroom|grad school)"
        r"|just (?:out of (?:university|uni|college|school)|graduated)"
        r"|straight (?:out of|outta|from) (?:university|uni|college|school)"
        r"|college students?|school[- ]leavers?|freshers?",
        r"(?:限|仅限)?应届(?:毕业)?生?(?!(?:生|毕业生)?(?:亦|也|均|都)?可)(?:优先|为主)?|刚毕业(?:的|生|不久)?"
        r"|毕业(?:不超过|未满)?\s*[一二两三123]\s*年(?:以)?内",
    ),
    WordingRule(
        _A,
        _EXPERIENCE,
        rf"(?:(?<!not )(?<!no ))(?:{_N} ?(?:-|–|—"
        rf"|to) ?)?{_N} years?['’]?(?: of)?(?: \w+){{0,4}}? (?:at (?:the )?most|max(?:imum)?|tops"
        r"|or (?:less|fewer)|and no more|but no more)|(?:no more than|not more than|up to|at most|a maximum of"
        r"|maximum|max\.?|(?<!not )(?<!no )(?:fewer|less) than|within)"
        rf" {_N} years?['’]?(?: of)?(?: \w+){{0,2}}? (?:experience|graduati(?:on|ng)|(?:university|college"
        rf"|school)\b)",
        r"(?:工作)?(?:经验|年限|工龄)(?:不超过|不多于|不得超过|最多)\s*\d+\s*年|\d+\s*年(?:以内|以下)(?:工作)?经验",
    ),
    WordingRule(
        _A,
        _DROP,
        r"(?:aged?|ages) (?:between )?\d{2} ?(?:to|-|–|and) ?\d{2}|ages?:? (?:limit |group |bracket |range |of "
        r"|is |up to |max(?:imum|\.)? |under |below |not over )*[2-6]\d(?! ?(?:%|days|hours))"
        r"(?: ?(?:to|-|–) ?[2-6]\d)?(?: years| yrs)?|(?:not (?:be )?|no )?(?:more than|older than|over|above"
        r"|beyond|exceed(?:ing)?|up to|at most|younger than|under|below)"
        r" [2-6]\d (?:years|yrs) (?:of age|old)|(?:early|mid|late) (?:twenties|thirties|20s|30s|forties)(?: (?:to"
        r"|or) (?:early|mid|late)"
        r" (?:twenties|thirties|forties|20s|30s))?"
        r"|between (?:the ages of )?[2-6]\d and [2-6]\d(?: years old)?(?! (?:people|reps|customers|%|per|days"
        r"|hours|staff))|(?:must be|to be|be|aged?|are you|if you(?:'re| are)|you(?:'re| are| should be)"
        r"|candidates?|applicants?|anyone|those|ideally|preferably|someone"
        r"|people) (?:under|below|younger than) (?:the age of |age )?[2-6]\d(?! ?(?:%|k\b|days|hours|minutes"
        r"|people|staff|miles|per|million|points))(?: years(?: old| of age)?)?|(?:under|below) the age of [2-6]\d"
        r"|(?:under|below|younger than) [2-6]\d years (?:old|of age)"
        r"|older than [3-6]\d(?! ?(?:%|days|hours|minutes|months|miles|k\b))"
        r"|(?:anyone|anybody|no[- ]?one|nobody|candidates?|applicants?|people|persons?|those) (?:who is |who are "
        r"|aged )?(?:over|above|past)"
        r" (?:the age of )?[3-6]\d(?! ?(?:%|days|hours|miles|k\b))"
        r"|born (?:after|since|in or after) (?:19[6-9]|20[01])\d|(?:in (?:your|their|his|her) )(?:20s|30s"
        r"|twenties|thirties)"
        r"|\d{2} ?(?:-|–|to) ?\d{2} (?:years (?:old|of age)|year olds?)|[1-6]\d (?:to|and|-|–) ?[2-6]\d years of age"
        r"|maximum age|average age(?: (?:of|is))? ?\d{2}|age limit|upper age"
        r"|\d{2} years (?:old )?or (?:under|younger"
        r"|below)|over[- ][4-6]0s? need not|(?:early|mid|late) (?:twenties|thirties|20s|30s)",
        rf"(?:年龄(?:要求)?(?:在|为)?[:：]?)?{_AGES}\s*(?:周?岁)?\s*(?:[-~～—–至到]+)\s*{_AGES}\s*周?岁(?:之间|以下"
        rf"|以内|左右)?|(?:年龄(?:要求)?(?:在|须在)?[:：]?)?{_AGES}\s*周?岁(?:\(含\)|（含）)?(?:及|含)?(?:以下|以内"
        rf"|之内|封顶|为限)"
        rf"|年龄(?:原则上|一般|须|应|要求)?(?:不超过|不大于|不高于|不得超过|限)\s*{_AGES}(?:周?岁)?"
        rf"|{_AGES}\s*周?岁(?:及)?以上(?:者)?(?:勿扰"
        rf"|勿投|不要|谢绝|免谈|就算了|不考虑|不予考虑|别来|免)|(?:不要|谢绝|不招)\s*{_AGES}\s*岁以上|(?:2[5-9]"
        rf"|[3-6]\d)\s*周?岁以上(?!的?(?:老人|用户|客户|人群|女性|男性|儿童|消费|人士|居民|患者))"
        rf"|年龄{_AGES}\s*[-~～—–至到]\s*{_AGES}"
        rf"|(?:团队)?平均年龄\s*\d{{2}}岁?",
    ),
    # Origin, body, looks, schooling, way of life
    WordingRule(
        _X,
        Sentence("say how well the language has to be spoken or written"),
        rf"native(?:[- ]level)?(?: (?:{_TONGUES}|language))?[- ]speakers?|native(?:[- ]level)? {_TONGUES}"
        rf"|{_TONGUES} native|native[- ](?:level|fluency|tongue)|mother[- ]tongue|first language (?:must"
        r"|is)|(?:no|without(?: an?| any)?|neutral|accent-free|free of) (?:foreign )?accents?|accentless"
        r"|accent-free",
        r"母语(?:为|是)?(?:英语|中文|普通话|者)?|无口音|不带口音|没有口音|口音",
    ),
    WordingRule(
        _X,
        _SHOULD_SAY,
        r"(?:\w+[- ])?ninjas?|rock[- ]?stars?|gurus?|wizards?|jedis?|super[- ]?heroe?s?|superstars?"
        r"|whiz(?:z)?(?:[- ]kids?)?|hotshots?"
        r"|shrinking violets?|wallflowers?|snowflakes?|faint[- ]?hearted|badass(?:es)?|bad-ass|mavericks?|work(?:s"
        r"|ing)? hard,? (?:and )?play(?:s|ing)? hard|play(?:s|ing)? hard"
        r"|cultur(?:e|al)[- ]fit|fits? (?:right )?in(?:to)? (?:with )?our culture|our kind of (?:people|person)"
        r"|(?:like|we are|we're|as|be|join|feels like) (?:a |one |our )(?:big |close |happy |work |second "
        r"|tight-knit |large )*family"
        r"(?! (?:business|firm|company|owned|run|of (?:brands|companies)|office|practice|member|doctor|room|day)|-)"
        r"|one big(?:,)? (?:happy )?family|fits? (?:into )?(?:our|the) family|workaholics?|sleep is for the weak"
        r"|job[- ]?hopp(?:ers?|ing)|cv[- ]hopp(?:ers?|ing)"
        r"|(?:employment|career|cv|résumé|resume|work[- ]history) gaps?|gaps? (?:of [\w ]{1,30} )?in (?:your "
        r"|their |the )?(?:employment"
        r"|career|cv|résumé|resume|work history|career history)|unemployed (?:persons?|people|candidates?"
        r"|applicants?)"
        r"|(?:must be )?currently employed(?: candidates?)?(?: only)?|(?:unbroken|continuous"
        r"|uninterrupted) (?:work|employment|career)"
        r" (?:history|record)|career breaks? (?:not|will not|won't)|tribe|spirit animal|pow-?wow"
        r"|sacrifice your weekends?",
        r"996|007工作制|24小时(?:待命|在线|开机)|随时待命|随叫随到|奋斗者协议|以厂为家|无条件(?:服从|加班)"
        r"|自愿加班|以公司为家|把公司当(?:成)?家",
    ),
    WordingRule(
        _X,
        Sentence("say who does what at the desk, without the verb: staff, run, look after"),
        r"m[ae]n(?:s|ned|ning)? (?:the|our|a|its|all) (?!who|for|with|and|or|of)(?:front |reception |help "
        r"|service |sales )?\w+|manning|unmanned (?:desk|post)",
    ),
    WordingRule(
        _X,
        Sentence("name the physical task, if there is one, and offer to adapt it"),
        r"able[- ]bodied(?: and physically fit)?|physically (?:fit|strong|able|robust)|(?:fit|strong) and healthy"
        r"|healthy and (?:fit|strong)|(?:(?:in|be in|enjoy) )?(?:perfect|excellent|good|robust"
        r"|sound) (?:physical )?health(?! (?:insurance|care|cover|outcomes?|plans?|benefits?|and safety|services?"
        r"|scheme|literacy|habits))|of sound (?:mind|body)\w*|no (?:disabilit\w+|health (?:issues|problems))"
        r"|free (?:of|from) (?:illness|disabilit\w+|disease)"
        r"|(?:(?:must |to )?be )?(?:able|required|expected) to lift(?! (?:sales|revenue|results|conversion"
        r"|performance|margins?))"
        r"(?: (?:up to |at least |more than )?\d+ ?(?:lbs?|pounds|kgs?|kilos?))?|lift(?:ing)? (?:up to "
        r"|at least )?\d+ ?(?:lbs?\b|pounds|kgs?|kilos?)"
        r"|(?:lift|carry|move|push|pull|hoist)(?:ing)? (?:up to |at least |over |objects of )?\d+[ -]?(?:lbs?"
        r"|pounds?|kgs?|kilos?)"
        r"|(?:see|hear|speak|walk|stand|sit|talk|kneel|stoop)(?:, (?:see|hear|speak|walk|stand|sit|talk|kneel"
        r"|stoop))*,? (?:and|or) (?:see|hear|speak|walk|stand|kneel|stoop)"
        r"|(?:stand|sit)(?:ting|ing)? for (?:long|extended|prolonged) (?:periods|hours)"
        r"|(?:full|perfect|good|excellent|normal|20/20|unimpaired|sharp) (?:vision|hearing|eyesight"
        r"|sight)(?: and (?:vision|hearing|eyesight))?"
        r"|(?:must|able to) (?:be able to )?(?:see|hear|walk|climb (?:stairs|ladders))(?= and |,|\.|;|$"
        r"| (?:unaided|without|well|clearly))"
        r"|mentally (?:strong|tough|fit|healthy|stable|robust)|emotionally stable|(?:disabled"
        r"|handicapped) (?:persons?|people|applicants?"
        r"|candidates?) (?:need not|should not|cannot|will not)|handicap(?:ped|s)?|wheelchair[- ]bound|(?:never"
        r"|rarely) (?:off )?(?:sick|ill)"
        r"|(?:healthy|right-handed|able-bodied|fit) (?:people|persons?|applicants?|candidates?)? ?only"
        r"|sick days (?:last|in the last)|sick(?:ness)? (?:leave )?(?:record|history)|(?:no (?:more|fewer) than"
        r"|more than|fewer than|taken) (?:\w+ )?sick (?:days|leave)|(?:low|good|clean|excellent) (?:sickness"
        r"|absence|sick-leave) (?:record|history)",
        r"身心健康|身体(?:健康|强壮|素质好|素质佳)|体魄(?:强健|健康)|四肢健全|肢体健全|无残疾|非残疾|无传染病史?"
        r"|无重大疾病"
        r"|无慢性病|无(?:任何)?病史|(?:无|没有|非)?(?:口吃|色盲|色弱|狐臭|疤痕|残疾|左撇子)(?!人(?:士)?(?:优先|可"
        r"|友好))"
        r"|(?:听力|视力)(?:正常|良好|好|佳)|裸眼视力|(?:精神病|抑郁症?|心理疾病|家族病|遗传病)史?",
    ),
    WordingRule(
        _X,
        _SHOULD_SAY,
        r"craz(?:y|ies)|insane(?:ly)?|psycho(?:s)?|lame|tone[- ]deaf|spastic|maniacs?|lunatics?|dumb|(?:a (?:bit"
        r"|little) )?ocd(?: about)?|schizo(?:phrenic)?|bipolar|spaz|morons?|idiots?|nut(?:ters?|jobs?)"
        r"|crippl(?:ed|ing)|insanity|mad(?:ly|ness| men| people| ones)",
    ),
    WordingRule(
        _X,
        _DROP,
        r"clean[- ]shaven|clean[- ]cut|well[- ](?:spoken|presented)|well[- ]groomed|good[- ]looking"
        r"|attractive,? (?:\w+ )?(?:appearance|person|personality|looks"
        r"|candidates?)|presentable(?: appearance)?|smart(?:ly)?[- ]looking"
        r"|(?:smart|polished|representative|professional|pleasant|pleasing|neat|tidy|good|immaculate|attractive"
        r"|impeccable|clean|spotless|flawless"
        r"|youthful|elegant|well-kept|corporate|first-class)(?:,? (?:and )?\w+)? (?:(?:personal|physical|outward"
        r"|general) )?appearance"
        r"|(?:personal|physical) appearance|pleasing personality|photogenic|(?:well|smartly|sharply) turned out"
        r"|good looks"
        r"|fair[- ]skin(?:ned)?|blonde?s?|easy on the eye|athletic(?: build| figure)?|slim (?:build"
        r"|figure|person)|no (?:visible )?(?:tattoos?|piercings?|beards?)|tattoos?|piercings?|(?:minimum "
        r"|min\.? )?height (?:of|at least|over|above|:)[^.;,]{0,12}"
        r"|(?:no|non)[- ]?smok(?:ers?|ing)(?: only| household)?|smokers need not(?: apply)?|teetotal\w*"
        r"|non-drinkers?",
        r"形象(?:气质)?(?:俱?佳|好|端正|良好|姣好|出众)?(?:[、，,]?气质(?:俱?佳|好|出众))?(?=.{0,1})|气质(?:俱?佳"
        r"|好|出众)|五官端正|体健貌端|相貌端正|(?:相貌|样貌|外貌|长相|颜值)(?:端正|好|佳|高|出众|姣好|在线)?"
        r"|身高(?:要求)?[:：]?(?:不低于|须|在|达)?\s*(?:1[5-9]\d|1[.．米]\d{1,2}|一米[五六七八九])\s*(?:cm|CM|厘米"
        r"|公分|米)?(?:以上|及以上)?|(?:1|一)米[5-9五六七八九]\d?(?:以上|及以上)|1[5-9]\d(?:cm|厘米|公分)(?:以上"
        r"|及以上)|身高|身材(?:匀称|苗条|好|高挑)|外形(?:好|佳|条件|靓丽)|面容姣好|仪表(?:端庄|堂堂)|貌美|肤白"
        r"|肥胖|嗓音好?|声音(?:好听|甜|悦耳)|体重|不(?:抽烟|吸烟)|纹身|戒烟",
    ),
    WordingRule(
        _X,
        Sentence("leave it out: work with clients does not need it"),
        r"(?:friday|after[- ]work|weekly|team) (?:beers?|pints?|drinks|booze\w*)|(?:beers?|pints|drinks|cocktails"
        r"|prosecco) (?:on|every|each) (?:fridays?|thursdays?)|beer (?:fridge|o'clock|fridays?"
        r"|on tap|pong)|hold (?:your|his|their) (?:drink|liquor|beer)|drinking (?:culture|games?)|happy hours?"
        r"|wine o'clock|booz\w+|pub (?:crawl"
        r"|nights?|quiz(?:zes)?|lunch(?:es)?|trips?|outings?)|(?:in|at|down|to"
        r"|visit) the (?:local )?pub(?! (?:trade|sector|industry|chain|business|estate))"
        r"|(?:drinks|beer|gin|wine|cocktail) trolleys?|drink(?:s|ing)? (?:together|on (?:fri|thurs)days?"
        r"|after (?:work|hours))|(?:social |heavy )?drinkers?|sober|(?:free|cold) beers?|beers? (?:after work"
        r"|in the fridge|on us|together)|prosecco \w+|(?:like|enjoy|love|fanc(?:y|ie)|share|have|sink|join us for"
        r"|up for)s? (?:a |the )?(?:\w+ )?(?:drinks?|pints?"
        r"|beers?|tipple|glass of wine|wine)(?! (?:industry|trade|brand|sector|business))",
        r"(?:能|会|善于?|爱)喝(?!彩)(?:酒|两杯)?|喝酒|酒量(?:好|佳|大)?|千杯不醉|陪酒|酒桌|酒局|应酬能力强",
    ),
    WordingRule(
        _X,
        Sentence("name the knowledge, not the school"),
        r"ivy[- ]league|oxbridge|russell[- ]group|(?:top|elite|leading|prestigious|first)[- ](?:tier|class|ranked"
        r"|rate)? ?(?:universit(?:y|ies)|schools?|colleges?|business schools?)|red[- ]brick|target schools?"
        r"|private(?:ly)?[- ](?:school(?:ed)?|educated)|public school(?: background| education)"
        r"|top[- ]\d+ (?:universit(?:y|ies)|school)|tier[- ]?(?:1|one|i) (?:colleges?|institutes?|universit(?:y"
        r"|ies)|schools?)"
        r"|(?:iits?|iims?)(?:[/ ](?:iits?|iims?))* (?:only|graduates?|alumni|preferred|background)"
        r"|(?:from|at|degree of|graduates? of) (?:an? )?(?:well-known|good|renowned|reputed|reputable|premier"
        r"|world-class) (?:universit(?:y|ies)|(?:business )?schools?|colleges?|institutes?)",
        r"985\s*(?:[/／、或及和]\s*211)?(?:院校|高校|毕业|大学|本科|学历)*(?:优先)?|211(?:院校|高校|毕业|大学|本科"
        r"|优先)+|双一流(?:院校|高校|大学|毕业)*(?:优先)?|名校(?:毕业|背景|优先|加分)*|(?:海归|留学生)(?:优先)"
        r"|QS\s*前?\d+|第一学历(?:必须|须|要求|为)*|一本(?:院校|及以上|以上|大学)|清北|清华北大|C9(?:高校|院校)?"
        r"|重点(?:院校|大学|高校|本科)(?!客户|渠道|市场|项目|销售|业务|开发|推广)(?:毕业)?(?:优先)?",
    ),
    WordingRule(
        _X,
        _DROP,
        r"(?:good |practising |practicing |committed |devout )?christians?(?: values| only| preferred)?"
        r"|clergym[ae]n|(?:religious )?denominations?(?= (?:for|of|and|,)|,|;|\.|$)|(?:letter|reference"
        r"|certificate) from (?:a |your )(?:priest|pastor|minister|vicar|imam|rabbi)"
        r"|travell?ing people|gyps(?:y|ies)|complexion|(?:fair|light|dark)[- ]complexion(?:ed)?|dusky"
        r"|native place|home (?:town|district|state) (?:only|preferred)|domicile"
        r"|(?:go(?:es|ing)?|attend\w*) (?:to )?church|church (?:members?|membership|goers?)|religious (?:person"
        r"|background|belief)s?|star sign|zodiac"
        r"|horoscope|well-connected family|good family"
        r"|social (?:class|background)(?! of any)|caucasians?|castes?|upper[- ]class|well-bred"
        r"|(?:no|overseas) (?:foreigners?|foreign applicants?|overseas applicants?|immigrants?)(?: need not apply)?"
        r"|foreigners? (?:need not|should not|are not)",
        r"(?:白羊|金牛|双子|巨蟹|狮子|处女|天秤|天蝎|射手|摩羯|水瓶|双鱼)座|星座|属相(?:不冲|相合"
        r"|合适)?(?:的?优先)?|生肖|八字|面相|手相|属[鼠牛虎兔龙蛇马羊猴鸡狗猪](?:的|者)?(?:请)?(?:勿投|勿扰|勿入"
        r"|慎投|慎入|绕道|免投|免谈|不要|不考虑"
        r"|除外|优先|不招)|生辰八字|血型(?:为|是|要求)?\s*(?:AB|A|B|O)型?(?:优先|佳)?"
        r"|(?:AB|A|B|O)型血(?:优先)?|家境(?:好|优越|良好)?|家庭条件(?:好|优越)?"
        r"|有房有车|(?:北京|上海|天津|重庆|东北|东三省|黑龙江|吉林|辽宁|河南|河北|山东|山西|安徽|江西|湖北|湖南"
        r"|四川|广东|广西|福建|陕西|甘肃|云南|贵州|海南|浙江|江苏|苏北|新疆|西藏|内蒙|外省|农村)(?:省|籍)?(?:人|籍"
        r"|的)*(?:除外|勿扰|勿投|不要|谢绝|不招|免投)"
        r"|(?:北京|上海|天津|重庆|东北|黑龙江|吉林|辽宁|河南|河北|山东|山西|安徽|江西|湖北|湖南|四川|广东|广西"
        r"|福建|陕西|甘肃|云南|贵州|海南|浙江|江苏|潮汕|温州|客家)"
        r"(?:省|市|籍)?(?:本地)?人(?:士)?(?:优先|加分|为佳|更好|从优)|拖家带口|上有老下有小"
        r"|籍贯(?:不限(?:\([^)]{1,10}除外\)|（[^）]{1,10}除外）))?(?!不限)|(?:仅限|限|只招)(?:本地|当地"
        r"|[沪京粤深穗杭])(?:人|籍)?|(?:本地|当地)人(?:优先|为佳|加分|更好)|外地人?(?:勿扰|除外|不要|谢绝)"
        r"|方言(?!配音)"
        r"|(?:会|能|懂|须|需)?(?:讲|说)(?!普通)[\u4e00-\u9fff]{1,3}话(?:者)?(?:优先|为佳|流利)",
    ),
    # What may not be asked
    WordingRule(
        _L,
        Sentence("ask only whether the applicant may work there"),
        r"(?:unrestricted )?(?:british|uk|us|u\.s\.|american|eu|european|canadian|german|french|irish|australian"
        r"|chinese|indian|singapore\w*) (?:nationals?|citizens?|citizenship|passports?(?: holders?)?"
        r"|nationality)(?: from birth)? (?:only|required|preferred|essential|needed|is a must)"
        r"|(?:must|to|should) (?:be|hold|have)(?: \w+){0,2}? (?:british|uk|us|u\.s\.|american|eu|european|canadian"
        r"|german|french|irish|australian|chinese|indian|singapore\w*) (?:nationals?|citizens?|citizenship"
        r"|passports?)(?: holders?)?(?: from birth)?|(?:nationals|citizens|locals) only|(?:native|us|u\.s\.|uk"
        r"|american|british|german|australian|canadian)[- ]born"
        r"|proof of (?:nationality|citizenship)|foreign applicants?|military service (?:completed|obligations?"
        r"|done|fulfilled)"
        r"|unrestricted (?:british|uk|us|u\.s\.|american|eu|european|canadian|german|french|irish|australian"
        r"|chinese|indian|singapore\w*) passports?(?: from birth)?|(?:of|must state|state your) nationality"
        r"|place of birth|country of birth|(?:british|americans?|germans?|chinese|japanese|westerners?|europeans?"
        r"|locals?) (?:only|preferred)",
        r"国籍(?!不限)|仅限中国籍|(?<!解决)(?<!办理)(?<!提供)(?<!落)(?:本地|本市|当地|城镇|农村|外地|北京|上海"
        r"|深圳|广州|杭州)?(?:户口|户籍)(?!不限|均可|无限制|迁移|办理|指标|名额)(?:优先|者优先|限制|必须|要求)?",
    ),
    WordingRule(
        _L,
        Sentence("leave it out: family and plans are nobody's business before or after the hire"),
        r"(?:un)?married(?: preferred| only)?|marital status|single (?:person|candidates?|preferred|only|status)"
        r"|(?:not|currently|be|get|getting|become|becoming|if you are) pregnant|pregnancy test|(?:no|without"
        r"|free of) (?:family|childcare|caring|domestic) (?:commitments?|obligations?|ties|responsibilities"
        r"|duties)|no (?:children|kids|dependants|dependents)|childless|family plan(?:s|ning)"
        r"|(?:plan(?:s|ning)?|intend\w*) (?:on |to )?(?:hav(?:e|ing)|start(?:ing)?) (?:a family|children|a baby"
        r"|kids)|(?:little|small|young|school-age|pre-?school) (?:kids|children)(?: at home)?|(?:kids"
        r"|children) at home|child(?:ren)?-free|singles (?:only|preferred|welcome)|(?:own|owns|owning) (?:a "
        r"|their |your |his )?(?:house|home|property)|childbearing|newly[- ]wed\w*|number of (?:children"
        r"|dependants|dependents|kids)|how many (?:children|kids)"
        r"|(?:ages? of|your) (?:your )?(?:children|kids)(?! (?:to|in|at|with|and|go|while))|maiden name|(?:spouse"
        r"|husband|wife|father|mother)['’]s"
        r" (?:name|job|occupation|employer|profession)|family (?:situation|circumstances|status)",
        r"(?:注明|说明|填写|告知|提供)?婚(?:育|姻)(?:情况|状况|史|与否|计划)?|(?:已婚|未婚"
        r"|离异)(?:[已未]育)?(?:者)?(?:优先|勿扰|佳|为佳)?|(?<!婚)[已未]育(?:者)?(?:优先|勿扰)?|单身(?:者)?(?:优先"
        r"|佳)?(?!公寓|宿舍)"
        r"|(?:短期内?|近期|[一二两三]年内|入职\S{0,4}内)?(?:不|无|没有|暂无)(?:\S{0,3})?(?:生育|怀孕|结婚|婚育"
        r"|生孩子|要孩子|生[二三]胎|二胎|备孕|生娃)(?:计划|打算)?|二胎|三胎|备孕|(?:孕妇|怀孕|孕期|哺乳期)(?:者"
        r"|的|女性)?(?:请)?(?:勿扰|勿投递?|不招"
        r"|除外|不予)|生完孩子(?:的妈妈|的)?|无家庭(?:负担|拖累)|家庭(?:稳定|和睦)|独生子女(?:优先)?|(?:不招|不要"
        r"|谢绝|没有?|无)(?:带)?有?(?:娃|孩子|小孩)(?:的|者|拖累|牵绊)?(?!王|成长|教育|家长|用户)"
        r"|孩子(?:有人带|已上学|大了|已大)|(?:恋爱|情感|感情)(?:状况|情况|状态)|有无(?:男|女)朋友",
    ),
    WordingRule(
        _L,
        Sentence("ask for the CV only; whoever chooses should not see it"),
        r"(?:recent |passport[- ]?(?:sized? |style )?|full[- ]length |attach(?:ed|ing)? (?:an? |your )?"
        r"|include (?:an? )?|enclose (?:an? )?|send (?:an? |us an? |your )?"
        r"|(?:with|including|plus) (?:an? |your )?)+(?:photo(?:graph)?s?|headshots?"
        r"|picture of yourself)|photo(?:graph)? (?:required|attached|enclosed|of yourself|on (?:the|your) (?:cv"
        r"|resume|résumé))"
        r"|(?:cv|resume|résumé|application) with (?:an? |your |recent )*(?:photo(?:graph)?|picture)|headshots?"
        r"|date of birth|d\.o\.b\.?|dob|(?:state|give|mention|include|indicate|tell us) (?:your )?(?:age|religion"
        r"|faith|race"
        r"|ethnicity|gender|sex|sexual orientation)|your (?:religion|faith|ethnicity)(?! (?:or|and|,))"
        r"|copy of (?:your )?(?:passport|id card|birth certificate)",
        r"(?:须|请|需|必须)?附(?:上)?(?:本人|近期|个人|彩色|全身|生活)?\S{0,3}(?:近照|照片|生活照|证件照|艺术照)"
        r"|近照|(?:上传|提供|提交|粘贴)\S{0,6}照片|免冠照片?|(?:生活|证件|全身|艺术)照|(?:注明|填写|提供|说明"
        r"|写明)\S{0,6}(?:民族|籍贯|宗教|信仰|政治面貌"
        r"|身份证|出生|生辰|父母)|汉族|宗教信仰|信教|政治面貌|(?:中共)?党员(?:优先|者优先|必须)?",
    ),
    WordingRule(
        _L,
        _DROP,
        r"(?:disclose|declare|state|reveal|report|list|mention) (?:any |all |your |existing |past |previous "
        r"|current |or |known )*"
        r"(?:(?:mental|physical|chronic|medical|health|serious|and|or) ?)*(?:illness(?:es)?|disabilit(?:y|ies)"
        r"|conditions?|impairments?|ailments?|diseases?|health)"
        r"(?: (?:or|and) (?:disabilit(?:y|ies)|illness(?:es)?|conditions?))?"
        r"|(?:any |all )?(?:disabilit(?:y|ies)|illness(?:es)?|medical conditions?|health conditions?) (?:must"
        r"|has to|have to|should|need to) be (?:declared|disclosed|stated|reported)"
        r"|(?:health|medical|fitness) (?:certificates?|questionnaires?|declarations?|check-?ups?|examinations?"
        r"|exams?|tests?)"
        r"(?! (?:results|provider|company|equipment|software|centre|center))|hiv(?: status| test| negative)?"
        r"|(?:current|present|previous|last|existing)(?: drawn)? (?:annual |base |gross "
        r"|basic )?(?:salary(?! (?:review|band|scale|level|grade))|ctc|wages?|pay\b(?! (?:scale|agreement"
        r"|award)))"
        r"(?: and (?:expected|desired) (?:salary|ctc|pay))?"
        r"|(?:salary|pay|compensation|wage) history|(?:last|recent|three|3|past) (?:\w+ )?pay ?(?:slips?|stubs?)"
        r"|last drawn (?:salary|ctc|pay)"
        r"|(?:clean |clear |spotless )?(?:arrest|police) records?|(?:clean|clear|spotless|no"
        r"|without (?:a )?) (?:criminal|felony) (?:records?|convictions?|history|past)"
        r"|no (?:prior |previous )?convictions?|(?:ex-)?(?:felons?|convicts?|offenders) (?:need|will|are|should)?"
        r"|never (?:been )?(?:arrested|convicted)"
        r"|(?:statement of |state |your )?(?:religious|church) (?:observance|affiliation|denomination|views"
        r"|holidays?|attendance)(?: days)?"
        r"|(?:blood (?:group|type))|tax returns?|bank statements?|social security numbers?|ssn|aadhaar(?: number"
        r"| card)?|pan card|social media passwords?|genetic \w+"
        r"|(?:your|full|provide|disclose|submit) (?:\w+ ){0,2}?medical (?:history|records?)|(?:not"
        r"|non)[- ](?:a )?(?:trade )?union(?: members?)?|trade union(?: members?| membership)|political (?:views"
        r"|party|opinions|affiliation|neutrality)|party membership|proof of vaccination|vaccination (?:status"
        r"|certificate)|(?:good|clean) credit (?:score|history|record)|polygraph|unpaid trial"
        r"|deposit (?:required|payable)|retain(?:s)? your passport",
        r"(?:非|无|不是)?乙肝(?:携带者|病毒)?|两对半|孕检|验孕|(?:交|收|缴)(?:纳)?\S{0,4}(?:押金|保证金|服装费"
        r"|培训费)|(?:扣|押)(?:留|下)?身份证|(?:有|无|没有?)?(?:案底|前科)(?:的|者)?(?:勿扰|勿投|免|不要)?"
        r"|(?:薪资|工资|银行)流水"
        r"|(?:[须需要应]提供|须有|需有)\S{0,4}担保|担保人|连带担保|社保缴纳证明",
    ),
    # More of each, by kind
    WordingRule(
        _M,
        _SHOULD_SAY,
        r"successful m[ae]n|hacker (?:mentality|mindset|spirit)|leaders? of men|bands? of brothers|testosterone"
        r"|banter|(?:go|goes|going) (?:to"
        r"|into) (?:war|battle)"
        r"|attack (?:the market|mode)|bulldoz\w+|(?:love|loves|live|lives) to win|hat(?:e|es|ing) (?:losing"
        r"|to lose)|winning is everything"
        r"|(?:with|have|has|got) (?:the |real )?balls|alpha (?:mindset|attitude|type|personalit(?:y|ies))",
        r"性别\s*[:：]?\s*男(?![女/／、])|(?<![^，。；、,;:：\s（(])男(?:性|士|生)(?=[，。；、,;）)\s]|$)|男(?:性"
        r"|士|生)(?:最好|先|来)|(?<!女)男(?!装|鞋|女)[\u4e00-\u9fff]{0,3}(?<!用户)(?<!客户)(?:优先|加分|为佳"
        r"|更好)|(?<!女)招(?:聘)?(?:个)?男(?:生|性|孩"
        r"|士)(?!女)|小伙子?(?!伴)",
    ),
    WordingRule(
        _F,
        _PERSON,
        r"wi(?:fe|ves)|husbands?|office (?:angels?|mothers?|mums?)|(?:the |a )?mother of (?:the|our) (?:team"
        r"|office|house)|spinsters?"
        r"|wom[ae]n (?:should|must|need not|cannot|may not|are not|who are)",
        r"性别\s*[:：]?\s*女(?![男/／、])|(?<![^，。；、,;:：\s（(])女(?:性|士|生)(?=[，。；、,;）)\s]|$)|女(?:性"
        r"|士|生)(?:最好|先|来)|女(?!装|鞋|包)[\u4e00-\u9fff]{0,3}(?<!用户)(?<!客户)(?:优先|加分|为佳|更好)"
        r"|(?<!男)招(?:聘)?(?:个)?女(?:生|性|孩|士)",
    ),
    WordingRule(
        _A,
        _DROP,
        r"(?:ideally|preferably|around|roughly) [2-6]\d ?(?:-|–|to|and) ?[2-6]\d(?! ?(?:%|k\b|hours|days|people"
        r"|reps|customers|accounts))"
        r"|first job (?:after|out of|since) \w+|old dogs?|over the hill|past (?:it|their prime|your prime)"
        r"|has-beens?|junior-minded"
        r"|(?:fresh|new|young) blood|fresh (?:talent|minds?) only|born (?:in )?(?:19[6-9]|20[01])\d (?:or later"
        r"|or after|onwards?)"
        r"|must be (?:between )?[1-6]\d ?(?:-|–|to|and) ?[2-6]\d(?= ?(?:[.,;)]|$|years|yrs))"
        r"|maximum of (?:\d+|two|three|four|five) years? (?:since|after|from) (?:graduati\w+|university|college)",
        rf"年龄(?:要求)?(?:在|须在)?\s*{_AGES}\s*(?:周?岁)?(?:以下|以内|左右)|年[龄纪]不(?:要|能|宜|可)?(?:太|过)大"
        rf"|(?:别|不|勿|莫|未|没)(?:要|能|得|可)?(?:超过|大于|高于"
        rf"|过){_AGES}(?:周?岁)?(?![%％万个天家分月倍元小\d])|平均(?:年龄)?\s*[2-3]\d\s*岁",
    ),
    WordingRule(
        _X,
        _DROP,
        rf"{_TONGUES} (?:must be|is|as) (?:your |a |the )?(?:first|native|mother) (?:language|tongue)|(?:speak"
        rf"|write) \w+ like a native"
        r"|like a native(?: speaker)?|(?:near-)?native-like|near-native|native (?:command|proficiency|competence"
        r"|fluency)"
        r"|(?:\w+ )?accents?(?! (?:colou?rs?|light\w*|wall))|look the part|suit and tie|physically active"
        r"|reliable health|(?:sunday|church) services?"
        r"|prayer meetings?|bible study|worship|only locals|(?:western|white|black|asian|european|arab"
        r"|local) (?:candidates?|applicants?|people"
        r"|staff) (?:only|preferred)"
        r"|(?:practi[sc]ing |devout )?(?:catholics?|muslims?|jews?|jewish|hindus?|protestants?) (?:only|preferred"
        r"|essential)"
        r"|catholic ethos|slim(?: and \w+)?(?! (?:margins?|chance|chances|majority|lead))|bmi|skirts?"
        r"|make-?up (?:is|and|required)"
        r"|(?:in )?(?:good|excellent|great|top|perfect) physical (?:condition|shape|fitness|health)"
        r"|physical fitness|back problems?"
        r"|no (?:mental|physical|health|medical|back) (?:health )?(?:issues?|problems?|conditions?|limitations?"
        r"|impairments?)"
        r"|(?:not|never) have (?:any |a |had )*(?:disabilit(?:y|ies)|illness(?:es)?|health problems?)|(?:see|hear"
        r"|speak|type)(?: and \w+)? clearly"
        r"|(?:not suitable for|no) (?:wheelchair users?|disabled (?:people|persons|applicants))|stammer\w*"
        r"|stutter\w*|lisp"
        r"|from (?:a |the )?top (?:ten|five|twenty|\d+) (?:universit(?:y|ies)|schools?|colleges?)"
        r"|state[- ]school (?:kids|pupils|people)"
        r"|member of (?:a|the) (?:golf|country|yacht|rotary|gentlemen's) club|(?:few|couple of|quick|cheeky) pints?"
        r"|champagne (?:on|every|o'clock) ?\w*|(?:go|goes|going) clubbing|part(?:y|ies) (?:hard|every|animals?)"
        r"|(?:sales|data|ops|crm|revops|excel) unicorns?|(?:data|control|excel|numbers|neat|detail) freaks?"
        r"|available 24/7|24/7 availability",
        r"海归\S{0,3}(?:优先|加分|为佳)|长得(?:好看|漂亮|帅|端正|美)|体型(?:匀称|偏瘦|好)|(?:会|懂|能)?(?:讲"
        r"|说)?(?:粤语|闽南语|上海话|四川话"
        r"|客家话|潮汕话|本地话)(?:者)?(?:优先|为佳|加分)"
        r"|少数民族(?:者|的)?(?:慎投|勿扰|勿投|除外|不要)|无[孩娃]|没(?:有)?生(?:过)?(?:娃|孩子)|211(?:及以上"
        r"|以上|院校)|统招一本|有车有房|有[房车](?:者|一族)?(?:优先|加分|为佳)|父母(?:健在|双全)"
        r"|全年无休|无偿加班",
    ),
    WordingRule(
        _L,
        _DROP,
        r"nationality(?! (?:is )?(?:no|not|irrelevant))|(?:gender|sex|religion|race|ethnicity|marital status"
        r"|caste) ?: ?(?!any|all|open|no\b|not\b|m/f|f/m|n/a)\w+"
        r"|(?:stable|settled|quiet) (?:home|family) life|(?:no )?baggage at home|home life|your age(?= and|,|\.|;"
        r"|$)|(?:physical|medical) (?:exams?|examinations?|fitness tests?)|(?:a|been|no|prior) bankrupt(?:cy"
        r"|cies)?|(?:be )?planning a family|childcare (?:must|should|cannot|can't|issues|problems"
        r"|responsibilit\w+)"
        r"|pregnant (?:women|candidates|applicants)"
        r"|(?:be |been )?born in (?:the )?(?:us|uk|u\.s\.|usa|eu|america|britain|country)|no visa holders?"
        r"|(?:attach|send|include|enclose|upload|provide|add) (?:an? |your |us |one |recent |full-body "
        r"|full-length |clear )*(?:photo(?:graph)?s?|pictures?|selfies?)"
        r"|(?:scan|copy|photo) of (?:your )?(?:passport|id|identity card|driving licen[cs]e)|(?:your|recent"
        r"|copies of|last|and|two|three|months'?) pay ?(?:slips?|stubs?)"
        r"|(?:current|present|previous|last) (?:remuneration|compensation|earnings|package)|proof of (?:earnings"
        r"|income|salary)"
        r"|what (?:do )?you (?:currently )?earn(?: now)?|credit history|criminal (?:past|background"
        r"|history)(?! check)"
        r"|(?:trade )?unionists?",
        r"有家室(?:者)?(?:慎\w+)?|有家有口|血型|户口[本簿](?:复印件)?|征信(?:良好|无不良)|(?:计划|准备|打算|已经?"
        r"|正在)?(?:怀孕|备孕)(?:的|中)?"
        r"|(?:近期|短期内?|[近这]?[一二两三123]年(?:内|之内)?)(?:不)?(?:考虑|打算|计划|准备|想|会)?(?:要"
        r"|生)(?:孩子|小孩|娃|宝宝|二胎|三胎)",
    ),
    WordingRule(_M, _PERSON, r"(?:one|two|three|four)-man (?:team|show|band|job|crew)", r"猛将|悍将|虎将"),
    WordingRule(
        _X,
        _DROP,
        r"(?:need|wants?|seek\w*|find|hire|looking for|be) (?:an? |our |the |that )?(?:rare )?unicorn"
        r"(?! (?:start|compan|valu|stat|firm|scal))|blacklists?|whitelists?|gravitas"
        r"|able to (?:stand|walk|lift|climb|kneel|crouch|stoop|bend)(?! (?:out|back|alone|behind|by|up to the))"
        r"|(?:the )?unemployed (?:need|should|will) not|local residents? only|clock[- ]?watch(?:ers?|ing)"
        r"|(?:do not|don't|never) watch the clock|no (?:whiners?|complainers?|snowflakes?|divas?|prima donnas?)"
        r"|no part-timers?|high heels|head ?scar(?:f|ves)|hijabs?|turbans?"
        r"|drink(?:s|ing)? (?:beers? |wine )?with (?:clients|customers)",
        r"全日制统招|统招(?:本科|大专|全日制)|空[窗档]期|离职(?:状态)?(?:者|人员)?(?:不予考虑|不考虑|勿投|勿扰)"
        r"|(?:高强度|无条件|自愿|频繁)\S{0,2}加班|矫情|玻璃心",
    ),
    WordingRule(
        _L,
        _DROP,
        r"green[- ]?card(?: holders?)?(?: only| required)?|single (?:applicants|candidates|people|persons)",
        r"无(?:违法)?犯罪记录|无违法记录|薪[资酬]历史|(?:历史|过往|以往)薪[资酬]|房贷|车贷|籍贯",
    ),
    # Families by kind: groups of people with "only" or "preferred", limits in words, conditions of body and mind
    WordingRule(
        _M,
        _SHOULD_SAY,
        r"fighters?(?= who|,|\.|$| and | by )|right[- ]hand m[ae]n|masters? of the universe|(?:top|big|alpha) dogs?"
        r"|attack dogs?|(?:go|goes|going) for the kill|(?:young|big|sales|hired) guns?|vikings?|spartans?"
        r"|gladiatorial"
        r"|predators?|snipers?|big[- ]hitters?|(?:never|not|won't|don't|doesn't) takes? no for an answer"
        r"|second place is|kings? of (?:the|sales|cold)|muscular|statesman\w*|sportsmanship|craftsmanship"
        r"|one-upmanship"
        r"|ex-(?:military|army|police|forces) m[ae]n|(?:an? )?(?:lion|tiger|shark|wolf|bull)s? (?:in|of|who|at)"
        r"|bullish|steely|brute force|blood,? sweat|(?:rule|rules|own|owns) the (?:jungle|roost)|crushers?"
        r"|only (?:male|men|males)(?: candidates?| applicants?)?|strongm[ae]n|chairmanship|fraternity|bachelor life",
        r"招(?:聘)?(?:个|名|位)?男(?!女)[\u4e00-\u9fff]{0,6}?(?:员|工|手|助理|主管|经理|销售)|(?:纯)?爷们儿?"
        r"|雄性|男子汉|阳刚"
        r"|(?<![^，。；、,;\s（(])男(?=[，。；、,;\s/／]|$)(?!\s*[/／、]?\s*女)|男(?:同志|同事|孩"
        r"|孩子)(?:优先|为主|为佳)|(?:敢打|能打)(?:敢|能)?(?:拼|胜)仗?|亮剑",
    ),
    WordingRule(
        _F,
        _PERSON,
        r"pretty (?:smile|face|girls?|woman)|only (?:females?|women|ladies)|soft[- ]spoken|girly|queen bee"
        r"|princess(?:es)?|dainty|graceful|homely|girl friday|office (?:queen|princess)|charming (?:lady|smile|girl)"
        r"|delicate|(?:nurturing|maternal|feminine) (?:instincts?|energy|side)|secretary who knows her",
        r"(?<![^，。；、,;\s（(])女(?=[，。；、,;\s]|$)|女(?:同志|同事|孩|孩子)(?:优先|为主|为佳)"
        r"|招(?:聘)?(?:个|名|位)?女(?!装)[\u4e00-\u9fff]{0,6}?(?:员|工|助理|主管|经理|文员)"
        r"|女孩子|小家碧玉|端庄|文静|淑女|贤内助",
    ),
    WordingRule(
        _A,
        _DROP,
        rf"(?:(?:not|no) (?:be )?)?(?:older than|above|over|under|below|younger than|up to|beyond) (?:the age of )?"
        rf"{_TENS}(?: years)?(?= ?(?:[.,;)]|$|years|of age|need|should|or ))"
        r"|retired(?= (?:or|and|person|teacher|officer|professional))"
        r"|no (?:seniors|veterans|over-?[3-6]0s|old hands|boomers?|oldies|greybeards)(?: please)?|boomers?"
        r"|grand(?:pa|ma|dad)s?"
        r"|early in (?:your |their )?(?:life|career) (?:without|with no)\w*|sprightly|spry|long in the tooth"
        r"|set in (?:their|his|her|your) ways|cool kids|young(?:er)? (?:guns?|crowd|crew|at heart|minds?)"
        r"|first[- ]jobbers?"
        r"|(?:20[12]\d )?pass(?:ed)?[- ]?outs?(?: of)?(?: (?:of )?20[12]\d)?|(?:class|batch) of 20[12]\d(?: only)?"
        r"|(?:twenty|thirty)somethings?|(?:near|before|approaching|past) (?:the )?(?:pension|retirement)(?: age)?"
        r"|(?:0|zero|one|1|two|2) ?(?:-|–|to) ?(?:two|2|three|3) years?(?:['’] experience)?,? (?:only|no seniors)"
        r"|old[- ]school types|kids (?:fresh|straight|who)|tiktok generation|youth(?! (?:work|club|sector"
        r"|charity|sport|service|hostel"
        r"|justice|market|brand|football|programme|program|team|centre|center|organi)\w*)",
        r"(?:工作)?经验\S{0,3}\d+\s*(?:[-~～至到]\s*\d+)?\s*年(?:以内|之内|以下|封顶)|(?:超龄|高龄"
        r"|年长)(?:者)?(?:勿扰|勿投|免|不要|不考虑)?"
        r"|年富力强|年少有为|[2-5]\d\s*(?:岁)?\s*[+＋](?:以上)?(?:者)?(?:勿扰|勿投|免投|不要|谢绝|免谈|慎投)"
        r"|(?:[789]0|[05]0)后(?:勿扰|勿投|不要|优先)|(?:19[89]\d|200\d)年(?:以后|之后|后)出生"
        r"|(?:20[12]\d)届(?:毕业生)?(?:优先|为主)",
    ),
    WordingRule(
        _X,
        Sentence("name the physical task, if there is one, and offer to adapt it"),
        r"(?:hear|see|speak|read|understand) (?:a )?normal (?:conversation|speech|print)|(?:hear|see|stand"
        r"|walk|speak)(?: and \w+)?"
        r" within normal|(?:no |any |without (?:a |any )?)?(?:history|record|episodes?) of (?:mental"
        r"|physical|chronic|serious|psychiatric"
        r"|back|heart)\b[\w ]{0,20}|(?:taking|on|using) (?:any |no |regular |prescription )*medications?"
        r"|no (?:wheelchairs?"
        r"|walking sticks?|hearing aids?|glasses)|(?:walk|stand|move|climb)\w* (?:\w+ ){0,4}unaided"
        r"|(?:good |great |plenty of |physical |high )?(?:physical )?stamina|strong back|strong constitution"
        r"|robust constitution|iron constitution|(?:good|full|normal|correct) colou?r vision"
        r"|colou?r[- ]?blind(?:ness)?"
        r"(?![- ](?:friendly|safe))|(?:normal|healthy) weight|overweight|obes\w+|no (?:allergies|epilep\w+|diabet\w+)"
        r"|(?:must|should|to) be (?:sane|in one piece)|mentally (?:balanced|sound|resilient)|(?:on"
        r"|off) your feet all day"
        r"|(?:stand|on your feet) (?:all|for most of the) day|fit and (?:active|healthy|able|strong)"
        r"|physically (?:active|sound"
        r"|capable|demanding condition)|no (?:chronic|long-term|serious) \w+",
        r"视力\s*(?:要求)?[\d一二零〇.．]+|(?:能|可|需|须)?(?:长期|长时间|久)站(?:立)?|身强(?:力|体)壮"
        r"|体力好|体能好|健全人"
        r"|(?:心理|精神)(?:健康|正常)|无(?:心脏病|高血压|传染性疾病|遗传病|基础病|癫痫)",
    ),
    WordingRule(
        _X,
        _SHOULD_SAY,
        r"prima donnas?|(?:turn(?:s|ing)? a )?blind eye|(?:on|fall on|falls on) deaf ears|blindly|ocd[- ]\w+"
        r"|sanity[- ]checks?|retard\w*"
        r"|stupid(?:ity)?|nuts(?= about|,|\.|$)|paralys(?:ed|is) by|(?:persons?|people|anyone"
        r"|anybody) suffering from \w+|confined to a"
        r"|adhd|autistic|normal (?:people|person)(?: only)?",
    ),
    WordingRule(
        _X,
        _DROP,
        rf"(?:only {_PEOPLES}|{_PEOPLES}) (?:candidates?|applicants?|people|staff|girls?|boys?|employees"
        rf"|females?|males?)"
        rf"(?: only| preferred| welcome)?|{_PEOPLES} (?:only|preferred)|only {_PEOPLES}(?=[.,;]|$)"
        r"|(?:strict )?(?:vegetarians?|vegans?|teetotallers?|non-drinkers?)(?: only| preferred| required)"
        r"|(?:premier|premium|top|elite|tier-?1) (?:b-schools?|business schools?|institutions?)(?: only)?"
        r"|b-school(?:s)? only"
        r"|available (?:day and night|around the clock|at all hours|seven days|24 hours|any time|at any time)"
        r"|(?:willing|prepared|required|expected) to shave|looks? (?:good|great|smart|sharp) in a suit"
        r"|sharp dressers?"
        r"|dress(?:es)? to impress|head[- ]turner|camera[- ]ready|(?:good|white) teeth|clear skin"
        r"|blue[- ]eyed|six[- ]pack"
        r"|(?:short|neat|tidy) hair(?:cut|style)?|no (?:dreadlocks|long hair|afros?|dyed hair)|(?:posh"
        r"|plummy|regional|northern"
        r"|southern|american|indian|asian|eastern|british|foreign|heavy) accents?|(?:queen's|king's|bbc"
        r"|oxford) english"
        r"|received pronunciation|(?:eton|harrow|harvard|oxford|cambridge|stanford|insead)(?:/\w+)* (?:only"
        r"|preferred|grads?"
        r"|graduates?|alumni)|(?:good|right|excellent|academic|elite) pedigree|well-?heeled|(?:happy"
        r"|keen) to (?:party|drink)"
        r"|(?:mon|tues|wednes|thurs|fri|payday|post-work)(?:day)? (?:pints?|beers?|drinks|cocktails|shots)"
        r"|(?:telephone|on-screen"
        r"|camera|film-star) looks|looks and personality|(?:from )?(?:iim|iit|xlri|isb|nit|bits|lse|nus|ntu)s?"
        r"(?:,? (?:or|and|/) (?:\w+))? (?:only|grads?|alumni|preferred|background|candidates)"
        r"|from (?:iim|iit|xlri|isb|nit|bits)s?(?: (?:or|and) \w+)?"
        r"|(?:tequila|vodka|shots|gin) (?:fridays?|on|after|nights?)|cocktail (?:hours?|nights?)"
        r"|no single (?:parents|mothers)"
        r"|(?:ex-)?(?:military|army) (?:background|men|personnel|veterans?) (?:preferred|only)",
        r"[\u4e00-\u9fff]{2,3}籍(?:者|人士|的)?(?:优先|为佳|加分|勿扰|除外|不要)"
        r"|(?:会|懂|能|须|需)(?:讲|说)?(?:粤语|闽南[语话]|上海话|四川话|客家话|潮汕话|本地话|方言)"
        r"|(?<![\u4e00-\u9fff])(?![\u4e00-\u9fff]{0,5}(?:中介|诚|代理|猎头|经验|学生|在校|不符|推销|条件|代招|玻璃))"
        r"[\u4e00-\u9fff]{2,6}(?:请)?(?:勿扰|勿投|免投|免谈|绕道)"
        r"|(?:抽烟|吸烟|烟民|嗜酒|酗酒|纹身)\S{0,3}(?:勿|不要|谢绝|免|不考虑)"
        r"|不(?:抽烟|吸烟|纹身|染发|留长发)|频繁跳槽|跳槽频繁|跳槽(?:多|者)|退(?:伍|役)(?:军人"
        r"|士兵)?(?:者)?\S{0,2}(?:优先|为佳|加分)"
        r"|(?:不|禁止|不得)(?:染发|留胡须|戴首饰)|海外名校|名牌(?:大学|院校|高校)|(?:双|三)证齐全的?统招"
        r"|气场(?:强|足)"
        r"|喝(?:上)?(?:两|几|一|三)杯|陪(?:客户|领导)喝|(?:家里|家中|家庭)有(?:矿|背景|资源)",
    ),
    WordingRule(
        _L,
        _DROP,
        rf"(?:must|should|to) be (?:an? )?{_PEOPLES}(?: citizen| national)?|(?:gc|green card)[/ ]?(?:usc"
        rf"|holders?)?(?: only)"
        r"|usc(?:/gc)?(?: only)|(?:no|not accepting) (?:h-?1b|opt|cpt)s?\b|(?:are you|you are"
        r"|if) (?:currently )?pregnant"
        r"|pregnant or planning|(?:no|without) (?:maternity|plans for maternity)"
        r"|criminal records?(?! checks?| bureau)"
        r"|(?:your )?(?:parents|father|mother|spouse|husband|wife)['’]?s?['’]? (?:occupation|job|income"
        r"|profession|employer"
        r"|consent|permission)|(?:pass|good|clean|clear|subject to|undergo)\w* (?:an? )?credit (?:check"
        r"|score|rating)s?|credit check with"
        r"|birth certificates?|passport number|id (?:card )?number|(?:form 16|itr)\b|drug (?:history|tests?"
        r"|screening)"
        r"|(?:prior|previous|past) (?:injur(?:y|ies)|illness(?:es)?|claims)"
        r"|workers['’]? comp(?:ensation)? (?:claims?|history)"
        r"|(?:no|without) (?:commitments?|dependants?|attachments?|kids|little ones)(?: at home)?"
        r"|no (?:family )?ties|(?:pre-employment|pre-placement|pre-hire) (?:physical|medical)s?"
        r"|(?:kids|children|family) (?:are |is )?(?:no|not an?) (?:obstacle|issue)|(?:divorced|engaged"
        r"|widowed)\b(?= |,|\.)"
        r"(?! (?:with|in|by|team|users|customers|audience|and motivated|from))|sexual orientation(?= (?:and"
        r"|must|should))"
        r"|(?:heterosexual|straight) (?:only|people)|(?:current|existing) (?:ctc|package|take-home)",
        r"征信(?:报告)?|(?:不招|不要|不收|谢绝|不考虑|拒绝)(?:孕妇|怀孕|孕期|哺乳期|备孕)\S{0,3}|有(?:孩子"
        r"|小孩|娃)的?(?:不要|勿\S|免\S|不考虑)"
        r"|(?:父母|配偶|家庭成员|直系亲属)(?:的)?(?:职业|工作单位|情况|信息)|家庭(?:成员|背景)(?:情况)?"
        r"|(?:结婚|离婚)证|出生(?:年月|日期|证明)"
        r"|(?:原|前|上家)(?:单位)?(?:薪资|工资)(?:证明|流水|水平)|劳动仲裁(?:史|记录)?|有无仲裁|工会会员",
    ),
)
_COMPILED = tuple((rule, rule.pattern) for rule in RULES)
_TRAITS = {
    _M: re.compile(
        r"(?<![\w-])(?:ambitious|assertive|decisive|determined|driven|dominating|independent(?=[ ,](?:and |thinker"
        r"|minded|spirit|person))|outspoken|self-confident|confident|strong-willed|bold|daring"
        r"|adventurous|tenacious|relentless|resilient under fire|competitive(?= (?:and|,|by|team player|people))"
        r"|tough|stubborn|hard-working go-getter|go-getters?)(?![\w-])",
        re.IGNORECASE,
    ),
    _F: re.compile(
        r"(?<![\w-])(?:caring|compassionate|sympathetic|sensitive|warm(?:-hearted)?|tender|pleasant|polite"
        r"|cheerful|loyal|understanding(?= (?:and|,|nature|person))|empathetic|interpersonal|considerate|modest"
        r"|quiet|agreeable)(?![\w-])",
        re.IGNORECASE,
    ),
}
"""Traits that are coded, and a fault only where those of one side stand alone in numbers."""
LOPSIDED = 3
"""By how many traits one side must outweigh the other."""
_BOTH_SEXES = re.compile(
    r"\b(?:s?he|her|him|his|hers)(?: ?/ ?| or | and |\()(?:s?he|her|him|his|hers)\b|\bs/he\b|\(s\)he|\b(?:wom[ae]n"
    r"|girls?|ladies|mothers?|husbands?|boys|female|male)s? (?:and|or|&|/) (?:m[ae]n|boys|gentlemen|fathers?|wives"
    r"|girls?|male|female|other genders?)"
    r"|\bm[ae]n (?:and|or|&|/) wom[ae]n|男女不限|不限男女|男女均可|男士[/／、]女士|性别不限",
    re.IGNORECASE,
)
_COMPOUND = re.compile(
    r"\bhungry\?|crazy egg|\bguy['’]s (?:hospital|and)|\bninja (?:kitchen|blender|foodi|appliances)|hostess trolle\w+"
    r"|\bmarried up (?:with|to)|\bsober (?:judge?ment|view|assessment|look|analysis)|(?:leading|top"
    r"|elite) universities"
    r" (?:are|as|buy|among|use|trust)|mad about (?:the )?customers?|(?:品牌|企业|公司|产品|门店|店面"
    r"|市场)形象|形象(?:店|设计|升级|宣传|代言|墙|展示)"
    r"|(?:解决|办理|提供|可落|落|协助)\S{0,4}(?:户口|户籍)|籍贯不限(?!\s*[（(])|(?:已育|未育|年轻"
    r"|二胎)(?:家庭|人群|客户)|应届(?:毕业)?生(?:培养|培训|项目|计划|招聘)"
    r"|(?:985|211)\s*[人家个万元]|hunters? (?:and|vs\.?|/|or) farmers?|whites? goods|white ?(?:space"
    r"|paper|label|board)\w*"
    r"|chinese (?:new year|market|customers|suppliers|speak\w+)|craftsmanship",
    re.IGNORECASE,
)
"""What is read as a word of its own, and is no fault."""
_WELCOMING = re.compile(
    r"regardless|without regard|irrespective|discriminat|all (?:backgrounds|ages|genders)|every (?:background|age)"
    r"|equal opportunit|protected characteristic|不因|不论|无论|歧视|反对|不看(?:年龄|性别|学历)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"[a-z0-9._%+-]{1,80}@[a-z0-9.-]{1,80}|(?:https?://|www\.)[!-~]+"
    r"|\b[a-z0-9-]{1,60}(?:\.[a-z0-9-]{1,60}){1,6}/[!-~]*",
    re.IGNORECASE,
)
_NOT_WANTED = re.compile(
    r"\b(?:do|does|are|is)(?: not|n['’]t) (?:\w+ ){0,4}?(?:want|need|looking|seek|hire|hiring|after|have to be"
    r"|believe)|\bnot (?:want|looking|a place for)|\bno (?:room|place|time) for|\bno (?:rock[- ]?stars?|ninjas?"
    r"|gurus?|heroes|egos?|jerks|lone)",
    re.IGNORECASE,
)
_ALSO_GOODS = re.compile(
    r"pensioners?|(?:little|small|young|school-age) \w+|(?:kids|children) at home|(?:bank|tax) \w+|sober|domicile"
    r"|denominations?|"
    r"(?:older|elderly|retired) \w+|athletic|sweet|maternal|chicks?|gents|gentle|hiv|(?:health|medical|fitness) \w+"
    r"|(?:arrest|police) records?|bipolar|handicap\w*|blonde?s?|number of \w+|how many \w+|crippl\w+|mad\w*"
    r"|声音好听|案底|身高|体重|嗓音|视力\w*|听力\w*|大龄|退休|肥胖|疤痕|口吃|抑郁症?",
    re.IGNORECASE,
)
_GOODS = re.compile(
    r"\b(?:sell|sells|sold|products?|customers?|clients?|users?|use|serves?|patients?|apps?|software|trade"
    r"|markets?|drugs|equipment"
    r"|shoes|food|feed|clinics?|hospitals?|insurance|supply|export|kpi)\b|产品|客户|用户|患者|服务|设备|器械|保险"
    r"|市场|品牌",
    re.IGNORECASE,
)
"""What goods and customers may be called as well as applicants."""
_UNASKED = re.compile(
    r"\b(?:do not|don't|never|no need to|please leave out|without) (?:include|send|attach|ask\w*|enclose|add|put"
    r"|give|state|require|want"
    r"|need|your|an?)\b|\bno (?:photos?|photographs?|pictures?)\b|(?:不用|无需|不必|请勿|请不要|不需要)(?:附|提供"
    r"|放|填|写|贴|照|上传)",
    re.IGNORECASE,
)
_OF_APPLICANTS = re.compile(
    r"\b(?:applicants?|candidates?|appl(?:y|ication)|cv|résumé|resume|must|required?|enclos\w+|send|state)\b"
    r"|应聘|简历|投递|须|需|请|提供|优先|勿|不招|不要",
    re.IGNORECASE,
)
_OFFICER = re.compile(
    r"\b(?:our|the|to (?:our|the)|for (?:our|the)) (?:[\w-]+ ){0,2}?(?:ceo|cro|cfo|coo|cto|cmo|cso|cco|founder"
    r"|president|owner|vp"
    r"|chief \w+ officer)(?:,? (?:[A-Z][\w-]+ ?){0,2},?)?(?: and| with| who| because| as| in|,)? (?:\w+ )?(?:he"
    r"|his|him|she|her|hers)\b",
    re.IGNORECASE,
)
_ALSO_UNWANTED = re.compile(r"violet|wallflower|snowflake|faint|diva|prima donna|dinosaur|hopp|smok|gap", re.IGNORECASE)
"""What leaves somebody out just because a posting does not want it."""
_TALK = frozenset({_M, _F, _X})
"""What a posting may also say that it does not want."""


def check_words(passages: Iterable[Passage]) -> tuple[WordingNote, ...]:
    """Return each wording of a posting that a careful reader would mend, in its order and with its sentence."""
    read = list(passages)
    notes = [note for passage in read for note in _notes(passage)]
    return tuple(notes + list(_lopsided(read, notes)))


def _notes(passage: Passage) -> Iterator[WordingNote]:
    text = _plain(passage.text)
    if passage.zone is Zone.WELCOME or _WELCOMING.search(text):
        return
    both = [found.span() for known in (_BOTH_SEXES, _COMPOUND) for found in known.finditer(text)]
    unwanted = _NOT_WANTED.search(text) is not None
    taken: list[tuple[int, int]] = []
    notes: list[tuple[int, WordingNote]] = []
    found = [
        (match.span(), rule, match[0]) for rule, pattern in _COMPILED for match in pattern.finditer(text) if match[0]
    ]
    for (start, end), rule, word in sorted(found, key=lambda each: each[0][0] - each[0][1]):
        if any(start < last and first < end for first, last in (*taken, *both)):
            continue
        if (unwanted and rule.kind in _TALK and not _ALSO_UNWANTED.search(word)) or _is_else(
            word, text, passage.zone, rule
        ):
            continue
        taken.append((start, end))
        notes.append((start, _note(word, rule.kind, rule.suggestion, passage)))
    yield from (note for _start, note in sorted(notes, key=lambda each: each[0]))


def _is_else(word: str, text: str, zone: Zone, rule: WordingRule) -> bool:
    """Return whether a word means something else where it stands."""
    if _GOODS.search(text) and _ALSO_GOODS.fullmatch(word):
        return True
    if rule.kind is _L and _UNASKED.search(text):
        return True  # "please send no photo"
    if word in {"HE", "HER", "HIM"}:
        return True  # higher education and other short names
    if zone is Zone.BENEFITS and rule.kind is _L and not _OF_APPLICANTS.search(text):
        return True  # leave and insurance
    if rule.kind in {_M, _F} and word.lower() in {"he", "him", "his", "she", "her", "hers"} and _OFFICER.search(text):
        return True  # somebody who is there already
    named = re.search(r"\b(?:M(?:r?s|iss)\.? \w+|Majesty)", text) is not None
    return named and rule.kind is _F and word.lower() in {"her", "she"}


def _note(word: str, kind: WordingKind, suggestion: Sentence, passage: Passage) -> WordingNote:
    reason, source = REASONS[kind]
    return WordingNote(clean_line(word), kind, clean_line(passage.text), suggestion, reason, source)


def _traits(passages: Iterable[Passage], side: WordingKind) -> Iterator[tuple[Passage, str]]:
    for passage in passages:
        if passage.zone in EVIDENCE:
            yield from ((passage, found[0]) for found in _TRAITS[side].finditer(_plain(passage.text)))


def _lopsided(passages: list[Passage], notes: list[WordingNote]) -> Iterator[WordingNote]:
    """Yield the traits of the side that outweighs the other."""
    counted = {side: list(_traits(passages, side)) for side in _TRAITS}
    for side, other in ((_M, _F), (_F, _M)):
        if len(counted[side]) - len(counted[other]) >= LOPSIDED:
            known = {(note.sentence, note.word.lower()) for note in notes}
            for passage, word in counted[side]:
                if (clean_line(passage.text), word.lower()) not in known:
                    yield _note(word, side, _BALANCE, passage)


_BALANCE = Sentence("reword some, or add what the work asks of the other kind; the balance counts")


def _plain(text: str) -> str:
    folded = normalize("NFKC", text).replace("’", "'")
    return _ADDRESS.sub(lambda found: "_" * len(found[0]), folded)
