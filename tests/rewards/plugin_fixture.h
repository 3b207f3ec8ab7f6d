// A plugin that runs for one test, and what it says.

#ifndef TESTS_REWARDS_PLUGIN_FIXTURE_H_
#define TESTS_REWARDS_PLUGIN_FIXTURE_H_

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

#include <algorithm>
#include <boost/json/object.hpp>
#include <chrono>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "rewards/plugin/plugin_checker.h"
#include "tests/rewards/plugin_reader.h"

namespace rewards::plugin {

// tests/rewards/plugins/hostile.py with `arguments`, without a jail.
inline PluginOptions Hostile(const std::vector<std::string>& arguments) {
  PluginOptions options;
  options.name = "hostile";
  options.command = {"python3", ASSAY_PLUGINS "/hostile.py"};
  options.command.insert(options.command.end(), arguments.begin(),
                         arguments.end());
  options.start_timeout = std::chrono::seconds(60);
  options.deadline = std::chrono::seconds(60);
  options.jailed = false;
  return options;
}

inline std::string Reason(const Verdict& verdict) {
  const boost::json::value* reason = verdict.detail.if_contains("reason");
  return reason == nullptr ? "" : std::string(reason->as_string());
}

class TemporaryFile {
 public:
  TemporaryFile() {
    const int fd = mkstemp(path_.data());
    if (fd >= 0) close(fd);
  }
  ~TemporaryFile() { unlink(path_.c_str()); }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_ = testing::TempDir() + "plugin-XXXXXX";
};

class PluginUnderTest {
 public:
  explicit PluginUnderTest(const PluginOptions& options) {
    std::string problem;
    checker_ = MakePluginChecker(
        options, [this](const std::string& line) { Log(line); }, StrictReader(),
        problem);
    if (checker_ == nullptr) throw std::runtime_error(problem);
  }

  [[nodiscard]] const Checker& checker() const { return *checker_; }

  Verdict Judge(
      const std::string& response, const boost::json::object& params = {},
      std::chrono::milliseconds deadline = std::chrono::seconds(600)) const {
    const auto check = checker_->Prepare(params);
    if (!check) throw std::runtime_error(check.error().detail);
    return (*check)->Judge(
        {.prompt = "", .response = response},
        {.deadline = std::chrono::steady_clock::now() + deadline});
  }

  // Its processes, from the first to the last that was started.
  [[nodiscard]] std::vector<pid_t> pids() {
    constexpr std::string_view kStarted = "started: process ";
    const std::lock_guard lock(mutex_);
    std::vector<pid_t> pids;
    for (const std::string& line : lines_) {
      const std::size_t at = line.find(kStarted);
      if (at == std::string::npos) continue;
      pids.push_back(std::stoi(line.substr(at + kStarted.size())));
    }
    return pids;
  }

  [[nodiscard]] std::size_t Lines(const std::string& line) {
    const std::lock_guard lock(mutex_);
    return static_cast<std::size_t>(
        std::count(lines_.begin(), lines_.end(), line));
  }

  void AwaitLog(const std::string& line) {
    while (Lines(line) == 0) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  }

 private:
  void Log(const std::string& line) {
    const std::lock_guard lock(mutex_);
    lines_.push_back(line);
  }

  std::mutex mutex_;
  std::vector<std::string> lines_;
  std::unique_ptr<const Checker> checker_;
};

}  // namespace rewards::plugin

#endif  // TESTS_REWARDS_PLUGIN_FIXTURE_H_
