#!/usr/bin/env bash
# Sets up, builds and runs every test. Exit 0: all passed.
#
#   ./test.sh          the dev build with every test, then the same tests under
#                      the address and undefined-behaviour sanitizers, then under
#                      the thread sanitizer
#   ./test.sh dev      one preset only (dev, asan or tsan)
#
# ASSAY_DATA names a folder with published data sets (`data`, `cases`); without it
# the tests that read them are skipped, and say so.
set -euo pipefail
cd "$(dirname "$0")"

presets=("$@")
[ ${#presets[@]} -gt 0 ] || presets=(dev asan tsan)
jobs=${ASSAY_JOBS:-$(nproc)}

./setup.sh
for preset in "${presets[@]}"; do
  echo "== $preset: configure and build"
  cmake --preset "$preset" --log-level=WARNING
  cmake --build --preset "$preset" -j "$jobs"
  if [ "$preset" = dev ]; then
    cmake --build --preset dev -j "$jobs" --target all_verify_interface_header_sets
  fi
  echo "== $preset: test"
  ctest --preset "$preset" -j "$jobs" --no-tests=error
done
echo "== all tests passed: ${presets[*]}"
