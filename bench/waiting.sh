#!/usr/bin/env bash
# waiting.sh [RUNS]: what runs cost that wait at a gate: processes, memory, disk, and the time of commands beside so many.
set -euo pipefail
here=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
runs=${1:-1000}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/.pipeline" "$work/src"
cat >"$work/.pipeline/config.yaml" <<'YAML'
version: 1
pipelines:
  p:
    stages:
      - {name: build, script: 'cat src/* | sha256sum > sum.txt', artifacts: [sum.txt]}
      - {name: review, gate: {message: 'Deploy?', show: [sum.txt], timeout: 30d}}
      - {name: deploy, agent: other, script: cat sum.txt}
YAML
for i in $(seq 100); do head -c 10000 /dev/urandom >"$work/src/$i"; done
cd "$work"
export CI=true
for ((i = 0; i < runs; i++)); do
  "$here/sluice" run --quiet >/dev/null || [[ $? == 4 ]]
done
printf 'processes of Sluice: %s\n' "$(pgrep -fc "io.jenkins.plugins.sluice.cli.Main" || true)"
printf 'disk of %s waiting runs: %s KiB, of which artifacts and sources: %s KiB\n' "$runs" \
  "$(du -sk .sluice | cut -f1)" "$(du -sk .sluice/store | cut -f1)"
time_of() {
  local start
  start=$(date +%s%N)
  "$here/sluice" "$@" >/dev/null
  printf '%-28s %5d ms\n' "sluice $1 ${2:-}" $((($(date +%s%N) - start) / 1000000))
}
time_of version
time_of gates
time_of runs --limit "$runs"
time_of approve "$runs" review
time_of resume "$runs"
# For comparison: a process that waits.
"$here/sluice" run --at-gates wait --quiet >/dev/null &
until grep -q gate-opened ".sluice/runs/$((runs + 1))/journal" 2>/dev/null; do sleep 0.1; done
printf 'memory of a process that was told to wait: %s KiB\n' "$(awk '/VmRSS/ { print $2 }' "/proc/$!/status")"
"$here/sluice" approve last review >/dev/null
wait
