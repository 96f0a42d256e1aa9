#!/usr/bin/env bash
# bench/branches.sh COUNT DIRECTORY: makes a Git repository whose pipeline is that many stages side by side, each one `sh`, for a job
# of Jenkins; and beside it two scripts for Pipeline jobs without Sluice: plain.groovy takes nothing but `node` and `sh` in each branch,
# same.groovy all that Sluice takes. Compare the durations that Jenkins shows for the builds.
set -euo pipefail
count=$1 directory=$2
mkdir -p "$directory/repository/.pipeline"
directory=$(cd -P "$directory" && pwd)
{
  printf 'version: 1\npipelines:\n  many:\n    stages:\n'
  for ((i = 0; i < count; i++)); do
    printf "      - {name: s%s, needs: [], script: 'true'}\n" "$i"
  done
} >"$directory/repository/.pipeline/config.yaml"
echo 'sluice()' >"$directory/repository/Jenkinsfile"
git -C "$directory/repository" init -q -b main
git -C "$directory/repository" add -A
git -C "$directory/repository" -c user.name=bench -c user.email=bench@example.org commit -q -m 'many stages'
# script BODY: the branches with that in each.
script() {
  printf 'def branches = [:]\nfor (int i = 0; i < %s; i++) {\n  branches["s" + i] = { node { %s } }\n}\nparallel branches\n' "$count" "$1"
}
script "sh 'true'" >"$directory/plain.groovy"
script "deleteDir(); checkout([\$class: 'GitSCM', branches: [[name: 'main']], userRemoteConfigs: [[url: '$directory/repository']]]); stage('s') { withEnv(['CI=true']) { sh 'true' } }" \
  >"$directory/same.groovy"
