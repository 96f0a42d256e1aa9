#!/usr/bin/env bash
# Tabs and blanks at line ends are not wanted.
set -euo pipefail
if grep -rnE $'\t|[ ]+$' src test; then
  echo "lint: found tabs or trailing blanks" >&2
  exit 1
fi
echo "lint: $(find src test -name '*.java' | wc -l) files are clean"
