// A result as a client reads it: any bytes give a result or none, never a
// crash, and never a reward without its checks.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "verifier/protocol/score_result.h"
#include "verifier/protocol/strict_json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  namespace protocol = verifier::protocol;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto value = protocol::ParseStrictJson(text);
  if (!value) return 0;
  const auto result = protocol::ParseScoreResult(*value);
  if (!result || !result->reward) return 0;
  if (result->status != protocol::Status::kOk) std::abort();
  if (protocol::Reward(result->checks) != result->reward) std::abort();
  return 0;
}
