#include "trainer/stages/run.h"

#include "trainer/rollout/reward_source.h"
#include "trainer/stages/run_error.h"
#include "trainer/stages/runner.h"

namespace trainer {

RunResult ExecuteRun(const Recipe& recipe, const RunOptions& options,
                     Comm& comm) {
  try {
    return Runner(recipe, options, comm).Run();
  } catch (const RewardUnavailable& gone) {
    throw RunError(ExitCode::kUnreachable, gone.what());
  }
}

}  // namespace trainer
