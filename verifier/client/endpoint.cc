#include "verifier/client/endpoint.h"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

namespace verifier::client {
namespace {

ClientError BadUrl(std::string_view url, std::string_view why) {
  return ClientError(ClientErrorCode::kRefused,
                     "the server URL " + Quoted(url) + " " + std::string(why));
}

}  // namespace

ClientResult<Endpoint> ParseEndpoint(std::string_view url) {
  if (url.find("://") == std::string_view::npos) {
    return BadUrl(url, "has no scheme; write http://HOST:PORT");
  }
  const auto parsed = boost::urls::parse_uri(url);
  if (!parsed) return BadUrl(url, "is not a URL; write http://HOST:PORT");
  if (parsed->scheme_id() == boost::urls::scheme::https) {
    return BadUrl(url,
                  "is https, which this version does not speak; use http "
                  "over loopback or a TLS proxy beside the service");
  }
  if (parsed->scheme_id() != boost::urls::scheme::http) {
    return BadUrl(url, "must begin with http://");
  }
  if (parsed->has_userinfo() || parsed->has_query() || parsed->has_fragment()) {
    return BadUrl(url, "must be http://HOST[:PORT][/PREFIX] and nothing more");
  }
  Endpoint endpoint;
  endpoint.host = parsed->host_address();
  if (endpoint.host.empty()) return BadUrl(url, "names no host");
  if (parsed->has_port()) {
    if (parsed->port_number() == 0) {
      return BadUrl(url, "needs a port from 1 to 65535");
    }
    endpoint.port = std::to_string(parsed->port_number());
  }
  endpoint.authority = std::string(parsed->encoded_host_and_port());
  endpoint.path = std::string(parsed->encoded_path());
  while (endpoint.path.ends_with('/')) endpoint.path.pop_back();
  return endpoint;
}

}  // namespace verifier::client
