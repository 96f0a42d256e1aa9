#!/usr/bin/env bash
# Builds, tests, copies from and publishes the images of test-fixtures/images with Docker and with Podman, and looks at what is
# left behind. Both engines and the registry are of its own, below a directory of its own, in a network of its own that has
# nothing but its loopback. Exit code 77, with the reason as the last line, where this machine cannot do that.
set -euo pipefail
here=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
skip() { echo "$1" && exit 77; }
fail() { echo "FAILED: $1" && exit 1; }

[[ $(id -u) == 0 ]] || skip 'starting a Docker engine needs root'
if ! type -P dockerd docker-registry podman runc busybox ip >/dev/null; then
  type -P apt-get >/dev/null || skip 'Docker, Podman or a registry is missing, and there is no apt-get to install it'
  { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq -y install --no-install-recommends \
    docker.io docker-registry podman runc busybox-static iproute2; } >/dev/null 2>&1 ||
    skip 'docker.io, docker-registry and podman could not be installed'
fi
if [[ -z ${SLUICE_CHECK_NETWORK-} ]]; then
  "$here/sluice" version >/dev/null # builds it, which may need the network that is left now
  unshare --net true 2>/dev/null || skip 'this kernel does not allow a network of its own'
  SLUICE_CHECK_NETWORK=own exec unshare --net "$0" "$@"
fi
ip link set lo up

# Docker's own client: another one may come first, and it cannot build without a plugin.
docker=docker
[[ ! -x /usr/bin/docker ]] || docker=/usr/bin/docker
work=$(mktemp -d)
registry=127.0.0.1:5051 closed=127.0.0.1:5052
pids=()
stop() {
  for pid in "${pids[@]}"; do
    kill "$pid" 2>/dev/null && wait "$pid" || true
  done
  grep -o "$work[^ ]*" /proc/mounts | sort -r | xargs -r umount -l 2>/dev/null || true
  rm -rf "$work"
}
trap stop EXIT

export DOCKER_HOST=unix://$work/docker.sock DOCKER_CONFIG=$work/docker-config
export CONTAINERS_CONF=$work/containers.conf CONTAINERS_STORAGE_CONF=$work/storage.conf
export CONTAINERS_REGISTRIES_CONF=$work/registries.conf
mkdir "$work/docker-config"
echo '{}' >"$DOCKER_CONFIG/config.json"
printf '[storage]\ndriver = "overlay"\ngraphroot = "%s"\nrunroot = "%s"\n' "$work/podman" "$work/podman-run" >"$CONTAINERS_STORAGE_CONF"
# The limits, and no service manager: this may itself be a container.
printf '[containers]\ndefault_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]\nnetns = "host"\n[engine]\nruntime = "runc"\ncgroup_manager = "cgroupfs"\nevents_logger = "file"\n' >"$CONTAINERS_CONF"
printf 'unqualified-search-registries = []\n' >"$CONTAINERS_REGISTRIES_CONF"
printf 'version: 0.1\nstorage: {filesystem: {rootdirectory: "%s"}}\nhttp: {addr: "%s"}\n' "$work/registry" "$registry" >"$work/registry.yml"

# until_ok LOG PID COMMAND...: waits for a service.
until_ok() {
  local log=$1 pid=$2
  shift 2
  for ((i = 0; ; i++)); do
    "$@" >/dev/null 2>&1 && break
    ((i < 100)) && kill -0 "$pid" 2>/dev/null || skip "a service does not start here: $(tail -n 1 "$log")"
    sleep 0.2
  done
}
# The second one asks for a password.
printf 'version: 0.1\nstorage: {filesystem: {rootdirectory: "%s"}}\nhttp: {addr: "%s"}\nauth: {htpasswd: {realm: check, path: "%s"}}\n' \
  "$work/closed" "$closed" "$work/htpasswd" >"$work/closed.yml"
echo "pusher:$(perl -e 'print crypt("s3cr3t-password", q($2b$10$abcdefghijklmnopqrstuu))')" >"$work/htpasswd"
for name in registry closed; do
  docker-registry serve "$work/$name.yml" >"$work/$name.log" 2>&1 &
  pids+=($!)
  until_ok "$work/$name.log" $! bash -c "exec 3<>/dev/tcp/$(sed 's|:|/|' <<<"${!name}")"
