// RunVoice: what a run says to people, on rank 0: lines, and the steps of the
// stage that runs. Not thread-safe, but for Say.

#ifndef TRAINER_STAGES_RUN_VOICE_H_
#define TRAINER_STAGES_RUN_VOICE_H_

#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "trainer/report/step_printer.h"
#include "trainer/stages/run.h"

namespace trainer {

class RunVoice {
 public:
  // `options` must outlive it. Any rank but 0 is mute.
  RunVoice(const RunOptions& options, int rank);

  // A line of its own. Any thread.
  void Say(const std::string& line);
  void SayAll(const std::vector<std::string>& lines);

  // Until End, Update shows how far what `title` names is.
  void Begin(const std::string& header, const std::string& title);
  void Update(const std::string& line, const StepProgress& progress);
  void End();

 private:
  const RunOptions& options_;
  bool mute_;
  std::mutex mutex_;
  std::optional<StepPrinter> printer_;
};

}  // namespace trainer

#endif  // TRAINER_STAGES_RUN_VOICE_H_
