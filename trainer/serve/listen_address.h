// ListenAddress: "ADDR:PORT", e.g. "127.0.0.1:8000" or "[::1]:0". Thread-safe:
// no state.

#ifndef TRAINER_SERVE_LISTEN_ADDRESS_H_
#define TRAINER_SERVE_LISTEN_ADDRESS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace trainer::serve {

struct ListenAddress {
  std::string address{};  // without brackets
  std::uint16_t port = 0;
};

// None where `text` is not an address and a port from 0 to 65535. A host's name
// is no address.
[[nodiscard]] std::optional<ListenAddress> ParseListenAddress(
    std::string_view text);

// "127.0.0.1:80", "[::1]:80".
[[nodiscard]] std::string ToString(const ListenAddress& address);

}  // namespace trainer::serve

#endif  // TRAINER_SERVE_LISTEN_ADDRESS_H_
