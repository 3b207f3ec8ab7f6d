// [templates.NAME] and [profiles.NAME]: what they come to, what is said of
// broken ones, and that they are shown as they can be read.

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "tests/verifier/config_scratch.h"
#include "verifier/cli/config/load.h"
#include "verifier/cli/config/show.h"

namespace verifier::cli::config {
namespace {

using Lines = std::vector<std::string>;
using testing::LoadTexts;

// All errors, the path of the file as FILE.
Lines ErrorsOf(const std::string& text) {
  const testing::Scratch scratch;
  const LoadResult loaded = LoadTexts(scratch, {text});
  if (loaded) return {};
  Lines lines = loaded.error().lines;
  const std::string path = scratch.Path("0.toml");
  for (std::string& line : lines) {
    const std::size_t at = line.find(path);
    if (at != std::string::npos) line.replace(at, path.size(), "FILE");
  }
  return lines;
}

std::string Nested(std::size_t levels) {
  return std::string(levels, '[') + std::string(levels, ']');
}

constexpr const char* kSky =
    "[templates.sky]\nopen = \"<|begin|>\"\nclose = \"<|end|>\"\n"
    "prefill = true\nthought = \"off\"\nwhitespace = \"strict\"\n"
    "allow_text_after = true\n";
constexpr const char* kR1 = R"toml(
[profiles.r1]
summary = "as R1"
template = "sky"
checks = [
  {checker = "math", optional = true, gate = {only_if = ["format"], at_least = 0.5, otherwise = 0.25}},
  {checker = "format", weight = 0.5, strip_eos = ["</s>"]},
]
[[profiles.long.checks]]
checker = "json"
schema = {type = "object", required = ["a"], properties = {a = {minimum = 1.5}}}
[[profiles.long.checks]]
checker = "units"
gate = {unless = ["json"]}
[plugins.units]
command = ["units"]
)toml";

TEST(Profiles, AreWhatTheFileSays) {
  const testing::Scratch scratch;
  const LoadResult loaded = LoadTexts(scratch, {kSky, kR1});
  ASSERT_TRUE(loaded) << loaded.error().lines[0];
  const Settings& settings = loaded->settings;
  ASSERT_EQ(settings.templates.size(), 1u);
  const Template& sky = settings.templates[0];
  EXPECT_EQ(sky.name, "sky");
  EXPECT_EQ(sky.open, "<|begin|>");
  EXPECT_TRUE(sky.prefill);
  EXPECT_TRUE(sky.text_after);
  EXPECT_FALSE(sky.boxed);
  EXPECT_EQ(TemplateJson("thought", sky), "off");
  EXPECT_EQ(TemplateJson("whitespace", sky), "strict");

  ASSERT_EQ(settings.profiles.size(), 2u);
  const Profile& large = settings.profiles[0];
  EXPECT_EQ(large.name, "long");
  ASSERT_EQ(large.checks.size(), 2u);
  EXPECT_EQ(large.checks[0]
                .params.at("schema")
                .at("properties")
                .at("a")
                .at("minimum"),
            1.5);
  EXPECT_EQ(large.checks[1].unless, Lines{"json"});
  const Profile& r1 = settings.profiles[1];
  EXPECT_EQ(r1.summary, "as R1");
  EXPECT_EQ(r1.template_name, "sky");
  ASSERT_EQ(r1.checks.size(), 2u);
  EXPECT_TRUE(r1.checks[0].optional);
  EXPECT_EQ(r1.checks[0].only_if, Lines{"format"});
  EXPECT_EQ(r1.checks[0].at_least, 0.5);
  EXPECT_EQ(r1.checks[0].otherwise, 0.25);
  EXPECT_EQ(r1.checks[1].weight, 0.5);
  EXPECT_TRUE(r1.checks[1].params.contains("strip_eos"));
  EXPECT_EQ(ToBuiltIn(settings).profiles.size(), 2u);
  EXPECT_EQ(ToBuiltIn(settings).templates.size(), 1u);
}

TEST(Profiles, ALaterFileWinsKeyByKey) {
  const testing::Scratch scratch;
  const LoadResult loaded =
      LoadTexts(scratch, {kSky, kR1,
                          "[profiles.r1]\nchecks = [{checker = \"format\"}]\n"
                          "[templates.sky]\nthought = \"required\"\n"});
  ASSERT_TRUE(loaded) << loaded.error().lines[0];
  const Profile& r1 = loaded->settings.profiles[1];
  EXPECT_EQ(r1.summary, "as R1");
  EXPECT_EQ(r1.checks.size(), 1u);
  EXPECT_EQ(TemplateJson("thought", loaded->settings.templates[0]), "required");
  EXPECT_EQ(loaded->profile_origins.at("r1.checks"),
            scratch.Path("2.toml") + ":2:10");
  EXPECT_EQ(loaded->template_origins.at("sky.open"),
            scratch.Path("0.toml") + ":2:8");
}

TEST(Profiles, AreShownAsAFileThatSaysTheSame) {
  const testing::Scratch scratch;
  const LoadResult loaded = LoadTexts(scratch, {kSky, kR1});
  ASSERT_TRUE(loaded) << loaded.error().lines[0];
  for (const bool origins : {false, true}) {
    const testing::Scratch other;
    const LoadResult again =
        LoadTexts(other, {EffectiveToml(*loaded, origins)});
    ASSERT_TRUE(again) << again.error().lines[0];
    EXPECT_EQ(Changes(loaded->settings, again->settings), Lines{});
  }
  const auto json = EffectiveJson(*loaded, false);
  EXPECT_EQ(json.at("templates").at("sky").at("prefill"), true);
  EXPECT_EQ(json.at("profiles").at("r1").at("checks").at(0).at("checker"),
            "math");
  EXPECT_NE(Tally(*loaded).find("templates: 1, profiles: 2"),
            std::string::npos);
  EXPECT_TRUE(IsSection("profiles"));
  EXPECT_NE(SchemaText("templates").find("templates.NAME.answer_open"),
            std::string::npos);
}

TEST(Profiles, AChangeIsSeen) {
  const testing::Scratch scratch;
  const LoadResult now = LoadTexts(scratch, {kSky, kR1});
  std::string other = kR1;
  other.replace(other.find("weight = 0.5"), 12, "weight = 0.4");
  const LoadResult next = LoadTexts(scratch, {kSky, other});
  ASSERT_TRUE(now && next);
  EXPECT_EQ(Changes(now->settings, next->settings), Lines{"profiles"});
  EXPECT_TRUE(NeedRestart(*now, *next).empty());
}

struct Broken {
  std::string text;
  std::string_view line;  // how the only error begins
};

TEST(Profiles, BrokenOnesAreRefusedWithTheirPlace) {
  for (const Broken& row : {
           Broken{"profiles = 1", "FILE:1:12: profiles: expected tables "},
           {"[profiles]\na = 1", "FILE:2:5: profiles.a: expected a table "},
           {"[profiles.A]", "FILE:1:11: profiles.A: is no name of a profile"},
           {"[profiles.a]", "FILE:1:11: profiles.a has no checks"},
           {"[profiles.a]\nchecks = []",
            "FILE:2:10: profiles.a.checks: expected an array of 1 to 16 "
            "tables, got an array"},
           {"[profiles.a]\nchecks = [\"math\"]",
            "FILE:2:10: profiles.a.checks: expected an array of 1 to 16 "},
           {"[profiles.a]\nchecks = [{}]",
            "FILE:2:11: profiles.a.checks[0] has no checker"},
           {"[profiles.a]\nchecks = [{checker = 1}]",
            "FILE:2:22: profiles.a.checks[0].checker: expected the name of a "
            "checker, got 1"},
           {"[profiles.a]\nchecks = [{checker = \"maths\"}]",
            "FILE:2:22: profiles.a.checks[0].checker: unknown checker maths; "
            "did you mean math?"},
           {"[profiles.a]\nchecks = [{checker = \"math\", glod = \"4\"}]",
            "FILE:2:37: profiles.a.checks[0].glod: /glod: unknown parameter"},
           {"[profiles.a]\nchecks = [{checker = \"math\", weight = inf}]",
            "FILE:2:39: profiles.a.checks[0].weight: expected a number from "},
           {"[profiles.a]\nchecks = [{checker = \"math\", weight = 1e7}]",
            "FILE:2:39: profiles.a.checks[0].weight: expected a number from "},
           {"[profiles.a]\nchecks = [{checker = \"math\", optional = 1}]",
            "FILE:2:41: profiles.a.checks[0].optional: expected true or "},
           {"[profiles.a]\nchecks = [{checker = \"math\", x = 2026-11-26}]",
            "FILE:2:34: profiles.a.checks[0].x: expected a value that JSON "
            "has, nested 32 levels at most, got a date"},
           {"[profiles.a]\nchecks = [{checker = \"math\", x = " + Nested(33) +
                "}]",
            "FILE:2:34: profiles.a.checks[0].x: expected a value that JSON "
            "has, nested 32 levels at most, got an array"},
           {"[profiles.a]\nchecks = [{checker = \"math\", x = " + Nested(32) +
                "}]",
            "FILE:2:34: profiles.a.checks[0].x: /x: unknown parameter"},
           {"[profiles.a]\nchecks = [{checker = \"format\", gate = 1}]",
            "FILE:2:39: profiles.a.checks[0].gate: expected a table "},
           {"[profiles.a]\nchecks = [{checker = \"format\", gate = {}}]",
            "FILE:2:39: profiles.a.checks[0].gate has neither "},
           {"[profiles.a]\nchecks = [{checker = \"format\", gate = "
            "{only_if = [\"math\"], at_leats = 1}}]",
            "FILE:2:60: unknown key profiles.a.checks[0].gate.at_leats; did "
            "you mean at_least?"},
           {"[profiles.a]\nchecks = [{checker = \"format\", gate = "
            "{only_if = [1]}}]",
            "FILE:2:50: profiles.a.checks[0].gate.only_if: expected an array "},
           {"[profiles.a]\nchecks = [{checker = \"format\", gate = "
            "{only_if = [\"math\"], at_least = 0}}]",
            "FILE:2:71: profiles.a.checks[0].gate.at_least: expected a number "
            "over 0"},
           {"[profiles.a]\nchecks = [{checker = \"format\", gate = "
            "{only_if = [\"math\"]}}]",
            "FILE:2:39: profiles.a.checks[0].only_if: math is no other check"},
           {"[profiles.a]\nchecks = [{checker = \"format\"}]\n"
            "template = \"r2\"",
            "FILE:3:12: profiles.a.template: unknown template r2; did you mean "
            "r1?"},
           {"[profiles.a]\nchecks = [{checker = \"format\"}]\nsumary = \"\"",
            "FILE:3:1: unknown key profiles.a.sumary; did you mean summary?"},
           {"[profiles.a]\nchecks = [{checker = \"format\"}]\nsummary = 1",
            "FILE:3:11: profiles.a.summary: expected a string"},
           {"templates = 1", "FILE:1:13: templates: expected tables "},
           {"[templates.r1]\nopen = \"a\"\nclose = \"b\"",
            "FILE:1:12: templates.r1: is the name of a built-in template"},
           {"[templates.custom]\nopen = \"a\"\nclose = \"b\"",
            "FILE:1:12: templates.custom: is the name of a built-in template"},
           {"[templates.a]\nopen = \"x\"",
            "FILE:1:12: templates.a.close: must be of 1 to 64 bytes"},
           {"[templates.a]\nopen = 1\nclose = \"x\"",
            "FILE:2:8: templates.a.open: expected a string of 1 to 64 bytes"},
           {"[templates.a]\nopen = \"xy\"\nclose = \"x\"",
            "FILE:2:8: templates.a.open: must not hold the tag \"close\""},
           {"[templates.a]\nopen = \"x\"\nclose = \"y\"\nthought = \"on\"",
            "FILE:4:11: templates.a.thought: expected one of required, off"},
           {"[templates.a]\nopen = \"x\"\nclose = \"y\"\nprefil = true",
            "FILE:4:1: unknown key templates.a.prefil; did you mean prefill?"},
           {"[templates.a]\nopen = \"x\"\nclose = \"y\"\nboxed = 1",
            "FILE:4:9: templates.a.boxed: expected true or false"},
       }) {
    const Lines errors = ErrorsOf(std::string(row.text));
    ASSERT_EQ(errors.size(), 1u) << row.text;
    EXPECT_EQ(errors[0].substr(0, row.line.size()), row.line);
  }
}

TEST(Profiles, Limits) {
  const auto good = [](const std::string& text) {
    return ErrorsOf(text).empty();
  };
  const auto checks = [](std::size_t count) {
    std::string text = "[profiles.a]\nchecks = [";
    for (std::size_t i = 0; i < count; ++i) text += "{checker = \"format\"},";
    return text + "]\n";
  };
  EXPECT_TRUE(good(checks(rewards::kMostProfileChecks)));
  EXPECT_FALSE(good(checks(rewards::kMostProfileChecks + 1)));
  const auto gates = [](std::size_t count) {
    std::string text =
        "[profiles.a]\nchecks = [{checker = \"math\"}, {checker = \"format\","
        " gate = {only_if = [";
    for (std::size_t i = 0; i < count; ++i) text += "\"math\",";
    return text + "]}}]\n";
  };
  EXPECT_TRUE(good(gates(rewards::kMostGateNames)));
  EXPECT_FALSE(good(gates(rewards::kMostGateNames + 1)));
  const auto summary = [](std::size_t bytes) {
    return "[profiles.a]\nchecks = [{checker = \"format\"}]\nsummary = \"" +
           std::string(bytes, 's') + "\"\n";
  };
  EXPECT_TRUE(good(summary(kSummaryBytes)));
  EXPECT_FALSE(good(summary(kSummaryBytes + 1)));
  std::string profiles;
  std::string templates;
  const std::string profile = "]\nchecks = [{checker = \"format\"}]\n";
  const std::string tags = "]\nopen = \"a\"\nclose = \"b\"\n";
  for (std::size_t i = 0; i < kMostProfiles; ++i) {
    profiles += "[profiles.p" + std::to_string(i) + profile;
    templates += "[templates.p" + std::to_string(i) + tags;
  }
  EXPECT_TRUE(good(profiles));
  EXPECT_FALSE(good(profiles + "[profiles.q" + profile));
  EXPECT_TRUE(good(templates));
  EXPECT_FALSE(good(templates + "[templates.q" + tags));
}

// The profiles of the tree are good.
TEST(Profiles, TheExampleIsGood) {
  Sources sources;
  sources.files = {ASSAY_EXAMPLE_PROFILES};
  const LoadResult loaded = Load(sources);
  ASSERT_TRUE(loaded) << loaded.error().lines[0];
  EXPECT_EQ(loaded->settings.profiles.size(), 4u);
}

}  // namespace
}  // namespace verifier::cli::config
