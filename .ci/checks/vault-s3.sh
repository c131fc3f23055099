#!/usr/bin/env bash
# The vault on an S3-compatible store: moto's server (PyPI) on loopback, and the store's own tests on it.
source "$(dirname "$0")/../lib.sh"

version=5.2.5
environment=$cache/moto-$version
if [[ ! -x $environment/bin/moto_server ]]; then
    # Debian's pip installs nothing into the system: a virtual environment of our own.
    python3 -m venv "$environment"
    "$environment/bin/pip" install --quiet --disable-pip-version-check "moto[server]==$version"
fi

port=$(free_port)
endpoint=http://127.0.0.1:$port
"$environment/bin/moto_server" -H 127.0.0.1 -p "$port" >"$work/moto.log" 2>&1 &
started+=($!)
wait_for 60 answers "$endpoint/moto-api/"

# The keys are moto's: it takes any.
export AWS_ACCESS_KEY_ID=testing AWS_SECRET_ACCESS_KEY=testing AWS_DEFAULT_REGION=us-east-1
"$environment/bin/python" -c 'import boto3, sys
boto3.client("s3", endpoint_url=sys.argv[1]).create_bucket(Bucket="evidence")' "$endpoint"

HTC_TEST_S3_ENDPOINT=$endpoint HTC_TEST_S3_BUCKET=evidence \
    cargo test --quiet --locked --package api --test stories vault_s3 -- --nocapture 2>&1 | tee "$work/tests"
grep -qE 'test result: ok\. [1-9][0-9]* passed' "$work/tests" || fail "no test of the vault ran"

objects=$("$environment/bin/python" -c 'import boto3, sys
print(boto3.client("s3", endpoint_url=sys.argv[1]).list_objects_v2(Bucket="evidence")["KeyCount"])' "$endpoint")
((objects > 0)) || fail "the tests passed and left nothing in the bucket: did they skip?"
say "moto $version: the vault's tests passed and left $objects object(s) in the bucket"
