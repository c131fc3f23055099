#!/usr/bin/env bash
# The lock files name the public registries or none: never a mirror that only one network can reach.
source "$(dirname "$0")/../lib.sh"

cargo metadata --locked --format-version 1 --no-deps >/dev/null || fail "Cargo.lock does not fit Cargo.toml"
foreign=$(grep '^source = ' Cargo.lock | grep -vxF 'source = "registry+https://github.com/rust-lang/crates.io-index"' || true)
[[ -z $foreign ]] || fail "Cargo.lock: $(sort -u <<<"$foreign")"
say "Cargo.lock: $(grep -c '^source = ' Cargo.lock) crates, all from crates.io"

while read -r file; do
    python3 - "$file" <<'PYTHON' || fail "$file: 'npm install --omit-lockfile-registry-resolved' leaves addresses out"
import json, sys
packages = json.load(open(sys.argv[1]))["packages"]
public = "https://registry.npmjs.org/"
foreign = [p["resolved"] for p in packages.values() if not p.get("resolved", public).startswith(public)]
unhashed = [name for name, p in packages.items() if name and not p.get("link") and "integrity" not in p]
sys.exit("\n".join(foreign + unhashed) or None)
PYTHON
    say "$file: public or no addresses, every package with its hash"
done < <(git ls-files --cached --others --exclude-standard '*package-lock.json')
