#!/usr/bin/env bash
set -euo pipefail
if grep -n 'jquery-1' public/index.html; then
  echo "audit: jQuery 1 is out of date"
  exit 1
fi
