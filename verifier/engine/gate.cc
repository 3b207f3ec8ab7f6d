#include "verifier/engine/gate.h"

#include <optional>
#include <string>

namespace verifier::engine {
namespace {

using Checks = std::vector<protocol::CheckResult>;

enum class State { kOpen, kClosed, kUnknown };

const char* NameOf(State state) {
  switch (state) {
    case State::kOpen:
      return "open";
    case State::kClosed:
      return "closed";
    case State::kUnknown:
      break;
  }
  return "unknown";
}

// What the checks called `name` say of a gate that wants them at `at_least`, or
// under it. One that is there and does not do closes it, whatever is unknown.
State StateBy(const std::string& name, double at_least, bool under,
              const Checks& checks) {
  State state = State::kOpen;
  for (const protocol::CheckResult& check : checks) {
    if (check.checker != name) continue;
    if (!check.score) {
      state = State::kUnknown;
    } else if ((*check.score >= at_least) == under) {
      return State::kClosed;
    }
  }
  return state;
}

State StateOf(const rewards::ProfileCheck& rule, const Checks& checks) {
  State state = State::kOpen;
  for (const bool under : {false, true}) {
    for (const std::string& name : under ? rule.unless : rule.only_if) {
      const State by = StateBy(name, rule.at_least, under, checks);
      if (by == State::kClosed) return State::kClosed;
      if (by == State::kUnknown) state = State::kUnknown;
    }
  }
  return state;
}

}  // namespace

void ApplyGates(const std::vector<const rewards::ProfileCheck*>& rules,
                Checks& checks) {
  const Checks before = checks;  // gates look at what was judged
  for (std::size_t i = 0; i < checks.size(); ++i) {
    if (rules[i] == nullptr || !rules[i]->has_gate()) continue;
    const State state = StateOf(*rules[i], before);
    checks[i].gate = NameOf(state);
    if (state == State::kClosed) checks[i].weight *= rules[i]->otherwise;
    if (state == State::kUnknown && checks[i].weight != 0.0) {
      checks[i].outcome = "not_judged";
      checks[i].score.reset();
      checks[i].evidence.clear();
      checks[i].detail = {{"reason", "its gate was not judged"}};
    }
  }
}

}  // namespace verifier::engine
