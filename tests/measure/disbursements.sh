#!/usr/bin/env bash
# How long the disbursement report takes as a file, and how much memory: on PostgreSQL, with as many lines as are asked for, beside COPY of
# the same statement by psql. It measures and asserts no time, so it is no part of CI.
#
#     tests/measure/disbursements.sh [LINES]    (one million)
source "$(dirname "$0")/../../.ci/lib.sh"

lines=${1:-1000000}
executable=$CARGO_TARGET_DIR/release/healthtech-challenge
cargo build --quiet --release --locked --package api
start_postgres
export HTC_DATABASE_URL=$database_url HTC_DATA_DIR=$work/data HTC_DEMONSTRATION=true
mkdir "$HTC_DATA_DIR"
"$executable" migrate >"$work/migrate" 2>&1 || { cat "$work/migrate"; fail "migrate"; }
"$executable" seed >"$work/seed" 2>&1 || { tail -n 20 "$work/seed"; fail "seed"; }
# Until its books are closed.
sleep 31
ask() { psql --no-psqlrc --quiet --tuples-only --no-align --host "$work/postgres" --username postgres "$@"; }
releases() { ask --command 'SELECT count(*) FROM tranche_release'; }
logged() { ask --command "ALTER SYSTEM SET log_min_duration_statement = $1" --command 'SELECT pg_reload_conf()' >/dev/null; }

port=$(free_port)
env HTC_LISTEN="127.0.0.1:$port" "$executable" serve >"$work/server.log" 2>&1 &
server=$!
started+=("$server")
wait_for 60 answers "http://127.0.0.1:$port/readyz"

resident() { awk -v name="$1:" '$1 == name { printf "%d MiB", $2 / 1024 }' "/proc/$server/status"; }
ask_server() { curl --silent --show-error --fail --header 'authorization: Bearer demo-auditor' "http://127.0.0.1:$port$1" "${@:2}"; }
# How long the file in this form takes, and what the server holds at most meanwhile. What the export's record says has to be true.
download() {
    # From here on the kernel counts the peak anew.
    echo 5 >"/proc/$server/clear_refs"
    ask_server "/exports/disbursements.$1" --dump-header "$work/head" --output "$work/file" --write-out "$1: %{time_total} s, %{size_download} bytes"
    local id
    id=$(tr -d '\r' <"$work/head" | awk 'tolower($1) == "htc-export-id:" { print $2 }')
    ask_server "/exports/$id" --output "$work/record"
    printf ', at most %s resident; %s\n' "$(resident VmHWM)" "$(
        python3 - "$work/file" "$work/record" <<'PYTHON'
import hashlib, json, sys

with open(sys.argv[1], "rb") as file:
    digest = hashlib.file_digest(file, "sha256").hexdigest()
record = json.load(open(sys.argv[2]))["export"]
if record.get("sha256") != digest:
    sys.exit(f"the file is {digest}: {record}")
totals = {each["column"]: each["total"]["amount"] for each in record["totals"]}
print(record["rows"], "rows,", ", ".join(f"{column} {total}" for column, total in totals.items()))
PYTHON
    )"
}
measure() {
    local form
    say "$(releases) releases; the server has $(resident VmRSS)"
    for form in csv jsonl xlsx; do say "$(download $form)"; done
}

logged 0
measure
logged -1
# The statement of the first page, with its values and without its limit.
python3 - "$work/postgres.log" >"$work/statement.sql" <<'PYTHON'
import re, sys

log = open(sys.argv[1], encoding="utf-8").read()
found = re.search(r'execute \S+: (.*"releases" AS .* LIMIT \$\d+.*)\n.*DETAIL:  [Pp]arameters: (.*)\n', log)
statement, values = found.group(1), dict(re.findall(r"(\$\d+) = ('(?:[^']|'')*'|NULL)", found.group(2)))
statement = re.sub(r" LIMIT \$\d+", "", statement)
print("COPY (" + re.sub(r"\$\d+", lambda place: values[place.group()], statement) + ") TO STDOUT")
PYTHON

say "loading $lines lines"
ask --set lines="$lines" --file tests/measure/disbursements.sql >"$work/load"
measure
for _ in 1 2 3; do
    start=$(date +%s.%N)
    ask --file "$work/statement.sql" >"$work/copied"
    say "psql COPY of the same statement: $(python3 -c "import time; print(round(time.time() - $start, 1))") s, $(wc -l <"$work/copied") rows"
done
say "released and not revoked, by the ledger: $(ask --command "SELECT sum(CASE kind WHEN 'REVOKE' THEN -amount_minor ELSE amount_minor END)
    FROM ledger_transfer WHERE kind IN ('RELEASE', 'RELEASE_RETENTION', 'REVOKE')")"
