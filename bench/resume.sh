#!/usr/bin/env bash
# resume.sh [STAGES] [ROUNDS]: the time from `sluice resume` to the first continued stage of a run of which so many stages are done.
set -euo pipefail
here=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
stages=${1:-1000} rounds=${2:-7}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/.pipeline"
awk -v n="$stages" 'BEGIN {
  print "version: 1\npipelines:\n  p:\n    stages:"
  for (i = 0; i < n; i++) {
    print "      - {name: s" i ", needs: [], script: \"true\"}"
    needs = needs (i ? ", " : "") "s" i
  }
  print "      - {name: review, needs: [" needs "], gate: {message: Go on}}"
  print "      - {name: first, needs: [review], script: \"date +%s%N > $SLUICE_WORKSPACE/../../first\"}"
}' >"$work/.pipeline/config.yaml"
cd "$work"
export CI=true
"$here/sluice" run --quiet >/dev/null || [[ $? == 4 ]]
"$here/sluice" approve 1 review >/dev/null
cp -R .sluice saved
for ((i = 0; i < rounds; i++)); do
  rm -rf .sluice && cp -R saved .sluice
  start=$(date +%s%N)
  "$here/sluice" version >/dev/null
  java=$((($(date +%s%N) - start) / 1000000))
  start=$(date +%s%N)
  "$here/sluice" resume 1 --quiet >/dev/null
  printf 'to the first continued stage: %d ms; a start of Sluice that does nothing: %d ms\n' \
    $((($(cat .sluice/runs/1/first) - start) / 1000000)) "$java"
done
