#!/usr/bin/env bash
# cargo-deny: licences, bans and sources always; advisories against the snapshot in the reference data.
source "$(dirname "$0")/../lib.sh"

version=0.20.2
PATH=$cache/tools/bin:$PATH
if [[ $(cargo deny --version 2>/dev/null) != "cargo-deny $version" ]]; then
    say "building cargo-deny $version (about a minute, kept for the next run)"
    CARGO_TARGET_DIR=$work/cargo-deny CARGO_PROFILE_DEV_DEBUG=0 \
        cargo install --quiet --locked --debug --root "$cache/tools" "cargo-deny@$version"
fi
cargo fetch --locked --quiet

say "$(cargo deny --offline check licenses bans sources 2>&1 | tee "$work/graph" | tail -n 1)"
grep -q 'bans ok, licenses ok, sources ok' "$work/graph" || { cat "$work/graph"; fail "see above"; }

snapshot=$reference/advisory-db.tar.gz
[[ -r $snapshot ]] || skip "advisories: no $snapshot"

# cargo-deny opens a git repository in a folder named after the database's address: it says which.
# The age is not refused, since a snapshot does not get younger; it is printed instead.
sed "s#^\[advisories\]#&\ndb-path = \"$work/advisories\"\nmaximum-db-staleness = \"P10Y\"#" deny.toml >"$work/deny.toml"
advisories() { cargo deny --offline --config "$work/deny.toml" "$@" check advisories 2>&1; }
advisories --log-level debug >"$work/opening" && fail "an absent database passed"
folder=$(sed -n "s/.*Opening advisory database at '\(.*\)'.*/\1/p" "$work/opening")
[[ $folder == "$work"/* ]] || fail "cargo-deny did not say where it looks for the database"
mkdir -p "$folder"
tar -xzf "$snapshot" -C "$folder" --strip-components=1
newest=$(grep -rhoE '^date = "[0-9-]+"' "$folder/crates" | sort | tail -n 1 | cut -d '"' -f 2)
git -C "$folder" init --quiet
touch --date="$newest" "$folder/.git/FETCH_HEAD"

say "advisories: $(find "$folder/crates" -name '*.md' | wc -l) in the snapshot, the newest of $newest"
advisories >"$work/found" || { cat "$work/found"; fail "advisories apply"; }
say "$(tail -n 1 "$work/found")"
