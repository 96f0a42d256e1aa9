#!/usr/bin/env bash
# carry.sh [MIB] [ROUNDS]: what it costs to carry an artifact from one stage to another, against cp of the same file.
# The same two stages run with the artifact and without it; what their attempts take longer with it is the carry: keep, restore,
# and the digest on both sides.
set -euo pipefail
here=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
mib=${1:-1024} rounds=${2:-3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
head -c "${mib}M" /dev/urandom >"$work/big.bin"
for kind in with without; do
  mkdir -p "$work/$kind/.pipeline"
  {
    printf 'version: 1\npipelines:\n  p:\n    stages:\n'
    printf "      - name: make\n        script: cp '%s/big.bin' big.bin\n" "$work"
    [[ $kind == without ]] || printf '        artifacts: [big.bin]\n'
    printf '      - {name: use, agent: other, script: "true"}\n'
  } >"$work/$kind/.pipeline/config.yaml"
done
stamps() { grep -o "\"$1\" : \"[^\"]*\"" "$2" | cut -d'"' -f4; }
# attempts KIND: how long the attempts of a new run took together, in milliseconds.
attempts() {
  (cd "$work/$1" && "$here/sluice" run --quiet --progress plain >/dev/null)
  local report=("$work/$1"/.sluice/runs/*/report.json) start end sum=0
  # The first stamps are those of the run itself.
  while read -r start end; do
    sum=$((sum + $(date -d "$end" +%s%3N) - $(date -d "$start" +%s%3N)))
  done < <(paste <(stamps startedAt "${report[-1]}" | tail -n +2) <(stamps endedAt "${report[-1]}"))
  echo $sum
}
copied() {
  local start
  start=$(date +%s%3N)
  cp "$work/big.bin" "$work/copy.bin"
  echo $(($(date +%s%3N) - start))
  rm "$work/copy.bin"
}
for ((round = 0; round <= rounds; round++)); do
  rm -rf "$work"/with*/.sluice
  a=$(attempts with) b=$(attempts without) c=$(copied)
  ((round > 0)) || continue # the first round warms caches up
  awk -v mib="$mib" -v a="$a" -v b="$b" -v c="$c" 'BEGIN {
    carry = a - b
    printf "with %d ms, without %d ms: carry %d ms (%d MiB/s); cp %d ms (%d MiB/s); ratio %.2f\n",
      a, b, carry, mib * 1000 / carry, c, mib * 1000 / c, carry / c
  }'
done
