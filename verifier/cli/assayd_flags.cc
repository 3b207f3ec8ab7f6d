#include "verifier/cli/assayd_flags.h"

#include <CLI/CLI.hpp>
#include <boost/asio/ip/address.hpp>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <iostream>
#include <string_view>
#include <vector>

#include "verifier/protocol/nearest_name.h"

namespace verifier::cli {
namespace {

constexpr const char* kAbout =
    "assayd: scores model outputs over HTTP (POST /v1/score).\n"
    "Also POST /v1/equal, /v1/execute, GET /v1/checkers, /livez, /readyz.\n";

constexpr const char* kFooter =
    "Sizes are bytes, times milliseconds. A request over a limit is refused\n"
    "with an error that names the limit, its value and its unit.\n"
    "\n"
    "When ready, the first line on standard error is\n"
    "  assayd ready on http://127.0.0.1:PORT\n"
    "SIGTERM or SIGINT: finish what is in flight, then exit 0; a second one:\n"
    "stop at once.\n"
    "Exit: 0 ok, 2 usage, 4 the address cannot be had, 7 out of resources,\n"
    "130 or 143 stopped by a second signal.\n"
    "\n"
    "Try it:\n"
    "  assayd --listen 127.0.0.1:8790 &\n"
    "  curl -s -H 'Content-Type: application/json' -d "
    "'{\"items\":[{\"id\":\"a\",\n"
    "    \"response\":\"\\\\boxed{42}\",\"checks\":[{\"checker\":\"math\",\n"
    "    \"gold\":\"42\"}]}]}' http://127.0.0.1:8790/v1/score";

// Adds flags to one group of the help.
class Group {
 public:
  Group(CLI::App& app, std::string name) : app_(app), name_(std::move(name)) {}

  template <typename Number>
  void Count(const std::string& flag, Number& value, const std::string& help,
             std::uint64_t low, std::uint64_t high) {
    app_.add_option_function<std::int64_t>(
            flag,
            [&value](std::int64_t read) { value = static_cast<Number>(read); },
            help)
        ->default_str(std::to_string(value))
        ->check(CLI::Range(static_cast<std::int64_t>(low),
                           static_cast<std::int64_t>(high)))
        ->type_name("N")
        ->group(name_);
  }

  void Time(const std::string& flag, std::chrono::milliseconds& value,
            const std::string& help, std::uint64_t low = 1) {
    constexpr std::uint64_t kDay = 86'400'000;
    app_.add_option_function<std::int64_t>(
            flag,
            [&value](std::int64_t read) {
              value = std::chrono::milliseconds(read);
            },
            help)
        ->default_str(std::to_string(value.count()))
        ->check(CLI::Range(static_cast<std::int64_t>(low),
                           static_cast<std::int64_t>(kDay)))
        ->type_name("MS")
        ->group(name_);
  }

