// Compiles, and where that works runs, every C++ program of tests/attacks as
// root and as an ordinary user: what it tries against the compiler or the jail
// ends as it must, and nothing of the host shows.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <ostream>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <tuple>

#include "file_text.h"
#include "sandbox/runner.h"
#include "user_leg.h"

namespace sandbox {
namespace {

using std::chrono::seconds;

struct Attack {
  const char* name;                 // the file
  std::string_view compile = "OK";  // BuildVerdictName; "CE|CTLE": either
  std::string_view run = "";        // RunVerdict, where it compiles
  std::string_view out = "";
  std::string_view diagnostics = "";  // what they hold
};

void PrintTo(const Attack& attack, std::ostream* os) { *os << attack.name; }

constexpr std::string_view kMissing = "No such file";

constexpr Attack kAttacks[] = {
    // Reading the host, or without an end.
    {"compile_passwd", "CE", "", "", kMissing},
    {"compile_shadow", "CE", "", "", kMissing},
    {"compile_environ", "CE", "", "", kMissing},
    {"compile_proc_fd", "CE", "", "", kMissing},
    {"compile_dev_zero", "CE", "", "", kMissing},
    {"compile_dev_stdin", "CE", "", "", kMissing},
    {"compile_dev_tty", "CE", "", "", kMissing},
    {"compile_dev_full", "CE|CTLE"},
    {"compile_dev_urandom", "CE|CTLE"},
    {"compile_incbin", "CE", "", "", "file not found"},
    {"compile_embed", "CE"},
    {"compile_has_include", "OK", "OK"},
    {"compile_pch", "CE"},
    {"compile_dependency", "CE", "", "", kMissing},
    // Exploding.
    {"compile_templates", "CE|CTLE"},
    {"compile_constexpr", "CE|CTLE"},
    {"compile_macros", "CE|CTLE"},
    {"compile_includes_itself", "CE"},
    {"compile_large_object", "CE"},
    {"compile_repeat", "CE|CTLE"},
    {"compile_nested", "CE|CTLE"},
    {"compile_many_errors", "CE"},
    // Telling the compiler what to do.
    {"compile_plugin", "OK", "OK", "ran\n"},
    {"compile_linker_script", "OK", "OK", "ran\n"},
    // Once it runs.
    {"not_executable", "OK", "RE"},
    {"large_bss", "OK", "RE"},
    {"constructor", "OK", "SV"},
    {"fork_bomb", "OK", "OK", "EPERM\n"},
    {"direct_calls", "OK", "SV"},
    {"read_host", "OK", "OK", "0\n"},
};

bool IsOneOf(std::string_view list, std::string_view verdict) {
  return ("|" + std::string(list) + "|")
             .find("|" + std::string(verdict) + "|") != std::string::npos;
}

// As C++, with less patience.
Language HastyCpp() {
  Language language = *FindLanguage("cpp");
  language.compile_limits.cpu = seconds(3);
  language.compile_limits.wall = seconds(60);
  return language;
}

std::string Hosts() { return ReadFile("/etc/passwd").substr(0, 20); }

// What went wrong, or empty. Runs as the user of the leg.
std::string RunAttack(const Attack& attack, const std::string& source) {
  auto jail = Jail::Create();
  if (!jail) return jail.error().message;
  const Runner runner(*jail);
  const Language language = HastyCpp();
  const Build build =
      runner.Compile(language, {{.name = "main.cc", .content = source}}, {});
  const std::string said = build.compile.out + build.compile.err;
  const std::string about = std::string(BuildVerdictName(build.verdict)) + " " +
                            build.failure + said.substr(0, 2000);
  if (!IsOneOf(attack.compile, BuildVerdictName(build.verdict)) ||
      said.find(attack.diagnostics) == std::string::npos) {
    return about;
  }
  if (said.find(Hosts()) != std::string::npos) return "it shows: " + about;
  if (build.verdict == BuildVerdict::kReady) {
    const RunResult result =
        runner.Run(build.program, {.cpu = seconds(5), .wall = seconds(60)}, {});
    if (RunVerdict(result) != attack.run || result.out != attack.out) {
      return std::string(RunVerdict(result)) + " '" + result.out + "' " +
             result.err + result.failure;
    }
  }
  const Build honest = runner.Compile(
      language, {{.name = "main.cc", .content = "int main() {}"}}, {});
  if (honest.verdict == BuildVerdict::kReady) return "";
  return "afterwards, an honest program: " + honest.failure +
         honest.compile.err;
}

class CppAttackTest : public testing::TestWithParam<std::tuple<Attack, Leg>> {};

TEST_P(CppAttackTest, EndsAsItMust) {
  const auto& [attack, leg] = GetParam();
  if (!CanTake(leg)) GTEST_SKIP() << "this leg is for root";
  const std::string source =
      ReadFile(ASSAY_ATTACKS "/" + std::string(attack.name) + ".cc");
  ASSERT_FALSE(source.empty());
  EXPECT_EQ(RunLeg(leg, [&] { return RunAttack(attack, source); }), "");
}

INSTANTIATE_TEST_SUITE_P(
    Jail, CppAttackTest,
    testing::Combine(testing::ValuesIn(kAttacks),
                     testing::Values(Leg::kRoot, Leg::kOrdinary)),
    [](const auto& test) {
      return std::string(std::get<0>(test.param).name) +
             (std::get<1>(test.param) == Leg::kRoot ? "_Root" : "_Ordinary");
    });

TEST(CppAttackFiles, EachIsInTheTable) {
  std::set<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(ASSAY_ATTACKS)) {
    if (entry.path().extension() == ".cc") {
      files.insert(entry.path().stem());
    }
  }
  for (const Attack& attack : kAttacks) files.erase(attack.name);
  EXPECT_TRUE(files.empty()) << *files.begin() << " runs in no test";
}

}  // namespace
}  // namespace sandbox
