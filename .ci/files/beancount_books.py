"""The books, re-added by beancount and compared with the balances that our ledger claims."""

import re
import subprocess
import sys
from pathlib import Path

from proof import ensure, total


def check(path, proof, reference):
    program = Path(sys.executable).with_name("bean-check")
    checked = subprocess.run([program, "--no-cache", path], capture_output=True, text=True)
    ensure(checked.returncode == 0, checked.stderr.strip()[:400])
    text = path.read_text("utf-8")
    ensure(text.count(" balance ") > 0, "balances are asserted")
    rows = re.findall(r'^\d{4}-\d\d-\d\d \* "', text, re.MULTILINE)
    ensure(len(rows) == proof["rows"], "the proof of the file counts the transfers")
    debits = re.findall(r"^  [A-Z]\S+  (\d+) JPY$", text, re.MULTILINE)
    ensure(sum(map(int, debits)) == int(total(proof, "AMOUNT")), "the proof of the file adds them up")


def one_posting(content):
    damaged = re.sub(rb"  (-?)10000000 JPY", rb"  \g<1>10000001 JPY", content, count=1)
    ensure(damaged != content, "an amount to damage")
    return damaged


def one_transfer(content):
    """Both sides of one transfer: it still balances by itself, and only the assertions can tell."""
    at = content.index(b'* "SETTLE_ESTIMATE"')
    front, transfer = content[:at], content[at:]
    return front + transfer.replace(b"10000000 JPY", b"10000001 JPY", 2)


DAMAGES = {
    "one side of a transfer": one_posting,
    "both sides of a transfer": one_transfer,
    "a balance": lambda content: re.sub(rb"(\d+) ~ 0 JPY", rb"\g<1>1 ~ 0 JPY", content, count=1),
}
