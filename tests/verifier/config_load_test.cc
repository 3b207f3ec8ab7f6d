// Tests verifier/cli/config/load.h: what a good configuration means.

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tests/verifier/config_samples.h"
#include "tests/verifier/config_scratch.h"
#include "verifier/cli/config/keys.h"
#include "verifier/cli/config/load.h"
#include "verifier/cli/config/show.h"

namespace verifier::cli::config {
namespace {

using testing::NoFile;
using testing::OriginOf;
using testing::Samples;
using testing::SamplesOf;

// Where a key alone would contradict the default of another.
void Widen(const Key& key, Sources& sources) {
  if (key.name == "held_bytes") {
    sources.flags.emplace_back("--limit-body-bytes", "1");
  }
  if (key.name == "queue_items") {
    sources.flags.emplace_back("--limit-items", "1");
  }
}

TEST(Precedence, HoldsForEveryKey) {
  const testing::Scratch scratch;
  for (const Key& key : Keys()) {
    SCOPED_TRACE(PathOf(key));
    const Samples samples = SamplesOf(key, 4);
    const auto file = [&](const char* name, std::size_t sample) {
      return scratch.Write(name, "[" + std::string(key.section) + "]\n" +
                                     std::string(key.name) + " = " +
                                     samples.toml[sample] + "\n");
    };
    Sources sources = NoFile();
    Widen(key, sources);
    const auto expect = [&](const std::string& value,
                            const std::string& origin) {
      const auto loaded = Load(sources);
      ASSERT_TRUE(loaded) << loaded.error().lines[0];
      EXPECT_EQ(TextOf(key, loaded->settings), value);
      EXPECT_EQ(OriginOf(*loaded, key), origin);
    };
    expect(TextOf(key, Settings{}), "default");
    const std::string column = std::to_string(key.name.size() + 4);
    sources.files = {file("first.toml", 0)};
    expect(samples.text[0], sources.files[0] + ":2:" + column);
    sources.files.push_back(file("second.toml", 1));
    expect(samples.text[1], sources.files[1] + ":2:" + column);
    sources.variables = {{VariableOf(key), samples.text[2]}};
    expect(samples.text[2], VariableOf(key));
    sources.flags.emplace_back(key.flag, samples.text[3]);
    expect(samples.text[3], std::string(key.flag));
    sources.files.clear();
    expect(samples.text[3], std::string(key.flag));
  }
}

TEST(Keys, HaveNamesOfTheirOwn) {
  std::set<std::string> paths;
  std::set<std::string> variables;
  std::set<std::string_view> flags;
  for (const Key& key : Keys()) {
    EXPECT_TRUE(paths.insert(PathOf(key)).second) << PathOf(key);
    EXPECT_TRUE(variables.insert(VariableOf(key)).second) << VariableOf(key);
    EXPECT_TRUE(flags.insert(key.flag).second) << key.flag;
    EXPECT_TRUE(key.flag.starts_with("--")) << key.flag;
    EXPECT_FALSE(key.help.empty());
    EXPECT_TRUE(IsSection(key.section)) << key.section;
    EXPECT_EQ(FindKey(key.section, key.name), &key);
    EXPECT_EQ(key.unit.empty(), key.kind != Kind::kCount) << PathOf(key);
    EXPECT_EQ(key.words.empty(), key.kind != Kind::kWord) << PathOf(key);
  }
}

TEST(Keys, WriteWhatTheyReadAndNothingElse) {
  for (const Key& key : Keys()) {
    Settings settings;
    const Samples samples = SamplesOf(key, 2);
    EXPECT_EQ(Put(key, {Given::Type::kText, samples.text[0]}, settings), "");
    for (const Key& other : Keys()) {
      EXPECT_EQ(TextOf(other, settings),
                &other == &key ? samples.text[0] : TextOf(other, Settings{}))
          << PathOf(key) << " wrote to " << PathOf(other);
    }
  }
}

TEST(Keys, TakeTheirBoundsAndNoMore) {
  for (const Key& key : Keys()) {
    if (key.kind == Kind::kWord || key.kind == Kind::kAddress) continue;
    Settings settings;
    const auto put = [&](std::uint64_t number) {
      return Put(key, {Given::Type::kText, std::to_string(number)}, settings);
    };
    EXPECT_EQ(put(key.least), "") << PathOf(key);
    EXPECT_EQ(NumberOf(key, settings), key.least);
    EXPECT_EQ(put(key.most), "") << PathOf(key);
    EXPECT_EQ(NumberOf(key, settings), key.most);
    EXPECT_NE(put(key.most + 1), "") << PathOf(key);
    if (key.least > 0) {
      EXPECT_NE(put(key.least - 1), "") << PathOf(key);
    }
    EXPECT_EQ(NumberOf(key, settings), key.most) << "a refused value stayed";
  }
}

// Without any source the options are those that the server documents.
TEST(Defaults, AreThoseOfTheServer) {
  const auto loaded = Load(NoFile());
  ASSERT_TRUE(loaded);
  const Settings& settings = loaded->settings;
  const server::ServerOptions options;
  EXPECT_EQ(settings.server.address, options.address);
  EXPECT_EQ(settings.server.port, options.port);
  EXPECT_EQ(settings.listen,
            options.address + ":" + std::to_string(options.port));
  Settings plain;
  plain.server = options;
  for (const Key& key : Keys()) {
    EXPECT_EQ(TextOf(key, settings), TextOf(key, plain)) << PathOf(key);
  }
  EXPECT_TRUE(settings.plugins.empty());
  EXPECT_TRUE(ToBuiltIn(settings).require.empty());
}

TEST(Values, OfFilesVariablesAndFlagsTakeUnits) {
  const testing::Scratch scratch;
  Sources sources = NoFile();
  sources.files = {scratch.Write("a.toml",
                                 "[limit]\nbody_bytes = \"32M\"\nuri_bytes = "
                                 "2048\n[timeout]\nidle_ms = \"2m\"\n"
                                 "header_ms = 250\n[server]\nlisten = "
                                 "\"[::1]:0\"\n")};
  sources.variables = {{"ASSAY_LIMIT_GOLD_BYTES", "1K"},
                       {"ASSAY_TIMEOUT_DRAIN_MS", "10s"}};
  sources.flags = {{"--limit-id-bytes", "64"}, {"--drain-delay-ms", "1s"}};
  const auto loaded = Load(sources);
  ASSERT_TRUE(loaded) << loaded.error().lines[0];
  const server::ServerOptions& server = loaded->settings.server;
  EXPECT_EQ(server.limits.body_bytes, std::size_t{32} << 20);
  EXPECT_EQ(server.uri_bytes, 2'048);
  EXPECT_EQ(server.idle_timeout.count(), 120'000);
  EXPECT_EQ(server.header_timeout.count(), 250);
  EXPECT_EQ(server.limits.gold_bytes, 1'024);
  EXPECT_EQ(server.drain_timeout.count(), 10'000);
  EXPECT_EQ(server.limits.id_bytes, 64);
  EXPECT_EQ(server.drain_delay.count(), 1'000);
  EXPECT_EQ(server.address, "::1");
  EXPECT_EQ(server.port, 0);
}

TEST(Files, AreFoundAsDocumentedAndNeverInTheWorkingDirectory) {
  const testing::Scratch scratch;
  const std::string fallback = scratch.Write("assayd.toml", "");
  Sources sources = NoFile();
  EXPECT_TRUE(FilesOf(sources).empty());
  sources.default_file = fallback;
  EXPECT_EQ(FilesOf(sources), std::vector<std::string>{fallback});
  sources.variables = {{"ASSAY_CONFIG", "/b.toml"}};
  EXPECT_EQ(FilesOf(sources), std::vector<std::string>{"/b.toml"});
  sources.files = {"/c.toml", "/d.toml"};
  EXPECT_EQ(FilesOf(sources), sources.files);
  EXPECT_TRUE(std::string_view(kDefaultFile).starts_with("/"));
}

TEST(Files, MayBeEmpty) {
  const testing::Scratch scratch;
  Sources sources = NoFile();
  sources.files = {scratch.Write("a.toml", ""), "/dev/null",
                   scratch.Write("b.toml", "\xEF\xBB\xBF# nothing\n[limit]\n"),
                   scratch.Write("c.toml", "[plugins]\n")};
  const auto loaded = Load(sources);
  ASSERT_TRUE(loaded) << loaded.error().lines[0];
  EXPECT_EQ(loaded->files.size(), 4);
}

TEST(Reload, SaysWhatNeedsARestart) {
  const testing::Scratch scratch;
  for (const Key& key : Keys()) {
    SCOPED_TRACE(PathOf(key));
    Sources sources = NoFile();
    Widen(key, sources);
    const auto now = Load(sources);
    const std::string value = SamplesOf(key, 1).text[0];
    sources.variables = {{VariableOf(key), value}};
    const auto next = Load(sources);
    ASSERT_TRUE(now);
    ASSERT_TRUE(next) << next.error().lines[0];
    const std::string before = TextOf(key, now->settings);
    const auto lines = NeedRestart(*now, *next);
    if (key.reloads) {
      EXPECT_TRUE(lines.empty());
    } else {
      EXPECT_EQ(lines,
                std::vector<std::string>{VariableOf(key) + ": " + PathOf(key) +
                                         " changed from " + before + " to " +
                                         value + ": this needs a restart"});
      const auto back = NeedRestart(*next, *now);
      ASSERT_EQ(back.size(), 1);
      EXPECT_TRUE(back[0].starts_with(VariableOf(key))) << back[0];
    }
    EXPECT_EQ(
        Changes(now->settings, next->settings),
        std::vector<std::string>{PathOf(key) + " " + before + " -> " + value});
    EXPECT_TRUE(NeedRestart(*now, *now).empty());
  }
}

}  // namespace
}  // namespace verifier::cli::config
