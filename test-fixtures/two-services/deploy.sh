#!/usr/bin/env bash
# deploy.sh SERVICE VERSION FILE [TARGET]: installs a file into a directory, as a deployment would onto a server.
set -euo pipefail
service=$1 version=$2 file=$3 target=${4:-${TMPDIR:-/tmp}/sluice-two-services-$(id -un)}
mkdir -p "$target/$service"
cp -f "$file" "$target/$service/"
echo "$version" > "$target/$service/VERSION"
echo "deployed $service $version to $target/$service"
