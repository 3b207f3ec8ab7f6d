// bench_http: POST /v1/score of assayd beside a bare Beast echo, in one run,
// with one load generator.
//
//   bench_http [--url 127.0.0.1:PORT] [--checker NAME] [--seconds 3]
//              [--connections 16] [--rounds 3]
//
// Without --url it serves in process, over one checker that compares strings:
// that is what the service costs. With --url it loads an assayd that runs, with
// short integer answers for --checker (math): that is what users get.
// The echo parses the JSON of a POST and serialises it again, one thread.
// Prints medians over the rounds, and ratios.

#include <algorithm>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "rewards/params.h"
#include "verifier/server/server.h"

namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using tcp = asio::ip::tcp;
using Clock = std::chrono::steady_clock;

// --- The echo: what Beast costs without us.

asio::awaitable<void> Echo(tcp::socket socket) try {
  socket.set_option(tcp::no_delay(true));
  boost::beast::flat_buffer buffer;
  while (true) {
    http::request<http::string_body> request;
    co_await http::async_read(socket, buffer, request, asio::use_awaitable);
    http::response<http::string_body> response(http::status::ok, 11);
    response.set(http::field::content_type, "application/json");
    response.body() =
        boost::json::serialize(boost::json::parse(request.body()));
    response.prepare_payload();
    co_await http::async_write(socket, response, asio::use_awaitable);
  }
} catch (const std::exception&) {  // the peer left
}

asio::awaitable<void> AcceptEchoes(tcp::acceptor& acceptor) {
  while (true) {
    auto socket = co_await acceptor.async_accept(asio::use_awaitable);
    const auto executor = socket.get_executor();
    asio::co_spawn(executor, Echo(std::move(socket)), asio::detached);
  }
}

class EchoServer {
 public:
  EchoServer() : acceptor_(context_, {asio::ip::address_v4::loopback(), 0}) {
    asio::co_spawn(context_, AcceptEchoes(acceptor_), asio::detached);
    thread_ = std::thread([this] { context_.run(); });
  }
  ~EchoServer() {
    context_.stop();
    thread_.join();
  }
  tcp::endpoint endpoint() const { return acceptor_.local_endpoint(); }

 private:
  asio::io_context context_{1};
  tcp::acceptor acceptor_;
  std::thread thread_;
};

// --- The in-process service's checker.

class EqualsCheck final : public rewards::Check {
 public:
  explicit EqualsCheck(std::string gold) : gold_(std::move(gold)) {}
  rewards::Verdict Judge(const rewards::Submission& submission,
                         const rewards::Budget&) const override {
    const bool right = submission.response.find(gold_) != std::string::npos;
    return rewards::MakeVerdict(
        right ? rewards::Outcome::kCorrect : rewards::Outcome::kWrong, "found");
  }

 private:
  std::string gold_;
};

class EqualsChecker final : public rewards::Checker {
 public:
  std::string_view name() const noexcept override { return "equals"; }
  std::string_view version() const noexcept override { return "1"; }
  std::string_view summary() const noexcept override { return "For a bench."; }
  boost::json::object schema() const override { return {}; }
  boost::system::result<std::unique_ptr<const rewards::Check>,
                        rewards::ParamError>
  Prepare(const boost::json::object& params) const override {
    auto gold = rewards::StringParam(params, "gold");
    if (!gold) return gold.error();
    return std::unique_ptr<const rewards::Check>(
        std::make_unique<EqualsCheck>(std::move(*gold)));
  }
};

// --- The load.

std::string Request(int items, const std::string& checker) {
  std::string body = R"({"items":[)";
  for (int i = 0; i < items; ++i) {
    const std::string number = std::to_string(1'000 + i);
    body +=
        std::string(i == 0 ? "" : ",") + R"({"id":"q)" + std::to_string(i) +
        R"(","response":"<think>Adding both sides gives the result.</think>)"
        R"( The answer is \\boxed{)" +
        number + R"(}.","checks":[{"checker":")" + checker + R"(","gold":")" +
        number + R"("}]})";
  }
  body += "]}";
  return "POST /v1/score HTTP/1.1\r\nHost: bench\r\nContent-Type: "
         "application/json\r\nContent-Length: " +
         std::to_string(body.size()) + "\r\n\r\n" + body;
}

struct Load {
  Clock::time_point end;
  std::string request;
  std::vector<double> seconds;  // of each request
  std::string failure;
};

asio::awaitable<void> Client(tcp::endpoint endpoint, Load& load) try {
  tcp::socket socket(co_await asio::this_coro::executor);
  co_await socket.async_connect(endpoint, asio::use_awaitable);
  socket.set_option(tcp::no_delay(true));
  boost::beast::flat_buffer buffer;
  while (Clock::now() < load.end) {
    const auto start = Clock::now();
    co_await asio::async_write(socket, asio::buffer(load.request),
                               asio::use_awaitable);
    http::response<http::string_body> response;
    co_await http::async_read(socket, buffer, response, asio::use_awaitable);
    load.seconds.push_back(
        std::chrono::duration<double>(Clock::now() - start).count());
    const bool wrong =
        response.body().find(R"("reward":null)") != std::string::npos ||
        response.body().find(R"("reward":0)") != std::string::npos;
    if (response.result_int() != 200 || wrong) {
      load.failure = response.body().substr(0, 300);
      co_return;
    }
  }
} catch (const std::exception& error) {
  load.failure = error.what();
}

