// ScoreRun: items from a reader, through a scorer, as results in input order.
// One thread reads and hands out; at most kWindowItems items and about
// kWindowBytes bytes of them are in memory, however long the input is.

#ifndef VERIFIER_CLI_SCORE_RUN_H_
#define VERIFIER_CLI_SCORE_RUN_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "verifier/cli/item_reader.h"
#include "verifier/cli/scorer.h"
#include "verifier/cli/wakeup.h"

namespace verifier::cli {

class ScoreRun {
 public:
  static constexpr std::size_t kWindowItems = 8'192;
  static constexpr std::size_t kWindowBytes = std::size_t{128} << 20;

  enum class End {
    kDone,
    kInterrupted,   // SIGINT
    kReadFailed,    // see error()
    kServerFailed,  // see error()
    kSinkFailed,    // on_result or on_idle said so
  };

  struct Events {
    // The next result in input order, and its line. False: stop.
    std::function<bool(std::size_t line, const protocol::ScoreResult&)>
        on_result;
    // Before the run waits, and about ten times a second: nothing more can be
    // handed out now. `bytes`: of the input whose results were handed out.
    std::function<bool(std::uint64_t bytes)> on_idle;
  };

  // `input_fd` is what `reader` reads. All are borrowed.
  ScoreRun(ItemReader& reader, int input_fd, Scorer& scorer, Wakeup& wakeup);

  // Scores at most `limit` items. Blocks until the end of the input. The
  // scorer may still be at work when it returns early; it must be destroyed
  // before `wakeup`.
  [[nodiscard]] End Run(std::size_t limit, const Events& events);

  [[nodiscard]] const std::string& error() const { return error_; }

 private:
  struct Slot {
    std::size_t line = 0;
    std::size_t bytes = 0;
    std::optional<protocol::ScoreResult> result{};
  };
  // What scorer threads hand back. Shared: they may outlive the run.
  struct Inbox {
    std::mutex mutex;
    std::vector<std::pair<std::uint64_t, protocol::ScoreResult>> results;
  };

  // Reads and starts items until the window is full or nothing is there.
  bool Read();
  void StartBatch();
  void TakeResults();
  bool HandOut(const Events& events);
  [[nodiscard]] bool MayRead() const;

  ItemReader& reader_;
  int input_fd_;
  Scorer& scorer_;
  Wakeup& wakeup_;

  std::shared_ptr<Inbox> inbox_ = std::make_shared<Inbox>();
  std::deque<Slot> window_;
  std::uint64_t first_ = 0;       // number of the item at the window's front
  std::size_t window_bytes_ = 0;  // of the input
  std::vector<protocol::Item> batch_;
  std::size_t left_ = 0;  // items that may still be read
  bool at_end_ = false;
  std::uint64_t bytes_done_ = 0;
  std::string error_;
};

}  // namespace verifier::cli

#endif  // VERIFIER_CLI_SCORE_RUN_H_
