// The examples of the README, the very files: word_limit in Python and in C++,
// jailed, as root and as whoever runs the tests.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/rewards/plugin_fixture.h"

namespace rewards::plugin {
namespace {

struct Example {
  const char* name;
  std::vector<std::string> command;
};

std::vector<Example> Examples() {
  return {{"python", {"python3", ASSAY_EXAMPLES "/word_limit.py"}},
          {"cxx", {ASSAY_WORD_LIMIT}}};
}

class ExampleTest : public ::testing::TestWithParam<Example> {
 protected:
  static PluginOptions Options() {
    PluginOptions options;
    options.name = "word_limit";
    options.command = GetParam().command;
    options.start_timeout = std::chrono::seconds(60);
    options.deadline = std::chrono::seconds(60);
    return options;
  }
};

std::string Words(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += "word\n";
  return text;
}

TEST_P(ExampleTest, PaysWhatItSays) {
  PluginUnderTest plugin(Options());
  EXPECT_EQ(plugin.checker().summary(),
            "The response keeps to a number of words.");
  const boost::json::object four = {{"most", 4}};
  const std::vector<std::pair<int, double>> rows = {{0, 1},   {4, 1}, {5, 0.75},
                                                    {6, 0.5}, {8, 0}, {100, 0}};
  for (const auto& [words, score] : rows) {
    const Verdict verdict = plugin.Judge(Words(words), four);
    EXPECT_EQ(Score(verdict), score) << words;
    EXPECT_EQ(verdict.detail.at("words"), words);
  }
}

TEST_P(ExampleTest, ItsParametersAreHeld) {
  PluginUnderTest plugin(Options());
  const Checker& checker = plugin.checker();
  EXPECT_TRUE(checker.Prepare({}).has_error());
  EXPECT_TRUE(checker.Prepare({{"most", 0}}).has_error());
  EXPECT_TRUE(checker.Prepare({{"most", 1}, {"word", 1}}).has_error());
  EXPECT_TRUE(checker.Prepare({{"most", 1}}).has_value());
}

INSTANTIATE_TEST_SUITE_P(Plugin, ExampleTest, ::testing::ValuesIn(Examples()),
                         [](const auto& row) {
                           return std::string(row.param.name);
                         });

}  // namespace
}  // namespace rewards::plugin
