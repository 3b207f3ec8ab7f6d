#include "tests/verifier/test_checkers.h"

#include <algorithm>
#include <functional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "rewards/params.h"

namespace verifier::testing {
namespace {

using Judge = std::function<rewards::Verdict(const rewards::Submission&,
                                             const rewards::Budget&)>;
using MakeJudge =
    std::function<rewards::ParamResult<Judge>(const boost::json::object&)>;

class FunctionCheck final : public rewards::Check {
 public:
  explicit FunctionCheck(verifier::testing::Judge judge)
      : judge_(std::move(judge)) {}
  rewards::Verdict Judge(const rewards::Submission& submission,
                         const rewards::Budget& budget) const override {
    return judge_(submission, budget);
  }

 private:
  verifier::testing::Judge judge_;
};

class FunctionChecker final : public rewards::Checker {
 public:
  FunctionChecker(std::string name, bool runs_programs, MakeJudge make,
                  unsigned own_threads = 0)
      : name_(std::move(name)),
        runs_programs_(runs_programs),
        make_(std::move(make)),
        own_threads_(own_threads) {}

  std::string_view name() const noexcept override { return name_; }
  std::string_view version() const noexcept override { return "1"; }
  std::string_view summary() const noexcept override { return "For tests."; }
  bool runs_programs() const noexcept override { return runs_programs_; }
  unsigned own_threads() const noexcept override { return own_threads_; }
  boost::json::object schema() const override {
    if (name_ == "broken_schema") throw std::runtime_error("broken schema");
    return {{"type", "object"}};
  }
  boost::system::result<std::unique_ptr<const rewards::Check>,
                        rewards::ParamError>
  Prepare(const boost::json::object& params) const override {
    auto judge = make_(params);
    if (!judge) return judge.error();
    return std::unique_ptr<const rewards::Check>(
        std::make_unique<FunctionCheck>(std::move(*judge)));
  }

 private:
  std::string name_;
  bool runs_programs_;
  MakeJudge make_;
  unsigned own_threads_;
};

rewards::Verdict RightIf(bool right) {
  return rewards::MakeVerdict(
      right ? rewards::Outcome::kCorrect : rewards::Outcome::kWrong, "test");
}

rewards::ParamResult<Judge> MakeEquals(const boost::json::object& params) {
  auto gold = rewards::StringParam(params, "gold");
  if (!gold) return gold.error();
  return Judge([gold = *gold](const rewards::Submission& submission,
                              const rewards::Budget&) {
    return RightIf(submission.response == gold);
  });
}

rewards::ParamResult<Judge> MakeSleep(const boost::json::object& params) {
  auto ms = rewards::IntParam(params, "ms", 0, 600'000, 0);
  if (!ms) return ms.error();
  return Judge(
      [ms = *ms](const rewards::Submission&, const rewards::Budget& budget) {
        const auto wake =
            std::chrono::steady_clock::now() + std::chrono::milliseconds(ms);
        std::this_thread::sleep_until(std::min(wake, budget.deadline));
        return RightIf(true);
      });
}

rewards::ParamResult<Judge> MakeThrows(const boost::json::object& params) {
  auto when = rewards::StringParam(params, "when");
  if (!when) return when.error();
  if (*when == "prepare") throw std::runtime_error("in Prepare");
  return Judge([when = *when](const rewards::Submission& submission,
                              const rewards::Budget&) -> rewards::Verdict {
    if (when == "judge" || !submission.response.empty()) {
      if (when == "number") throw 42;  // not an exception of std
      throw std::runtime_error("in Judge");
    }
    return RightIf(false);
  });
}

MakeJudge MakeGate(const std::shared_ptr<Gate>& gate) {
  return [gate](const boost::json::object&) {
    return rewards::ParamResult<Judge>(
        [gate](const rewards::Submission&, const rewards::Budget&) {
          gate->Pass();
          return RightIf(true);
        });
  };
}

rewards::ParamResult<Judge> MakeFails(const boost::json::object& params) {
  auto sleep = MakeSleep(params);
  if (!sleep) return sleep;
  return Judge([sleep = *sleep](const rewards::Submission& submission,
                                const rewards::Budget& budget) {
    static_cast<void>(sleep(submission, budget));
    return rewards::MakeVerdict(rewards::Outcome::kNotJudged, "test");
  });
}

std::vector<std::unique_ptr<const rewards::Checker>> Checkers(
    const std::shared_ptr<Gate>& gate) {
  std::vector<std::unique_ptr<const rewards::Checker>> checkers;
  const auto add = [&checkers](std::string name, bool runs_programs,
                               MakeJudge make, unsigned own_threads = 0) {
    checkers.push_back(std::make_unique<FunctionChecker>(
        std::move(name), runs_programs, std::move(make), own_threads));
  };
  add("equals", false, MakeEquals);
  add("sleep", false, MakeSleep);
  add("program", true, MakeSleep);
  add("own", true, MakeSleep, 1);
  add("other_own", true, MakeSleep, 1);
  add("own_gate", true, MakeGate(gate), 1);
  add("fails", false, MakeFails);
  add("throws", false, MakeThrows);
  add("gate", false, MakeGate(gate));
  return checkers;
}

}  // namespace

void Gate::Open() {
  const std::lock_guard lock(mutex_);
  open_ = true;
  changed_.notify_all();
}

void Gate::AwaitArrivals(std::size_t count) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this, count] { return arrivals_ >= count; });
}

void Gate::Pass() {
  std::unique_lock lock(mutex_);
  ++arrivals_;
  changed_.notify_all();
  changed_.wait(lock, [this] { return open_; });
}

std::shared_ptr<const rewards::Registry> TestRegistry(
    const std::shared_ptr<Gate>& gate) {
  return std::make_shared<const rewards::Registry>(Checkers(gate));
}

std::shared_ptr<const rewards::Registry> RegistryWithBrokenSchema() {
  auto checkers = Checkers(std::make_shared<Gate>());
  checkers.push_back(
      std::make_unique<FunctionChecker>("broken_schema", false, MakeSleep));
  return std::make_shared<const rewards::Registry>(std::move(checkers));
}

}  // namespace verifier::testing
