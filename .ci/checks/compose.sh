#!/usr/bin/env bash
# docker-compose.yml is valid, and refuses to start without a password. No image is built: that needs a
# container engine, which continuous integration does not have.
source "$(dirname "$0")/../lib.sh"

command -v docker-compose >/dev/null || skip "no docker-compose here"
: >"$work/no-variables"
compose() { env -u HTC_POSTGRES_PASSWORD "$@" docker-compose --file docker-compose.yml --env-file "$work/no-variables" config; }

compose HTC_POSTGRES_PASSWORD=example >"$work/valid" || fail "docker-compose.yml is not valid"
compose >/dev/null 2>"$work/refused" && fail "it starts without a password"
grep -q 'HTC_POSTGRES_PASSWORD\|set it in the environment' "$work/refused" || fail "$(cat "$work/refused")"
say "valid; without HTC_POSTGRES_PASSWORD refused ($(docker-compose version --short))"
