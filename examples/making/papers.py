"""A filing written down: the report in words, the table of its projects, forms, or one submission in JSON."""

from __future__ import annotations

import json
from typing import Any

from making.filings import YEAR, Filing, Form, Money, Project

BESIDE = "　" * 14
"""What moves the name and the date under a report to the right."""
Papers = dict[str, bytes]
HEADINGS = ("年初预算", "上年结转", "年中追加", "调整后预算", "到位资金", "实际支出", "执行率")


def wan(hundreds: int) -> str:
    """Whole hundreds of 元 as 万元 with two decimals: 63.79."""
    sign, rest = ("-" if hundreds < 0 else ""), abs(hundreds)
    return f"{sign}{rest // 100}.{rest % 100:02d}"


def share(part: int, whole: int) -> str:
    """A ratio with two decimals, half up, exact: 46.30%."""
    if not whole:
        return "0.00%"
    points = (20_000 * part + whole) // (2 * whole)
    return f"{points // 100}.{points % 100:02d}%"


def claim(filing: Filing, line: str) -> str:
    """The share of the adjusted budget that a line prints as spent."""
    money = filing.line(line)
    return filing.claims.get(line) or share(money.spent, money.adjusted)


def words(filing: Filing, *, with_table: bool) -> str:
    """The report in words, a line a paragraph; with the table of its projects where it has no other."""
    of, name = filing, filing.full_name
    total, basic, project = of.total, of.basic, of.project

    def parts(field: str) -> str:
        return f"基本支出{wan(getattr(basic, field))}万元、项目支出{wan(getattr(project, field))}万元"

    lines = [
        f"{name}{YEAR}年上半年部门整体绩效监控报告",
        "云岭县财政局：",
        f"现将我单位{YEAR}年1-6月整体绩效监控情况报告如下：",
        "一、单位概况",
        f"我单位内设综合股、业务股等股室，核定编制{of.posts}名，现有在编{of.staff}人。",
        "二、预算执行情况",
        f"我单位年初预算{wan(total.initial)}万元，其中{parts('initial')}。上年结转{wan(total.carried)}万元，其中{parts('carried')}。"
        f"上半年追加预算{wan(total.added)}万元，其中：{parts('added')}。",
        f"截至6月末，县财政已拨付资金{wan(total.released)}万元，其中：{parts('released')}。",
        f"截至6月末，我单位实际支出{wan(total.spent)}万元，占调整预算的{claim(of, 'total')}。其中："
        f"基本支出{wan(basic.spent)}万元，占基本支出预算的{claim(of, 'basic')}；"
        f"项目支出{wan(project.spent)}万元，占项目支出预算的{claim(of, 'project')}。",
        *of.also_said,
    ]
    if with_table:
        lines += ["项目支出明细见下表：", "单位：万元", *(f"| {' | '.join(row)} |" for row in rows(of))]
    return "\n".join([*lines, *_second_half(of)]) + "\n"


def _second_half(of: Filing) -> list[str]:
    done = [
        f"{at}. {each.name}：{each.deed}{each.number}{each.unit}。" for at, each in enumerate(of.projects, 1)
    ]
    if of.inspected:
        whole, some, others = of.inspected
        done.append(f"上半年共检查单位{whole}家，其中企业{some}家、学校{others}家。")
    if of.letters:
        now, before, change = of.letters
        done.append(f"受理群众来信{now}件，上年同期{before}件，增长{change}。")
    named = "和".join(of.problem_projects)
    return [
        "三、绩效目标完成情况",
        *done,
        "四、存在的问题",
        f"进度略慢的主要项目有{of.problems_claimed}个，主要原因是{named}涉及外部单位，须验收后才能付款。",
        "五、下一步措施",
        of.measure,
        f"{BESIDE}{of.full_name}",
        f"{BESIDE}{of.filed_on}",
    ]


def rows(filing: Filing) -> list[list[str]]:
    """The table of projects: headings, a row for each, their sum."""
    listed = [[str(at), each.name, *figures(each.money)] for at, each in enumerate(filing.projects, 1)]
    return [["序号", "项目名称", *HEADINGS], *listed, ["合计", "", *figures(filing.project)]]


