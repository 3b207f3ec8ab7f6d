// Log: what assayd has to say, one line each, on standard error: text, or JSON
// objects {"ts", "level", "logger", "msg", ...}. Thread-safe.
//
// Nothing that a peer or a plugin sends breaks a line: control characters and
// bytes that are not UTF-8 become '?'. Nothing of an item is ever logged.

#ifndef VERIFIER_CLI_LOG_H_
#define VERIFIER_CLI_LOG_H_

#include <atomic>
#include <initializer_list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "verifier/cli/config/settings.h"

namespace spdlog {
class logger;
}  // namespace spdlog

namespace verifier::cli {

enum class LogLevel { kTrace, kDebug, kInfo, kWarn, kError };

struct LogLine {
  std::string ts{};  // RFC 3339, UTC
  LogLevel level = LogLevel::kInfo;
  std::string_view message{};
  std::vector<std::pair<std::string_view, std::string>> fields{};
};

// `line` without its end. A message is cut after kMessageBytes, a field too.
inline constexpr std::size_t kMessageBytes = 4'096;
[[nodiscard]] std::string TextLine(const LogLine& line);
[[nodiscard]] std::string JsonLine(const LogLine& line);

class Log {
 public:
  using Field = std::pair<std::string_view, std::string>;

  // Holds lines back (kMostHeld of them) until Ready or its own end: the first
  // line on standard error is the one that says where assayd is.
  explicit Log(const config::Settings& settings);
  ~Log();

  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  // Format and level of `settings`, from now on.
  void Set(const config::Settings& settings);

  // Writes `first` as it is, then what was held back.
  void Ready(const std::string& first);

  void Write(LogLevel level, std::string_view message,
             std::initializer_list<Field> fields = {});
  void Info(std::string_view message,
            std::initializer_list<Field> fields = {}) {
    Write(LogLevel::kInfo, message, fields);
  }
  void Warn(std::string_view message,
            std::initializer_list<Field> fields = {}) {
    Write(LogLevel::kWarn, message, fields);
  }
  void Error(std::string_view message,
             std::initializer_list<Field> fields = {}) {
    Write(LogLevel::kError, message, fields);
  }

 private:
  static constexpr std::size_t kMostHeld = 1'000;

  void Put(const std::string& line);
  void Release();

  std::atomic<bool> json_ = false;
  std::atomic<LogLevel> least_ = LogLevel::kInfo;
  std::shared_ptr<spdlog::logger> out_;
  std::mutex mutex_;
  bool holding_ = true;            // guarded
  std::vector<std::string> held_;  // guarded
};

}  // namespace verifier::cli

#endif  // VERIFIER_CLI_LOG_H_