done
dockerd -H "$DOCKER_HOST" --data-root "$work/docker" --exec-root "$work/docker-exec" -p "$work/docker.pid" \
  --iptables=false --ip-forward=false --ip-masq=false >"$work/docker.log" 2>&1 &
pids+=($!)
until_ok "$work/docker.log" $! "$docker" version

mkdir "$work/base"
cp "$(type -P busybox)" "$work/base/busybox"
printf 'FROM scratch\nCOPY busybox /bin/busybox\nRUN ["/bin/busybox", "--install", "-s", "/bin"]\n' >"$work/base/Dockerfile"
for engine in "$docker" podman; do
  "$engine" build -q --network=none -t localhost/sluice-check-base:1 "$work/base" ||
    skip "this kernel does not let $engine run containers"
done
export SLUICE_SECRET_TOKEN=s3cr3t-token
printf 'a key with\ntwo lines' >"$work/key"
export SLUICE_SECRET_KEY_FILE=$work/key
printf 'registry: {host: "%s", repository: sluice}\n' "$registry" >"$work/site.yaml"
printf 'registry: {host: "%s", repository: sluice}\n' "$closed" >"$work/anonymous.yaml"
printf 'registry: {host: "%s", repository: sluice, credential: pusher}\n' "$closed" >"$work/pusher.yaml"
export SLUICE_SECRET_PUSHER_USERNAME=pusher SLUICE_SECRET_PUSHER_PASSWORD=s3cr3t-password

# sluice ARGUMENT...: runs it on a copy of the fixture; $code and $work/out say what came of it.
sluice() {
  code=0
  "$here/sluice" "$@" "$work/repository" --param base=localhost/sluice-check-base:1 \
    --param foreign="$("$engine" image inspect --format '{{.Id}}' localhost/sluice-check-base:1)" \
    --progress plain >"$work/out" 2>&1 || code=$?
  cat "$work/out"
}
expect() { grep -qE -- "$1" "$work/out" || fail "$engine: expected: $1"; }
expect_not() { ! grep -qE -- "$1" "$work/out" || fail "$engine: not expected: $1"; }
expect_code() { [[ $code == "$1" ]] || fail "$engine: expected exit code $1, but it is $code"; }
# Nothing of any run is left; what belongs to others is.
expect_clean() {
  local left
  left=$("$engine" ps -a --filter label=sluice.run --format '{{.Names}}' | grep -v '^someone-elses$' || true)
  left+=$("$engine" images -a --filter label=sluice.run --format '{{.ID}} {{.Repository}}')
  [[ -z $left ]] || fail "$engine: left behind: $left"
  "$engine" image inspect localhost/sluice-check-base:1 >/dev/null 2>&1 || fail "$engine: the base image is gone"
  "$engine" container inspect someone-elses >/dev/null 2>&1 || fail "$engine: the container of someone else is gone"
}
# await TEXT: until the run that is in the background says so.
await() {
  for ((i = 0; i < 300; i++)); do
    ! grep -q "$1" "$work/out" || return 0
    sleep 0.1
  done
  cat "$work/out" && fail "$engine: it never said '$1'"
}
# begin: a run that waits in a container, in the background; its process is $pid.
begin() {
  : >"$work/out"
  set -m # without it, what is in the background would not hear Ctrl-C
  "$here/sluice" run "$work/repository" --pipeline slow --param base=localhost/sluice-check-base:1 --param registry=$registry \
    --progress plain >"$work/out" 2>&1 &
  pid=$!
  set +m
  await 'it waits'
}

