#!/usr/bin/env bash
# Builds the Jenkins plugin and runs its tests on Jenkins, where the Jenkins project's Maven repository can be reached.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

options=(-B -ntp -Dstyle.color=never)
if ! timeout 300 mvn "${options[@]}" -q -f jenkins/pom.xml validate >/dev/null 2>&1; then
  echo "the plugin was left out: the parent POM of Jenkins plugins cannot be had here"
  exit 77
fi
mvn "${options[@]}" -q -Dquick -Dmaven.test.skip=true -pl core,workspace -am install
# The parent asks for a newer Maven than Debian's only to make releases.
# A class of tests shares one Jenkins, and its time limit (in seconds) is that of the class.
mvn "${options[@]}" -Denforcer.skip -Dcasc -Djenkins.test.timeout=600 -f jenkins/pom.xml verify
[[ -s jenkins/target/sluice.hpi ]]
