"""Words that trades put for one another: where an expression asks for one of a family, the others fit as well.

On the left the words that stand for the family in expressions, on the right what is read as them, written as in
expressions: `-` joins words, `=` takes a word only as it stands, `*` whatever begins so.
"""

from collections.abc import Mapping
from functools import cache

from hiringkit.text.similarity import stem

_ENGLISH = {
    "rep seller salesperson": """bdm= bdms= bde= bdes= bdr= bdrs= sdr= sdrs= ae= aes= ams= kam= kams= tsm= tsms= tse=
        tses= asms= closers= canvasser canvassers= negotiators= merchandisers= account-executive account-manager
        account-handler relationship-manager territory-manager field-staff field-force field-team field-people
        sales-staff sales-floor sales-side sales-executive sales-advisor sales-adviser sales-consultant sales-associate
        sales-engineer salesman= salesmen= salesfolk= adviser= advisers= advisor= advisors= consultant= consultants=
        agent= agents= representative= representatives= brokers= fundraiser= fundraisers= promoters=
        contract-executive field-executive business-developer sales-colleague the-field= the-road=""",
    "dashboard scorecard leaderboard": """scoreboard cockpit wallboard workbook league-table live-board live-boards
        flash-report sales-flash trading-pack morning-report daily-report on-the-wall on-the-screen power-bi tableau=
        looker= mis= tracker= depot-wall one-pager""",
    "forecast": """outlook projection= projections= prediction= predictions= predict= predicts= prognosis=
        latest-estimate month-opening-estimate
        expected-orders expected-volumes demand-plan demand-input commit-call rolling-view forward-view
        order-intake-view ninety-day-view""",
    "newcomer joiner": """joinee joinees= inductee inductees= rookie rookies= starter= starters= recruits= trainees=
        new-recruit new-starter new-hire new-joiner new-colleague new-people new-adviser new-advisor new-agent new-rep
        new-consultant new-seller new-ae new-aes newly-joined who-joins who-join who-start newbies=""",
    "training": """instruction schooling tuition induction= classroom curriculum bootcamp boot-camp academy= coursework
        shadow ramp-plan up-to-speed product-exam product-test""",
    "customer": """shippers= merchants= dealers= stockists= restaurants= schools= hospitals= clinics= policyholders=
        subscribers= practices= tenants= outlets= retailers= households= members= patients= buyers=""",
    "crm": """bullhorn= veeva= siebel= sugarcrm= sfdc= netsuite= goldmine= odoo= bitrix= freshsales= insightly= copper=
        capsule= monday= act= sage-crm scrm= donorfile= prospect-database customer-database client-database
        customer-file outlet-master customer-master account-master dealer-master donor-database""",
    "duplicate": """duplication dupes= doubles= more-than-once entered-twice hold-twice held-twice in-twice
        merge-records""",
    "clean tidy": """scrub= scrubs= weed-out weeding purge prune cleanse sanctity sweep= spotless spring-clean
        out-of-date dead-leads dead-wood ghosts= closed-outlets""",
    "automat*": """zapier= rpa= bot= bots= macro= macros= scripting= script-away paperless digitis* digitiz*
        run-by-itself run-by-themselves run-themselves by-itself by-themselves low-code no-code e-signature e-signatures
        e-sign power-automate""",
    "manual": """rekeying= re-keying retyping= double-keying double-entry keying= swivel-chair copy-and-paste
        copying-and-pasting chore chores= repetitive by-hand paper= paperwork hand-offs busywork""",
    "commission incentive bonus": """spiff spiffs= kicker kickers= accelerator accelerators= variable-pay pay-plan
        variable-remuneration variable-compensation ote= payouts= contests= sales-bonus bonus-scheme bonus-letter""",
    "territory patch": """beat= beats= beat-plan beat-plans rounds= postcodes= zip-codes call-area call-areas
        sales-area sales-areas portfolios= books-of-business book-of-business outlets= canvass-area streets= slices=
        pods=""",
    "stall bottleneck stuck": """hold-up hold-ups delays= leak= leaks= friction waste= choke-point snag snags=
        logjam drop-off""",
    "quarter": """q-end quarter-end quarterly every-three-months four-times-a-year each-q qbr= qbrs=""",
    "underperform*": """stragglers= laggards= struggling= struggle= struggles= off-plan off-target below-target
        behind-target falling-behind bottom-third bottom-ten bottom-10 lowest-performing low-performers weakest=
        weaker= lagging= catch-up""",
    "director executives board": """trustees= governors= owners= founders= principals= treasurer= vp= vps= svp= evp=
        md= mds= ceo= cfo= coo= cro= cco= cso= chief-executive chief-officers boardroom senior-team
        leadership-team management-team managing-director top-table elt= slt=""",
    "finance": """treasurer= bursar= fp&a ledger= ledgers= accounts-team accounts-department accountants=
        book-keeping""",
    "conclusion recommend": """actionables= actionable= so-what takeaways= findings= insight= insights= advise advice=
        recommendations= what-to-do three-things""",
    "change": "changeover switch-over transition= new-ways",
}
_CHINESE = {
    "业务员 销售代表 销售人员": """置业顾问 课程顾问 理财顾问 招生老师 客户代表
        推广员 医药代表 学术代表 商务代表 城市经理 渠道经理 客户经理
        店员 导购 地推 跑业务的 每位顾问 各顾问""",
    "看板 报表": "大屏 战报 日报 周报 快报 通报 排行榜 仪表盘 驾驶舱 BI",
    "新人 新员工": "新同事 新同学 新店员 新导购 新顾问 新代表 新业务员 新销售 新入职 新来的 应届生 刚入职 小白",
    "培训": "带教 宣讲 训练营 通关 陪跑 实训 授课 讲课 集训",
    "客户": "门店 终端 会员 商家 商户 经销商 代理商 学员家长 医院 药店 学校 房东 民宿",
    "提成 奖金": "激励 佣金 绩效工资 销售奖励 专项奖励 返点 销售政策 分红",
    "片区 辖区 区域": "网格 街道 商圈 战区 省区 县域 地盘 责任田",
    "卡点 堵点": "卡在哪 瓶颈 掉得多 漏在哪 堵在哪 断点 痛点",
    "预测 预估": "预判 研判 预报 摸底 估算 能出多少 能签多少 能回多少",
    "总经理 管理层": "董事长 总裁 一把手 经营会 决策层 老总 老板 高管 院长 校长 班子",
    "财务": "会计 出纳 财务部 财务中心",
}


@cache
def _families() -> Mapping[str, tuple[str, ...]]:
    return {
        key: tuple(others.split())
        for table in (_ENGLISH, _CHINESE)
        for names, others in table.items()
        for name in names.split()
        for key in {name, _bare(name)}
    }


@cache
def kin_of(alternative: str) -> tuple[str, ...]:
    """Return what is read as an alternative of an expression."""
    return _families().get(_bare(alternative), ())


def _bare(alternative: str) -> str:
    word = alternative.rstrip("*=")
    return stem(word.lower()) if word.isascii() and "-" not in word else word
