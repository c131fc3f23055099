"""The ISO 20022 message against its XML schema, and its control sums re-added."""

from lxml import etree

from proof import ensure, total

NAMES = {"p": "urn:iso:std:iso:20022:tech:xsd:pain.001.001.03"}


def check(path, proof, reference):
    schema = etree.XMLSchema(etree.parse(reference / "pain001" / "pain.001.001.03.xsd"))
    message = etree.fromstring(path.read_bytes())
    ensure(schema.validate(message), schema.error_log.last_error)
    texts = lambda query: [element.text for element in message.iterfind(query, NAMES)]
    amounts = texts(".//p:InstdAmt")
    ensure(all(amount.isdigit() for amount in amounts), "yen are integers")
    added = sum(map(int, amounts))
    ensure({int(text) for text in texts(".//p:CtrlSum")} == {added}, f"the payments come to {added}")
    ensure({int(text) for text in texts(".//p:NbOfTxs")} == {len(amounts)}, f"{len(amounts)} payments")
    ensure((len(amounts), added) == (proof["rows"], int(total(proof, "AMOUNT"))), "the proof of the file")


DAMAGES = {
    "a currency in lower case": lambda content: content.replace(b'Ccy="JPY"', b'Ccy="jpy"', 1),
    "an amount": lambda content: content.replace(b">30000000<", b">30000001<", 1),
    "an element out of its order": lambda content: content.replace(b"PmtMtd", b"PmtMethod"),
}