def figures(money: Money) -> list[str]:
    """The figures of a row of the table."""
    amounts = (money.initial, money.carried, money.added, money.adjusted, money.released, money.spent)
    return [*map(wan, amounts), money.rate_printed or share(money.spent, money.adjusted)]


def table(filing: Filing, encoding: str = "") -> dict[str, Any]:
    """The table of projects as a sheet of its own, amounts as numbers; as text where there is an encoding, for CSV."""
    listed = rows(filing)
    title = f"{filing.full_name}{YEAR}年1-6月项目支出执行情况表"
    body = [[each if encoding else _cell(each) for each in row] for row in listed]
    shown = {f"{column}{at}": "0.00" for column in "CDEFGH" for at in range(4, 3 + len(listed))}
    sheet = {"rows": [[title], ["单位：万元"], *body], "formats": {} if encoding else shown}
    return {"encoding": encoding or "utf-8", "sheets": {"项目清单": sheet}}


def _cell(shown: str) -> str | float | None:
    """An amount as a number, an empty cell as nothing, all else as text."""
    whole, point, rest = shown.partition(".")
    is_amount = point and whole.lstrip("-").isdecimal() and rest.isdecimal()
    return float(shown) if is_amount else shown or None


def form(filing: Filing, made: Form, *, year_end: bool) -> dict[str, Any]:
    """The form of one project: for monitoring, or its self-evaluation of the year before."""
    return (_evaluation if year_end else _monitoring)(filing, made)


def _monitoring(filing: Filing, made: Form) -> dict[str, Any]:
    money = made.money
    shown = [float(wan(each)) for each in (money.initial, money.adjusted, money.spent)]
    body = [
        ["项目支出绩效目标执行监控表"],
        [f"（{YEAR}年度）"],
        ["项目名称", made.project],
        ["主管部门", filing.full_name, None, "实施单位", filing.full_name],
        [
            "项目资金（万元）",
            None,
            None,
            "年初预算数",
            "全年预算数",
            "1—6月执行数",
            "1—6月执行率",
            "全年预计执行数",
        ],
        [None, None, "年度资金总额", *shown, share(money.spent, money.adjusted), float(wan(made.forecast))],
        [None, None, "其中：一般公共预算拨款", *shown],
        [
            "一级指标",
            "二级指标",
            "三级指标",
            "年度指标值",
            "1-6月执行情况",
            "全年预计完成情况",
            "偏差原因分析",
            "完成目标可能性",
        ],
        *(
            [t.level1, t.level2, t.name, t.planned, t.actual, t.expected, t.cause, t.likelihood]
            for t in made.targets
        ),
    ]
    return {"sheets": {"监控表": {"rows": [[_blank(each) for each in row] for row in body]}}}


def _evaluation(filing: Filing, made: Form) -> dict[str, Any]:
    money = made.money
    shown = [float(wan(each)) for each in (money.initial, money.adjusted, money.spent)]
    score = made.execution_score or execution_score(money)
    own = str(sum(each.score for each in made.targets))
    whole = made.total_score or added(own, score)
    body = [
        ["项目支出绩效自评表"],
        [f"（{YEAR - 1}年度）"],
        ["项目名称", made.project, None, None, None, "主管部门", filing.full_name],
        ["实施单位", filing.full_name],
        [
            "项目资金（万元）",
            None,
            None,
            "年初预算数",
            "全年预算数",
            "全年执行数",
            "分值",
            "执行率",
            "得分",
            "未完成原因",
        ],
        [None, None, "年度资金总额", *shown, 10, share(money.spent, money.adjusted), score],
        [
            "一级指标",
            "二级指标",
            "三级指标",
            "年度指标值",
            "实际完成值",
            "分值",
            "得分",
            "偏差原因分析及改进措施",
        ],
        *(
            [t.level1, t.level2, t.name, t.planned, t.actual, t.weight, t.score, t.cause]
            for t in made.targets
        ),
        ["总分", None, None, None, None, made.weights, whole],
    ]
    return {"sheets": {"自评表": {"rows": [[_blank(each) for each in row] for row in body]}}}


