#!/usr/bin/env bash
# From a fresh clone to DeepSeek-R1 in miniature: installs what is missing,
# builds, starts assayd on a free port of this machine, scores
# examples/items.jsonl through it, then trains examples/r1.toml from nothing:
# R1-Zero, cold start, reasoning RL and its ablation, rejection sampling, RL for
# all scenarios, distillation. Prints what each stage reached on held-out
# problems and stops what it started. Exit 0: every example was judged, and
# R1-Zero is 30 points over its base at least.
#
#   ./quickstart.sh                      one seed
#   ./quickstart.sh --set profile=full   longer stages, three seeds
#   ./quickstart.sh --set KEY=VALUE ...  goes to `assay-train run`
set -euo pipefail
cd "$(dirname "$0")"

bin=build/release/bin
out=build/quickstart
jobs=${ASSAY_JOBS:-$(nproc)}
# Two processes share the work where there are two cores.
ranks=$(($(nproc) >= 2 ? 2 : 1))
seeds=(0)
[[ " $* " == *" profile=full "* ]] && seeds=(0 1 2)

./setup.sh
echo "quickstart: building (some minutes the first time)"
cmake --preset release --log-level=WARNING
cmake --build --preset release -j "$jobs" --target assayd assay assay-train

started=()
stop() {
  for process in "${started[@]}"; do
    kill -TERM "$process" 2>/dev/null && wait "$process" || true
  done
  started=()
}
trap stop EXIT

# start NAME COMMAND...: in the background; `url` is what it says when ready.
start() {
  local name=$1 process
  shift
  mkdir -p "$out"
  : >"$out/$name.log"
  "$@" 2>"$out/$name.log" &
  process=$!
  started+=("$process")
  url=
  for _ in $(seq 100); do
    url=$(sed -nE 's/^(assayd ready|assay-train serving) on //p' \
      "$out/$name.log" | head -n 1)
    [ -z "$url" ] || return 0
    kill -0 "$process" 2>/dev/null || break
    sleep 0.1
  done
  cat "$out/$name.log" >&2
  echo "quickstart: $name was not ready in 10 s" >&2
  return 1
}

# The reward models that a run trains are served from where it leaves them;
# assayd asks them as it asks any checker.
start_services() {
  local run=$1
  start serve "$bin/assay-train" serve --listen 127.0.0.1:0 --threads 1 --batch 1 \
    --reward "helpful=$run/checkpoints/helpful" \
    --reward "safety=$run/checkpoints/safety"
  cat >"$out/assayd.toml" <<TOML
[http.helpful]
url = "$url/v1/reward/helpful"
part = "answer"
[http.safety]
url = "$url/v1/reward/safety"
TOML
  start assayd "$bin/assayd" --config "$out/assayd.toml" --listen 127.0.0.1:0
  echo "quickstart: assayd is ready on $url"
}

result=0
runs=()
for seed in "${seeds[@]}"; do
  name=r1
  [ ${#seeds[@]} -eq 1 ] || name=r1-seed$seed
  start_services "$out/runs/$name"
  if [ ${#runs[@]} -eq 0 ]; then
    "$bin/assay" score examples/items.jsonl --server "$url" --table \
      -o "$out/items.scored.jsonl"
  fi
  echo "quickstart: training $name from nothing"
  "$bin/assay-train" run examples/r1.toml --server "$url" --name "$name" \
    --runs-dir "$out/runs" --ranks "$ranks" --set "seed=$seed" \
    --expect-gain r1-zero:base:0.3 "$@" || result=$?
  runs+=("$out/runs/$name")
  stop
done

cat <<TXT

Scores: $out/items.scored.jsonl
Runs:   ${runs[*]}: report.html, summary.json, metrics.jsonl, data/, checkpoints/
Next:   $bin/assay-train generate --model ${runs[0]}/checkpoints/r1 'What is 27+48' -n 3
        $bin/assay check-answer '1/2' 'So it is \\boxed{0.5}.'
        $bin/assayd &    # keep the service running, for any trainer
TXT
exit "$result"
