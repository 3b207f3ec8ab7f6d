// CompletionRequest: the body of POST /v1/completions and of POST
// /v1/chat/completions, in OpenAI's words. Thread-safe: no state.

#ifndef TRAINER_SERVE_COMPLETION_REQUEST_H_
#define TRAINER_SERVE_COMPLETION_REQUEST_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "trainer/serve/api_error.h"
#include "trainer/serve/backend.h"
#include "trainer/serve/serve_options.h"

namespace trainer::serve {

// Tokens of a completion where /v1/completions does not say, as OpenAI has it.
// A chat goes on for as long as the model has room, up to limit.max_tokens.
inline constexpr std::int64_t kDefaultMaxTokens = 16;

// Strings of `stop`, at most, and bytes of each.
inline constexpr std::size_t kMaxStops = 16;
inline constexpr std::size_t kMaxStopBytes = 1'024;

struct CompletionRequest {
  bool chat = false;
  std::string model{};
  std::vector<std::string> prompts{};  // as the model sees them; one of a chat
  std::int64_t n = 1;                  // completions of each prompt
  Sampling sampling{};
  std::optional<std::uint64_t> seed{};  // none: another one each time
  bool stream = false;
  bool stream_usage = false;  // a last chunk with the usage
  bool logprobs = false;      // of the sampled tokens; /v1/completions only

  [[nodiscard]] std::size_t choices() const {
    return prompts.size() * static_cast<std::size_t>(n);
  }

  // What the model is asked: n of each prompt, in their order, each with a seed
  // that follows from `base` and its number.
  [[nodiscard]] std::vector<GenerateRequest> Requests(std::uint64_t base) const;
};

// Refuses what would be ignored: unknown members, and known ones with a value
// other than their default that the models cannot do (penalties, tools, ...).
// Of logprobs only 0 and 1: there are those of the sampled tokens.
[[nodiscard]] ApiResult<CompletionRequest> ParseCompletion(
    bool chat, std::string_view body, const ServeOptions& options);

}  // namespace trainer::serve

#endif  // TRAINER_SERVE_COMPLETION_REQUEST_H_
