#!/usr/bin/env bash
# Runs test-fixtures/image on a Docker engine of its own: own socket, own data, own network namespace, an image made from busybox.
# What else needs an engine is run by the shared library, and by the command line beside it.
# Exit code 77, with the reason as the last line, where this machine cannot do that.
set -euo pipefail
here=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
skip() { echo "$1" && exit 77; }

[[ $(id -u) == 0 ]] || skip 'starting a Docker engine needs root'
if ! type -P dockerd busybox >/dev/null; then
  type -P apt-get >/dev/null || skip 'there is no dockerd, and no apt-get to install it'
  { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq -y install --no-install-recommends docker.io busybox-static; } >/dev/null 2>&1 ||
    skip 'docker.io and busybox-static could not be installed'
fi

# Docker's own client: another one may come first, and it cannot build without a plugin.
[[ ! -x /usr/bin/docker ]] || PATH=/usr/bin:$PATH
work=$(mktemp -d)
engine=
stop() {
  if [[ -s $work/pid ]]; then
    kill "$(cat "$work/pid")" 2>/dev/null || true
  fi
  [[ -z $engine ]] || wait "$engine" || true
  grep -o "$work[^ ]*" /proc/mounts | sort -r | xargs -r umount -l 2>/dev/null || true
  rm -rf "$work"
}
trap stop EXIT
export SLUICE_CHECK_IMAGE=sluice-check:1
export DOCKER_HOST=unix://$work/docker.sock
unshare --net dockerd -H "$DOCKER_HOST" --data-root "$work/data" --exec-root "$work/exec" -p "$work/pid" \
  --iptables=false --ip-forward=false --ip-masq=false >"$work/log" 2>&1 &
engine=$!
for ((i = 0; ; i++)); do
  docker version >/dev/null 2>&1 && break
  ((i < 100)) && kill -0 $engine 2>/dev/null || skip "dockerd does not start here: $(tail -n 1 "$work/log")"
  sleep 0.2
done
mkdir "$work/image"
cp "$(type -P busybox)" "$work/image/busybox"
printf 'FROM scratch\nCOPY busybox /bin/busybox\nRUN ["/bin/busybox", "--install", "-s", "/bin"]\n' >"$work/image/Dockerfile"
docker build -q --network=none -t sluice-check:1 "$work/image" || skip 'this kernel does not let Docker run containers'

cp -R "$here/test-fixtures/image" "$work/repository"
code=0
SLUICE_SECRET_TOKEN=s3cr3t-token "$here/sluice" run "$work/repository" --param image=sluice-check:1 --progress plain >"$work/out" 2>&1 || code=$?
cat "$work/out"
expect() { grep -qE "$1" "$work/out" || { echo "expected: $1" && exit 1; }; }
[[ $code == 1 ]] || { echo "expected exit code 1, because slow/hang takes too long, but it is $code" && exit 1; }
expect 'app/build +succeeded'
expect 'app/use +succeeded'
expect 'app/outside +succeeded'
expect 'the token is \*\*\*\*'
expect 'slow/hang +failed .*timed out after 2s'
! grep -q s3cr3t "$work/out"
[[ -z $(docker ps -aq) ]] || { echo 'a container was left behind' && docker ps -a && exit 1; }

# The shared library does the same with them as the command line.
if ! mvn -q -B -ntp -Dstyle.color=never -Dquick -f "$here/pom.xml" -pl library-test -am test -Dtest=ConformanceTest -Dgroups=engine \
  -Dtest.excluded= -Dsurefire.failIfNoSpecifiedTests=false >"$work/out" 2>&1; then
  cat "$work/out" && exit 1
fi
[[ -z $(docker ps -aq) ]] || { echo 'the library left a container behind' && docker ps -a && exit 1; }
echo 'scripts ran in containers, which are gone; so they do by the shared library'
