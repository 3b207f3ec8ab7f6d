#!/usr/bin/env bash
# Fetches what the tests check the service with, into a cache folder outside the
# checkout: promtool, unpacked from Debian's package `prometheus` (installing it
# would start a server), and schemathesis from PyPI, with all it needs pinned in
# tools.txt. Safe to run twice, to interrupt, and to run twice at once.
#
#   tests/e2e/tools.sh          fetch where missing
#   tests/e2e/tools.sh --where  print the two folders, a line each
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

home=${HOME:-$(getent passwd "$(id -u)" | cut -d: -f6)}
cache=${ASSAY_CACHE:-${XDG_CACHE_HOME:-$home/.cache}/assay}
promtool=$cache/promtool
schemathesis=$cache/schemathesis-$(sha256sum "$here/tools.txt" | cut -c1-8)
if [ "${1:-}" = --where ]; then
  printf '%s\n' "$promtool/usr/bin" "$schemathesis"
  exit 0
fi

mkdir -p "$cache"
exec 9>"$cache/tools.lock"
flock 9  # a second one waits here, then finds the work done
work=$(mktemp -d "$cache/tools.XXXXXX")
trap 'rm -rf "$work"' EXIT

if [ ! -x "$promtool/usr/bin/promtool" ]; then
  echo "tools: fetching promtool (43 MB) into $promtool"
  # apt holds the package against the signed lists, as for an installation.
  download() (cd "$work" && apt-get -q -o APT::Sandbox::User=root download prometheus)
  download || { [ "$(id -u)" -eq 0 ] && apt-get -q update && download; }
  dpkg-deb -x "$work"/prometheus_*.deb "$work/promtool"
  rm "$work/promtool/usr/bin/prometheus"
  rm -rf "$promtool"
  mv "$work/promtool" "$promtool"
fi
if [ ! -d "$schemathesis" ]; then
  echo "tools: fetching schemathesis into $schemathesis"
  /usr/bin/python3 -m pip install --quiet --disable-pip-version-check --no-deps \
    --root-user-action=ignore --only-binary=:all: --target "$work/schemathesis" \
    --requirement "$here/tools.txt"
  mv "$work/schemathesis" "$schemathesis"
fi
