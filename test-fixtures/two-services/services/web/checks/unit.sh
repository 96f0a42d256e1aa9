#!/usr/bin/env bash
set -euo pipefail
grep -q '@GREETING@' public/index.html
echo "the page has a place for the greeting"