for engine in "$docker" podman; do
  echo "== $engine"
  export SLUICE_CONTAINER_ENGINE=$engine
  rm -rf "$work/repository"
  cp -R "$here/test-fixtures/images" "$work/repository"
  # It has the label of a run, as a container has that somebody made from a published image.
  "$engine" create --name someone-elses --label sluice.run=none localhost/sluice-check-base:1 true >/dev/null

  sluice run --pipeline api --pipeline web
  expect_code 0
  expect 'the token is \*\*\*\*'
  expect_not s3cr3t-token
  [[ -z $(find "$work/repository" -name '*.dockerignore') ]] || fail "$engine: excludes were written into the tree"
  expect_clean

  mv "$work/repository" "$work/images"
  cp -R "$here/test-fixtures/pipelinelib" "$work/repository"
  cp "$(type -P busybox)" "$work/repository/busybox"
  ZUUL_BRANCH='main; echo hacked' sluice run
  expect_code 0
  expect '22 succeeded'
  [[ -z $(find "$work/repository" -name '*.dockerignore') ]] || fail "$engine: excludes were written into the tree"
  expect_clean
  rm -rf "$work/repository"
  mv "$work/images" "$work/repository"

  sluice run --pipeline odd
  expect_code 1
  expect 'odd/fails +failed.*exit code 125'
  expect 'odd/hangs +failed.*timed out after 3s'
  expect 'odd/starts +failed.*/none'
  expect 'odd/absolute +failed.*link.*leads out of what is copied'
  expect 'odd/upwards +failed.*leads out of what is copied'
  expect 'odd/alien +failed.*not one of this run'
  expect 'odd/foreign +failed.*was not built in this run'
  expect 'odd/unbuilt +failed.*exit code'
  expect_clean

  begin
  kill -INT "$pid"
  code=0
  wait "$pid" || code=$?
  cat "$work/out"
  expect_code 130
  expect_clean

  begin
  kill -KILL "$pid"
  wait "$pid" || true
  [[ -n $("$engine" ps -q --filter label=sluice.run) ]] || fail "$engine: the container should run on"
  sluice run --pipeline web
  expect_code 0
  expect_clean

  # What waits keeps its image, for a later process to go on with or to remove.
  sluice run --pipeline gated
  expect_code 4
  [[ -n $("$engine" images -q --filter label=sluice.run) ]] || fail "$engine: the image should wait with the run"
  sluice run --pipeline web
  expect_code 0
  (cd "$work/repository" && "$here/sluice" approve 6 go && "$here/sluice" resume 6 --progress plain) >"$work/out" 2>&1 ||
    { cat "$work/out" && fail "$engine: the run does not go on"; }
  expect 'it was kept'
  expect_clean
  sluice run --pipeline gated
  "$here/sluice" clean "$work/repository" --waiting
  expect_clean

  "$engine" rm -f someone-elses >/dev/null
done

for engine in "$docker" podman; do
  export SLUICE_CONTAINER_ENGINE=$engine
  "$engine" create --name someone-elses localhost/sluice-check-base:1 true >/dev/null
  sluice run --pipeline api --pipeline web --pipeline release --site "$work/site.yaml" --param registry=$registry
  expect_code 0
  expect_clean
  other=podman tls=--tls-verify=false
  [[ $engine != podman ]] || other=$docker tls=
  for image in api web; do
    name=$(grep -oE "published $registry/sluice/shop/$image@sha256:[0-9a-f]{64}" "$work/out" | head -n 1)
    "$other" pull $tls "${name#published }"
    [[ $("$other" run --rm --entrypoint cat "${name#published }" /srv/$([[ $image == api ]] && echo test.sh || echo page.html)) == \
      "$(cat "$here/test-fixtures/images/$image/"{test.sh,page.html} 2>/dev/null)" ]] || fail "$engine: $name is something else"
    "$other" rmi "${name#published }" >/dev/null
  done

  sluice run --pipeline web --pipeline api --pipeline release --site "$work/anonymous.yaml" --param registry=$closed
  expect_code 3
  expect 'release/publishApi.*errored.*could not be pushed.*(no basic auth|unauthorized|authentication required)'
  expect_clean

  sluice run --pipeline web --pipeline api --pipeline release --site "$work/pusher.yaml" --param registry=$closed
  expect_code 0
  expect_not s3cr3t-password
  expect_clean
  "$engine" rm -f someone-elses >/dev/null
done
echo 'images were built, run, copied from and published, and all of them are gone'
