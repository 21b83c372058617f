"""Items that are projects, in the shapes in which reports list them: the project's money is read, and nothing else is taken for one.

Each text stands below a heading on projects, or on money; the lines are as a text file has them.
"""

from __future__ import annotations

import pytest
from tests.readers.test_money_sentences import facts

from perfrules.documents import text_document
from perfrules.model.submission import Submission
from perfrules.readers import read_text

PROJECTS = "二、项目情况"
MONEY = "二、预算执行情况"


def read(title: str, body: str) -> Submission:
    text = f"青禾县民政局2022年1-6月{title}绩效监控报告\n\n一、组织情况\n县局组织了监控。\n\n{body}\n"
    return read_text(text_document("report.txt", text.encode()))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "（1）殡葬设施维护\n年初预算20万元；4月调增5万元；支出12.5万元。\n（2）孤儿基本生活保障\n上年结转3万元；支出3万元。",
            "project:殡葬设施维护.initial_budget=20万元 project:殡葬设施维护.adjustment=5万元 project:殡葬设施维护.spent=12.5万元 project:孤儿基本生活保障.carried_over=3万元 project:孤儿基本生活保障.spent=3万元",
        ),
        (
            "①殡葬设施维护\n为了改善条件，今年继续推进设施更换，该项目年初预算20万元，支出12.5万元。\n②流浪救助\n该项目年初预算8万元。",
            "project:殡葬设施维护.initial_budget=20万元 project:殡葬设施维护.spent=12.5万元 project:流浪救助.initial_budget=8万元",
        ),
        ("（1）殡葬设施维护\n年初预算20万元；4月支出2.5万元。", "project:殡葬设施维护.initial_budget=20万元"),
        ("去年上半年项目支出为21.8万元，比今年少。", ""),
    ],
)  # fmt: skip
def test_a_name_alone_on_a_numbered_line(body: str, expected: str) -> None:
    assert facts(read("项目支出", f"{PROJECTS}\n{body}")) == set(expected.split())
    assert not [
        row.name for row in read("项目支出", body).department.table("projects").rows if "去年" in row.name
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "三、主要项目开展情况|1、殡葬设施维护，年初安排二十万元，已支出十二万五千元。|2、老年食堂建设，县里追加8万元，支出3万元，主要是设计费，因用地手续未办结还没有开工。|3、“七彩课堂”儿童关爱行动，5月追加4万元。",
            "project:殡葬设施维护.initial_budget=20万元 project:殡葬设施维护.spent=125000元 project:老年食堂建设.adjustment=8万元 project:老年食堂建设.spent=3万元 project:“七彩课堂”儿童关爱行动.adjustment=4万元",
        ),
        (
            "三、各项目实施情况|困难老人家庭改造项目，年初预算45万元，财政拨付40万元，支出12.6万元，完成改造34户，户均3800元。|“敬老e站”年初预算23.2万元，支出22.9万元。|流浪救助追加3万元，中标价2.8万元。",
            "project:困难老人家庭改造项目.initial_budget=45万元 project:困难老人家庭改造项目.appropriated=40万元 project:困难老人家庭改造项目.spent=12.6万元 project:敬老e站.initial_budget=23.2万元 project:敬老e站.spent=22.9万元 project:流浪救助.adjustment=3万元",
        ),
        (
            "三、项目绩效监控情况|1.养老服务中心建设。经多方争取，年初预算40万元，支出8.5万元，概算总投资216万元。|2.高龄津贴。80周岁以上老人按月发放，年初预算26万元，1-6月支出19.1万元。",
            "project:养老服务中心建设.initial_budget=40万元 project:养老服务中心建设.spent=8.5万元 project:高龄津贴.initial_budget=26万元 project:高龄津贴.spent=19.1万元",
        ),
        (
            "二、资金情况|（四）主要项目。①殡葬设施维护项目，支出30.4万元（全年预算31万元），②期间未停工；②流浪救助补助，全年预算42.5万元，支出40万元；③老年食堂建设，年初预算26万元，上年结转9万元，支出19万元。全局支出150万元。",
            "project:殡葬设施维护项目.spent=30.4万元 project:殡葬设施维护项目.adjusted_budget=31万元 project:流浪救助补助.adjusted_budget=42.5万元 project:流浪救助补助.spent=40万元 project:老年食堂建设.initial_budget=26万元 project:老年食堂建设.carried_over=9万元 project:老年食堂建设.spent=19万元 total.spent=150万元",
        ),
        (
            "二、资金情况|（四）项目支出。主要有：第一，殡葬设施维护，到位资金20万元，支出12万元，中标价3万元；第二，流浪救助，到位资金8万元，支出3万元。上述两个项目共支出15万元。",
            "project:殡葬设施维护.appropriated=20万元 project:殡葬设施维护.spent=12万元 project:流浪救助.appropriated=8万元 project:流浪救助.spent=3万元 project.spent=15万元",
        ),
        (
            "二、资金情况|主要项目：一是殡葬设施维护，年初预算20万元，支出12万元；二是社区矫正工作经费48万元，实际支出39.6万元。",
            "project:殡葬设施维护.initial_budget=20万元 project:殡葬设施维护.spent=12万元 project:社区矫正工作经费.spent=39.6万元",
        ),
        (
            "二、资金情况|（三）重点项目。1.社区食堂，年初预算20万元，已支出8万元；2.助浴点，年初预算10万元，支出3万元；3.其他项目，支出2万元。",
            "project:社区食堂.initial_budget=20万元 project:社区食堂.spent=8万元 project:助浴点.initial_budget=10万元 project:助浴点.spent=3万元",
        ),
        (
            "二、资金情况|社区食堂项目：年初预算20万元，支出8万元；助浴点项目：年初预算10万元，支出3万元。",
            "project:社区食堂项目.initial_budget=20万元 project:社区食堂项目.spent=8万元 project:助浴点项目.initial_budget=10万元 project:助浴点项目.spent=3万元",
        ),
        (
            "二、资金情况|主要项目：社区食堂，年初预算20万元，支出8万元；助浴点，年初预算10万元，支出3万元。",
            "project:社区食堂.initial_budget=20万元 project:社区食堂.spent=8万元 project:助浴点.initial_budget=10万元 project:助浴点.spent=3万元",
        ),
        (
            "三、重点项目执行情况|●智慧养老平台年初预算15万元，已支出6万元；|●2022年老旧小区改造，年初预算60万元，支出20万元；|●法律顾问、审计服务：年初预算6万元，支出2万元。|信息中心，年初预算12万元，支出3万元。",
            "project:智慧养老平台.initial_budget=15万元 project:智慧养老平台.spent=6万元 project:老旧小区改造.initial_budget=60万元 project:老旧小区改造.spent=20万元 project:法律顾问、审计服务.initial_budget=6万元 project:法律顾问、审计服务.spent=2万元",
        ),
        (
            "三、重点项目执行情况|社区食堂建设项目于3月开工，年初预算20万元，支出8万元，已完成主体施工。|该项目预计9月完工。|助浴点项目因招标延期，年初预算10万元，仅支出0.5万元。",
            "project:社区食堂建设项目.initial_budget=20万元 project:社区食堂建设项目.spent=8万元 project:助浴点项目.initial_budget=10万元 project:助浴点项目.spent=0.5万元",
        ),
    ],
)  # fmt: skip
def test_the_items_of_a_list_of_projects(body: str, expected: str) -> None:
    assert facts(read("部门整体", body.replace("|", "\n"))) == set(expected.split())


