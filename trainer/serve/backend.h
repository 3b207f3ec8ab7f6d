// Backends: what the server asks of models. All calls come from the server's
// one model thread, one at a time.

#ifndef TRAINER_SERVE_BACKEND_H_
#define TRAINER_SERVE_BACKEND_H_

#include <boost/assert/source_location.hpp>
#include <boost/system/result.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace trainer::serve {

enum class BackendErrorKind {
  kAbsent,   // the model is not there yet: 503, ask again
  kRefused,  // this request cannot be served: 400
  kTooLong,  // of a reward: the response does not fit into the model: score 0
  kStopped,  // the server ends: 503
  kFailed,   // a defect, or a model that cannot be read: 500
};

struct BackendError {
  BackendError() = default;
  BackendError(BackendErrorKind kind_in, std::string detail_in)
      : kind(kind_in), detail(std::move(detail_in)) {}

  BackendErrorKind kind = BackendErrorKind::kFailed;
  std::string detail{};  // one sentence
};

// What result<T, BackendError>::value() does with an error: a defect of the
// caller, who must ask first. Throws std::logic_error.
[[noreturn]] void throw_exception_from_error(const BackendError& error,
                                             const boost::source_location&);

template <typename T>
using BackendResult = boost::system::result<T, BackendError>;

struct RewardRequest {
  std::string prompt{};
  std::string response{};
};

class RewardBackend {
 public:
  RewardBackend() = default;
  RewardBackend(const RewardBackend&) = delete;
  RewardBackend& operator=(const RewardBackend&) = delete;
  virtual ~RewardBackend() = default;

  // The logit of each, in their order. Blocks. What is thrown fails them all.
  [[nodiscard]] virtual std::vector<BackendResult<double>> Score(
      std::span<const RewardRequest> requests) = 0;
};

// How completions are drawn: as trainer/rollout/generator.h has it.
struct Sampling {
  double temperature = 1.0;
  double top_p = 1.0;
  std::optional<std::int64_t>
      max_tokens{};  // none: what the model has room for
  std::vector<std::string> stop{};

  bool operator==(const Sampling&) const = default;
};

struct GenerateRequest {
  std::string prompt{};
  std::uint64_t seed = 0;  // of this completion's draws
};

struct Token {
  std::string text{};    // bytes: a character may take several tokens
  double logprob = 0.0;  // under logits / temperature, before top-p
};

struct Generated {
  std::int64_t prompt_tokens = 0;
  std::vector<Token> tokens{};  // the end of text, or of a stop, among them
  bool at_length = false;       // it ended at max_tokens
};

class TextBackend {
 public:
  // Called as tokens are drawn, `index` the request's; false ends the call.
  using OnToken = std::function<bool(std::size_t index, const Token& token)>;

  TextBackend() = default;
  TextBackend(const TextBackend&) = delete;
  TextBackend& operator=(const TextBackend&) = delete;
  virtual ~TextBackend() = default;

  // One completion of each, in their order; after `on_token` said so all are
  // kStopped. Blocks. What is thrown fails them all.
  [[nodiscard]] virtual std::vector<BackendResult<Generated>> Generate(
      std::span<const GenerateRequest> requests, const Sampling& sampling,
      const OnToken& on_token) = 0;
};

// The models of a server, by the names that clients use.
struct Backends {
  std::map<std::string, std::unique_ptr<RewardBackend>, std::less<>> rewards{};
  std::map<std::string, std::unique_ptr<TextBackend>, std::less<>> texts{};
};

}  // namespace trainer::serve

#endif  // TRAINER_SERVE_BACKEND_H_
