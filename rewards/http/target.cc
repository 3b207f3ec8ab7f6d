#include "rewards/http/target.h"

#include <algorithm>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include "rewards/http/remote_options.h"

namespace rewards::http {
namespace {

namespace ip = boost::asio::ip;

std::string Lower(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  });
  return lower;
}

bool IsLoopback(const std::string& host) {
  boost::system::error_code error;
  const ip::address address = ip::make_address(host, error);
  return host == "localhost" || (!error && address.is_loopback());
}

bool IsLinkLocal(const ip::address& address) {
  if (address.is_v6()) return address.to_v6().is_link_local();
  return (address.to_v4().to_uint() >> 16U) == 0xA9FEU;  // 169.254.0.0/16
}

}  // namespace

std::optional<Target> ParseTarget(std::string_view url,
                                  const std::vector<std::string>& allowed_hosts,
                                  std::string& problem) {
  problem.clear();
  if (url.size() > kMostUrlBytes) {
    problem = "longer than " + std::to_string(kMostUrlBytes) + " bytes";
    return std::nullopt;
  }
  const auto parsed = boost::urls::parse_uri(url);
  if (!parsed || !parsed->has_authority() || parsed->host().empty()) {
    problem = "must be http://HOST[:PORT]/PATH";
  } else if (parsed->scheme() != "http") {
    problem = "must begin with http://; for https put a proxy beside assayd";
  } else if (parsed->has_userinfo() || parsed->has_fragment()) {
    problem = "must have no user and no fragment";
  } else if (parsed->has_port() && parsed->port_number() == 0) {
    problem = "its port must be from 1 to 65535";
  }
  if (!problem.empty()) return std::nullopt;
  Target target;
  target.host = Lower(std::string(parsed->host_address()));
  target.port = parsed->has_port() ? std::string(parsed->port()) : "80";
  target.authority = std::string(parsed->encoded_host_and_port());
  target.path = std::string(parsed->encoded_path());
  if (target.path.empty()) target.path = "/";
  if (parsed->has_query()) {
    target.path += "?" + std::string(parsed->encoded_query());
  }
  target.loopback = IsLoopback(target.host);
  const bool allowed =
      target.loopback || std::any_of(allowed_hosts.begin(), allowed_hosts.end(),
                                     [&target](const auto& host) {
                                       return Lower(host) == target.host;
                                     });
  if (allowed) return target;
  problem = "its host " + target.host +
            " is neither loopback nor one of allowed_hosts";
  return std::nullopt;
}

bool MayBeAt(const Target& target, const ip::address& address) {
  if (target.loopback) return address.is_loopback();
  const bool mapped = address.is_v6() && address.to_v6().is_v4_mapped();
  return !mapped && !address.is_unspecified() && !address.is_multicast() &&
         !IsLinkLocal(address);
}

}  // namespace rewards::http
