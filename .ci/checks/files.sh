#!/usr/bin/env bash
# Files of every kind, samples and those of two played years, looked over by programs that are not ours: beancount, an XML-schema validator, the
# 360Giving schema, openpyxl, qpdf and Poppler, and readers written from the formats' own tables. Each file is damaged on
# purpose after that, and has to be refused.
source "$(dirname "$0")/../lib.sh"

[[ -r $reference/zengin/worked-example.cp932.txt && -r $reference/pain001/pain.001.001.03.xsd &&
    -r $reference/360giving/schema/360-giving-schema.json ]] || skip "no schemas and examples in $reference"
samples=$CARGO_TARGET_DIR/debug/examples/samples
[[ -x $samples ]] || cargo build --quiet --locked --package exports --example samples

# Python's own environment, because Debian's Python takes no packages; kept for the next run.
checkers=$cache/files
if ! cmp --silent .ci/files/requirements.txt "$checkers/installed"; then
    rm -rf "$checkers"
    python3 -m venv "$checkers" || fail "Python has no venv here (Debian: package python3-venv)"
    "$checkers/bin/pip" install --quiet --disable-pip-version-check --requirement .ci/files/requirements.txt
    cp .ci/files/requirements.txt "$checkers/installed"
fi

"$samples" "$work/files"
# The same kinds as the server hands them out over HTTP, of two awards that lived through two fiscal years.
HTC_FILES=$work/files cargo test --quiet --locked --workspace --test stories -- \
    exports::left::files_are_left_for_other_programs >"$work/played.log" 2>&1 || { cat "$work/played.log"; fail "no files of the two years"; }
PYTHONDONTWRITEBYTECODE=1 "$checkers/bin/python" .ci/files/check.py "$work/files" "$reference" || fail "see above"
say "$(find "$work/files" -type f ! -name '*.proof' | wc -l) files accepted, each refused when damaged"
