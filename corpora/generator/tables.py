"""Tables: tasks with their columns, and money with its unit in the head and sums that agree or do not.

The head of money is one row, or two with cells that run over columns and rows.
"""

from __future__ import annotations

from decimal import Decimal
from random import Random

from corpora.generator.model import Block, Cell, Gold, Node, Paragraph, Table, node
from corpora.generator.numerals import figures
from corpora.generator.task import Task
from corpora.generator.writer import Writer, capitalised


def _head(titles: str) -> tuple[Cell, ...]:
    return tuple(Cell(node(title), align="centre", bold=True) for title in titles.split("|"))


def _two_rows(rng: Random, titles: str) -> tuple[tuple[Cell, ...], ...]:
    """A head in two rows: number and name run over both, the columns of money stand under a common title."""
    number, name, *money = titles.split("|")
    over = rng.choice(("Nguồn vốn", "Kinh phí", "Số tiền"))
    first = [Cell(node(title), rows=2, align="centre", bold=True) for title in (number, name)]
    above = Cell(node(over), columns=len(money), align="centre", bold=True)
    return (*first, above), tuple(Cell(node(title), align="centre", bold=True) for title in money)


# million đồng that a line of a table has, by the level of the office
SUMS = {"province": (800, 90_000), "department": (60, 6_000), "district": (150, 12_000), "commune": (20, 950)}


def _caption(writer: Writer, name: str) -> Paragraph:
    return Paragraph("heading", node(capitalised(writer.phrase(name)), bold=True), centred=True)


def task_table(writer: Writer, rows: int) -> list[Block]:
    """A row a task: what, who leads, who coordinates, by when. The cell of the action carries the obligation."""
    if writer.wide and writer.rng.random() < 0.6:
        return _columns(writer, rows)
    lines = [_head(writer.pick("task_table"))]
    named = set[str]()
    for n in range(1, rows + 1):
        for _ in range(9):  # no action twice in a table, as long as there are others
            writer.task = task = Task(section=None)
            action = capitalised(writer.write("{action}"))
            if action.text[:20] not in named:
                break
        named.add(action.text[:20])
        lead = capitalised(writer.write("{lead}"))
        partners = capitalised(writer.write("{partners:1-2}"))
        due = capitalised(writer.write("{deadline:once}" if writer.rng.random() < 0.85 else "{deadline}"))
        writer.task = None
        cells = (Node((action,), task.gold()), lead, partners, due)
        lines.append((Cell(node(str(n)), align="centre"), *(Cell(cell) for cell in cells)))
    return [_caption(writer, "task_caption"), Table(tuple(lines), (0.07, 0.37, 0.19, 0.2, 0.17))]


# the share of the page's width that a column of a task table takes
WIDTHS = {"n": 1, "task": 5, "lead": 2.5, "partners": 2.5, "due": 2.5, "product": 2, "note": 1.5}


def _columns(writer: Writer, rows: int) -> list[Block]:
    """A table of tasks whose columns stand in the order of a phrase ("n=TT|lead=Cơ quan thực hiện|task=Nhiệm vụ|due=Thời hạn")."""
    columns = [tuple(column.split("=")) for column in writer.pick("task_columns").split("|")]
    lines = [_head("|".join(title for _, title in columns))]
    for n in range(1, rows + 1):
        writer.task = task = Task(section=None)
        made = {name: _task_cell(writer, name, n) for name, _ in columns}
        writer.task = None
        made["task"] = Node((made["task"],), task.gold())
        lines.append(tuple(Cell(made[name], align="centre" if name == "n" else "left") for name, _ in columns))
    whole = sum(WIDTHS[name] for name, _ in columns)
    widths = tuple(WIDTHS[name] / whole for name, _ in columns)
    return [_caption(writer, "task_caption"), Table(tuple(lines), widths)]


