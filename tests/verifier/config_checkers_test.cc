// Tests verifier/cli/config/: the checkers that a configuration declares.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/verifier/config_scratch.h"
#include "verifier/cli/config/load.h"
#include "verifier/cli/config/show.h"

namespace verifier::cli::config {
namespace {

using testing::NoFile;

TEST(Plugins, MergeKeyByKey) {
  const testing::Scratch scratch;
  Sources sources = NoFile();
  sources.files = {
      scratch.Write("a.toml",
                    "[plugins.units]\ncommand = [\"/bin/units\", \"-s\"]\n"
                    "pool = 2\n[plugins.short]\ncommand = [\"short\"]\n"
                    "jailed = false\nstart_timeout_ms = \"1s\"\n"),
      scratch.Write("b.toml",
                    "[plugins.units]\ndeadline_ms = 250\npool = 3\n"
                    "command = [\"other\"]\n")};
  const auto loaded = Load(sources);
  ASSERT_TRUE(loaded) << loaded.error().lines[0];
  const auto& plugins = loaded->settings.plugins;
  ASSERT_EQ(plugins.size(), 2);
  EXPECT_EQ(plugins[0].name, "short");
  EXPECT_FALSE(plugins[0].jailed);
  EXPECT_EQ(plugins[0].start_timeout.count(), 1'000);
  EXPECT_EQ(plugins[1].name, "units");
  EXPECT_EQ(plugins[1].command, std::vector<std::string>{"other"});
  EXPECT_EQ(plugins[1].pool, 3);
  EXPECT_TRUE(plugins[1].jailed);
  EXPECT_EQ(plugins[1].deadline.count(), 250);
  EXPECT_EQ(loaded->plugin_origins.at("units.pool"), sources.files[1] + ":3:8");
  EXPECT_EQ(ToBuiltIn(loaded->settings).plugins.size(), 2);
}

TEST(Plugins, LimitsOfADeclaration) {
  const testing::Scratch scratch;
  const auto good = [&](const std::string& text) {
    Sources sources = NoFile();
    sources.files = {scratch.Write("a.toml", text)};
    return Load(sources).has_value();
  };
  const auto command = [](std::size_t words, std::size_t bytes) {
    std::string text = "[plugins.a]\ncommand = [\n";
    for (std::size_t i = 0; i < words; ++i) {
      text += '"' + std::string(bytes, 'x') + "\",\n";
    }
    return text + "]\n";
  };
  EXPECT_TRUE(good(command(kCommandWords, 1)));
  EXPECT_FALSE(good(command(kCommandWords + 1, 1)));
  EXPECT_TRUE(good(command(1, kCommandWordBytes)));
  EXPECT_FALSE(good(command(1, kCommandWordBytes + 1)));
  EXPECT_FALSE(good(command(1, 0)));
  const auto named = [](std::size_t bytes) {
    return "[plugins." + std::string(bytes, 'a') + "]\ncommand = [\"x\"]\n";
  };
  EXPECT_TRUE(good(named(kPluginNameBytes)));
  EXPECT_FALSE(good(named(kPluginNameBytes + 1)));
  std::string many;
  for (std::size_t i = 0; i < kMostPlugins; ++i) {
    many += "[plugins.p" + std::to_string(i) + "]\ncommand = [\"x\"]\n";
  }
  EXPECT_TRUE(good(many));
  EXPECT_FALSE(good(many + named(1)));
}

constexpr const char* kRemotes =
    "[http.helpful]\nurl = \"http://127.0.0.1:8801/a\"\npart = \"answer\"\n"
    "pool = 2\nconnect_timeout_ms = \"250ms\"\ndeadline_ms = \"3s\"\n"
    "max_response_bytes = \"64K\"\nallowed_hosts = [\"rm.internal\"]\n"
    "schema_file = \"/etc/a.json\"\n"
    "[judges.grader]\nurl = \"http://localhost/v1/chat/completions\"\n"
    "model = \"m\"\nmode = \"pairwise\"\napi_key_file = \"/etc/key\"\n"
    "max_tokens = 100\n";

TEST(Remotes, ComeFromTheirTables) {
  const testing::Scratch scratch;
  Sources sources = NoFile();
  sources.files = {scratch.Write("a.toml", kRemotes),
                   scratch.Write("b.toml", "[http.helpful]\npool = 3\n")};
  const auto loaded = Load(sources);
  ASSERT_TRUE(loaded) << loaded.error().lines[0];
  ASSERT_EQ(loaded->settings.remotes.size(), 2);
  const RemoteOptions& http = loaded->settings.remotes[0];
  EXPECT_EQ(http.kind, RemoteKind::kHttp);
  EXPECT_EQ(http.name, "helpful");
  EXPECT_EQ(http.url, "http://127.0.0.1:8801/a");
  EXPECT_EQ(http.part, "answer");
  EXPECT_EQ(http.pool, 3);
  EXPECT_EQ(http.connect_timeout.count(), 250);
  EXPECT_EQ(http.deadline.count(), 3'000);
  EXPECT_EQ(http.max_response_bytes, 65'536);
  EXPECT_EQ(http.allowed_hosts, std::vector<std::string>{"rm.internal"});
  EXPECT_EQ(http.schema_file, "/etc/a.json");
  const RemoteOptions& judge = loaded->settings.remotes[1];
  EXPECT_EQ(judge.kind, RemoteKind::kJudge);
  EXPECT_EQ(judge.name, "grader");
  EXPECT_EQ(judge.model, "m");
  EXPECT_EQ(judge.mode, "pairwise");
  EXPECT_EQ(judge.api_key_file, "/etc/key");
  EXPECT_EQ(judge.max_tokens, 100);
  EXPECT_EQ(loaded->remote_origins.at("http.helpful.pool"),
            sources.files[1] + ":2:8");
  EXPECT_EQ(loaded->remote_origins.at("judges.grader.model"),
            sources.files[0] + ":12:9");
  EXPECT_EQ(ToBuiltIn(loaded->settings).remotes.size(), 2);

  // What is shown is a file that says the same, and what differs is named.
  Sources again = NoFile();
  again.files = {scratch.Write("c.toml", EffectiveToml(*loaded, true))};
  const auto reread = Load(again);
  ASSERT_TRUE(reread) << reread.error().lines[0];
  EXPECT_TRUE(Changes(loaded->settings, reread->settings).empty());
  const auto none = Load(NoFile());
  EXPECT_EQ(Changes(loaded->settings, none->settings),
            std::vector<std::string>{"http, judges"});
  EXPECT_TRUE(NeedRestart(*loaded, *none).empty());
}

TEST(Remotes, HaveLimits) {
  const testing::Scratch scratch;
  const auto good = [&scratch](const std::string& text) {
    Sources sources = NoFile();
    sources.files = {scratch.Write("a.toml", text)};
    return Load(sources).has_value();
  };
  const std::string one = "[http.a]\nurl = \"http://127.0.0.1/\"\n";
  const auto hosts = [&one](std::size_t count) {
    std::string list;
    for (std::size_t i = 0; i < count; ++i) list += "\"h\",";
    return one + "allowed_hosts = [" + list + "]\n";
  };
  EXPECT_TRUE(good(hosts(rewards::http::kMostHosts)));
  EXPECT_FALSE(good(hosts(rewards::http::kMostHosts + 1)));
  EXPECT_TRUE(good(one + "max_response_bytes = 67108864\n"));
  EXPECT_FALSE(good(one + "max_response_bytes = 67108865\n"));
  std::string many;
  for (std::size_t i = 0; i < kMostRemotes; ++i) {
    many += "[http.p" + std::to_string(i) + "]\nurl = \"http://127.0.0.1/\"\n";
  }
  EXPECT_TRUE(good(many));
  EXPECT_FALSE(good(many + one));
}

}  // namespace
}  // namespace verifier::cli::config
