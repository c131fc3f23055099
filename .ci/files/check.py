"""Looks over exported files with programs that are not ours, and over each once more after it was
damaged on purpose: a checker that finds nothing then is no checker.

    check.py FOLDER REFERENCE

FOLDER holds the files, each with its proof beside it; REFERENCE the schemas and the worked example.
"""

import csv
import json
import sys
import tempfile
import zipfile
from pathlib import Path

from lxml.etree import XMLSyntaxError
from openpyxl.utils.exceptions import InvalidFileException

import beancount_books
import grants
import notices
import pain001
import proof
import tables
import zengin

CHECKERS = {
    ".zengin": zengin,
    ".xml": pain001,
    ".beancount": beancount_books,
    ".json": grants,
    ".pdf": notices,
}

TABLES = ("awards", "disbursements", "envelopes", "payment-calendar", "trial-balance")
# Two instants of a table compared.
CHANGES = ("awards-changes", "disbursement-changes", "envelopes-changes", "payment-calendar-changes", "trial-balance-changes")
NOTICES = ("decision", "release", "fixing", "return-order", "gate-record")
LANGUAGES = ("ja", "en")

# With what a checker refuses: its own words, or those of what reads the file for it. Whatever else it raises
# is a fault of the checker.
REFUSALS = (
    proof.Failed,
    UnicodeDecodeError,
    XMLSyntaxError,
    InvalidFileException,
    csv.Error,
    json.JSONDecodeError,
    zipfile.BadZipFile,
)


def expected():
    """The names of the files that have to be there; those of batches and of what else there is come besides."""
    for begin in ("", "two-years-", "whole-years-"):
        # The sample has no earlier books to compare with.
        for table in TABLES + (CHANGES if begin else ()):
            yield from (f"{begin}{table}{form}" for form in tables.READERS)
        yield f"{begin}grants.json"
    yield from ("worked-example.zengin", "batch.zengin", "batch.xml", "books.beancount")
    yield from ("two-years-ledger.beancount", "whole-years-ledger.beancount")
    for begin in ("notice-", "two-years-"):
        yield from (f"{begin}{notice}-{language}.pdf" for notice in NOTICES for language in LANGUAGES)


def ensure_complete(paths):
    names = {path.name for path in paths}
    missing = sorted(set(expected()) - names)
    proof.ensure(not missing, f"not written: {missing}")
    for form in (".zengin", ".xml"):
        batches = [name for name in names if name.startswith("two-years-") and name.endswith(form)]
        proof.ensure(batches, f"no batch of the two years as {form}")


def checker(path):
    if path.suffix in CHECKERS:
        return CHECKERS[path.suffix].check, CHECKERS[path.suffix].DAMAGES
    return tables.check, tables.DAMAGES[path.suffix]


def damaged_is_refused(path, check, damage, claims, reference, scratch):
    """Whether the checker finds `damage`; None where there is nothing in the file to damage so."""
    content = path.read_bytes()
    try:
        changed = damage(content)
    except (proof.Failed, ValueError):
        return None
    if changed == content:
        return None
    copy = scratch / path.name
    copy.write_bytes(changed)
    try:
        check(copy, claims, reference)
    except REFUSALS:
        return True
    return False


def main(folder, reference):
    files = sorted(path for path in folder.iterdir() if path.suffix != ".proof")
    ensure_complete(files)
    found = {}
    for path in files:
        check, damages = checker(path)
        claims = proof.of(path)
        proof.check(path, claims)
        check(path, claims, reference)
        refused = []
        with tempfile.TemporaryDirectory() as scratch:
            for name, damage in damages.items():
                answer = damaged_is_refused(path, check, damage, claims, reference, Path(scratch))
                proof.ensure(answer is not False, f"{path.name}: nobody noticed damage to {name}")
                key = (path.suffix, name)
                found[key] = found.get(key, False) or answer is True
                if answer:
                    refused.append(name)
        proof.ensure(refused, f"{path.name}: nothing in it could be damaged")
        print(f"{path.name}: {claims['rows']} rows, accepted; refused with damage to {', '.join(refused)}")
    for report in sorted({path.stem for path in files if path.suffix in tables.READERS}):
        tables.agree([path for path in files if path.stem == report and path.suffix in tables.READERS])
        print(f"{report}: the same cells in every form")
    tables.pays_the_same(files, {path: proof.of(path) for path in files})
    missed = [f"{suffix}: {name}" for (suffix, name), tried in found.items() if not tried]
    proof.ensure(not missed, f"no file could be damaged so: {missed}")


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]), Path(sys.argv[2]))
    except proof.Failed as failure:
        sys.exit(f"FAILED: {failure}")
