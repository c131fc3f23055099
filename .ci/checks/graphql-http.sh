#!/usr/bin/env bash
# The public audits of the GraphQL-over-HTTP specification, all of them, against the demonstration.
source "$(dirname "$0")/../lib.sh"

command -v npm >/dev/null || skip "no npm here"
[[ -x $executable ]] || cargo build --quiet --locked --package api

# The audits are installed outside the tree, from the lock file.
audits=$cache/graphql-http
mkdir -p "$audits"
cp .ci/graphql-http/{package.json,package-lock.json,.npmrc,audit.mjs} "$audits"
npm ci --prefix "$audits" --silent --no-audit --no-fund

port=$(free_port)
env -u HTC_DATABASE_URL HTC_LISTEN="127.0.0.1:$port" HTC_DATA_DIR="$work/data" \
    "$executable" serve >"$work/server.log" 2>&1 &
started+=($!)
wait_for 120 answers "http://127.0.0.1:$port/readyz"

node "$audits/audit.mjs" "http://127.0.0.1:$port/graphql" || { tail -n 20 "$work/server.log"; fail "see above"; }
