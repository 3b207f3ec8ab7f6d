// Broken sources of a configuration: files, variables and flags together.

#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "tests/verifier/config_errors.h"
#include "tests/verifier/config_scratch.h"
#include "verifier/cli/config/load.h"

namespace verifier::cli::config {
namespace {

using testing::Errors;
using testing::ErrorsOf;
using testing::Lines;

TEST(BrokenSources, FilesThatCannotBeRead) {
  const testing::Scratch scratch;
  Sources sources;
  const auto error_of = [&](const std::string& path) {
    sources.files = {path};
    const Lines lines = Errors(sources, path);
    return lines.size() == 1 ? lines[0] : "";
  };
  EXPECT_EQ(error_of(scratch.Path("missing.toml")),
            "FILE: No such file or directory");
  EXPECT_EQ(error_of(scratch.Path("")), "FILE: is a directory");
  EXPECT_EQ(error_of("/dev/zero"), "FILE: is no regular file");
  EXPECT_EQ(error_of(""), "ASSAY_CONFIG: the name of the file is empty");
  std::string text;
  while (text.size() < kFileBytes) text += std::string(1'023, '#') + '\n';
  EXPECT_EQ(error_of(scratch.Write("fits.toml", text)), "");
  EXPECT_EQ(error_of(scratch.Write("long.toml", text + '\n')),
            "FILE: is longer than 1048576 bytes, the limit of a configuration "
            "file");
  EXPECT_EQ(
      error_of(scratch.Write("line.toml", '\n' + std::string(kLineBytes, '#'))),
      "");
  EXPECT_EQ(error_of(scratch.Write("line.toml",
                                   '\n' + std::string(kLineBytes + 1, '#'))),
            "FILE:2:1: the line is longer than 16384 bytes");
}

TEST(BrokenSources, DeepNamesEndNothing) {
  std::string name = "a";
  while (name.size() < kLineBytes - 8) name += ".a";
  EXPECT_EQ(ErrorsOf(name + " = 1\n").size(), 1);
  EXPECT_EQ(ErrorsOf("[" + name + "]\n").size(), 1);
  EXPECT_EQ(ErrorsOf("a = " + std::string(5'000, '[') + '\n').size(), 1);
}

TEST(BrokenSources, EverySourceIsNamed) {
  const testing::Scratch scratch;
  Sources sources;
  sources.files = {scratch.Write("a.toml", "[engine]\nslots = -1\n"),
                   scratch.Write("b.toml", "x = 1\n[log]\nlevel = 1\n")};
  sources.variables = {{"ASSAY_LIMIT_ITEMS", "many"},
                       {"ASSAY_LIMIT_ITMES", "3"},
                       {"ASSAY_PLUGINS_UNITS_COMMAND", "units"},
                       {"ASSAY_TIMEOUT_IDLE_MS", ""}};
  sources.flags = {{"--limit-items", "-1"}, {"--log-format", "xml"}};
  const auto loaded = Load(sources);
  ASSERT_FALSE(loaded);
  const Lines& lines = loaded.error().lines;
  const std::string items =
      "expected a whole number from 1 to 1099511627776 (items), got ";
  const Lines want = {
      sources.files[0] +
          ":2:9: engine.slots: expected a whole number from 0 to "
          "4096 (programs), got -1",
      sources.files[1] + ":1:1: unknown key x; allowed: sections " SECTIONS,
      sources.files[1] +
          ":3:9: log.level: expected one of \"trace\", "
          "\"debug\", \"info\", \"warn\", \"error\", got 1",
      "ASSAY_LIMIT_ITEMS: " + items + "\"many\"",
      "ASSAY_LIMIT_ITMES: unknown variable; did you mean ASSAY_LIMIT_ITEMS?",
      "ASSAY_PLUGINS_UNITS_COMMAND: unknown variable: plugins are declared in "
      "a file only",
      "ASSAY_TIMEOUT_IDLE_MS: expected milliseconds from 1 to 86400000, as "
      "4000 or \"4s\", got nothing",
      "--limit-items: " + items + "\"-1\"",
      "--log-format: expected one of \"auto\", \"text\", \"json\", got "
      "\"xml\""};
  EXPECT_EQ(lines, want);
}

TEST(BrokenSources, VariablesOfOthersAreNoMistake) {
  Sources sources;
  for (const char* name :
       {"ASSAY_DATA", "ASSAY_JOBS", "ASSAY_SANITIZED", "ASSAY_TRAIN",
        "ASSAY_SERVER_URL", "ASSAY_TOKEN_FILE", "ASSAY_RUNS_DIR", "ASSAY_CACHE",
        "ASSAY_SERVICE_HOST", "ASSAY_SERVICE_PORT", "ASSAY_SERVICE_PORT_HTTP",
        "ASSAY_PORT", "ASSAY_PORT_8790_TCP", "ASSAY_PORT_8790_TCP_ADDR",
        "ASSAY_MAIN_SERVICE_HOST"}) {
    sources.variables.emplace_back(name, "anything");
  }
  sources.default_file = "/nonexistent";
  EXPECT_TRUE(Load(sources));
  sources.variables = {{"ASSAY_PORT_TCP", "1"}};
  EXPECT_FALSE(Load(sources));
}

}  // namespace
}  // namespace verifier::cli::config
