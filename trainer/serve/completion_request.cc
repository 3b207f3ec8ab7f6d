#include "trainer/serve/completion_request.h"

#include <algorithm>
#include <array>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include "trainer/serve/chat_frame.h"
#include "trainer/stages/seeds.h"
#include "verifier/protocol/strict_json.h"

namespace trainer::serve {
namespace {

namespace json = boost::json;
using verifier::protocol::PointerToken;

// Members that say nothing to a model.
constexpr std::array<std::string_view, 6> kIdle = {"metadata",
                                                   "prompt_cache_key",
                                                   "safety_identifier",
                                                   "service_tier",
                                                   "store",
                                                   "user"};

// Members that the models cannot do, with the JSON that asks for nothing.
struct Neutral {
  std::string_view name;
  std::string_view value;
};
constexpr std::array kNeutral = {
    Neutral{"best_of", "1"},
    Neutral{"echo", "false"},
    Neutral{"frequency_penalty", "0"},
    Neutral{"logit_bias", "{}"},
    Neutral{"min_p", "0"},
    Neutral{"presence_penalty", "0"},
    Neutral{"repetition_penalty", "1"},
    Neutral{"suffix", "\"\""},
    Neutral{"tools", "[]"},
    Neutral{"top_k", "-1"},
    Neutral{"top_logprobs", "0"},
};

// 0.0 is 0.
bool Same(const json::value& a, const json::value& b) {
  if (!a.is_number() || !b.is_number()) return a == b;
  return a.to_number<double>() == b.to_number<double>();
}

constexpr std::array<std::string_view, 11> kRead = {"model",
                                                    "n",
                                                    "temperature",
                                                    "top_p",
                                                    "max_tokens",
                                                    "stop",
                                                    "seed",
                                                    "stream",
                                                    "stream_options",
                                                    "logprobs",
                                                    "max_completion_tokens"};

// Reads one body. The first error is kept.
class Reader {
 public:
  Reader(const json::object& body, bool chat, const ServeOptions& options)
      : body_(body), chat_(chat), options_(options) {}

  ApiResult<CompletionRequest> Read() {
    request_.chat = chat_;
    CheckNames();
    const json::value* model = Find("model");
    if (model != nullptr && model->is_string()) {
      request_.model = model->get_string();
    } else {
      Fail("model", "must be a string, one of /v1/models");
    }
    if (chat_) {
      ReadMessages();
    } else {
      ReadPrompts();
    }
    ReadCounts();
    ReadSampling();
    ReadStops();
    ReadStream();
    ReadLogprobs();
    if (error_) return *error_;
    return std::move(request_);
  }

 private:
  // The value of a member, or null where it is absent or null.
  const json::value* Find(std::string_view name) const {
    const json::value* value = body_.if_contains(name);
    return value == nullptr || value->is_null() ? nullptr : value;
  }

  void Fail(std::string_view name, std::string detail) {
    if (error_) return;
    error_.emplace(400, std::move(detail));
    error_->pointer = PointerToken(name);
  }

  void CheckNames() {
    for (const auto& member : body_) {
      const std::string_view name = member.key();
      const auto is = [&](const auto& list) {
        return std::find(list.begin(), list.end(), name) != list.end();
      };
      if (name == (chat_ ? "messages" : "prompt") || is(kRead) || is(kIdle) ||
          member.value().is_null()) {
        continue;
      }
      const auto neutral =
          std::find_if(kNeutral.begin(), kNeutral.end(),
                       [&](const Neutral& one) { return one.name == name; });
      if (neutral == kNeutral.end()) {
        Fail(name, "unknown field");
      } else if (!Same(member.value(), json::parse(neutral->value))) {
        Fail(name, "is not supported: must be " + std::string(neutral->value));
      }
    }
  }

  void ReadMessages() {
    const json::value* messages = Find("messages");
    if (messages == nullptr || !messages->is_array()) {
      return Fail("messages", "must be an array of {\"role\", \"content\"}");
    }
    auto prompt = ChatPrompt(messages->get_array());
    if (prompt) {
      request_.prompts = {*std::move(prompt)};
    } else if (!error_) {
      error_ = prompt.error();
    }
  }

  void ReadPrompts() {
    const json::value* prompt = Find("prompt");
    if (prompt != nullptr && prompt->is_string()) {
      request_.prompts = {std::string(prompt->get_string())};
      return;
    }
    const json::array* all = prompt == nullptr ? nullptr : prompt->if_array();
    if (all == nullptr || all->empty() ||
        !std::all_of(all->begin(), all->end(),
                     [](const json::value& one) { return one.is_string(); })) {
      return Fail("prompt",
                  "must be a string, or an array of strings that is not empty "
                  "(token ids are not read)");
    }
    for (const json::value& one : *all) {
      request_.prompts.emplace_back(one.get_string());
    }
  }

  // A whole number of `name` from `least` to `most`.
  std::optional<std::int64_t> Whole(std::string_view name, std::int64_t least,
                                    std::int64_t most,
                                    std::string_view limit = {}) {
    const json::value* value = Find(name);
    if (value == nullptr) return std::nullopt;
    const std::int64_t* number = value->if_int64();
    if (number != nullptr && *number >= least && *number <= most) {
      return *number;
    }
    std::string range = "must be a whole number from " + std::to_string(least) +
                        " to " + std::to_string(most);
    if (!limit.empty()) range += " (limit." + std::string(limit) + ")";
    Fail(name, std::move(range));
    return std::nullopt;
  }

