#!/usr/bin/env bash
# Installs what Assay builds with: Debian packages, and LibTorch from PyPI into
# a cache folder (cmake/libtorch.sh). Safe to run twice and to interrupt. Exits 0
# when everything is there.
#
#   ./setup.sh               everything
#   ./setup.sh --no-trainer  without LibTorch: assayd and assay only
set -euo pipefail
cd "$(dirname "$0")"

# One list. Boost is named with its version: Debian's unversioned Boost packages
# (1.74) and these push each other out, hence also --no-remove below.
packages=(
  g++ cmake ninja-build ccache pkg-config git ca-certificates
  libboost1.81-dev libboost-json1.81-dev libboost-url1.81-dev
  libboost-system1.81-dev libboost-filesystem1.81-dev
  libssl-dev zlib1g-dev
  libseccomp-dev libcap-dev
  libre2-dev libicu-dev
  libflint-dev libflint-arb-dev libantic-dev libcalcium-dev libgmp-dev libmpfr-dev
  libcli11-dev libtomlplusplus-dev libspdlog-dev libfmt-dev
  prometheus-cpp-dev
  libkainjow-mustache-dev libjs-chart.js
  libgtest-dev libgmock-dev libbenchmark-dev
  python3 python3-pip binutils
  libjavatuples-java
)

libtorch() {
  [ "$trainer" = no ] || cmake/libtorch.sh
}

trainer=yes
case "${1:-}" in
  "") ;;
  --no-trainer) trainer=no ;;
  *) echo "setup: unknown argument '$1'; allowed: --no-trainer" >&2; exit 2 ;;
esac

missing=()
for package in "${packages[@]}"; do
  status=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)
  [ "$status" = installed ] || missing+=("$package")
done
if [ ${#missing[@]} -eq 0 ]; then
  echo "setup: all ${#packages[@]} packages are installed"
  libtorch
  exit 0
fi

if [ "$(id -u)" -eq 0 ]; then
  as_root=()
elif command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
  as_root=(sudo)
else
  echo "setup: ${#missing[@]} packages are missing, and installing needs root. Run this once as root:" >&2
  echo "apt-get update && apt-get install -y --no-remove --no-install-recommends ${missing[*]}" >&2
  exit 1
fi

apt() {
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 "$@"
}

echo "setup: installing ${#missing[@]} packages: ${missing[*]}"
"${as_root[@]}" dpkg --configure -a  # finish what an interrupted run left
apt update -qq
apt install -y -qq --no-remove --no-install-recommends "${missing[@]}"
libtorch
echo "setup: done"
