#include "verifier/server/session.h"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/serializer.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <chrono>
#include <utility>

#include "verifier/server/head_scanner.h"
#include "verifier/server/ndjson.h"
#include "verifier/server/peer_state.h"
#include "verifier/server/request_id.h"
#include "verifier/server/response.h"

namespace verifier::server {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;

constexpr auto kToken = asio::as_tuple(asio::use_awaitable);

constexpr std::size_t kHeadReadBytes = 4'096;
constexpr std::size_t kBodyReadBytes = std::size_t{64} << 10;

// A stream's results are written in pieces of about this many bytes.
constexpr std::size_t kStreamWriteBytes = std::size_t{64} << 10;

// While items are scored, how often the peer is looked after.
constexpr std::chrono::milliseconds kPeerLook{50};

std::string_view Text(boost::beast::string_view text) {
  return {text.data(), text.size()};
}

std::string_view View(const boost::beast::flat_buffer& buffer) {
  return {static_cast<const char*>(buffer.data().data()), buffer.size()};
}

Problem QueueIsFull(const ServerOptions& options) {
  return Overloaded("queue-full",
                    "the queue is full: limit.queue_items = " +
                        std::to_string(options.engine.queue_items) + " items");
}

// Runs `work` on a JSON thread if it is `large`, else here.
template <typename Work>
asio::awaitable<std::invoke_result_t<Work>> Run(Service& service, bool large,
                                                Work work) {
  using Result = std::invoke_result_t<Work>;
  if (!large) co_return work();
  co_return co_await asio::co_spawn(
      service.json_pool.get_executor(),
      [&work]() -> asio::awaitable<Result> { co_return work(); },
      asio::use_awaitable);
}

}  // namespace

Session::Session(asio::ip::tcp::socket socket, Service& service)
    : socket_(std::move(socket)),
      service_(service),
      snapshot_(service.snapshot.Get()),
      event_(socket_.get_executor()) {
  Enter(Phase::kIdle, Clock::now() + options().header_timeout);
}

asio::awaitable<void> Session::Run() {
  while (!over_ && !last_) co_await ServeOne();
  if (!over_) co_await Linger();
  boost::system::error_code ignored;
  socket_.close(ignored);
}

asio::awaitable<void> Session::ServeOne() {
  RequestHead head;
  Answer answer;
  ByteBudget::Share share(service_.bodies);
  try {
    const Refusal refusal = co_await ReadRequestHead(head);
    if (over_) co_return;
    started_ = Clock::now();
    route_ = nullptr;
    request_id_ = RequestId(Text(head.fields["X-Request-Id"]));
    if (refusal) {
      last_ = true;
      answer = Refuse(*refusal);
    } else {
      answer = co_await Respond(head, share);
    }
  } catch (const std::exception&) {
    ++service_.stats.exceptions;
    if (job_) job_->Cancel(service_.engine);
    job_.reset();
    last_ = true;
    if (streamed_) over_ = true;  // a stream without an end was cut
    answer = Refuse(Problem(500, "this service failed; please try again"));
  }
  if (over_) co_return;
  if (!streamed_) co_await Send(head, std::move(answer));
  streamed_ = false;
  fresh_ = false;
}

asio::awaitable<Session::Refusal> Session::ReadRequestHead(RequestHead& head) {
  snapshot_ = service_.snapshot.Get();
  const auto allowed =
      fresh_ ? options().header_timeout : options().idle_timeout;
  Enter(Phase::kIdle, Clock::now() + allowed);
  if (service_.closing) over_ = true;
  if (!over_ && buffer_.size() == 0 && !co_await ReadMoreHead()) {
    co_return AfterReadError(false, "head");
  }
  snapshot_ = service_.snapshot.Get();  // that of the first byte
  HeadScanner scanner(options());
  while (!over_) {
    if (auto refusal = scanner.Scan(View(buffer_))) co_return refusal;
    if (scanner.size() != 0) break;
    if (phase() == Phase::kIdle) {
      Enter(Phase::kUnfinished, Clock::now() + options().header_timeout);
    }
    if (!co_await ReadMoreHead()) co_return AfterReadError(true, "head");
  }
  if (over_) co_return std::nullopt;
  auto refusal =
      ReadHead(View(buffer_).substr(0, scanner.size()), options(), head);
  buffer_.consume(scanner.size());
  co_return refusal;
}

asio::awaitable<bool> Session::ReadMoreHead() {
  const std::size_t read = co_await ReadSome(buffer_.prepare(kHeadReadBytes));
  buffer_.commit(read);
  co_return read != 0;
}

Answer Session::Refuse(Problem problem) {
  if (route_ != nullptr) problem.instance = route_->path;
  service_.http.Refuse(*problem.type);
  return ToAnswer(problem);
}

