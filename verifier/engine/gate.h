// Gate: what the checks of a profile make of each other once all are judged.
// Pure; any thread.

#ifndef VERIFIER_ENGINE_GATE_H_
#define VERIFIER_ENGINE_GATE_H_

#include <vector>

#include "rewards/profile.h"
#include "verifier/protocol/score_result.h"

namespace verifier::engine {

// Applies `rules` to `checks`, one each; a null rule is of no profile. A check
// whose gate is closed has its weight cut; one whose gate was not judged
// becomes not judged where it has a weight, so that its item does. Requires: as
// many rules as checks.
void ApplyGates(const std::vector<const rewards::ProfileCheck*>& rules,
                std::vector<protocol::CheckResult>& checks);

}  // namespace verifier::engine

#endif  // VERIFIER_ENGINE_GATE_H_
