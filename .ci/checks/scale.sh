#!/usr/bin/env bash
# Five hundred awards with their whole histories beside the demonstration, on PostgreSQL; killed on the
# way and taken up again. What is left is whole awards, and the books are in order.
source "$(dirname "$0")/../lib.sh"

[[ -x $executable ]] || cargo build --quiet --locked --package api
start_postgres
export HTC_DATABASE_URL=$database_url HTC_DATA_DIR=$work/data
mkdir "$HTC_DATA_DIR"
in_order() { "$executable" verify >"$work/verify" 2>&1 || { tail -n 40 "$work/verify"; fail "verify $1"; }; }
ask() { psql --no-psqlrc --tuples-only --no-align --host "$work/postgres" --username postgres --command "$1"; }
awards() { ask "SELECT count(*) FROM award WHERE number LIKE 'SCALE-%'"; }
some_are_there() { (($(awards) >= 20)); }

"$executable" migrate >"$work/migrate" 2>&1 || { cat "$work/migrate"; fail "migrate"; }
start=$SECONDS
"$executable" seed --scale 500 >"$work/killed" 2>&1 &
seeding=$!
started+=("$seeding")
wait_for 300 some_are_there
kill -KILL "$seeding"
wait "$seeding" 2>/dev/null || true
left=$(awards)
((left < 500)) || fail "it was done before it was killed"
in_order "after a kill"
say "killed with $left awards there: the books are in order"

"$executable" seed --scale 500 >"$work/seed" 2>"$work/seed.log" || { tail -n 20 "$work/seed" "$work/seed.log"; fail "seed"; }
say "seeded and taken up again in $((SECONDS - start)) s"
cat "$work/seed"
(($(awards) == 500)) || fail "$(awards) awards are there"
say "tranches: $(ask "SELECT string_agg(state || ' ' || count, ', ' ORDER BY state) FROM (SELECT tranche.state, count(*) FROM tranche
    JOIN award ON award.id = tranche.award_id WHERE award.number LIKE 'SCALE-%' GROUP BY tranche.state) states")"
start=$SECONDS
in_order "in the end"
say "verified in $((SECONDS - start)) s"
tail -n 3 "$work/verify"

# More than a thousand groups are no report on screen; gathered by less, the same lines are.
address=http://127.0.0.1:$(free_port)
HTC_DEMONSTRATION=true HTC_LISTEN=${address#http://} "$executable" serve >"$work/serve.log" 2>&1 &
started+=($!)
wait_for 60 answers "$address/readyz"
gathered() {
    curl --silent --show-error --get "$address/graphql" --header 'authorization: Bearer demo-auditor' \
        --data-urlencode "query={ disbursementReport(by: [$1]) { groups { lines } totals { lines } } }"
}
wide=$(gathered 'AWARD, BUDGET_YEAR, KIND, STATE')
[[ $wide == *REPORT_TOO_WIDE* ]] || fail "a report of every award, year, kind and state: ${wide:0:400}"
by_award=$(gathered AWARD)
gathered_lines=$(python3 -c 'import json, sys
report = json.loads(sys.argv[1])["data"]["disbursementReport"]
lines = [group["lines"] for group in report["groups"]]
assert [sum(lines)] == [total["lines"] for total in report["totals"]], report["totals"]
print(f"{sum(lines)} lines of {len(lines)} awards")' "$by_award") || fail "by award: ${by_award:0:400}"
say "too wide by award, year, kind and state; by award $gathered_lines"