void Session::Count(int status) {
  const auto took = std::chrono::duration_cast<std::chrono::microseconds>(
      Clock::now() - started_);
  service_.http.Add(route_, status, took.count());
  auto& stats = service_.stats;
  ++(status < 400   ? stats.answered
     : status < 500 ? stats.refused
                    : stats.overloaded);
}

asio::awaitable<Answer> Session::Respond(const RequestHead& head,
                                         ByteBudget::Share& share) {
  const auto refusal = FindRoute(head, route_);
  if (!refusal && HasBody(route_->route)) co_return co_await Judge(head, share);
  if (head.content_length != 0) last_ = true;  // its body stays unread
  if (refusal) co_return Refuse(*refusal);
  co_return AnswerGet(route_->route, Text(head.fields.target()), service_);
}

asio::awaitable<Answer> Session::Judge(const RequestHead& head,
                                       ByteBudget::Share& share) {
  std::string body;
  const auto refusal = co_await ReadBody(head, share, body);
  if (refusal) last_ = true;
  if (refusal) co_return Refuse(*refusal);
  if (over_) co_return Answer{};
  Enter(Phase::kWorking, Clock::now() + kPeerLook);
  const bool large = body.size() > options().large_body_bytes;
  auto post = co_await verifier::server::Run(service_, large, [&] {
    return ReadPost(route_->route, body, *snapshot_->registry, service_.engine,
                    options().limits);
  });
  body = {};
  if (!post) {
    last_ = true;
    co_return Refuse(Problem(post.error()));
  }
  if (!post->streams ||
      !PrefersNdjson(Text(head.fields[http::field::accept]))) {
    const bool slow = large || post->large;
    co_return co_await JudgeWhole(std::move(*post), slow);
  }
  const Refusal refused = co_await JudgeStream(head, std::move(post->items));
  co_return refused ? Refuse(*refused) : Answer{};
}

std::function<void()> Session::Waker() {
  return [self = shared_from_this()] {
    asio::post(self->socket_.get_executor(), [self] { self->event_.cancel(); });
  };
}

asio::awaitable<Answer> Session::JudgeWhole(Post post, bool large) {
  job_ = post.Start(service_.engine, Waker(), snapshot_->registry);
  if (!job_) co_return Refuse(QueueIsFull(options()));
  while (!job_->done() && !over_) {
    event_.expires_at(Clock::time_point::max());
    co_await event_.async_wait(kToken);
  }
  const std::optional<ScoreJob> job = std::exchange(job_, std::nullopt);
  if (over_) {
    job->Cancel(service_.engine);
    co_return Answer{};
  }
  Answer answer;
  answer.body = co_await verifier::server::Run(
      service_, large, [&] { return post.answer(job->results()); });
  co_return answer;
}

asio::awaitable<Session::Refusal> Session::JudgeStream(
    const RequestHead& head, std::vector<protocol::Item> items) {
  const std::size_t count = items.size();
  job_ = ScoreJob::StartStream(service_.engine, std::move(items), Waker(),
                               options().stream_items, snapshot_->registry);
  if (!job_) co_return QueueIsFull(options());
  streamed_ = true;
  EndAfterThis(head);
  const bool chunked = head.fields.version() == 11;
  std::string text = StreamHead(request_id_, chunked, !last_);
  for (std::size_t answered = 0; !over_;) {
    std::string lines;
    // The first result leaves alone, at once.
    const std::size_t taken =
        job_->TakeLines(lines, answered == 0 ? 0 : kStreamWriteBytes);
    answered += taken;
    const bool end = answered == count;
    if (end) lines += DoneLine(count);
    if (!lines.empty()) text += chunked ? Chunk(lines) : lines;
    if (end && chunked) text += kLastChunk;
    if (end) Count(200);
    if (!text.empty()) co_await WriteStream(std::exchange(text, {}));
    if (end || over_) break;
    job_->Consumed(service_.engine, taken);
    Enter(Phase::kWorking, Clock::now() + kPeerLook);
    while (!job_->ready() && !over_) {
      event_.expires_at(Clock::time_point::max());
      co_await event_.async_wait(kToken);
    }
  }
  if (over_) job_->Cancel(service_.engine);
  job_.reset();
  co_return std::nullopt;
}

asio::awaitable<void> Session::WriteStream(std::string text) {
  const auto start = Clock::now();
  for (std::size_t done = 0; done < text.size() && !over_;) {
    Enter(Phase::kAnswering, TransferDeadline(start, done));
    const auto [error, written] = co_await socket_.async_write_some(
        asio::buffer(text.data() + done, text.size() - done), kToken);
    done += written;
    if (error) over_ = true;
  }
}

