// Backends for tests, without a model: a reward is what its response says, a
// text model says its prompt again, one byte a token.

#ifndef TESTS_TRAINER_SERVE_BACKENDS_H_
#define TESTS_TRAINER_SERVE_BACKENDS_H_

#include <algorithm>
#include <atomic>
#include <charconv>
#include <condition_variable>
#include <limits>
#include <mutex>
#include <stdexcept>
#include <string>
#include <vector>

#include "trainer/serve/backend.h"

namespace trainer::serve::testing {

// Holds the model thread up for as long as it is closed.
class Gate {
 public:
  void Close() { Set(false); }
  void Open() { Set(true); }
  void Pass() {
    std::unique_lock lock(mutex_);
    ++waiting_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return open_; });
    --waiting_;
  }
  // Until somebody stands before it.
  void AwaitVisitor() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return waiting_ > 0; });
  }

 private:
  void Set(bool open) {
    const std::lock_guard lock(mutex_);
    open_ = open;
    changed_.notify_all();
  }
  std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = true;
  int waiting_ = 0;
};

// The logit is the response read as a number; "absent", "refused", "long",
// "throw" and "few" are failures.
class NumberReward : public RewardBackend {
 public:
  std::vector<BackendResult<double>> Score(
      std::span<const RewardRequest> requests) override {
    gate.Pass();
    largest = std::max(largest.load(), requests.size());
    ++calls;
    std::vector<BackendResult<double>> logits;
    for (const RewardRequest& one : requests) {
      if (one.response == "throw") throw std::runtime_error("it broke");
      if (one.response == "few") return {};
      logits.push_back(LogitOf(one));
    }
    return logits;
  }

  Gate gate;
  std::atomic<std::size_t> largest = 0;
  std::atomic<int> calls = 0;

 private:
  static BackendResult<double> LogitOf(const RewardRequest& one) {
    using Kind = BackendErrorKind;
    if (one.response == "absent") return BackendError(Kind::kAbsent, "not yet");
    if (one.response == "refused") return BackendError(Kind::kRefused, "no");
    if (one.response == "long") return BackendError(Kind::kTooLong, "too long");
    if (one.response == "nan") return std::numeric_limits<double>::quiet_NaN();
    if (one.response == "inf") return std::numeric_limits<double>::infinity();
    double logit = 0.0;
    std::from_chars(one.response.data(),
                    one.response.data() + one.response.size(), logit);
    return logit;
  }
};

// Token i of a completion is byte i of its prompt, with log-prob -seed % 7 - i.
// Ends at a stop, at max_tokens, or with the prompt. The prompt "absent" is a
// failure.
class Echo : public TextBackend {
 public:
  std::vector<BackendResult<Generated>> Generate(
      std::span<const GenerateRequest> requests, const Sampling& sampling,
      const OnToken& on_token) override {
    ++calls;
    std::vector<BackendResult<Generated>> all;
    for (std::size_t i = 0; i < requests.size(); ++i) {
      all.push_back(One(i, requests[i], sampling, on_token));
    }
    return all;
  }

  Gate gate;  // before each token
  std::atomic<int> calls = 0;
  std::atomic<int> tokens = 0;

 private:
  BackendResult<Generated> One(std::size_t index,
                               const GenerateRequest& request,
                               const Sampling& sampling,
                               const OnToken& on_token) {
    if (request.prompt == "absent") {
      return BackendError(BackendErrorKind::kAbsent, "not yet");
    }
    Generated done;
    done.prompt_tokens = static_cast<std::int64_t>(request.prompt.size());
    std::string text;
    for (const char c : request.prompt) {
      if (sampling.max_tokens &&
          static_cast<std::int64_t>(text.size()) == *sampling.max_tokens) {
        done.at_length = true;
        break;
      }
      gate.Pass();
      const Token token{std::string(1, c),
                        -static_cast<double>(request.seed % 7) -
                            static_cast<double>(text.size())};
      text += c;
      ++tokens;
      done.tokens.push_back(token);
      if (!on_token(index, token)) {
        return BackendError(BackendErrorKind::kStopped, "it was stopped");
      }
      const bool stop = std::any_of(
          sampling.stop.begin(), sampling.stop.end(),
          [&](const std::string& one) { return text.ends_with(one); });
      if (stop) break;
    }
    return done;
  }
};

}  // namespace trainer::serve::testing

#endif  // TESTS_TRAINER_SERVE_BACKENDS_H_
