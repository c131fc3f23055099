"""The tables as other programs read them, and their totals re-added."""

import csv
import datetime
import io
import json
import zipfile
from decimal import Decimal

from openpyxl import load_workbook

from proof import ensure, totals

FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def rows_of_csv(path):
    content = path.read_bytes()
    ensure(content.startswith(b"\xef\xbb\xbf"), "a byte order mark")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    return rows[0], rows[1:]


def rows_of_xlsx(path):
    book = load_workbook(path)
    ensure(len(book.sheetnames) == 1, "one sheet")
    sheet = book.active
    ensure(not sheet.merged_cells.ranges, "no merged cells")
    for row in sheet.iter_rows(min_row=2):
        ensure(all(cell.data_type != "f" for cell in row), "no formulas")
    heading, *rows = sheet.iter_rows(values_only=True)
    return list(heading), rows


def cells(heading, row):
    ensure(len(row) == len(heading), "every row has every column")
    return dict(zip(heading, row))


def check(path, proof, reference):
    names = {column: heading for column, heading in proof["headings"]}
    money = totals(proof)
    if path.suffix == ".jsonl":
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        names = {column: column.lower() for column in names}
        ensure(all(list(row) == list(names.values()) for row in rows), "the members in their order")
    else:
        heading, rows = (rows_of_csv if path.suffix == ".csv" else rows_of_xlsx)(path)
        ensure(heading == list(names.values()), f"the headings {heading}")
        rows = [cells(heading, row) for row in rows]
    ensure(len(rows) == proof["rows"], "the proof of the file counts the rows")
    for column, total in money.items():
        values = [row[names[column]] for row in rows]
        if path.suffix == ".xlsx":
            ensure(all(isinstance(value, (int, float)) for value in values), f"{column}: numbers are numbers")
        added = sum(Decimal(str(value)) for value in values)
        ensure(added == total, f"{column}: the rows come to {added}, the proof says {total}")
    for row in rows:
        for column, name in names.items():
            check_cell(path.suffix, column, row[name], column in money)


def check_cell(suffix, column, value, is_money):
    if column.endswith("_ON") or column == "VALUE_DATE":
        if suffix == ".xlsx":
            ensure(value is None or isinstance(value, datetime.datetime), f"{column}: dates are dates")
        elif value:
            datetime.date.fromisoformat(value)
    elif suffix != ".jsonl" and not is_money and isinstance(value, str):
        ensure(not value.lstrip().startswith(FORMULA), f"{column}: {value!r} begins like a formula")
    if column == "BODY_IDENTIFIER":
        ensure(isinstance(value, str), "a code is a text")


def other_number(content):
    """The same workbook with one amount changed."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name.startswith("xl/worksheets/"):
                ensure(b"<v>10000000</v>" in part, "an amount to damage")
                part = part.replace(b"<v>10000000</v>", b"<v>10000001</v>", 1)
            new.writestr(name, part)
    return changed.getvalue()


DAMAGES = {
    ".csv": {
        "an amount": lambda content: content.replace(b",10000000,", b",10000001,", 1),
        "a row too few": lambda content: content[: content.rstrip().rindex(b"\r\n") + 2],
        "a formula": lambda content: content.replace(b"'=", b"=", 1),
    },
    ".xlsx": {"an amount": other_number},
    ".jsonl": {
        "an amount": lambda content: content.replace(b'"10000000"', b'"10000001"', 1),
        "a row too few": lambda content: content[: content.rstrip().rindex(b"\n") + 1],
    },
}
