#!/usr/bin/env bash
# From a fresh clone to a model that learnt: installs what is missing, builds,
# starts assayd on a free port of this machine, scores examples/items.jsonl
# through it, then trains examples/arithmetic.toml from nothing (pretraining,
# cold start, reinforcement learning with rewards from that assayd), prints what
# each stage reached on held-out problems, stops assayd. Exit 0: every example
# was judged, and reinforcement learning raised pass@1 by 15 points at least.
set -euo pipefail
cd "$(dirname "$0")"

bin=build/release/bin
out=build/quickstart
jobs=${ASSAY_JOBS:-$(nproc)}

./setup.sh
echo "quickstart: building (some minutes the first time)"
cmake --preset release --log-level=WARNING
cmake --build --preset release -j "$jobs" --target assayd assay assay-train

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

echo "quickstart: training a small model from nothing (some minutes)"
"$bin/assay-train" run examples/arithmetic.toml --server "$url" \
  --runs-dir "$out/runs" --clean --expect-gain 0.15 "$@"

run=$out/runs/arithmetic
cat <<TXT

Scores: $out/items.scored.jsonl
Run:    $run/summary.json, metrics.jsonl, completions/, checkpoints/
Next:   $bin/assay-train generate --model $run/checkpoints/rl 'What is 27+48' -n 3
        $bin/assay check-answer '1/2' 'So it is \\boxed{0.5}.'
        $bin/assayd &    # keep the service running, for any trainer
TXT
