"""What goes with a file: hash, size, rows and totals, as the program that wrote it says."""

import hashlib
import json
from decimal import Decimal


class Failed(Exception):
    """A file is not what it should be."""


def ensure(holds, why):
    if not holds:
        raise Failed(str(why))


def of(path):
    return json.loads(path.with_name(path.name + ".proof").read_text("utf-8"))


def check(path, proof):
    content = path.read_bytes()
    ensure(len(content) == proof["bytes"], "the size")
    ensure(hashlib.sha256(content).hexdigest() == proof["sha256"], "the hash")


def totals(proof):
    return {part["column"]: Decimal(part["total"]["amount"]) for part in proof["totals"]}


def total(proof, column):
    return totals(proof)[column]
