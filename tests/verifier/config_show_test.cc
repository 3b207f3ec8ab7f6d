// Tests verifier/cli/config/show.h: a configuration as a file.

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <set>
#include <sstream>
#include <string>
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
using testing::SamplesOf;

// What --print-config prints is a file that says the same.
TEST(Show, PrintsAFileThatSaysTheSame) {
  const testing::Scratch scratch;
  Sources sources = NoFile();
  sources.files = {scratch.Write("a.toml",
                                 "[plugins.units]\ncommand = [\"/bin/units\", "
                                 "\"\\\"\\\\ \\u007f\\t\xC3\xA9\"]\n")};
  for (const Key& key : Keys()) {
    if (key.name == "items" || key.name == "body_bytes") continue;
    const std::string text = SamplesOf(key, 2).text[1];
    const bool large = key.name == "queue_items" || key.name == "held_bytes";
    sources.flags.emplace_back(key.flag, large ? "1099511627776" : text);
  }
  const auto loaded = Load(sources);
  ASSERT_TRUE(loaded) << loaded.error().lines[0];
  for (const bool origins : {false, true}) {
    Sources again = NoFile();
    again.files = {scratch.Write("b.toml", EffectiveToml(*loaded, origins))};
    const auto reread = Load(again);
    ASSERT_TRUE(reread) << reread.error().lines[0];
    EXPECT_EQ(Changes(loaded->settings, reread->settings),
              std::vector<std::string>{});
  }
}

std::string Uncommented(const std::string& toml) {
  std::istringstream in(toml);
  std::string text;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with('#') && !line.starts_with("# ")) line.erase(0, 1);
    text += line + '\n';
  }
  return text;
}

TEST(Schema, IsAFileOfDefaults) {
  const testing::Scratch scratch;
  std::string toml = SchemaToml("");
  Sources sources = NoFile();
  sources.files = {scratch.Write("a.toml", toml)};
  ASSERT_TRUE(Load(sources));
  std::string bare = Uncommented(toml);
  bare.replace(bare.find("[plugins.NAME]"), 14, "[plugins.name]");
  bare.replace(bare.find("[http.NAME]"), 11, "[http.a]");
  bare.replace(bare.find("[judges.NAME]"), 13, "[judges.b]");
  bare.replace(bare.find("[templates.NAME]"), 16, "[templates.c]");
  bare.replace(bare.find("[profiles.NAME]"), 15, "[profiles.d]");
  bare.replace(bare.find("[languages.NAME]"), 16, "[languages.e]");
  sources.files = {scratch.Write("b.toml", bare)};
  const auto loaded = Load(sources);
  ASSERT_TRUE(loaded) << loaded.error().lines[0];
  for (const Key& key : Keys()) {
    EXPECT_EQ(TextOf(key, loaded->settings), TextOf(key, Settings{}));
    EXPECT_TRUE(OriginOf(*loaded, key).starts_with(sources.files[0]))
        << PathOf(key) << " is not in the file";
  }
  const PluginOptions defaults;
  ASSERT_EQ(loaded->settings.plugins.size(), 1);
  const PluginOptions& plugin = loaded->settings.plugins[0];
  for (const PluginKey& key : PluginKeys()) {
    if (key.name == "command") continue;
    EXPECT_EQ(PluginJson(key.name, plugin), PluginJson(key.name, defaults))
        << key.name;
  }
  ASSERT_EQ(loaded->settings.remotes.size(), 2);
  for (const RemoteOptions& remote : loaded->settings.remotes) {
    for (const PluginKey& key : RemoteKeys(remote.kind)) {
      if (key.required) continue;
      EXPECT_EQ(RemoteJson(key.name, remote),
                RemoteJson(key.name, {.kind = remote.kind}))
          << key.name;
    }
  }
}

TEST(Schema, IsTheExampleOfTheTree) {
  std::ifstream file(ASSAY_EXAMPLE_CONFIG);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  EXPECT_TRUE(text == SchemaToml(""))
      << "make it anew: assay config schema --toml > examples/assayd.toml";
}

TEST(Schema, NamesEveryKey) {
  const std::string text = SchemaText("");
  const auto json = SchemaJson("");
  for (const Key& key : Keys()) {
    EXPECT_NE(text.find(PathOf(key) + " = "), std::string::npos);
    EXPECT_NE(text.find(VariableOf(key)), std::string::npos);
    EXPECT_TRUE(json.contains(PathOf(key)));
  }
  EXPECT_EQ(SchemaText("limit").find("engine.workers"), std::string::npos);
  EXPECT_NE(SchemaText("plugins").find("plugins.NAME.command"),
            std::string::npos);
}

}  // namespace
}  // namespace verifier::cli::config