def _task_cell(writer: Writer, name: str, n: int) -> Node:
    if name in ("n", "note"):
        return node(str(n) if name == "n" else "")
    slots = {"task": "{action}", "lead": "{lead}", "partners": "{partners:1-2}", "due": "{deadline:once}", "product": "{product}"}  # fmt: skip
    return capitalised(writer.write(slots[name]))


def target_table(writer: Writer, rows: int) -> list[Block]:
    """Indicators with their unit in a column, what was reached last year and what is aimed at this year."""
    rng = writer.rng
    titles = writer.pick("target_table").replace("{last}", "{year:-1}").replace("{this}", "{year}")
    lines = [tuple(Cell(writer.write(title), align="centre", bold=True) for title in titles.split("|"))]
    for n, indicator in enumerate(rng.sample(list(writer.topic["ratio"]), min(rows, len(writer.topic["ratio"]))), 1):
        reached = rng.randrange(50, 90)
        values = (reached, reached + rng.randrange(1, 9))
        cells = [
            Cell(Node((_percent(value),), Gold(kind, {"indicator": f"Tỷ lệ {indicator}", "operator": "=", "value": value, "unit": "%"})), align="right")
            for kind, value in zip(("results", "targets"), values, strict=True)
        ]  # fmt: skip
        lines.append(
            (
                Cell(node(str(n)), align="centre"),
                Cell(node(f"Tỷ lệ {indicator}")),
                Cell(node("%"), align="centre"),
                *cells,
            )
        )
    return [_caption(writer, "target_caption"), Table(tuple(lines), (0.07, 0.45, 0.14, 0.17, 0.17))]


def _percent(value: int) -> Node:
    """A bare figure whose unit stands in another column: a percentage that may be found or not."""
    return Node((str(value),), Gold("percentages", {"operator": "=", "value": value, "optional": True}))


def money_table(writer: Writer, rows: int) -> list[Block]:
    """Plan, spent and left by office, in million đồng; in one table of four the total is wrong.

    The unit stands in the head alone: amounts of the cells are optional findings, the sums are checks.
    """
    rng = writer.rng
    titles = writer.pick("money_table")
    lines = list(_two_rows(rng, titles)) if rng.random() < 0.4 else [_head(titles)]
    head = len(lines)
    totals = [Decimal(0)] * 3
    bodies = writer.office.bodies()
    for n, body in enumerate(rng.sample(bodies, min(rows, len(bodies))), 1):
        plan = Decimal(rng.randrange(*SUMS[writer.office.level]))
        spent = (plan * rng.randrange(10, 100) / 100).quantize(Decimal(1))
        values = [plan, spent, plan - spent]
        totals = [a + b for a, b in zip(totals, values, strict=True)]
        lines.append((Cell(node(str(n)), align="centre"), Cell(body.node()), *map(_money, values)))
    wrong = rng.random() < 0.25
    stated = [totals[0] + (rng.randrange(1, 9) * (1000 if totals[0] > 20_000 else 10) if wrong else 0), *totals[1:]]
    label = writer.pick("total")
    checks = [
        Gold(
            "checks",
            {"kind": "sum", "stated": int(s), "computed": int(t), "verdict": "agrees" if s == t else "disagrees"},
        )
        for s, t in zip(stated, totals, strict=True)
    ]
    sums = [
        Cell(Node((_money(s).text,), check), align="right", bold=True) for s, check in zip(stated, checks, strict=True)
    ]
    lines.append((Cell(node(label), columns=2, align="centre", bold=True), *sums))
    unit = Paragraph("unit", node("Đơn vị tính: triệu đồng", italic=True))
    return [_caption(writer, "money_caption"), unit, Table(tuple(lines), (0.07, 0.42, 0.17, 0.17, 0.17), head)]


def _money(value: Decimal) -> Cell:
    """A figure in million đồng; what it means is in the head of the table."""
    gold = Gold("amounts", {"operator": "=", "value": int(value) * 10**6, "currency": "VND", "optional": True})
    return Cell(Node((figures(value),), gold), align="right")
