// HttpClient: the connections to one server. Thread-safe.

#ifndef REWARDS_HTTP_HTTP_CLIENT_H_
#define REWARDS_HTTP_HTTP_CLIENT_H_

#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rewards/http/http_connection.h"
#include "rewards/http/remote_options.h"
#include "rewards/http/target.h"

namespace rewards::http {

class HttpClient {
 public:
  // Keeps up to `pool` connections that nobody uses. `bearer`: a token that
  // goes along with every request, or empty; it is shown nowhere.
  HttpClient(Target target, const HttpLimits& limits, std::size_t pool,
             std::string bearer)
      : target_(std::move(target)),
        limits_(limits),
        pool_(pool),
        bearer_(std::move(bearer)) {}
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  // As HttpConnection::Post, over a connection that is free or a new one.
  [[nodiscard]] HttpReply Post(std::string_view body,
                               Clock::time_point deadline);

 private:
  const Target target_;
  const HttpLimits limits_;
  const std::size_t pool_;
  const std::string bearer_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<HttpConnection>> idle_;
};

// Why no connection to the server of `options` can be made now, or empty; sends
// nothing. Blocks up to its connect_timeout, as HttpConnection::Connect.
// Requires: OptionsProblem is empty.
[[nodiscard]] std::string ReachProblem(const RemoteOptions& options);

}  // namespace rewards::http

#endif  // REWARDS_HTTP_HTTP_CLIENT_H_
