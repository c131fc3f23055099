#!/usr/bin/env bash
# A client's proof: public tools look over the schema and the scenes, generate typed documents from both,
# and a client that uses them compiles.
source "$(dirname "$0")/../lib.sh"

command -v npm >/dev/null || skip "no npm here"

# The tools are installed outside the tree, from the lock file; schema and scenes are laid beside them.
client=$cache/client
mkdir -p "$client"
rm -rf "$client"/{operations,generated}
cp .ci/client/{package.json,package-lock.json,.npmrc,tsconfig.json,codegen.mjs,eslint.config.mjs,client.ts} "$client"
cp -r graphql/schema.graphql graphql/operations "$client"
npm ci --prefix "$client" --silent --no-audit --no-fund

cd "$client"
npx --no-install eslint --max-warnings 0 schema.graphql 'operations/*.graphql' || fail "docs/API-DESIGN.md says what the linter asks"
npx --no-install graphql-codegen --config codegen.mjs >"$work/codegen.log" 2>&1 || { cat "$work/codegen.log"; fail "no client can be generated"; }
npx --no-install tsc || fail "the generated client does not compile"
say "$(grep -c '^export const [A-Za-z]*Document' generated/graphql.ts) operations typed by @graphql-codegen and compiled by tsc; the schema passes @graphql-eslint"
