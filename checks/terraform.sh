#!/usr/bin/env bash
# Plan, review, apply with the real terraform: what is applied is what was reviewed, and a changed plan is refused.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

type -P terraform >/dev/null || { echo 'there is no terraform on the PATH' && exit 77; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -R test-fixtures/terraform/. "$work"
sluice=$PWD/sluice
export CI=true

expect() {
  local wanted=$1 code=0
  shift
  "$@" || code=$?
  [[ $code == "$wanted" ]] || { echo "exit code $code instead of $wanted: $*" && exit 1; }
}

expect 4 "$sluice" run "$work"
expect 0 "$sluice" approve 1 review -C "$work" --as ada
expect 0 "$sluice" resume 1 -C "$work"
grep -q 'hello' "$work/.sluice/runs/1/logs/infrastructure.apply.log"

expect 4 "$sluice" run "$work"
expect 0 "$sluice" approve 2 review -C "$work" --as ada
digest=$("$sluice" show 2 -C "$work" --format json | grep -A1 'plan.tfplan' | grep -o '[0-9a-f]\{64\}' | head -1)
blob=$work/.sluice/store/sha256/${digest:0:2}/${digest:2}
chmod u+w "$blob"
printf 'changed' >>"$blob"
expect 3 "$sluice" resume 2 -C "$work"
echo 'a changed plan was refused'
