// Tests `assay plugin`: new, test, list.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "tests/verifier/cli_process.h"
#include "tests/verifier/scratch.h"

namespace verifier::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::Ran;

constexpr const char* kHostile = ASSAY_PLUGINS "/hostile.py";

Ran Plugin(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), {ASSAY_BINARY, "plugin"});
  return testing::Run(arguments);
}

std::string Contents(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

class PluginCommandTest : public ::testing::Test {
 protected:
  const verifier::testing::Scratch scratch_;
  const std::string& folder_ = scratch_.folder();
};

// --- test

class ConformanceTest : public ::testing::TestWithParam<const char*> {};

TEST_P(ConformanceTest, ABuiltInCheckerPasses) {
  const Ran ran = Plugin({"test", GetParam()});
  EXPECT_EQ(ran.exit_code, 0) << ran.out << ran.err;
  EXPECT_THAT(ran.out, Not(HasSubstr("[FAIL]")));
  EXPECT_THAT(ran.out, HasSubstr("checks, all hold"));
}

INSTANTIATE_TEST_SUITE_P(Plugin, ConformanceTest,
                         ::testing::Values("math", "code", "format", "language",
                                           "text", "choice"),
                         [](const auto& row) { return row.param; });

TEST_F(PluginCommandTest, AnHonestPluginPasses) {
  const Ran ran = Plugin({"test", "--", "python3", kHostile});
  EXPECT_EQ(ran.exit_code, 0) << ran.out << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("[ok]   starts, and describes itself"));
  EXPECT_THAT(ran.out, HasSubstr("[ok]   judges odd Unicode\n"));
  EXPECT_THAT(ran.out, HasSubstr("[ok]   ends by itself"));
}

TEST_F(PluginCommandTest, EachFailureIsNamed) {
  const std::vector<std::pair<std::string, std::string>> rows = {
      {"exit_at_once", "[FAIL] starts, and describes itself"},
      {"nan", "[FAIL] judges one word: not judged"},
      {"raise", "[FAIL] judges an empty response: not judged"},
      {"ignores_sigterm", "[FAIL] ends by itself"},
  };
  for (const auto& [mode, wanted] : rows) {
    const Ran ran =
        Plugin({"test", "--no-jail", "--", "python3", kHostile, mode});
    EXPECT_EQ(ran.exit_code, 1) << mode << ran.out << ran.err;
    EXPECT_THAT(ran.out, HasSubstr(wanted)) << mode;
  }
}

TEST_F(PluginCommandTest, ItsStandardErrorIsShown) {
  const Ran ran = Plugin({"test", "--", "python3", kHostile, "noisy"});
  EXPECT_EQ(ran.exit_code, 0) << ran.out;
  EXPECT_THAT(ran.err, HasSubstr("plugin: noise?[31m "));
}

TEST_F(PluginCommandTest, UsageErrors) {
  const std::vector<std::pair<std::vector<std::string>, std::string>> rows = {
      {{}, "new test list"},
      {{"test"}, "PROGRAM"},
      {{"test", "matth"}, "did you mean math?"},
      {{"tset"}, "tset"},
      {{"new"}, "NAME"},
      {{"new", "Bad Name", folder_}, "name: must be of a-z"},
      {{"new", "x", folder_, "--language", "cobol"}, "cobol"},
      {{"new", "x", folder_ + "/none"}, "No such file"},
      {{"list", "--server", "nonsense"}, "nonsense"},
  };
  for (const auto& [arguments, wanted] : rows) {
    const Ran ran = Plugin(arguments);
    EXPECT_EQ(ran.exit_code, 2) << wanted << ran.out << ran.err;
    EXPECT_THAT(ran.err, HasSubstr(wanted));
  }
}

// --- new

TEST_F(PluginCommandTest, NewWritesTheExamplesUnderAnotherName) {
  for (const auto& [language, suffix] :
       std::vector<std::pair<std::string, std::string>>{{"python", ".py"},
                                                        {"c++", ".cc"}}) {
    const Ran ran = Plugin({"new", "mine", folder_, "--language", language});
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    const std::string made = folder_ + "/mine" + suffix;
    EXPECT_THAT(ran.out, HasSubstr("wrote " + made));
    EXPECT_THAT(ran.out, HasSubstr("assay plugin test -- "));
    EXPECT_THAT(ran.out, HasSubstr("[plugins.mine]"));
    std::string wanted = Contents(ASSAY_EXAMPLE_PLUGINS "/word_limit" + suffix);
    for (auto at = wanted.find("word_limit"); at != std::string::npos;
         at = wanted.find("word_limit")) {
      wanted.replace(at, 10, "mine");
    }
    EXPECT_EQ(Contents(made), wanted);
    std::ofstream(made) << "my own work";
    EXPECT_EQ(
        Plugin({"new", "mine", folder_, "--language", language}).exit_code, 2);
    EXPECT_EQ(Contents(made), "my own work");
  }
}

// --- list

TEST_F(PluginCommandTest, ListShowsWhatIsDeclared) {
  const std::string config = folder_ + "/assayd.toml";
  std::ofstream(config) << "[plugins.limit]\ncommand = [\"python3\", \""
                        << ASSAY_EXAMPLE_PLUGINS "/word_limit.py"
                        << "\"]\n";
  const Ran ran = Plugin({"list", "--config", config});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("limit"));
  EXPECT_THAT(ran.out, HasSubstr("The response keeps to a number of words."));
  EXPECT_THAT(ran.out, Not(HasSubstr("math")));
  const Ran none = Plugin({"list"});
  EXPECT_EQ(none.exit_code, 0);
  EXPECT_EQ(none.out, "");
  EXPECT_THAT(none.err, HasSubstr("no plugin"));
}

}  // namespace
}  // namespace verifier::cli
