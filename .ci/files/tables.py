"""The tables as other programs read them, and their totals re-added."""

import csv
import datetime
import io
import json
import re
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
    with zipfile.ZipFile(path) as parts:
        days = {part.date_time[:3] for part in parts.infolist()}
    ensure(days == {(1980, 1, 1)} and book.properties.created.year == 2000, "nothing tells the clock")
    sheet = book.active
    ensure(not sheet.merged_cells.ranges, "no merged cells")
    for row in sheet.iter_rows(min_row=2):
        ensure(all(cell.data_type != "f" for cell in row), "no formulas")
    heading, *rows = sheet.iter_rows(values_only=True)
    return list(heading), [[unescaped(value) for value in row] for row in rows]


def unescaped(value):
    """A workbook writes what XML cannot hold as _x0001_; Excel undoes that, openpyxl does not."""
    if not isinstance(value, str):
        return value
    return re.sub("_x([0-9A-F]{4})_", lambda escaped: chr(int(escaped[1], 16)), value)


def cells(heading, row):
    ensure(len(row) == len(heading), "every row has every column")
    return dict(zip(heading, row))


def rows_of_json_lines(path):
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    ensure(rows, "rows")
    ensure(all(list(row) == list(rows[0]) for row in rows), "the members in their order")
    return list(rows[0]), [list(row.values()) for row in rows]


READERS = {".csv": rows_of_csv, ".xlsx": rows_of_xlsx, ".jsonl": rows_of_json_lines}


def agree(paths):
    """The forms of one report hold the same cells."""
    forms = {path.suffix: READERS[path.suffix](path)[1] for path in paths}
    ensure(forms.keys() == READERS.keys(), f"{paths[0].stem} in every form")
    for suffix in (".xlsx", ".jsonl"):
        for row, other in zip(forms[".csv"], forms[suffix], strict=True):
            for cell, same in zip(row, other, strict=True):
                ensure(is_same(cell, same), f"{cell!r} of the CSV is {same!r} in {suffix}")


def is_same(cell, other):
    if other is None:
        return cell == ""
    if isinstance(other, datetime.datetime) and len(cell) == 10:
        return cell == other.date().isoformat()
    if isinstance(other, datetime.datetime):
        # A workbook keeps milliseconds.
        at = datetime.datetime.fromisoformat(cell).replace(tzinfo=None)
        return abs(at - other) <= datetime.timedelta(milliseconds=1)
    if isinstance(other, (int, float)):
        return Decimal(cell) == Decimal(str(other))
    return cell in (other, "'" + other)


def check(path, proof, reference):
    names = {column: heading for column, heading in proof["headings"]}
    money = totals(proof)
    if path.suffix == ".jsonl":
        names = {column: column.lower() for column in names}
    heading, rows = READERS[path.suffix](path)
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
        line = {column: row[name] for column, name in names.items()}
        if "PLANNED_ON" in names:
            check_planned(line)
        if "CHANGE" in names:
            check_change(line, money)


def check_cell(suffix, column, value, is_money):
    if column.removesuffix("_BEFORE").endswith(("_ON", "VALUE_DATE")):
        if suffix == ".xlsx":
            ensure(value is None or isinstance(value, datetime.datetime), f"{column}: dates are dates")
        elif value:
            ensure(is_day(value), f"{column}: {value!r} is no day")
    elif suffix != ".jsonl" and not is_money and isinstance(value, str):
        ensure(not value.lstrip().startswith(FORMULA), f"{column}: {value!r} begins like a formula")
    if column == "BODY_IDENTIFIER":
        ensure(isinstance(value, str), "a code is a text")


def is_day(text):
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def check_planned(line):
    """A line of the payment calendar: what is paid of it is a part, and the whole once it is settled."""
    amount, paid = (Decimal(str(line[column])) for column in ("AMOUNT", "PAID"))
    ensure(0 <= paid <= amount, f"{paid} paid of {amount}")
    is_settled = line["TRANCHE_STATE"] == "SETTLED"
    ensure(is_settled == (paid == amount and paid > 0), f"{paid} of {amount} is {line['TRANCHE_STATE']}")
    ensure(line["VALUE_ON"] or not is_settled, "what is settled was paid on a day")


def check_change(line, money):
    """A line of a comparison: what is added was nothing, what is reversed is nothing, what changed is not the same."""
    ensure(line["CHANGE"] in ("ADDED", "CHANGED", "REVERSED"), f"{line['CHANGE']!r} is no change")
    columns = [column for column in line if f"{column}_BEFORE" in line]
    before, after = ([line[column + end] for column in columns] for end in ("_BEFORE", ""))
    ensure(line["CHANGE"] != "CHANGED" or before != after, "what is the same did not change")
    for change, values in (("ADDED", before), ("REVERSED", after)):
        if line["CHANGE"] == change:
            given = [column for column, value in zip(columns, values) if not is_nothing(value, column in money)]
            ensure(not given, f"{change}, and there is a {given}")


def is_nothing(value, is_money):
    return Decimal(str(value)) == 0 if is_money else value in (None, "")


def pays_the_same(paths, claims):
    """What the payment calendar has as paid is what the statement of awards has."""
    for path in paths:
        if path.stem.endswith("payment-calendar"):
            awards = path.with_name(path.name.replace("payment-calendar", "awards"))
            paid = [totals(claims[one])["PAID"] for one in (path, awards)]
            ensure(paid[0] == paid[1], f"{path.name}: {paid[0]} paid, {paid[1]} by the awards")


def with_sheet(content, damaged):
    """The same workbook with its sheet damaged."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, damaged(part) if name.startswith("xl/worksheets/") else part)
    return changed.getvalue()


def other_number(sheet):
    ensure(b"<v>10000000</v>" in sheet, "an amount to damage")
    return sheet.replace(b"<v>10000000</v>", b"<v>10000001</v>", 1)


def without_last_row(sheet):
    start = sheet.rindex(b"<row ")
    return sheet[:start] + sheet[sheet.index(b"</row>", start) + len(b"</row>") :]


DAMAGES = {
    ".csv": {
        "an amount": lambda content: content.replace(b",10000000,", b",10000001,", 1),
        "a row too few": lambda content: content[: content.rstrip().rindex(b"\r\n") + 2],
        "a formula": lambda content: content.replace(b"'=", b"=", 1),
    },
    ".xlsx": {
        "an amount": lambda content: with_sheet(content, other_number),
        "a row too few": lambda content: with_sheet(content, without_last_row),
    },
    ".jsonl": {
        "an amount": lambda content: content.replace(b'"10000000"', b'"10000001"', 1),
        "a row too few": lambda content: content[: content.rstrip().rindex(b"\n") + 1],
    },
}