asio::awaitable<Session::Refusal> Session::ReadBody(const RequestHead& head,
                                                    ByteBudget::Share& share,
                                                    std::string& body) {
  const std::size_t size = head.content_length;
  const auto start = Clock::now();
  Enter(Phase::kUnfinished, TransferDeadline(start, 0));
  if (head.expects_continue && buffer_.size() == 0) co_await SendContinue();
  std::size_t filled = 0;
  while (filled < size && !over_) {
    if (filled == body.size()) {
      // Memory grows with what came, not with what was announced.
      const std::size_t more =
          std::min(size - filled, std::max(kBodyReadBytes, filled));
      if (!share.Take(more)) {
        co_return Overloaded("bodies-full",
                             OverLimit("the sum of all bodies", "held_bytes",
                                       options().held_bytes, "bytes"));
      }
      body.resize(filled + more);
    }
    const auto room = asio::buffer(body.data() + filled, body.size() - filled);
    std::size_t read = asio::buffer_copy(room, buffer_.data());
    buffer_.consume(read);
    if (read == 0) read = co_await ReadSome(room);
    if (read == 0) co_return AfterReadError(true, "body");
    filled += read;
    set_deadline(TransferDeadline(start, filled));
  }
  co_return std::nullopt;
}

asio::awaitable<std::size_t> Session::ReadSome(asio::mutable_buffer to) {
  const auto [error, read] = co_await socket_.async_read_some(to, kToken);
  read_error_ = error;
  co_return read;
}

Session::Refusal Session::AfterReadError(bool request_began,
                                         const std::string& what) {
  const bool silent = !request_began || !socket_.is_open();
  if (!silent && read_error_ == asio::error::operation_aborted && expired()) {
    return Problem(408, "the " + what + " came too slowly");
  }
  if (!silent && read_error_ == asio::error::eof) {
    return Problem(400, "the request ends in the middle of its " + what);
  }
  over_ = true;
  return std::nullopt;
}

asio::awaitable<void> Session::SendContinue() {
  static constexpr std::string_view kText = "HTTP/1.1 100 Continue\r\n\r\n";
  const auto [error, written] =
      co_await asio::async_write(socket_, asio::buffer(kText), kToken);
  if (error) over_ = true;
}

void Session::EndAfterThis(const RequestHead& head) {
  if (!head.keep_alive || head.fields.version() != 11 || service_.closing) {
    last_ = true;
  }
}

asio::awaitable<void> Session::Send(const RequestHead& head, Answer answer) {
  EndAfterThis(head);
  Count(answer.status);
  auto response = ToResponse(std::move(answer), request_id_, !last_,
                             head.fields.method() == http::verb::head);
  const auto start = Clock::now();
  std::size_t sent = 0;
  http::response_serializer<http::string_body> serializer(response);
  while (!serializer.is_done() && !over_) {
    Enter(Phase::kAnswering, TransferDeadline(start, sent));
    const auto [error, written] =
        co_await http::async_write_some(socket_, serializer, kToken);
    sent += written;
    if (error) over_ = true;
  }
}

asio::awaitable<void> Session::Linger() {
  Enter(Phase::kLeaving, Clock::now() + options().linger_timeout);
  boost::system::error_code error;
  socket_.shutdown(asio::ip::tcp::socket::shutdown_send, error);
  buffer_.clear();
  while (!error && !expired()) {
    const std::size_t read = co_await ReadSome(buffer_.prepare(kBodyReadBytes));
    if (read == 0) break;
  }
}

Connection::Clock::time_point Session::TransferDeadline(
    Clock::time_point start, std::size_t bytes) const {
  return start + options().transfer_timeout +
         std::chrono::seconds(bytes / options().min_rate);
}

void Session::Tick() {
  asio::post(socket_.get_executor(),
             [self = shared_from_this()] { self->OnTick(); });
}

void Session::Close() {
  asio::post(socket_.get_executor(), [self = shared_from_this()] {
    boost::system::error_code ignored;
    self->over_ = true;
    self->socket_.close(ignored);
    self->event_.cancel();
  });
}

void Session::OnTick() {
  if (!socket_.is_open() || !expired()) return;
  if (phase() == Phase::kWorking) return LookAfterPeer();
  boost::system::error_code ignored;
  socket_.cancel(ignored);
}

void Session::LookAfterPeer() {
  const auto now = Clock::now();
  set_deadline(now + kPeerLook);
  if (job_ && (job_->done() || job_->ready())) event_.cancel();
  const PeerState peer = GetPeerState(socket_.native_handle());
  if (peer == PeerState::kThere || !job_) return;
  if (!done_sending_) done_sending_ = now;
  const bool gone = peer == PeerState::kGone;
  if (!gone && now - *done_sending_ < options().leave_grace) return;
  set_deadline(Clock::time_point::max());
  ++service_.stats.left;
  job_->Cancel(service_.engine);
  if (!gone) return;
  over_ = true;
  event_.cancel();
}

}  // namespace verifier::server
