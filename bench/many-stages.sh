#!/usr/bin/env bash
# many-stages.sh [STAGES] [ROUNDS]: the time that Sluice, GNU make and ninja take for the same random layered graph of
# stages that run `true`, interleaved in one session. Prints each wall time and the ratios of the medians.
set -euo pipefail
here=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
stages=${1:-1000} rounds=${2:-5} jobs=$(nproc)
for tool in make ninja; do
  type -P $tool >/dev/null || { echo "many-stages.sh: needs $tool (Debian: make, ninja-build)" >&2; exit 77; }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/.pipeline"
# 25 layers; every stage needs one to three stages of the layer before. The same graph each time.
awk -v n="$stages" -v dir="$work" '
  BEGIN {
    srand(7); width = int(n / 25); if (width < 1) width = 1
    yaml = dir "/.pipeline/config.yaml"; makefile = dir "/Makefile"; ninja = dir "/build.ninja"
    print "version: 1\npipelines:\n  p:\n    stages:" > yaml
    print "all:" > makefile
    print "rule t\n  command = true # $out" > ninja
    for (i = 0; i < n; i++) {
      layer = int(i / width); needs = ""; deps = ""
      if (layer > 0) {
        count = 1 + int(rand() * 3)
        for (k = 0; k < count; k++) {
          d = (layer - 1) * width + int(rand() * width)
          if (index(" " deps " ", " s" d " ") == 0) { needs = needs (needs == "" ? "" : ", ") "s" d; deps = deps " s" d }
        }
      }
      print "      - {name: s" i ", needs: [" needs "], script: \"true\"}" > yaml
      printf ".PHONY: s%d\ns%d:%s\n\t@true\nall: s%d\n", i, i, deps, i > makefile
      printf "build s%d: t%s\n", i, deps > ninja
    }
  }'
# make runs a plain `true` without any shell; a shell like those that ninja and Sluice start makes the work the same.
run_sluice() { (cd "$work" && "$here/sluice" run --jobs "$jobs" --quiet --progress plain >/dev/null); }
run_make() { make -C "$work" -s -j"$jobs" SHELL="$(type -P bash)" .SHELLFLAGS='-e -o pipefail -c' >/dev/null; }
run_makeplain() { make -C "$work" -s -j"$jobs" >/dev/null; }
run_ninja() { (cd "$work" && ninja -j"$jobs" >/dev/null); }
declare -A times
for ((round = 0; round <= rounds; round++)); do
  for tool in sluice make ninja; do
    rm -rf "$work/.sluice" "$work/.ninja_log" "$work/.ninja_deps"
    start=$(date +%s%N)
    run_$tool
    took=$((($(date +%s%N) - start) / 1000000))
    ((round == 0)) || times[$tool]+="$took " # the first round warms caches up
  done
done
median() { tr ' ' '\n' <<<"$1" | grep . | sort -n | awk '{ a[NR] = $1 } END { print a[int((NR + 1) / 2)] }'; }
for tool in sluice make ninja; do
  printf '%-7s median %5d ms   all: %s\n' $tool "$(median "${times[$tool]}")" "${times[$tool]}"
done
s=$(median "${times[sluice]}") m=$(median "${times[make]}") n=$(median "${times[ninja]}")
awk -v s="$s" -v m="$m" -v n="$n" 'BEGIN { printf "sluice / make %.2f   sluice / ninja %.2f\n", s / m, s / n }'