@pytest.mark.parametrize(
    "body",
    [
        "二、预算执行情况|项目支出情况：①中央资金，支出10万元；②县级配套资金，支出30万元。",
        "二、预算执行情况|公用经费情况：①办公用品，支出1万元；②图书资料，支出3万元。",
        "三、主要工作|第一，养老服务提升，支出20万元。|一是救助工作，发放资金60万元。",
        "三、工作开展情况|1.社会救助，发放资金60万元，救助300人。|2.完成老旧设施更换，支出3万元。",
        "三、存在问题|1.殡葬设施维护，仅支出2万元。①流浪救助，支出1万元；②老年食堂建设，支出1万元。",
        "三、下一步措施|主要项目：①殡葬设施维护，支出20万元；②流浪救助，支出8万元。",
        "三、重点项目执行情况|人员经费预算30万元，支出12万元。|县养老服务中心预算50万元，支出12万元。",
        "三、重点项目实施情况|养老服务方面，支出20万元。|县慈善总会，支出30万元。|由县财政统筹，追加50万元。",
        "四、绩效目标完成情况|1.质量指标，补助达标率100%，支出20万元。|（1）产出指标|救助300人，支出20万元。",
    ],
)
def test_what_is_no_item_of_a_list_of_projects(body: str) -> None:
    read_ = read("部门整体", body.replace("|", "\n"))
    assert facts(read_) == set()
    assert not read_.department.table("projects").rows


