#!/usr/bin/env bash
# A real milestone history through the same commands, on both databases: the summary is the same on
# both, a second run changes nothing, and the books add up afterwards.
source "$(dirname "$0")/../lib.sh"

history=$reference/w3f/milestones.csv
[[ -r $history ]] || skip "no $history"
[[ -x $executable ]] || cargo build --quiet --locked --package api

# replay NAME ADDRESS: twice, and the books after it.
replay() {
    local name=$1 start=$SECONDS run
    export HTC_DATABASE_URL=$2 HTC_DATA_DIR=$work/$name
    mkdir -p "$HTC_DATA_DIR"
    "$executable" migrate >"$work/$name.migrate" 2>&1 || { cat "$work/$name.migrate"; fail "$name: migrate"; }
    for run in first second; do
        "$executable" replay "$history" --nominal-amount 1000000 >"$work/$name.$run" 2>"$work/$name.$run.log" ||
            { tail -n 20 "$work/$name.$run" "$work/$name.$run.log"; fail "$name: $run replay"; }
    done
    "$executable" verify >"$work/$name.verify" 2>&1 || { cat "$work/$name.verify"; fail "$name: verify"; }
    say "$name: replayed twice and verified in $((SECONDS - start)) s"
}

replay sqlite "sqlite://$work/sqlite/healthtech-challenge.db"
start_postgres
replay postgres "$database_url"

diff --unified "$work/sqlite.first" "$work/postgres.first" || fail "the two databases tell different histories"
diff --unified "$work/sqlite.second" "$work/postgres.second" || fail "the two databases tell different second runs"
say "both databases tell the same:"
cat "$work/sqlite.first"
tail -n 3 "$work/sqlite.verify"
