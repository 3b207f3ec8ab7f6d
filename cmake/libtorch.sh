#!/usr/bin/env bash
# Fetches LibTorch: the PyPI `torch` wheel, pinned by hash, without its Python
# dependencies, and only those run-time libraries that it needs and this machine
# lacks. Unpacks into a cache folder outside the checkout. Safe to run twice, to
# interrupt, and to run twice at once. cmake/AssayTorch.cmake finds the result.
#
#   cmake/libtorch.sh          fetch where missing
#   cmake/libtorch.sh --where  print the folder
#
# Nothing is fetched where Torch_DIR names a LibTorch of yours.
set -euo pipefail

version=2.11.0
torch_sha256=7aa2f9bbc6d4595ba72138026b2074be1233186150e9292865e04b7a63b8c67a
# soname, package, version, sha256 of its wheel
runtime_libraries=(
  "libcudart.so.13 nvidia-cuda-runtime 13.0.96 7f82250d7782aa23b6cfe765ecc7db554bd3c2870c43f3d1821f1d18aebf0548"
  "libcupti.so.13 nvidia-cuda-cupti 13.0.85 4eb01c08e859bf924d222250d2e8f8b8ff6d3db4721288cf35d14252a4d933c8"
)

home=${HOME:-$(getent passwd "$(id -u)" | cut -d: -f6)}
cache=${ASSAY_CACHE:-${XDG_CACHE_HOME:-$home/.cache}/assay}
target=$cache/libtorch-$version-${torch_sha256:0:8}
if [ "${1:-}" = --where ]; then
  echo "$target"
  exit 0
fi

if [ -n "${Torch_DIR:-}" ]; then
  echo "setup: LibTorch is the one of Torch_DIR, $Torch_DIR"
  exit 0
fi
if [ -f "$target/complete" ]; then
  echo "setup: LibTorch $version is in $target"
  exit 0
fi
if [ "$(uname -m)" != x86_64 ]; then
  echo "setup: LibTorch $version is pinned for x86_64 only; set Torch_DIR to one of this machine" >&2
  exit 1
fi

mkdir -p "$cache"
exec 9>"$cache/libtorch.lock"
flock 9  # a second set-up waits here, then finds the work done
[ -f "$target/complete" ] && exit 0
work=$(mktemp -d "$cache/libtorch.XXXXXX")
trap 'rm -rf "$work"' EXIT

fetch() {  # package version sha256
  echo "$1==$2 --hash=sha256:$3" >"$work/requirement.txt"
  /usr/bin/python3 -m pip download --quiet --disable-pip-version-check --no-deps \
    --require-hashes --only-binary=:all: --python-version 3.11 \
    --platform manylinux_2_28_x86_64 --platform manylinux_2_25_x86_64 \
    --platform manylinux_2_17_x86_64 --platform manylinux2014_x86_64 \
    --dest "$work/wheels" --requirement "$work/requirement.txt"
}

unpack() {  # prefixes: of every wheel fetched, the members that begin so
  /usr/bin/python3 - "$work" "$@" <<'PY'
import glob, os, sys, zipfile
work, prefixes = sys.argv[1], tuple(sys.argv[2:])
for wheel in glob.glob(work + "/wheels/*.whl"):
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            if name.startswith(prefixes) and "libtorch_python" not in name:
                archive.extract(name, work + "/tree")
    os.remove(wheel)
PY
}

echo "setup: fetching LibTorch $version (530 MB) into $target"
fetch torch "$version" "$torch_sha256"
unpack torch/lib/ torch/include/ torch/share/

needed=$(readelf -d "$work/tree/torch/lib/libtorch_cpu.so" "$work/tree/torch/lib/libc10.so" |
  sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' | sort -u)
for soname in $needed; do
  [ -e "$work/tree/torch/lib/$soname" ] && continue
  ldconfig -p | grep -qF "	$soname " && continue
  found=
  for row in "${runtime_libraries[@]}"; do
    read -r name package package_version sha256 <<<"$row"
    if [ "$name" = "$soname" ]; then
      echo "setup: fetching $soname ($package $package_version)"
      fetch "$package" "$package_version" "$sha256"
      unpack nvidia/cu13/lib/
      found=yes
    fi
  done
  if [ -z "$found" ]; then
    echo "setup: LibTorch needs $soname, which this machine lacks" >&2
    exit 1
  fi
done

rm -rf "$work/wheels" "$target"
touch "$work/tree/complete"
chmod -R a+rX "$work/tree"
mv "$work/tree" "$target"
echo "setup: LibTorch $version is in $target"
