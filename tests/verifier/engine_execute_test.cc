// Tests verifier/engine/execute.h, and tasks on the engine's lane.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include "tests/verifier/test_checkers.h"
#include "verifier/engine/built_in.h"
#include "verifier/engine/execute.h"

namespace verifier::engine {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

std::shared_ptr<const sandbox::Runner> TheRunner() {
  static const BuiltIn built_in = MakeBuiltIn();
  EXPECT_EQ(built_in.jail_problem, "");
  return built_in.runner;
}

protocol::ExecuteRequest Request(std::string language, std::string code) {
  protocol::ExecuteRequest request;
  request.language = std::move(language);
  request.code = std::move(code);
  request.limits = {{"cpu_s", 5}, {"wall_s", 60}};
  return request;
}

protocol::ExecuteResult RunNow(const protocol::ExecuteRequest& request,
                               const Cancel* cancel = nullptr) {
  auto execution = PrepareExecution(request, {});
  if (!execution) {
    ADD_FAILURE() << execution.error().pointer << execution.error().detail;
    return {};
  }
  return Execute(TheRunner().get(), *std::move(execution), cancel);
}

struct BadRequest {
  const char* name;
  void (*change)(protocol::ExecuteRequest&);
  std::string_view pointer;
  std::string_view detail;
  int status = 400;
};

void PrintTo(const BadRequest& row, std::ostream* os) { *os << row.name; }

constexpr BadRequest kBadRequests[] = {
    {"Language", [](auto& r) { r.language = "pyton"; }, "/language",
     "did you mean python?"},
    {"NoLanguageNear", [](auto& r) { r.language = "brainf"; }, "/language",
     "has python, cpp, c++"},
    {"FileName",
     [](auto& r) {
       r.code.reset();
       r.files = {{"main.py", ""}, {"../x", ""}};
     },
     "/files/1/name", "no slash"},
    {"NoMain",
     [](auto& r) {
       r.code.reset();
       r.files = {{"a.py", ""}, {"b.py", ""}};
     },
     "/files", "which file is the program? name it main.py"},
    {"NothingToCompile",
     [](auto& r) {
       r.language = "cpp";
       r.code.reset();
       r.files = {{"a.h", ""}};
     },
     "/files", ".cc, .cpp, .cxx"},
    {"Artifact",
     [](auto& r) {
       r.language = "cpp";
       r.code.reset();
       r.files = {{"a.cc", ""}, {"a.out", ""}};
     },
     "/files", "a.out"},
    {"Wanted",
     [](auto& r) {
       r.want_files = {"a", "b/c"};
     },
     "/want_files/1", "no slash"},
    {"LimitOutOfRange",
     [](auto& r) {
       r.limits = {{"cpu_s", 601}};
     },
     "/limits/cpu_s", "600"},
    {"LimitIsText",
     [](auto& r) {
       r.limits = {{"wall_s", "1"}};
     },
     "/limits/wall_s", "number"},
    {"UnknownLimit",
     [](auto& r) {
       r.limits = {{"time", 1}};
     },
     "/limits/time", "unknown"},
    {"MoreOutputThanComesBack",
     [](auto& r) {
       r.limits = {{"output_kb", 16 * 1024 + 1}};
     },
     "/limits/output_kb", "limit.returned_bytes = 16777216", 413},
};

class PrepareExecutionTest : public ::testing::TestWithParam<BadRequest> {};

TEST_P(PrepareExecutionTest, NamesThePlace) {
  const BadRequest& row = GetParam();
  protocol::ExecuteRequest request = Request("python", "print(1)");
  row.change(request);
  const auto execution = PrepareExecution(request, {});
  ASSERT_FALSE(execution);
  EXPECT_EQ(execution.error().status, row.status);
  EXPECT_EQ(execution.error().pointer, row.pointer);
  EXPECT_THAT(execution.error().detail, HasSubstr(std::string(row.detail)));
}

INSTANTIATE_TEST_SUITE_P(Engine, PrepareExecutionTest,
                         ::testing::ValuesIn(kBadRequests),
                         [](const auto& test) { return test.param.name; });

TEST(PrepareExecution, OutputIsBoundByWhatComesBack) {
  protocol::ExecuteRequest request = Request("python", "");
  request.limits = {{"output_kb", 16 * 1024}};
  EXPECT_TRUE(PrepareExecution(request, {}));
  protocol::Limits limits;
  limits.returned_bytes = 100;
  request.limits = {};
  const auto execution = PrepareExecution(request, limits);
  ASSERT_TRUE(execution);
  EXPECT_EQ(execution->limits.output_bytes, 100);
  EXPECT_EQ(execution->limits.returned_bytes, 100);
}

TEST(Execute, APythonProgramWithFilesAndArguments) {
  protocol::ExecuteRequest request;
  request.language = "python";
  request.files = {
      {"main.py",
       "import sys, helper\n"
       "print(sys.argv[1:], input(), helper.TWO, open('data').read())\n"
       "open('out', 'wb').write(b'\\xff')\nsys.exit(3)\n"},
      {"helper.py", "TWO = 2"},
      {"data", "text"}};
  request.input = "line\n";
  request.args = {"-c", ""};
  request.want_files = {"out", "none"};
  const protocol::ExecuteResult result = RunNow(request);
  EXPECT_EQ(result.verdict, "RE");
  EXPECT_FALSE(result.compile);
  ASSERT_TRUE(result.run);
  EXPECT_EQ(result.run->out, "['-c', ''] line 2 text\n");
  EXPECT_EQ(result.run->exit_code, 3);
  EXPECT_FALSE(result.run->signal);
  EXPECT_GT(result.run->cpu_ms, 0);
  EXPECT_GT(result.run->wall_ms, 0);
  EXPECT_GT(result.run->memory_kb, 0);
  ASSERT_EQ(result.files.size(), 2U);
  EXPECT_EQ(result.files[0].content, "\xff");
  EXPECT_EQ(result.files[1].problem, "no such file");
  ASSERT_TRUE(result.enforced);
  EXPECT_THAT(std::string(result.enforced->at("level").as_string()),
              StartsWith("L"));
  EXPECT_EQ(result.enforced->at("limits").at("cpu_s"), 5.0);
}

TEST(Execute, ACppProgram) {
  const protocol::ExecuteResult good = RunNow(Request(
      "c++", "#include <cstdio>\nint main() { std::puts(\"hello\"); }"));
  EXPECT_EQ(good.verdict, "OK") << good.failure;
  ASSERT_TRUE(good.compile && good.run);
  EXPECT_EQ(good.compile->exit_code, 0);
  EXPECT_EQ(good.run->out, "hello\n");

  const protocol::ExecuteResult bad =
      RunNow(Request("cpp", "int main() { return }"));
  EXPECT_EQ(bad.verdict, "CE");
  EXPECT_FALSE(bad.run);
  ASSERT_TRUE(bad.compile);
  EXPECT_EQ(bad.compile->exit_code, 1);
  EXPECT_THAT(bad.compile->err, HasSubstr("error"));
  EXPECT_EQ(bad.failure, "");
}

TEST(Execute, SaysThatACompileIsAnEarlierOne) {
  const auto request = Request("cpp", "int main() { return 41 - 41; }");
  const protocol::ExecuteResult first = RunNow(request);
  const protocol::ExecuteResult second = RunNow(request);
  ASSERT_TRUE(first.compile && second.compile && second.run);
  EXPECT_EQ(first.compile->cached, false);
  EXPECT_EQ(second.compile->cached, true);
  EXPECT_EQ(second.compile->wall_ms, first.compile->wall_ms);
  EXPECT_EQ(second.run->cached, std::nullopt);
}

TEST(Execute, WithoutARunnerNothingIsSaid) {
  auto execution = PrepareExecution(Request("python", "print(1)"), {});
  ASSERT_TRUE(execution);
  const protocol::ExecuteResult result =
      Execute(nullptr, *std::move(execution), nullptr);
  EXPECT_EQ(result.verdict, "IE");
  EXPECT_EQ(result.failure, "this process has no jail");
  EXPECT_FALSE(result.run || result.compile || result.enforced);
}

TEST(Execute, CancelledItSaysNothing) {
  Cancel cancel;
  cancel.Set();
  const protocol::ExecuteResult result =
      RunNow(Request("python", "print(1)"), &cancel);
  EXPECT_EQ(result.verdict, "IE");
  EXPECT_EQ(result.failure, "cancelled");
  EXPECT_FALSE(result.run);
}

// --- tasks

class TaskTest : public ::testing::Test {
 protected:
  explicit TaskTest(std::size_t queue_items = 100)
      : engine_(testing::TestRegistry(),
                {.workers = 1, .slots = 1, .queue_items = queue_items}) {}

