# What the checks share; sourced, never run. Everything a check starts is ended by its own process
# number when the check ends, and everything it writes lies in a folder that is removed then.

set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

check=$(basename "$0" .sh)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/healthtech-challenge
reference=${HTC_REFERENCE_DATA:-$root/../shared/data}
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$cache/target}
# Nothing is compiled a second time in one run: what a next compilation would start from only fills the disk.
export CARGO_TERM_COLOR=never CARGO_INCREMENTAL=0 CI=true INSTA_UPDATE=no
executable=$CARGO_TARGET_DIR/debug/healthtech-challenge
mkdir -p "$cache"

work=$(mktemp -d)
started=()
end_what_was_started() {
    local process
    for process in "${started[@]}"; do kill "$process" 2>/dev/null || true; done
    for process in "${started[@]}"; do wait "$process" 2>/dev/null || true; done
    rm -rf "$work"
}
trap end_what_was_started EXIT
set -E
trap 'printf "%s: FAILED in line %s\n" "$check" "$LINENO" >&2' ERR

say() { printf '%s: %s\n' "$check" "$*"; }
fail() { say "FAILED: $*" >&2; exit 1; }
skip() { say "SKIPPED: $*"; exit 0; }

# A port nobody listens on, on loopback. Another process may take it in between: then the check fails loudly.
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

# wait_for SECONDS COMMAND..: until the command succeeds.
wait_for() {
    local seconds=$1 end=$((SECONDS + $1))
    shift
    until "$@" >/dev/null 2>&1; do
        ((SECONDS < end)) || fail "waited $seconds s for: $*"
        sleep 0.2
    done
}

answers() { python3 -c 'import sys, urllib.request; urllib.request.urlopen(sys.argv[1], timeout=2)' "$1"; }

# Sets database_url to an empty PostgreSQL database: its own cluster, reached by a socket only.
start_postgres() {
    local binaries as=()
    binaries=$(dirname "$(readlink -f "$(command -v initdb || ls -d /usr/lib/postgresql/*/bin/initdb | tail -n 1)")")
    mkdir "$work/postgres"
    if ((EUID == 0)); then
        # PostgreSQL refuses to run as root.
        as=(setpriv --reuid=postgres --regid=postgres --init-groups)
        chmod 711 "$work"
        chown postgres "$work/postgres"
    fi
    "${as[@]}" "$binaries/initdb" -N -A trust --no-locale -E UTF8 -U postgres -D "$work/postgres/cluster" >"$work/initdb.log"
    "${as[@]}" "$binaries/postgres" -D "$work/postgres/cluster" -k "$work/postgres" \
        -c listen_addresses= -c fsync=off >"$work/postgres.log" 2>&1 &
    started+=($!)
    wait_for 30 "$binaries/pg_isready" -h "$work/postgres" -U postgres
    database_url="postgres://postgres@localhost/postgres?host=$work/postgres"
}