struct Figures {
  double items_per_second = 0;
  double p50_ms = 0;
  double p99_ms = 0;
};

Figures Run(const tcp::endpoint& endpoint, const std::string& request,
            int items, int connections, double seconds) {
  Load load;
  load.request = request;
  const auto start = Clock::now();
  load.end = start + std::chrono::duration_cast<Clock::duration>(
                         std::chrono::duration<double>(seconds));
  asio::io_context context(1);
  for (int i = 0; i < connections; ++i) {
    asio::co_spawn(context, Client(endpoint, load), asio::detached);
  }
  context.run();
  const double took =
      std::chrono::duration<double>(Clock::now() - start).count();
  if (!load.failure.empty() || load.seconds.empty()) {
    std::fprintf(stderr, "failed: %s\n", load.failure.c_str());
    std::exit(1);
  }
  std::vector<double>& all = load.seconds;
  std::sort(all.begin(), all.end());
  return {static_cast<double>(all.size()) * items / took,
          all[all.size() / 2] * 1e3, all[all.size() * 99 / 100] * 1e3};
}

Figures Median(std::vector<Figures> rounds) {
  const auto median = [&rounds](double Figures::*field) {
    std::sort(rounds.begin(), rounds.end(),
              [field](const Figures& a, const Figures& b) {
                return a.*field < b.*field;
              });
    return rounds[rounds.size() / 2].*field;
  };
  return {median(&Figures::items_per_second), median(&Figures::p50_ms),
          median(&Figures::p99_ms)};
}

void Print(const char* name, int items, const Figures& figures) {
  std::printf("%-8s %5d %14.0f %14.0f %10.2f %10.2f\n", name, items,
              figures.items_per_second / items, figures.items_per_second,
              figures.p50_ms, figures.p99_ms);
}

struct Options {
  std::string url{};
  std::string checker{};
  double seconds = 3;
  int connections = 16;
  int rounds = 3;
};

Options ReadOptions(int argc, char** argv) {
  Options options;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string_view flag = argv[i];
    const std::string value = argv[i + 1];
    if (flag == "--url") options.url = value;
    if (flag == "--checker") options.checker = value;
    if (flag == "--seconds") options.seconds = std::stod(value);
    if (flag == "--connections") options.connections = std::stoi(value);
    if (flag == "--rounds") options.rounds = std::stoi(value);
  }
  if (options.checker.empty()) {
    options.checker = options.url.empty() ? "equals" : "math";
  }
  return options;
}

std::unique_ptr<verifier::server::Server> Serve() {
  std::vector<std::unique_ptr<const rewards::Checker>> checkers;
  checkers.push_back(std::make_unique<EqualsChecker>());
  verifier::server::ServerOptions options;
  options.port = 0;
  auto server = std::make_unique<verifier::server::Server>(
      std::make_shared<const rewards::Registry>(std::move(checkers)), options,
      nullptr);
  if (server->Start()) std::exit(1);
  return server;
}

}  // namespace

int main(int argc, char** argv) {
  const Options options = ReadOptions(argc, argv);
  std::unique_ptr<verifier::server::Server> server;
  tcp::endpoint score;
  if (options.url.empty()) {
    server = Serve();
    score = server->endpoint();
  } else {
    const std::size_t colon = options.url.rfind(':');
    score = {
        asio::ip::make_address(options.url.substr(0, colon)),
        static_cast<std::uint16_t>(std::stoi(options.url.substr(colon + 1)))};
  }
  const EchoServer echo;
  std::printf("%d rounds of %.1f s, %d connections, %u cores, checker %s\n",
              options.rounds, options.seconds, options.connections,
              std::thread::hardware_concurrency(), options.checker.c_str());
  std::printf("%-8s %5s %14s %14s %10s %10s\n", "server", "batch", "requests/s",
              "items/s", "p50 ms", "p99 ms");
  for (const int items : {1, 256}) {
    const std::string request = Request(items, options.checker);
    std::vector<Figures> echoes;
    std::vector<Figures> scores;
    for (int round = 0; round < options.rounds; ++round) {
      echoes.push_back(Run(echo.endpoint(), request, items, options.connections,
                           options.seconds));
      scores.push_back(
          Run(score, request, items, options.connections, options.seconds));
    }
    const Figures of_echo = Median(echoes);
    const Figures of_score = Median(scores);
    Print("echo", items, of_echo);
    Print("assayd", items, of_score);
    std::printf("ratio assayd / echo, batches of %d: %.2f\n", items,
                of_score.items_per_second / of_echo.items_per_second);
  }
  return 0;
}