@pytest.mark.parametrize(
    "opening",
    [
        "今年以来，各项目进展顺利",
        "受疫情影响，进度偏慢",
        "全年实际",
        "年末",
        "按照县委要求，加快进度",
        "助浴点因招标延期",
        "社区食堂已建成",
    ],
)
def test_a_circumstance_is_no_project(opening: str) -> None:
    read_ = read("部门整体", f"三、重点项目实施情况\n{opening}，支出120万元；年末未支出资金30万元。")
    assert not read_.department.table("projects").rows


def test_the_parts_of_one_project_are_no_projects() -> None:
    parts = "主要用于：①设备购置，支出10万元；②软件开发，支出20万元。累计支出30万元。"
    for body in (parts, "1.设备购置，支出10万元。\n2.软件开发。支出20万元。\n累计支出30万元。"):
        read_ = read("殡葬设施维护项目", f"二、资金情况\n项目年初预算80万元。\n{body}")
        assert facts(read_) - {"project:殡葬设施维护.spent=30万元"} == {
            "project:殡葬设施维护.initial_budget=80万元"
        }


def test_a_name_with_words_of_a_heading_in_it_is_a_name() -> None:
    body = "（一）山洪防治非工程措施运维项目。年初预算68万元，支出41.35万元。\n（二）人民建议征集工作经费\n年初预算6万元。"
    assert facts(read("部门整体", f"三、分项目情况\n{body}")) == {
        "project:山洪防治非工程措施运维项目.initial_budget=68万元",
        "project:山洪防治非工程措施运维项目.spent=41.35万元",
        "project:人民建议征集工作经费.initial_budget=6万元",
    }
    measures = "（一）整改措施经费。年初预算68万元。\n（二）下一步重点项目。年初预算6万元。"
    assert facts(read("部门整体", f"三、整改措施\n{measures}")) == set()


SHEETS = "项目支出绩效目标执行监控表\n（2024年1-7月）\n填报单位：青禾县民政局（盖章）     金额单位：万元\n\n{}\n填表人：（略）   联系电话：0371-66886688   填报日期：2024年8月9日\n"


@pytest.mark.parametrize(
    ("sheets", "expected"),
    [
        (
            "【项目一】\n项目名称：殡葬设施维护\n主管部门：青禾县民政局    实施单位：社会事务股\n年初预算数：180.0000    预算调整：-20.0000    调整后预算数：160.0000\n1-7月执行数：71.3600    执行率：44.60%    全年预计执行数：160.0000\n偏差原因分析：合同（合同金额31.2万元）约定8月付款。\n完成目标可能性：确定能\n\n【项目二】\n项目名称：流浪救助\n年初预算数：20.00    上年结转：6.50\n上年同期执行数：5.00    1-6月执行数：6.00    到位资金：1,015.00",
            "殡葬设施维护.initial_budget=180.0000万元 殡葬设施维护.adjustment=-20.0000万元 殡葬设施维护.adjusted_budget=160.0000万元 殡葬设施维护.spent=71.3600万元 殡葬设施维护.forecast=160.0000万元 流浪救助.initial_budget=20.00万元 流浪救助.carried_over=6.50万元 流浪救助.appropriated=1015.00万元",
        ),
        (
            "1.项目名称：殡葬设施维护\n年初预算数（元）：1,800,000.00\n预算调整（万元）：-20.00\n1-7月执行数（万元）：71.36\n2.项目名称：流浪救助\n年初预算数（万元）：20.00",
            "殡葬设施维护.initial_budget=1800000.00元 殡葬设施维护.adjustment=-20.00万元 殡葬设施维护.spent=71.36万元 流浪救助.initial_budget=20.00万元",
        ),
        (
            "【项目一：殡葬设施维护】\n年初预算：180万元  预算调整：-20万元  实际支出：71.36万元\n项目二：流浪救助\n年初预算：20万元  实际支出：8万元",
            "殡葬设施维护.initial_budget=180万元 殡葬设施维护.adjustment=-20万元 殡葬设施维护.spent=71.36万元 流浪救助.initial_budget=20万元 流浪救助.spent=8万元",
        ),
    ],
)  # fmt: skip
def test_sheets_of_labels_one_for_each_project(sheets: str, expected: str) -> None:
    read_ = read_text(text_document("sheets.txt", SHEETS.format(sheets).encode()))
    assert facts(read_) == {f"project:{each}" for each in expected.split()}
    assert not [each.quote for each in read_.unread if each.open]


