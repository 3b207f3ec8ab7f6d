// [languages.NAME]: what they come to, what is said of broken ones, and how
// they are shown.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/verifier/config_scratch.h"
#include "verifier/cli/config/load.h"
#include "verifier/cli/config/show.h"

namespace verifier::cli::config {
namespace {

using Lines = std::vector<std::string>;
using testing::LoadTexts;

constexpr const char* kAwk =
    "[languages.awk]\n"
    "aliases = [\"gawk\"]\n"
    "tags = [\"awk\"]\n"
    "opening = 'BEGIN\\b'\n"
    "main = \"main.awk\"\n"
    "endings = [\".awk\"]\n"
    "run = [\"/usr/bin/awk\", \"-f\", \"{main}\"]\n"
    "processes = 2\n";

constexpr const char* kQuoted =
    "[languages.\"j#\"]\n"
    "main = \"x.j\"\n"
    "endings = [\".j\"]\n"
    "run = [\"/usr/bin/j\"]\n"
    "[languages.python]\n"
    "run = [\"/usr/local/bin/python3\", \"{main}\"]\n";

TEST(LanguageTables, AreWhatTheFileSays) {
  const testing::Scratch scratch;
  const LoadResult loaded = LoadTexts(scratch, {kAwk, kQuoted});
  ASSERT_TRUE(loaded) << loaded.error().lines[0];
  const std::vector<Language>& languages = loaded->settings.languages;
  ASSERT_EQ(languages.size(), 3u);
  const Language& awk = languages[0];
  EXPECT_EQ(awk.names, (Lines{"awk", "gawk"}));
  EXPECT_EQ(awk.run, (Lines{"/usr/bin/awk", "-f", "{main}"}));
  EXPECT_EQ(awk.needs.processes, 2);
  EXPECT_EQ(languages[1].name(), "j#");
  // A built-in one is changed key by key.
  EXPECT_EQ(languages[2].main, "main.py");
  EXPECT_EQ(languages[2].run[0], "/usr/local/bin/python3");
  EXPECT_EQ(ToBuiltIn(loaded->settings).languages.size(), 3u);
}

TEST(LanguageTables, ALaterFileWinsKeyByKey) {
  const testing::Scratch scratch;
  const LoadResult loaded =
      LoadTexts(scratch, {kAwk, "[languages.awk]\nprocesses = 3\n"});
  ASSERT_TRUE(loaded) << loaded.error().lines[0];
  EXPECT_EQ(loaded->settings.languages[0].needs.processes, 3);
  EXPECT_EQ(loaded->settings.languages[0].main, "main.awk");
  EXPECT_EQ(loaded->language_origins.at("awk.processes"),
            scratch.Path("1.toml") + ":2:13");
}

TEST(LanguageTables, AreShownAsAFileThatSaysTheSame) {
  const testing::Scratch scratch;
  const LoadResult loaded = LoadTexts(scratch, {kAwk, kQuoted});
  ASSERT_TRUE(loaded) << loaded.error().lines[0];
  for (const bool origins : {false, true}) {
    const testing::Scratch other;
    const LoadResult again =
        LoadTexts(other, {EffectiveToml(*loaded, origins)});
    ASSERT_TRUE(again) << again.error().lines[0];
    EXPECT_EQ(Changes(loaded->settings, again->settings), Lines{});
  }
  const auto json = EffectiveJson(*loaded, false);
  EXPECT_EQ(json.at("languages").at("awk").at("main"), "main.awk");
  EXPECT_NE(Tally(*loaded).find("languages: 3"), std::string::npos);
  EXPECT_NE(SchemaText("languages").find("languages.NAME.compile_cpu_s = 10"),
            std::string::npos);
  const LoadResult none = LoadTexts(scratch, {""});
  ASSERT_TRUE(none);
  EXPECT_EQ(Changes(none->settings, loaded->settings), Lines{"languages"});
}

struct BrokenRow {
  const char* text;
  const char* error;  // the beginning, FILE for its name
};

TEST(LanguageTables, BrokenOnesAreRefusedWithTheirPlace) {
  const std::string awk = kAwk;
  const BrokenRow rows[] = {
      {"languages = 1", "FILE:1:13: languages: expected tables [languages."},
      {"[languages]\nawk = 1", "FILE:2:7: languages.awk: expected a table "},
      {"[languages.awk]\nruns = []",
       "FILE:2:1: unknown key languages.awk.runs; did you mean run?; allowed: "
       "aliases, "},
      {"[languages.awk]\nrun = \"awk\"",
       "FILE:2:7: languages.awk.run: expected an array of at most 64 strings, "
       "got the string \"awk\""},
      {"[languages.awk]\nrun = [1]", "FILE:2:7: languages.awk.run: expected "},
      {"[languages.awk]\nprocesses = 257",
       "FILE:2:13: languages.awk.processes: expected 1 to 256, got 257"},
      {"[languages.awk]\nmain = true",
       "FILE:2:8: languages.awk.main: expected"},
      {"[languages.awk]\nrun = [\"/x\"]",
       "FILE:1:12: languages.awk.main: must be a file name"},
      {"[languages.python]\nrun = [\"python3\"]",
       "FILE:2:7: languages.python.run: must begin with an absolute path"},
      {"[languages.python]\nopening = \"(\"",
       "FILE:2:11: languages.python.opening: missing )"},
      {"[languages.python]\naliases = [\"c\"]",
       "languages: languages.c.aliases: c is the name of another language"},
      {"[languages.PY]\nmain = \"a.b\"\nendings = [\".b\"]\nrun = [\"/a\"]",
       "FILE:1:12: languages.PY.aliases: a name has"},
  };
  for (const BrokenRow& row : rows) {
    const testing::Scratch scratch;
    const LoadResult loaded = LoadTexts(scratch, {row.text});
    ASSERT_FALSE(loaded) << row.text;
    std::string expected = row.error;
    if (expected.starts_with("FILE")) {
      expected = scratch.Path("0.toml") + expected.substr(4);
    }
    EXPECT_EQ(loaded.error().lines[0].substr(0, expected.size()), expected);
  }
}

}  // namespace
}  // namespace verifier::cli::config
