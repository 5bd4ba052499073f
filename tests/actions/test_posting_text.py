"""What a posting says where: structure out of any format, zones, denials."""

import pytest

from hiringkit.actions.posting_text import Zone, read_posting


def zones(text: str) -> dict[str, Zone]:
    return {each.text: each.zone for each in read_posting(text).passages if each.zone is not Zone.TITLE}


def test_headings_labels_and_sentences_place_what_is_said() -> None:
    found = zones(
        "# Manager\n\n## About us\nWe sell pumps.\n\n## What you will do\n- Set targets.\n\n"
        "## Benefits\n- A bonus plan.\n\n"
        "What you bring: a degree.\n\nHours: 40 a week.\n"
    )
    assert found == {
        "We sell pumps.": Zone.COMPANY,
        "Set targets.": Zone.DUTIES,
        "A bonus plan.": Zone.BENEFITS,
        "What you bring: a degree.": Zone.REQUIREMENTS,
        "Hours: 40 a week.": Zone.TERMS,
    }


def test_run_on_chinese_is_cut_at_numbers_and_labels() -> None:
    found = zones("岗位职责：1、制定目标；2、做预测。任职要求：1、本科；2、3年以上经验。福利待遇：奖金。")
    assert list(found.values()) == [Zone.DUTIES] * 2 + [Zone.REQUIREMENTS] * 2 + [Zone.BENEFITS]


def test_html_is_read_for_what_it_shows() -> None:
    page = (
        "<html><head><title>x</title><style>p{}</style></head><body><nav><a>Jobs</a></nav><h2>Your tasks</h2>"
        "<ul><li>Set&nbsp;targets<li>Forecast</ul><script>crm()</script><h2>About us</h2><p>We sell.</p></body></html>"
    )
    found = zones(page)
    assert found == {
        "Jobs": Zone.COMPANY,
        "Set targets": Zone.DUTIES,
        "Forecast": Zone.DUTIES,
        "We sell.": Zone.COMPANY,
    }


def test_html_without_lists_is_read_as_well() -> None:
    page = (
        "<p>Responsibilities<br>• Own the forecast<br>• Set quotas</p><p><b>Requirements:</b><br/>- A degree</p>"
        "<p>Benefits</p><table><tr><td>Salary</td><td>€50,000</td></tr></table>"
    )
    assert zones(page) == {
        "Own the forecast": Zone.DUTIES,
        "Set quotas": Zone.DUTIES,
        "A degree": Zone.REQUIREMENTS,
        "Salary €50,000": Zone.BENEFITS,
    }


def test_the_lines_that_a_pdf_broke_are_joined() -> None:
    text = (
        "WHAT YOU WILL DO\n\n•  Redraw the patches each autumn so that every one holds a compar-\n"
        "   able load of prospects\n"
        "   and driving time.\n\n                          Page 2 of 2\n\n•  Run the forecast.\n"
    )
    assert list(zones(text)) == [
        "Redraw the patches each autumn so that every one holds a comparable load of prospects and driving time.",
        "Run the forecast.",
    ]


@pytest.mark.parametrize(
    ("heading", "zone"),
    [
        ("## Stuff you'd own", Zone.DUTIES),
        ("## What's on your plate", Zone.DUTIES),
        ("## You, probably", Zone.REQUIREMENTS),
        ("## Duties will include but are not limited to:", Zone.DUTIES),
        ("## The successful candidate will have", Zone.REQUIREMENTS),
        ("## What we'd like you to take on", Zone.DUTIES),
        ("## Not yours", Zone.EXCLUDED),
        ("## 【部门介绍】", Zone.COMPANY),
        ("## 你来了要干的事", Zone.DUTIES),
        ("## 怎么投", Zone.APPLYING),
    ],
)
def test_a_colloquial_heading_is_known(heading: str, zone: Zone) -> None:
    assert set(zones(f"# Sales Ops\n\n{heading}\n\n- HubSpot 和 Excel\n").values()) == {zone}


def test_a_line_that_does_not_fill_its_page_ends_there() -> None:
    text = (
        "Track: Manager of Revenue Operations, all regions\nLanternfield Health, which makes software for practices\n\n"
        "A paragraph that goes on for as long as paragraphs do where nobody has broken them off at any width at all.\n"
    )
    assert next(iter(read_posting(text).passages)).text == "Track: Manager of Revenue Operations, all regions"


def test_a_paragraph_below_a_list_may_speak_of_anything() -> None:
    text = "You need:\n- patience\n\nWe grew by 9% last year.\nSend your CV to a@b.example.\n"
    assert zones(text)["We grew by 9% last year."] is Zone.COMPANY
    assert zones(text)["Send your CV to a@b.example."] is Zone.APPLYING


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("No degree needed.", True),
        ("A degree is not required.", True),
        ("You won't own quotas.", True),
        ("Quotas are set by Sales Finance.", True),
        ("Sales Finance sets quotas.", True),
        ("Training sits with our Academy.", True),
        ("Training is the job of our Academy.", True),
        ("Forecasts are not part of this job.", True),
        ("You will not be asked to train new joiners.", True),
        ("Training matters, but the academy does that.", True),
        ("Comp plans live with our People team.", True),
        ("We are not fussy about degrees.", True),
        ("Bonuses are decided elsewhere.", True),
        ("学历不卡", True),
        ("You live in a CRM.", False),
        ("You have cleaned up a CRM that others had to live with.", False),
        ("负责CRM的归口管理", False),
        ("Sit with finance each January and set targets.", False),
        ("You decide which pubs belong to which rep.", False),
        ("Quotas are set by you.", False),
        ("The manager sets quotas.", False),
        ("You set quotas and you do not let go.", False),
        ("不需要学历", True),
        ("学历不限", True),
        ("招聘由人力部负责", True),
        ("由你负责招聘", False),
        ("专业不限", False),
    ],
)
def test_a_denial_is_heard(text: str, denied: bool) -> None:
    (passage,) = read_posting(text).passages
    assert bool(passage.denials) is denied


def test_a_run_on_paragraph_is_taken_apart_at_its_labels() -> None:
    read = read_posting("某公司招聘销售运营经理，地点：西安，单休。主要工作：公布排名。应聘条件：本科。")
    assert [each.zone for each in read.passages] == [Zone.UNKNOWN, Zone.TERMS, Zone.DUTIES, Zone.REQUIREMENTS]
