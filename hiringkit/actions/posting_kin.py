"""Words that trades put for one another: where an expression asks for one of a family, the others fit as well.

On the left the words that stand for the family in expressions, on the right what is read as them, written as in
expressions: `-` joins words, `=` takes a word only as it stands, `*` whatever begins so.
"""

from collections.abc import Iterator, Mapping
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
    "forecast": """outlook projection projections= prediction predict prognosis latest-estimate month-opening-estimate
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
_CHINESE: dict[str, str] = {}


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
    return stem(word) if word.isascii() and "-" not in word else word


def kin_words() -> Iterator[str]:
    """Yield every word of a family."""
    yield from (word for others in _families().values() for word in others)
