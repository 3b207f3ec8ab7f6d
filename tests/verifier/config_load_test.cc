// Tests verifier/cli/config/: what a good configuration means.

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tests/verifier/config_scratch.h"
#include "verifier/cli/config/keys.h"
#include "verifier/cli/config/load.h"
#include "verifier/cli/config/show.h"

namespace verifier::cli::config {
namespace {

// Two values of `key` beside its default, as text and as TOML.
struct Samples {
  std::vector<std::string> text;
  std::vector<std::string> toml;
};

Samples SamplesOf(const Key& key, std::size_t count) {
  Samples samples;
  const Settings defaults;
  const std::string standard = TextOf(key, defaults);
  for (std::size_t i = 0; samples.text.size() < count; ++i) {
    std::string text;
    if (key.kind == Kind::kWord) {
      text = std::string(key.words[i % key.words.size()]);
      if (i >= key.words.size()) text = samples.text[0];  // few words: again
    } else if (key.kind == Kind::kAddress) {
      text = "127.0.0." + std::to_string(2 + i) + ":0";
    } else {
      text = std::to_string(key.least + 1 + i);
    }
    if (text == standard) continue;
    const bool quoted = key.kind == Kind::kWord || key.kind == Kind::kAddress;
    samples.toml.push_back(quoted ? '"' + text + '"' : text);
    samples.text.push_back(std::move(text));
  }
  return samples;
}

std::string OriginOf(const Loaded& loaded, const Key& key) {
  return loaded.origins[static_cast<std::size_t>(&key - Keys().data())];
}

// Where a key alone would contradict the default of another.
void Widen(const Key& key, Sources& sources) {
  if (key.name == "held_bytes") {
    sources.flags.emplace_back("--limit-body-bytes", "1");
  }
  if (key.name == "queue_items") {
    sources.flags.emplace_back("--limit-items", "1");
  }
}

Sources NoFile() {
  Sources sources;
  sources.default_file = "/nonexistent";
  return sources;
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
