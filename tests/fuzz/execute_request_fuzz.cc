// POST /v1/execute's body: any bytes give a request or an error, never a crash;
// base64 that is read is what would be written.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "verifier/protocol/base64.h"
#include "verifier/protocol/execute_request.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  namespace protocol = verifier::protocol;
  const std::string_view body(reinterpret_cast<const char*>(data), size);
  const auto request = protocol::ParseExecuteRequest(body);
  if (request && request->code.has_value() == !request->files.empty()) {
    std::abort();
  }
  const auto bytes = protocol::FromBase64(body);
  if (bytes && protocol::ToBase64(*bytes) != body) std::abort();
  if (protocol::FromBase64(protocol::ToBase64(body)) != body) std::abort();
  return 0;
}