  void ReadCounts() {
    const auto most = static_cast<std::int64_t>(options_.choices);
    request_.n = Whole("n", 1, most, "choices").value_or(1);
    if (!error_ && request_.choices() > options_.choices) {
      Fail(chat_ ? "n" : "prompt",
           OverLimit("the number of completions, " +
                         std::to_string(request_.choices()) + ",",
                     "choices", options_.choices, "completions"));
    }
    const auto tokens = static_cast<std::int64_t>(options_.max_tokens);
    auto given = Whole("max_tokens", 1, tokens, "max_tokens");
    if (chat_) {
      const auto newer =
          Whole("max_completion_tokens", 1, tokens, "max_tokens");
      if (given && newer && *given != *newer) {
        Fail("max_completion_tokens", "must equal max_tokens");
      }
      if (!given) given = newer;
    } else if (Find("max_completion_tokens") != nullptr) {
      Fail("max_completion_tokens", "must be max_tokens here");
    } else if (!given) {
      given = std::min(kDefaultMaxTokens, tokens);
    }
    request_.sampling.max_tokens = given;
    if (const auto seed = Whole("seed", 0, INT64_MAX)) {
      request_.seed = static_cast<std::uint64_t>(*seed);
    }
  }

  std::optional<double> Number(std::string_view name) {
    const json::value* value = Find(name);
    if (value == nullptr) return std::nullopt;
    if (value->is_number()) return value->to_number<double>();
    Fail(name, "must be a number");
    return std::nullopt;
  }

  void ReadSampling() {
    Sampling& sampling = request_.sampling;
    sampling.temperature = Number("temperature").value_or(1.0);
    if (!(sampling.temperature >= 0.0 && sampling.temperature <= 2.0)) {
      Fail("temperature", "must be from 0 to 2");
    }
    sampling.top_p = Number("top_p").value_or(1.0);
    if (!(sampling.top_p > 0.0 && sampling.top_p <= 1.0)) {
      Fail("top_p", "must be above 0 and at most 1");
    }
  }

  void ReadStops() {
    const json::value* stop = Find("stop");
    if (stop == nullptr) return;
    const json::array one{*stop};
    const json::array& all = stop->is_array() ? stop->get_array() : one;
    if (all.size() > kMaxStops) {
      return Fail("stop",
                  "has more than " + std::to_string(kMaxStops) + " strings");
    }
    for (const json::value& text : all) {
      const json::string* given = text.if_string();
      if (given == nullptr || given->empty() || given->size() > kMaxStopBytes) {
        return Fail("stop", "must be strings of 1 to " +
                                std::to_string(kMaxStopBytes) + " bytes");
      }
      request_.sampling.stop.emplace_back(*given);
    }
  }

  bool Flag(const json::value* value, std::string_view name) {
    if (value == nullptr) return false;
    if (!value->is_bool()) Fail(name, "must be true or false");
    return value->is_bool() && value->get_bool();
  }

  void ReadStream() {
    request_.stream = Flag(Find("stream"), "stream");
    const json::value* options = Find("stream_options");
    if (options == nullptr) return;
    if (!options->is_object() || !request_.stream) {
      return Fail("stream_options", "must be an object, beside stream: true");
    }
    request_.stream_usage = Flag(
        options->get_object().if_contains("include_usage"), "stream_options");
  }

  void ReadLogprobs() {
    const json::value* logprobs = Find("logprobs");
    if (logprobs == nullptr) return;
    if (chat_) {
      if (Flag(logprobs, "logprobs")) {
        Fail("logprobs", "is not supported here: ask /v1/completions");
      }
      return;
    }
    const std::int64_t* count = logprobs->if_int64();
    if (count == nullptr || *count < 0 || *count > 1) {
      return Fail("logprobs",
                  "must be 0 or 1: there are those of the sampled tokens only");
    }
    request_.logprobs = true;
  }

  const json::object& body_;
  bool chat_;
  const ServeOptions& options_;
  CompletionRequest request_;
  std::optional<ApiError> error_;
};

}  // namespace

std::vector<GenerateRequest> CompletionRequest::Requests(
    std::uint64_t base) const {
  std::vector<GenerateRequest> requests;
  requests.reserve(choices());
  for (const std::string& prompt : prompts) {
    for (std::int64_t i = 0; i < n; ++i) {
      requests.push_back({prompt, SeedOf(base, "serve", {requests.size()})});
    }
  }
  return requests;
}

ApiResult<CompletionRequest> ParseCompletion(bool chat, std::string_view body,
                                             const ServeOptions& options) {
  const auto parsed = verifier::protocol::ParseStrictJson(body);
  if (!parsed) return ApiError(verifier::protocol::NotJson(parsed.error()));
  const json::object* object = parsed->if_object();
  if (object == nullptr) return ApiError(400, "the body must be an object");
  return Reader(*object, chat, options).Read();
}

}  // namespace trainer::serve
