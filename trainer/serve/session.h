// Session: the requests of one connection, one at a time, in order. All of it
// runs on the connection's strand.
//
// Every request gets exactly one answer; after one whose end is in doubt the
// connection ends. A peer that closes its sending side is gone: its request is
// given up.

#ifndef TRAINER_SERVE_SESSION_H_
#define TRAINER_SERVE_SESSION_H_

#include <boost/asio/awaitable.hpp>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "trainer/serve/api_error.h"
#include "trainer/serve/completion_answer.h"
#include "trainer/serve/connection.h"
#include "trainer/serve/route.h"
#include "trainer/serve/service.h"

namespace trainer::serve {

class Session {
 public:
  // Borrows `service`.
  Session(std::shared_ptr<Connection> connection, Service& service)
      : connection_(std::move(connection)), service_(service) {}

  // Serves until the connection ends. Once.
  [[nodiscard]] boost::asio::awaitable<void> Run();

  // Answers a 503 for want of room, and ends. Instead of Run.
  [[nodiscard]] boost::asio::awaitable<void> TurnAway();

 private:
  template <typename T>
  using Awaitable = boost::asio::awaitable<T>;
  using Refusal = std::optional<ApiError>;

  struct Answer {
    int status = 200;
    std::string_view type = "application/json";
    std::string body{};
    std::string_view allow{};
    int retry_after_s = 0;
  };

  Awaitable<void> ServeOne();
  // The route of a request whose head was read, or why there is none.
  ApiResult<Route> TakeHead(Connection::Parser& parser, HeldBytes& held);
  // None: nobody is there to say it to.
  Refusal AfterReadError(const Connection::ErrorCode& error,
                         std::string_view what);
  // None: the answer is on the wire, or nobody is there.
  Awaitable<std::optional<Answer>> Respond(const Route& route,
                                           std::string_view body);
  Awaitable<Answer> Reward(const std::string& name, std::string_view body);
  Awaitable<std::optional<Answer>> Complete(bool chat, std::string_view body);
  Awaitable<Refusal> Stream(const std::shared_ptr<Job>& job,
                            CompletionAnswer& answer);
  // Waits until `job` is done, or has news, or nobody is there.
  Awaitable<void> WaitFor(const std::shared_ptr<Job>& job);
  Awaitable<void> Send(Answer answer);

  Answer ModelsAnswer() const;
  Answer ErrorAnswer(const ApiError& error) const;
  std::shared_ptr<Job> NewJob();

  std::shared_ptr<Connection> connection_;
  Service& service_;
  bool openai_ = false;     // the shape of this request's errors
  bool head_only_ = false;  // of this answer
  unsigned version_ = 11;   // of this request
  bool last_ = false;       // the answer being made is the connection's last
  bool in_doubt_ = false;   // bytes of the request may still come
};

}  // namespace trainer::serve

#endif  // TRAINER_SERVE_SESSION_H_
