"""The bulk transfer, split by the byte positions of the Bankers Association's table and re-added."""

from proof import ensure, total

HEADER = [1, 2, 1, 10, 40, 4, 4, 15, 3, 15, 1, 7, 17]
DATA = [1, 4, 15, 3, 15, 4, 1, 7, 30, 10, 1, 20, 1, 1, 7]
TRAILER = [1, 6, 12, 101]
END = [1, 119]


def split(record, widths):
    ensure(sum(widths) == len(record) == 120, "a record has 120 bytes")
    fields = []
    for width in widths:
        fields.append(record[:width])
        record = record[width:]
    return fields


def number(field):
    ensure(field.isdigit(), f"{field!r} is no number")
    return int(field)


def check(path, proof, reference):
    content = path.read_bytes()
    ensure(content.endswith(b"\r\n") and len(content) % 122 == 0, "whole records with their line ends")
    records = [content[at : at + 120] for at in range(0, len(content), 122)]
    ends = {content[at + 120 : at + 122] for at in range(0, len(content), 122)}
    ensure(ends == {b"\r\n"}, "a line end behind each record")
    for record in records:
        # Small kana, the long vowel mark and the comma never stand in a record.
        written = all(0x20 <= byte <= 0x7E or 0xB1 <= byte <= 0xDF or byte in (0xA2, 0xA3) for byte in record)
        ensure(written and b"," not in record, f"{record!r} is not in the letters of banks")
    header, *data, trailer, end = records
    fields = split(header, HEADER)
    ensure(fields[:3] == [b"1", b"21", b"0"] and not fields[12].strip(), "the header")
    for field in (3, 5, 6, 8, 10, 11):
        number(fields[field])
    added = 0
    for record in data:
        fields = split(record, DATA)
        ensure(fields[0] == b"2" and fields[13] in b"Y " and not fields[14].strip(), "a data record")
        for field in (1, 3, 5, 6, 7, 10, 12):
            number(fields[field])
        ensure(fields[13] == b"Y" or number(fields[11]) >= 0, "customer codes are digits")
        # A mark that stands alone was parted from its kana.
        for field in (2, 4, 8):
            ensure(not fields[field].startswith((b"\xde", b"\xdf")), "a mark without its kana")
        added += number(fields[9])
    fields = split(trailer, TRAILER)
    ensure(fields[0] == b"8" and number(fields[1]) == len(data), "the count of the trailer")
    ensure(number(fields[2]) == added, f"the trailer says {fields[2]!r}, the rows come to {added}")
    ensure(split(end, END)[0] == b"9" and end[1:].isspace(), "the end")
    ensure((len(data), added) == (proof["rows"], int(total(proof, "AMOUNT"))), "the proof of the file")
    if path.stem == "worked-example":
        example = reference / "zengin" / "worked-example.cp932.txt"
        ensure(content == example.read_bytes(), "byte for byte the worked example")


DAMAGES = {
    "an amount": lambda content: content.replace(b"0030000000", b"0030000001", 1),
    "the trailer's count": lambda content: content.replace(b"\r\n800", b"\r\n810", 1),
    "a byte too few": lambda content: content.replace(b"  ", b" ", 1),
    "a small kana": lambda content: content.replace(b"\xbd\xc3\xc2\xb8", b"\xbd\xc3\xaf\xb8", 1),
}
