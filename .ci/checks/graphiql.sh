#!/usr/bin/env bash
# The demonstration opened in a real browser: headless Chromium loads GraphiQL from the server alone,
# takes a persona by one click and runs a query in it. Any request to another host fails the check.
source "$(dirname "$0")/../lib.sh"

command -v chromium >/dev/null || skip "no chromium here"
command -v npm >/dev/null || skip "no npm here"
[[ -x $executable ]] || cargo build --quiet --locked --package api

# The browser's driver is installed outside the tree, from the lock file.
driver=$cache/chromium
mkdir -p "$driver"
cp .ci/chromium/{package.json,package-lock.json,.npmrc,graphiql.mjs} "$driver"
npm ci --prefix "$driver" --silent --no-audit --no-fund

port=$(free_port)
# No database address: that is what makes it the demonstration.
env -u HTC_DATABASE_URL HTC_LISTEN="127.0.0.1:$port" HTC_DATA_DIR="$work/data" \
    "$executable" serve >"$work/server.log" 2>&1 &
started+=($!)
wait_for 120 answers "http://127.0.0.1:$port/readyz"

node "$driver/graphiql.mjs" "http://127.0.0.1:$port/" || { tail -n 20 "$work/server.log"; fail "see above"; }
