#!/usr/bin/env bash
# journal.sh [STAGES] [ROUNDS]: what the journal costs. The same run of stages that do nothing, with its state on the disk (each
# step synced) and in memory (/dev/shm, where a sync costs nothing), interleaved in one session; and how many syncs there were.
set -euo pipefail
here=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
stages=${1:-1000} rounds=${2:-5}
type -P hyperfine >/dev/null || { echo 'journal.sh: needs hyperfine (Debian: hyperfine)' >&2; exit 77; }
work=$(mktemp -d)
memory=$(mktemp -d /dev/shm/sluice.XXXXXX)
trap 'rm -rf "$work" "$memory"' EXIT
mkdir -p "$work/.pipeline"
awk -v n="$stages" 'BEGIN {
  print "version: 1\npipelines:\n  p:\n    stages:"
  for (i = 0; i < n; i++) print "      - {name: s" i ", needs: [], script: \"true\"}"
}' >"$work/.pipeline/config.yaml"
cd "$work"
sluice="$here/sluice run --quiet --progress plain --jobs $(nproc)"
hyperfine -N --warmup 1 --runs "$rounds" --prepare "rm -rf $work/state $memory/state" \
  -n disk "$sluice --state $work/state" -n memory "$sluice --state $memory/state"
rm -rf "$work/state"
if type -P strace >/dev/null; then
  strace -f -qq -c -e trace=fdatasync,fsync -o "$work/syncs" $sluice --state "$work/state" >/dev/null
  awk '/sync$/ { print $4 " " $NF }' "$work/syncs"
fi
printf '%s events\n' "$(wc -l <"$work/state/runs/1/journal")"
