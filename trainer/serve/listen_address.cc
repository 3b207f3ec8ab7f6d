#include "trainer/serve/listen_address.h"

#include <boost/asio/ip/address.hpp>
#include <charconv>

namespace trainer::serve {

std::optional<ListenAddress> ParseListenAddress(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  std::string_view host = text.substr(0, colon);
  const std::string_view port = text.substr(colon + 1);
  const bool brackets = host.starts_with('[') && host.ends_with(']');
  if (brackets) host = host.substr(1, host.size() - 2);
  ListenAddress listen{std::string(host), 0};
  boost::system::error_code error;
  const auto address = boost::asio::ip::make_address(listen.address, error);
  if (error || address.is_v6() != brackets) return std::nullopt;
  const char* end = port.data() + port.size();
  const auto [last, code] = std::from_chars(port.data(), end, listen.port);
  if (port.empty() || code != std::errc() || last != end) return std::nullopt;
  return listen;
}

std::string ToString(const ListenAddress& address) {
  const bool v6 = address.address.find(':') != std::string::npos;
  return (v6 ? '[' + address.address + ']' : address.address) + ':' +
         std::to_string(address.port);
}

}  // namespace trainer::serve
