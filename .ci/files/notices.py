"""Notices as PDF: their structure by qpdf, their text, fonts and dates by Poppler."""

import re
import subprocess

from proof import ensure


def told(*command):
    answer = subprocess.run(command, capture_output=True, text=True)
    ensure(answer.returncode == 0, f"{command[0]}: {answer.stdout}{answer.stderr}")
    return answer.stdout


def check(path, proof, reference):
    told("qpdf", "--check", path)
    pages = int(told("qpdf", "--show-npages", path))
    ensure(pages == proof["pages"], f"{pages} pages")
    dates = dict(re.findall(r"^(\w+Date): +(\S+)", told("pdfinfo", "-isodates", path), re.MULTILINE))
    days = {date[:10] for date in dates.values()}
    ensure(len(dates) == 2 and days == {proof["dated_on"]}, f"dated {dates}")
    # Name, type, encoding, then: is embedded, is a subset, has a mapping to Unicode.
    fonts = told("pdffonts", path).splitlines()[2:]
    ensure(fonts and all(re.search(r" yes +yes +yes +\d+ +0$", font) for font in fonts), f"fonts: {fonts}")
    text = without_space(told("pdftotext", "-enc", "UTF-8", path, "-"))
    for said in proof["texts"]:
        ensure(without_space(said) in text, f"it does not say {said}")


def without_space(text):
    return "".join(text.split())


DAMAGES = {
    "its end": lambda content: content[: len(content) * 2 // 3],
    "its date": lambda content: re.sub(rb"CreationDate\(D:\d{4}", b"CreationDate(D:2019", content),
    "a font": lambda content: content.replace(b"/FontFile3", b"/FontFile9"),
    "the letters of a font": lambda content: content.replace(b"/ToUnicode", b"/ToUnicorn"),
    "the number of its pages": lambda content: re.sub(rb"/Kids\[\d+ 0 R", b"/Kids[", content),
}
