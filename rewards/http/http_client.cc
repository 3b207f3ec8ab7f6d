#include "rewards/http/http_client.h"

namespace rewards::http {

HttpReply HttpClient::Post(std::string_view body, Clock::time_point deadline) {
  std::unique_ptr<HttpConnection> connection;
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      connection = std::move(idle_.back());
      idle_.pop_back();
    }
  }
  if (connection == nullptr) {
    connection = std::make_unique<HttpConnection>(target_, limits_);
  }
  HttpReply reply = connection->Post(body, bearer_, deadline);
  const std::lock_guard lock(mutex_);
  if (connection->open() && idle_.size() < pool_) {
    idle_.push_back(std::move(connection));
  }
  return reply;
}

std::string ReachProblem(const RemoteOptions& options) {
  std::string problem;
  const auto target = ParseTarget(options.url, options.allowed_hosts, problem);
  if (!target) return problem;
  const HttpLimits limits{options.connect_timeout, options.max_response_bytes};
  return HttpConnection(*target, limits)
      .Connect(Clock::now() + options.connect_timeout);
}

}  // namespace rewards::http
