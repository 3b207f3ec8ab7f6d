// What a program can reach of the kernel: 54 attempts, one a run, as root and
// as an ordinary user. Outside a jail an ordinary user succeeds with 32.

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>

#include "sandbox/runner.h"
#include "user_leg.h"

namespace sandbox {
namespace {

using std::chrono::seconds;

constexpr int kProbes = 54;

std::string Source() {
  std::ifstream file(ASSAY_ATTACKS "/surface/probes.cc");
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// The attempts that succeeded, one a line, or what went wrong.
std::string Succeeded() {
  auto jail = Jail::Create();
  if (!jail) return jail.error().message;
  const Runner runner(*jail);
  const Build build = runner.Compile(
      *FindLanguage("cpp"), {{.name = "main.cc", .content = Source()}}, {});
  if (build.verdict != BuildVerdict::kReady) {
    return build.failure + build.compile.err;
  }
  const auto run = [&](const std::string& argument) {
    Program program = build.program;
    if (!argument.empty()) program.argv.push_back(argument);
    return runner.Run(program, {.wall = seconds(60)}, {});
  };
  const RunResult count = run("");
  if (count.out != std::to_string(kProbes) + "\n") {
    return "not as many attempts: " + count.out + count.failure;
  }
  std::string succeeded;
  for (int i = 0; i < kProbes; ++i) {
    const RunResult result = run(std::to_string(i));
    const bool ended = result.ending == Ending::kExited ||
                       result.ending == Ending::kViolation ||
                       result.ending == Ending::kSignalled;
    const bool refused = result.out.find("succeeded") == std::string::npos;
    if (!ended || !refused) {
      succeeded += std::to_string(i) + " " + result.out + result.failure + "\n";
    }
  }
  return succeeded;
}

class SurfaceTest : public testing::TestWithParam<Leg> {};

TEST_P(SurfaceTest, NoAttemptSucceeds) {
  if (!CanTake(GetParam())) GTEST_SKIP() << "this leg is for root";
  EXPECT_EQ(RunLeg(GetParam(), Succeeded), "");
}

INSTANTIATE_TEST_SUITE_P(Jail, SurfaceTest,
                         testing::Values(Leg::kRoot, Leg::kOrdinary),
                         [](const auto& test) {
                           return test.param == Leg::kRoot ? "Root"
                                                           : "Ordinary";
                         });

}  // namespace
}  // namespace sandbox
