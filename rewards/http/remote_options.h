// RemoteOptions: one checker that is a server elsewhere, as an operator
// declares it. Plain values; any thread.

#ifndef REWARDS_HTTP_REMOTE_OPTIONS_H_
#define REWARDS_HTTP_REMOTE_OPTIONS_H_

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace rewards::http {

// Most connections of one server, hosts that it may be at, and bytes of a URL,
// of a model's name and of an API key.
inline constexpr std::size_t kMostConnections = 64;
inline constexpr std::size_t kMostHosts = 16;
inline constexpr std::size_t kMostUrlBytes = 2'048;
inline constexpr std::size_t kMostModelBytes = 256;
inline constexpr std::size_t kMostKeyBytes = 4'096;

enum class RemoteKind {
  kHttp,   // speaks the plugin protocol: http_checker.h
  kJudge,  // a language model behind an OpenAI-compatible API: judge_checker.h
};

struct RemoteOptions {
  RemoteKind kind = RemoteKind::kHttp;

  // Wire name of the checker, as PluginOptions::name.
  std::string name{};

  // http://HOST[:PORT]/PATH. The host must be loopback, or one of
  // `allowed_hosts`.
  std::string url{};
  std::vector<std::string> allowed_hosts{};

  // Connections kept, each with one item at a time. 1 to kMostConnections.
  std::size_t pool = 4;

  // To connect; then for one answer, within the item's own deadline.
  std::chrono::milliseconds connect_timeout{1'000};
  std::chrono::milliseconds deadline{10'000};

  // Longest body of an answer.
  std::size_t max_response_bytes = std::size_t{1} << 20;

  // kHttp: what of the response is sent, "all" or "answer"; and the file with
  // the JSON Schema of the parameters, empty: any object is taken.
  std::string part = "all";
  std::string schema_file{};

  // kJudge: the model's name; "gold" or "pairwise"; the file with the API key,
  // empty: none is sent; most tokens of an answer.
  std::string model{};
  std::string mode = "gold";
  std::string api_key_file{};
  std::size_t max_tokens = 2'048;
};

// What is wrong with `options`, with the name of the field, or empty. Reads
// nothing but `options`.
[[nodiscard]] std::string OptionsProblem(const RemoteOptions& options);

}  // namespace rewards::http

#endif  // REWARDS_HTTP_REMOTE_OPTIONS_H_