 private:
  CLI::App& app_;
  std::string name_;
};

constexpr std::uint64_t kMany = std::uint64_t{1} << 40;

void AddThreads(CLI::App& app, server::ServerOptions& o) {
  Group group(app, "Threads");
  group.Count("--workers", o.engine.workers,
              "threads for checks that compute; 0: one a core", 0, 4'096);
  group.Count("--slots", o.engine.slots,
              "programs that run at once; 0: one a core", 0, 4'096);
  group.Count("--io-threads", o.io_threads, "threads that move bytes", 1, 256);
  group.Count("--json-threads", o.json_threads,
              "threads that read and write the JSON of large requests", 1, 256);
}

void AddRequestLimits(CLI::App& app, server::ServerOptions& o) {
  protocol::Limits& l = o.limits;
  Group group(app, "Limits of one request");
  group.Count("--limit-body-bytes", l.body_bytes, "body (413)", 1, kMany);
  group.Count("--limit-items", l.items, "items (413)", 1, kMany);
  group.Count("--limit-json-depth", l.json_depth, "levels of nesting (400)", 4,
              256);
  group.Count("--limit-json-members", l.json_members,
              "keys of one object (400)", 8, kMany);
  group.Count("--limit-json-values", l.json_values,
              "values of any kind in one body (400)", 16, kMany);
  group.Count("--limit-header-bytes", o.header_bytes,
              "request line and header fields (431)", 256, 1 << 20);
  group.Count("--limit-header-fields", o.header_fields, "header fields (431)",
              4, 10'000);
  group.Count("--limit-uri-bytes", o.uri_bytes, "request target (414)", 16,
              1 << 20);
}

void AddItemLimits(CLI::App& app, protocol::Limits& l) {
  Group group(app, "Limits of one item (the others are still scored)");
  group.Count("--limit-id-bytes", l.id_bytes, "id", 1, kMany);
  group.Count("--limit-prompt-bytes", l.prompt_bytes, "prompt", 0, kMany);
  group.Count("--limit-response-bytes", l.response_bytes,
              "response; a longer one earns 0 (unreadable)", 1, kMany);
  group.Count("--limit-gold-bytes", l.gold_bytes, "golds of one check", 1,
              kMany);
  group.Count("--limit-checks", l.checks, "checks", 1, 10'000);
  group.Count("--limit-deadline-ms", l.deadline_ms,
              "largest deadline_ms an item may ask for", 1, kMany);
}

void AddProgramLimits(CLI::App& app, protocol::Limits& l) {
  Group group(app, "Limits of one program (POST /v1/execute; 413)");
  group.Count("--limit-program-bytes", l.program_bytes, "code, or all files", 1,
              kMany);
  group.Count("--limit-program-files", l.program_files, "files", 1, 4'000);
  group.Count("--limit-stdin-bytes", l.stdin_bytes, "standard input", 0, kMany);
  group.Count("--limit-args", l.args, "arguments", 0, 10'000);
  group.Count("--limit-arg-bytes", l.arg_bytes, "arguments together", 0,
              1 << 20);
  group.Count("--limit-want-files", l.want_files, "files that come back", 0,
              64);
  group.Count("--limit-returned-bytes", l.returned_bytes,
              "what comes back: all files, and each output stream", 1,
              std::uint64_t{256} << 20);
}

void AddServiceLimits(CLI::App& app, server::ServerOptions& o) {
  Group group(app, "Limits of the service");
  group.Count("--limit-queue-items", o.engine.queue_items,
              "items that wait or run (503)", 1, kMany);
  group.Count("--limit-held-bytes", o.held_bytes,
              "request bodies held at once (503)", 1, kMany);
  group.Count("--limit-stream-items", o.stream_items,
              "results of one stream that wait for its reader; at it no "
              "further item of it starts",
              1, kMany);
  group.Count("--limit-connections", o.connections,
              "open connections; over it the oldest unfinished one is closed. "
              "Never more than the limit on open files leaves room for",
              1, 1'000'000);
  group.Count("--large-body-bytes", o.large_body_bytes,
              "a body over it is read on a JSON thread", 0, kMany);
}

void AddTimes(CLI::App& app, server::ServerOptions& o) {
  Group group(app, "Times");
  group.Time("--header-timeout-ms", o.header_timeout,
             "from the first byte of a head to its last (408)");
  group.Time("--idle-timeout-ms", o.idle_timeout, "between two requests");
  group.Time("--transfer-timeout-ms", o.transfer_timeout,
             "a body, or an answer, may take this and the next flag's");
  group.Count("--min-rate", o.min_rate, "bytes moved that buy one second more",
              1, kMany);
  group.Time("--linger-timeout-ms", o.linger_timeout,
             "how long unread bytes are drained after a last answer", 0);
  group.Time("--leave-grace-ms", o.leave_grace,
             "scoring goes on after the peer closed its sending side", 0);
  group.Time("--drain-delay-ms", o.drain_delay,
             "from SIGTERM (/readyz says 503) to closing the door", 0);
  group.Time("--drain-timeout-ms", o.drain_timeout,
             "then, for requests in flight", 0);
}

// What the flags say together, or empty.
std::string Conflict(const server::ServerOptions& o) {
  if (o.held_bytes < o.limits.body_bytes) {
    return "--limit-held-bytes is less than --limit-body-bytes: the largest "
           "body could never be read";
  }
  if (o.engine.queue_items < o.limits.items) {
    return "--limit-queue-items is less than --limit-items: the largest "
           "request could never be taken";
  }
  return {};
}

std::string DidYouMean(const CLI::App& app, const std::string& message) {
  const std::size_t start = message.find("--");
  if (start == std::string::npos) return {};
  const std::string word =
      message.substr(start, message.find_first_of(" =", start) - start);
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) {
      names.push_back("--" + name);
    }
  }
  const std::vector<std::string_view> views(names.begin(), names.end());
  const std::string_view nearest = protocol::NearestName(word, views);
  return nearest.empty() ? "" : "; did you mean " + std::string(nearest) + "?";
}

int Refuse(const std::string& why) {
  std::cerr << "assayd: " << why << "\nassayd --help lists every flag\n";
  return 2;
}

}  // namespace

std::string SetListen(const std::string& text, server::ServerOptions& options) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string::npos) return "--listen wants ADDR:PORT";
  std::string host = text.substr(0, colon);
  if (host == "localhost") host = "127.0.0.1";
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
  }
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data() + colon + 1, end, options.port);
  if (read.ec != std::errc() || read.ptr != end) {
    return "--listen: the port is not a number from 0 to 65535";
  }
  boost::system::error_code error;
  const auto address = boost::asio::ip::make_address(host, error);
  if (error) return "--listen: the address is not an IP address";
  if (!address.is_loopback()) {
    return "--listen: only loopback (127.0.0.0/8, [::1]) is served: anybody "
           "who reaches assayd may use it, since it has no token and no TLS "
           "yet";
  }
  options.address = address.to_string();
  return {};
}

std::optional<int> ParseAssaydFlags(int argc, const char* const* argv,
                                    AssaydFlags& flags) {
  CLI::App app(kAbout, "assayd");
  std::string listen = "127.0.0.1:8790";
  app.set_help_flag("-h,--help", "print this and exit");
  app.set_version_flag("--version", "assayd " ASSAY_VERSION,
                       "print the version and exit");
  app.add_option("--listen", listen,
                 "loopback address and port; port 0 picks a free one")
      ->capture_default_str()
      ->type_name("ADDR:PORT");
  app.add_option("--require", flags.require_level,
                 "refuse to start where programs cannot be jailed at this "
                 "level (L0, L1, L2, L3)")
      ->check(CLI::IsMember({"L0", "L1", "L2", "L3"}))
      ->type_name("LEVEL");
  app.add_flag("--check-config", flags.check_config,
               "check the flags, say so, and exit 0 or 2");
  AddThreads(app, flags.server);
  AddRequestLimits(app, flags.server);
  AddItemLimits(app, flags.server.limits);
  AddProgramLimits(app, flags.server.limits);
  AddServiceLimits(app, flags.server);
  AddTimes(app, flags.server);
  app.footer(kFooter);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ExtrasError& error) {
    return Refuse(error.what() + DidYouMean(app, error.what()));
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);
    return Refuse(error.what());
  }
  const std::string wrong = SetListen(listen, flags.server);
  if (!wrong.empty()) return Refuse(wrong);
  const std::string conflict = Conflict(flags.server);
  if (!conflict.empty()) return Refuse(conflict);
  return std::nullopt;
}

}  // namespace verifier::cli
