// FaultFinder: whose fault it is that a server gave no good answer on an item.
// Thread-safe.
//
// An item that never reached the server is `not_judged`. One that the server
// had in its hands is not judged by that: the server is asked a control
// question, the same without the answer, while nobody else asks it anything. If
// that fails too, the server is broken: `not_judged`. Else the item is asked
// again, alone; what is answered now counts, and a second failure, with a
// control question answered after it, is the answer's: `timeout` or `wrong`.

#ifndef REWARDS_HTTP_FAULT_H_
#define REWARDS_HTTP_FAULT_H_

#include <chrono>
#include <functional>
#include <mutex>
#include <shared_mutex>
#include <string>

#include "rewards/checker.h"
#include "rewards/http/http_connection.h"
#include "rewards/plugin/rest.h"

namespace rewards::http {

// What came of one question.
struct Asked {
  HttpReply::Kind kind = HttpReply::Kind::kUnreachable;
  Verdict verdict{};     // where kAnswered
  std::string reason{};  // elsewhere
};

class FaultFinder {
 public:
  // Asks, and reads the answer. A bad one is kFailed.
  using Question = std::function<Asked(Clock::time_point deadline)>;

  // `who` begins the reasons: "the server". `deadline`: for one question, and
  // for a server that does not take connections after an item to come back.
  FaultFinder(std::string who, std::chrono::milliseconds deadline)
      : who_(std::move(who)), deadline_(deadline) {}
  FaultFinder(const FaultFinder&) = delete;
  FaultFinder& operator=(const FaultFinder&) = delete;

  // Blocks up to five times min(budget, `deadline`), and as long again for each
  // item that is asked alone before this one.
  [[nodiscard]] Verdict Judge(const Question& question, const Question& control,
                              const Budget& budget);

 private:
  [[nodiscard]] Verdict JudgeAlone(const Question& question,
                                   const Question& control, Asked failed,
                                   Clock::duration time);
  [[nodiscard]] bool IsHealthy(const Question& control) const;
  [[nodiscard]] Verdict NotJudged(const std::string& reason) const;
  [[nodiscard]] Verdict Provoked(const Asked& failed) const;

  const std::string who_;
  const std::chrono::milliseconds deadline_;
  plugin::Rest rest_;
  std::mutex door_;           // held by who is alone, so that nobody follows
  std::shared_mutex inside_;  // shared by those who ask, whole for who is alone
};

}  // namespace rewards::http

#endif  // REWARDS_HTTP_FAULT_H_
