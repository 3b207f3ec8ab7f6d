// Session: one connection, from its first byte to its last. All of it runs on
// the strand of its socket; Tick and Close may be called from any thread.
//
// One request at a time, in order: what a peer sends ahead waits. Every request
// gets exactly one answer, and after one whose end is in doubt the connection
// ends, so that no byte is ever taken for a request that was not meant as one.

#ifndef VERIFIER_SERVER_SESSION_H_
#define VERIFIER_SERVER_SESSION_H_

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "verifier/server/byte_budget.h"
#include "verifier/server/connections.h"
#include "verifier/server/framing.h"
#include "verifier/server/post.h"
#include "verifier/server/problem.h"
#include "verifier/server/routes.h"
#include "verifier/server/score_job.h"
#include "verifier/server/service.h"
#include "verifier/server/snapshot.h"

namespace verifier::server {

class Session final : public Connection,
                      public std::enable_shared_from_this<Session> {
 public:
  // Borrows `service`, which outlives the session. Requires: the executor of
  // `socket` is a strand.
  Session(boost::asio::ip::tcp::socket socket, Service& service);

  // Serves until the connection ends. Run it on the socket's strand, once.
  [[nodiscard]] boost::asio::awaitable<void> Run();

  void Tick() override;
  void Close() override;

 private:
  template <typename T>
  using Awaitable = boost::asio::awaitable<T>;
  using Refusal = std::optional<Problem>;

  Awaitable<void> ServeOne();
  Answer Refuse(Problem problem);
  void Count(int status);
  Awaitable<Refusal> ReadRequestHead(RequestHead& head);
  Awaitable<bool> ReadMoreHead();  // false: an error, see ReadSome
  Awaitable<Answer> Respond(const RequestHead& head, ByteBudget::Share& share);
  Awaitable<Answer> Judge(const RequestHead& head, ByteBudget::Share& share);
  Awaitable<Answer> JudgeWhole(Post post, bool large);
  Awaitable<Refusal> JudgeStream(const RequestHead& head,
                                 std::vector<protocol::Item> items);
  Awaitable<void> WriteStream(std::string text);
  std::function<void()> Waker();
  Awaitable<Refusal> ReadBody(const RequestHead& head, ByteBudget::Share& share,
                              std::string& body);
  Awaitable<void> SendContinue();
  Awaitable<void> Send(const RequestHead& head, Answer answer);
  Awaitable<void> Linger();

  // Reads once into `to`. Returns the bytes read; 0 after an error, which is
  // then in `read_error_`.
  Awaitable<std::size_t> ReadSome(boost::asio::mutable_buffer to);

  // What to say after ReadSome failed in the middle of `what`; none and over_
  // where there is nobody to say it to.
  Refusal AfterReadError(bool request_began, const std::string& what);

  // Makes the answer to `head` the connection's last where it has to be.
  void EndAfterThis(const RequestHead& head);

  // The deadline of a transfer that started at `start` and moved `bytes`.
  Clock::time_point TransferDeadline(Clock::time_point start,
                                     std::size_t bytes) const;
  const ServerOptions& options() const { return snapshot_->options; }
  bool expired() const { return Clock::now() >= deadline(); }
  void OnTick();
  void LookAfterPeer();

  boost::asio::ip::tcp::socket socket_;
  Service& service_;
  std::shared_ptr<const Snapshot> snapshot_;  // of the request being served
  boost::beast::flat_buffer buffer_;  // bytes that came and are not used yet
  boost::system::error_code read_error_;
  const RouteInfo* route_ = nullptr;  // of this request; null: none of ours
  std::string request_id_;
  Clock::time_point started_;        // when its head was whole
  boost::asio::steady_timer event_;  // cancelled when job_ is done
  std::optional<ScoreJob> job_;      // while items are being scored
  std::optional<Clock::time_point> done_sending_;  // when the peer was seen so
  bool fresh_ = true;                              // no request was served yet
  bool last_ = false;      // the answer being made is the connection's last
  bool over_ = false;      // nobody is there: say nothing more
  bool streamed_ = false;  // the answer is on the wire, as a stream
};

}  // namespace verifier::server

#endif  // VERIFIER_SERVER_SESSION_H_
