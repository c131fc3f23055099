"""The open data against the 360Giving schema, formats asserted: without that every date would fail."""

import json

from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from proof import ensure, total


def check(path, proof, reference):
    folder = reference / "360giving" / "schema"
    package, grant = (
        json.loads((folder / name).read_text("utf-8"))
        for name in ("360-giving-package-schema.json", "360-giving-schema.json")
    )
    # The package names the version before for a grant; the one beside it is meant.
    link = package["properties"]["grants"]["items"]["$ref"]
    resource = DRAFT202012.create_resource(grant)
    registry = Registry().with_resources([(grant["$id"], resource), (link, resource)])
    validator = Draft202012Validator(
        package, registry=registry, format_checker=Draft202012Validator.FORMAT_CHECKER
    )
    content = json.loads(path.read_text("utf-8"))
    for error in validator.iter_errors(content):
        ensure(False, f"{error.json_path}: {error.message[:200]}")
    grants = content["grants"]
    ensure(len({grant["id"] for grant in grants}) == len(grants), "every grant has an id of its own")
    for grant in grants:
        committed = sum(part["value"] for part in grant["commitmentTransaction"])
        paid = sum(part["value"] for part in grant["disbursementTransaction"])
        # What was decommitted is no tranche any more, nor a part of one that was passed in part.
        ensure(committed <= grant["amountAwarded"], f"{grant['id']}: its tranches come to {committed}")
        ensure(paid == grant["amountDisbursed"], f"{grant['id']}: its payments come to {paid}")
    ensure(len(grants) == proof["rows"], "the proof of the file counts the grants")
    disbursed = sum(grant["amountDisbursed"] for grant in grants)
    ensure(disbursed == int(total(proof, "PAID")), "the proof of the file adds them up")


DAMAGES = {
    "a date": lambda content: content.replace(b'"awardDate":"2025-', b'"awardDate":"2025/', 1),
    "a missing funder": lambda content: content.replace(b'"fundingOrganization"', b'"funder"', 1),
    "an amount as a text": lambda content: content.replace(
        b'"amountAwarded":50000000', b'"amountAwarded":"50000000"', 1
    ),
    "a payment": lambda content: content.replace(b'"value":10000000', b'"value":10000001'),
}
