#include "verifier/cli/log.h"

#include <fmt/format.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/json/object.hpp>
#include <chrono>
#include <cstdio>

#include "verifier/cli/terminal.h"
#include "verifier/protocol/json_text.h"

namespace verifier::cli {
namespace {

constexpr std::array<std::string_view, 5> kNames = {"trace", "debug", "info",
                                                    "warn", "error"};

std::string_view NameOf(LogLevel level) {
  return kNames[static_cast<std::size_t>(level)];
}

LogLevel LevelOf(std::string_view name) {
  const auto found = std::find(kNames.begin(), kNames.end(), name);
  return found == kNames.end() ? LogLevel::kInfo
                               : static_cast<LogLevel>(found - kNames.begin());
}

std::string Now() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const auto ms =
      std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
  const time_t seconds = ms / 1'000;
  tm utc{};
  gmtime_r(&seconds, &utc);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z",
                     utc.tm_year + 1900, utc.tm_mon + 1, utc.tm_mday,
                     utc.tm_hour, utc.tm_min, utc.tm_sec, ms % 1'000);
}

}  // namespace

std::string TextLine(const LogLine& line) {
  std::string text = fmt::format("{} {:<5} {}", line.ts, NameOf(line.level),
                                 Printable(line.message, kMessageBytes));
  for (const auto& [name, value] : line.fields) {
    text += fmt::format("  {}={}", name, Printable(value, kMessageBytes));
  }
  return text;
}

std::string JsonLine(const LogLine& line) {
  boost::json::object object;
  object["ts"] = line.ts;
  object["level"] = NameOf(line.level);
  object["logger"] = "assayd";
  object["msg"] = Printable(line.message, kMessageBytes);
  for (const auto& [name, value] : line.fields) {
    object[name] = Printable(value, kMessageBytes);
  }
  return protocol::JsonText(object);
}

Log::Log(const config::Settings& settings)
    : out_(std::make_shared<spdlog::logger>(
          "assayd", std::make_shared<spdlog::sinks::stderr_sink_mt>())) {
  out_->set_pattern("%v");
  Set(settings);
}

Log::~Log() { Release(); }

void Log::Set(const config::Settings& settings) {
  json_ = settings.log_format == "json" ||
          (settings.log_format == "auto" && !IsTerminal(STDERR_FILENO));
  least_ = LevelOf(settings.log_level);
}

void Log::Ready(const std::string& first) {
  out_->info(first);
  Release();
}

void Log::Write(LogLevel level, std::string_view message,
                std::initializer_list<Field> fields) {
  if (level < least_) return;
  const LogLine line{Now(), level, message, {fields.begin(), fields.end()}};
  Put(json_ ? JsonLine(line) : TextLine(line));
}

void Log::Put(const std::string& line) {
  const std::lock_guard lock(mutex_);
  if (!holding_) return out_->info(line);
  if (held_.size() < kMostHeld) held_.push_back(line);
}

void Log::Release() {
  const std::lock_guard lock(mutex_);
  for (const std::string& line : held_) out_->info(line);
  held_.clear();
  holding_ = false;
}

}  // namespace verifier::cli
