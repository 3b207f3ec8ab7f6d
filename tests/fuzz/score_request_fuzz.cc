// POST /v1/score's body: any bytes give items or an error, never a crash; what
// is accepted writes and reads back as the same item.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "verifier/protocol/json_text.h"
#include "verifier/protocol/score_request.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  namespace protocol = verifier::protocol;
  const std::string_view body(reinterpret_cast<const char*>(data), size);
  const auto items = protocol::ParseScoreRequest(body);
  if (!items) return 0;
  for (const protocol::Item& item : *items) {
    if (item.error) continue;
    const std::string text = protocol::JsonText(protocol::ToJson(item));
    const auto value = protocol::ParseStrictJson(text, {64, 2048});
    if (!value) std::abort();
    const protocol::Item again = protocol::ParseItem(*value);
    if (again.error || protocol::JsonText(protocol::ToJson(again)) != text) {
      std::abort();
    }
  }
  return 0;
}
