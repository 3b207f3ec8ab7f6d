// Target: where a remote checker is, and which addresses it may be at. Pure;
// any thread.

#ifndef REWARDS_HTTP_TARGET_H_
#define REWARDS_HTTP_TARGET_H_

#include <boost/asio/ip/address.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rewards::http {

struct Target {
  std::string host{};       // a name or an address, without brackets
  std::string port{};       // digits
  std::string authority{};  // for the Host field: "127.0.0.1:8801"
  std::string path{};       // with its query; begins with a slash
  bool loopback = true;     // nothing else may be connected to
};

// Reads http://HOST[:PORT]/PATH. The host must be loopback ("localhost",
// 127.0.0.0/8, [::1]) or one of `allowed_hosts`. None, with what is wrong in
// `problem`, for anything else: another scheme, a user, a fragment.
[[nodiscard]] std::optional<Target> ParseTarget(
    std::string_view url, const std::vector<std::string>& allowed_hosts,
    std::string& problem);

// Whether `target`, looked up, may be at `address`. A loopback target only at
// loopback; any other at no address that names no single machine elsewhere:
// unspecified, multicast, or link-local, where clouds keep their secrets.
[[nodiscard]] bool MayBeAt(const Target& target,
                           const boost::asio::ip::address& address);

}  // namespace rewards::http

#endif  // REWARDS_HTTP_TARGET_H_
