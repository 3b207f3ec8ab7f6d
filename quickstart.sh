#!/usr/bin/env bash
# From a fresh clone to scored answers: installs what is missing, builds, starts
# assayd on a free port of this machine, scores examples/items.jsonl through it,
# prints the verdicts, stops assayd. Exit 0: every example was judged.
set -euo pipefail
cd "$(dirname "$0")"

bin=build/release/bin
out=build/quickstart
jobs=${ASSAY_JOBS:-$(nproc)}

./setup.sh --no-trainer
echo "quickstart: building (a few minutes the first time)"
cmake --preset release --log-level=WARNING -DASSAY_TRAINER=OFF
cmake --build --preset release -j "$jobs" --target assayd assay

mkdir -p "$out"
: >"$out/assayd.log"
"$bin/assayd" --listen 127.0.0.1:0 2>"$out/assayd.log" &
assayd=$!
stop() { kill -TERM "$assayd" 2>/dev/null && wait "$assayd" || true; }
trap stop EXIT

url=
for _ in $(seq 100); do
  url=$(sed -n 's/^assayd ready on //p' "$out/assayd.log" | head -n 1)
  [ -n "$url" ] && break
  kill -0 "$assayd" 2>/dev/null || { cat "$out/assayd.log" >&2; exit 1; }
  sleep 0.1
done
[ -n "$url" ] || { echo "quickstart: assayd was not ready in 10 s" >&2; exit 1; }
echo "quickstart: assayd is ready on $url"

"$bin/assay" score examples/items.jsonl --server "$url" --table \
  -o "$out/items.scored.jsonl"

cat <<TXT

Scored over HTTP; the results are in $out/items.scored.jsonl.
Next:   $bin/assayd &                                     # keep the service running
        $bin/assay check-answer '1/2' 'So it is \\boxed{0.5}.'
        $bin/assay score examples/items.jsonl             # the same, without a server
TXT