def test_a_sheet_without_a_unit_is_told() -> None:
    text = SHEETS.replace("     金额单位：万元", "").format("项目名称：殡葬设施维护\n年初预算数：180.00  支出数：71.36\n项目名称：流浪救助\n年初预算数：2.5")  # fmt: skip
    read_ = read_text(text_document("sheets.txt", text.encode()))
    assert facts(read_) == set()
    assert [each.quote.lstrip("：") for each in read_.unread if each.open] == ["180.00", "71.36", "2.5"]


ONE_PROJECT = "二、资金情况\n{}"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "项目年初预算80万元。\n1.设备购置。到位资金10万元，执行率30%。",
            "殡葬设施维护.initial_budget=80万元",
        ),
        (
            "1.殡葬设施维护。年初预算80万元，支出30万元。\n2.流浪救助，到位资金10万元，执行率30%。",
            "殡葬设施维护.initial_budget=80万元 殡葬设施维护.spent=30万元",
        ),
        (
            "县局对殡葬设施维护、流浪救助两个项目进行了自评。\n1.殡葬设施维护。年初预算80万元，支出30万元。\n2.流浪救助。年初预算20万元，到位资金10万元，支出6万元。",
            "殡葬设施维护.initial_budget=80万元 殡葬设施维护.spent=30万元 流浪救助.initial_budget=20万元 流浪救助.appropriated=10万元 流浪救助.spent=6万元",
        ),
        (
            "项目累计支出36万元，包括两个项目点。\n1.火化设备更换。支出30万元。\n2.公墓绿化。支出6万元。",
            "殡葬设施维护.spent=36万元",
        ),
    ],
)  # fmt: skip
def test_what_else_a_report_on_one_project_tells_of(body: str, expected: str) -> None:
    read_ = read("殡葬设施维护项目", ONE_PROJECT.format(body))
    assert facts(read_) == {f"project:{each}" for each in expected.split()}


def test_money_of_all_in_a_report_named_after_one_of_its_projects() -> None:
    body = "县局对殡葬设施维护、流浪救助两个项目进行了自评。\n1.殡葬设施维护。支出30万元。\n2.流浪救助。支出6万元。\n两个项目共支出36万元。"
    assert facts(read("殡葬设施维护项目", ONE_PROJECT.format(body))) == {
        "project:殡葬设施维护.spent=30万元",
        "project:流浪救助.spent=6万元",
        "project.spent=36万元",
    }


def test_money_added_from_above_to_a_project() -> None:
    body = "三、各项目实施情况\n1.法律援助办案补贴，年初预算40万元，上级转移支付追加55.2万元，支出95.2万元。"
    assert "project:法律援助办案补贴.adjustment=55.2万元" in facts(read("部门整体", body))
    several = body.replace("追加55.2万元", "追加50万元，县里追加5.2万元")
    assert not [each for each in facts(read("部门整体", several)) if "adjustment" in each]


def test_a_plan_by_name_is_a_project_and_no_plan() -> None:
    body = "三、各项目实施情况\n“阳光家园计划”年初预算23.2万元，支出22.9万元。\n营养改善计划年初预算8万元，计划支出6万元。"
    assert facts(read("部门整体", body)) == {
        "project:阳光家园计划.initial_budget=23.2万元",
        "project:阳光家园计划.spent=22.9万元",
        "project:营养改善计划.initial_budget=8万元",
    }