  // A task that waits for `gate_`.
  Task Waits() {
    return {.run =
                [this] {
                  ++started_;
                  gate_.get_future().wait();
                  return protocol::Status::kOk;
                },
            .cancel = [this] { gate_.set_value(); }};
  }

  std::promise<void> gate_;
  std::atomic<int> started_{0};
  Engine engine_;
};

TEST_F(TaskTest, GivesItsStatus) {
  std::promise<protocol::ScoreResult> result;
  ASSERT_NE(
      engine_.SubmitTask({.run = [] { return protocol::Status::kOk; }},
                         [&](std::size_t index, protocol::ScoreResult one) {
                           EXPECT_EQ(index, 0U);
                           result.set_value(std::move(one));
                         }),
      nullptr);
  EXPECT_EQ(result.get_future().get().status, protocol::Status::kOk);
  while (engine_.stats().items != 1) std::this_thread::yield();
  EXPECT_EQ(engine_.stats().not_judged, 0U);
}

TEST_F(TaskTest, AnExceptionIsNotJudged) {
  std::promise<protocol::ScoreResult> result;
  ASSERT_NE(engine_.SubmitTask({.run = []() -> protocol::Status { throw 7; }},
                               [&](std::size_t, protocol::ScoreResult one) {
                                 result.set_value(std::move(one));
                               }),
            nullptr);
  EXPECT_EQ(result.get_future().get().status, protocol::Status::kNotJudged);
}

TEST_F(TaskTest, CancelReachesOneThatRunsAndOneThatWaits) {
  std::promise<protocol::ScoreResult> ran;
  std::promise<protocol::ScoreResult> waited;
  const auto running =
      engine_.SubmitTask(Waits(), [&](std::size_t, protocol::ScoreResult one) {
        ran.set_value(std::move(one));
      });
  while (started_ == 0) std::this_thread::yield();
  bool second_ran = false;
  const auto waiting =
      engine_.SubmitTask({.run =
                              [&] {
                                second_ran = true;
                                return protocol::Status::kOk;
                              }},
                         [&](std::size_t, protocol::ScoreResult one) {
                           waited.set_value(std::move(one));
                         });
  engine_.Cancel(waiting);
  engine_.Cancel(running);
  EXPECT_EQ(ran.get_future().get().status, protocol::Status::kOk);
  EXPECT_EQ(waited.get_future().get().status, protocol::Status::kCancelled);
  EXPECT_FALSE(second_ran);
}

class FullTaskTest : public TaskTest {
 protected:
  FullTaskTest() : TaskTest(1) {}
};

TEST_F(FullTaskTest, OneTooManyIsNotTaken) {
  const auto ignore = [](std::size_t, protocol::ScoreResult) {};
  const auto running = engine_.SubmitTask(Waits(), ignore);
  ASSERT_NE(running, nullptr);
  const auto quick = [] { return Task{[] { return protocol::Status::kOk; }}; };
  EXPECT_EQ(engine_.SubmitTask(quick(), ignore), nullptr);
  engine_.Cancel(running);
  while (engine_.stats().items != 1) std::this_thread::yield();
  EXPECT_NE(engine_.SubmitTask(quick(), ignore), nullptr);
}

}  // namespace
}  // namespace verifier::engine