def execution_score(money: Money) -> str:
    """Ten points times the share spent, with one decimal, half up."""
    tenths = (200 * money.spent + money.adjusted) // (2 * money.adjusted)
    return f"{tenths // 10}.{tenths % 10}" if tenths % 10 else str(tenths // 10)


def added(one: str, other: str) -> str:
    """The sum of two scores with one decimal at most."""
    tenths = sum(
        int(a) * 10 + int((b or "0")[0]) for a, _, b in (each.partition(".") for each in (one, other))
    )
    return f"{tenths // 10}.{tenths % 10}" if tenths % 10 else str(tenths // 10)


def _blank(value: object) -> object:
    return None if value == "" else value


def submission(filing: Filing) -> bytes:
    """The filing as a submission in JSON, as an export of a budget platform has it."""

    def money(of: Money) -> dict[str, str]:
        names = ("initial_budget", "carried_over", "adjustment", "appropriated", "spent")
        own = {
            name: wan(value) + "万元"
            for name, value in zip(
                names, (of.initial, of.carried, of.added, of.released, of.spent), strict=True
            )
        }
        return own if of.adjusted_printed is None else {**own, "adjusted_budget": wan(of.adjusted) + "万元"}

    def line(name: str) -> dict[str, Any]:
        base = "adjusted_budget" if name == "total" else "budget"
        return {
            **money(filing.line(name)),
            "claims": [{"printed": claim(filing, name), "numerator": "spent", "base": base}],
        }

    years = [YEAR, *([filing.stray_year] if filing.stray_year else [])]
    before: list[dict[str, str]] = []
    for at, number in enumerate(filing.item_numbers):
        before.append(
            {"value": str(number), **({"preceding": str(filing.item_numbers[at - 1])} if at else {})}
        )
    written = {
        "perfrules": "submission/1",
        "department": filing.full_name,
        "period": {"from": f"{YEAR}-01-01", "to": f"{YEAR}-06-30"},
        "filed_on": _iso(filing.filed_on),
        "staffing": {"posts": filing.posts, "staff": filing.staff},
        "lines": {name: line(name) for name in ("total", "basic", "project")},
        "projects": {
            "complete": True,
            "rows": [_row(filing, each, money(each.money)) for each in filing.projects],
        },
        "counts": _counts(filing),
        "problem_projects": {
            "claimed": filing.problems_claimed,
            "named": filing.problem_projects,
            "complete": True,
        },
        "sections": {"problems": "须验收后才能付款。", "measures": filing.measure},
        "report_years": [{"value": str(year)} for year in years],
        "item_numbers": before,
    }
    return (json.dumps(written, ensure_ascii=False, indent=2) + "\n").encode()


def _row(filing: Filing, project: Project, money: dict[str, str]) -> dict[str, Any]:
    row: dict[str, Any] = {"name": project.name, **money}
    if project is not filing.projects[0]:
        return row
    sources = filing.sources or {"一般公共预算拨款": project.money.initial}
    listed = [{"name": name, "amount": f"{wan(amount)}万元"} for name, amount in sources.items()]
    row["sources"] = {"complete": True, "rows": listed}
    target = {"level1": "产出指标", "level2": "质量指标", "name": "验收合格率", "operator": "≥"}
    row["targets"] = [{**target, "planned": "95%", "unit": filing.goal_unit, "actual": "96%"}]
    if filing.unit_price:
        row |= zip(("unit_price", "quantity", "planned_total"), filing.unit_price, strict=True)
    return row


def _counts(filing: Filing) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [
        {"what": each.deed, "value": f"{each.number}{each.unit}"} for each in filing.projects
    ]
    if filing.inspected:
        whole, some, others = filing.inspected
        parts = [{"name": "企业", "value": f"{some}家"}, {"name": "学校", "value": f"{others}家"}]
        found.append({"what": "检查单位", "value": f"{whole}家", "parts": {"complete": True, "rows": parts}})
    if filing.letters:
        now, before, change = filing.letters
        found.append({"what": "受理群众来信", "value": f"{now}件", "prior": f"{before}件", "change": change})
    return found


def _iso(day: str) -> str:
    year, month, rest = (day.replace("年", "-").replace("月", "-").replace("日", "")).split("-")
    return f"{year}-{int(month):02d}-{int(rest):02d}"
