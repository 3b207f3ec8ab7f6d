// Tests the built `assay config` and `assay doctor` from outside.

#include <gtest/gtest.h>
#include <unistd.h>

#include <boost/json/parse.hpp>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "tests/verifier/cli_process.h"
#include "tests/verifier/config_scratch.h"
#include "verifier/cli/doctor.h"

namespace verifier::cli {
namespace {

using config::testing::Scratch;
using testing::Ran;
using testing::RunOptions;

Ran Assay(std::vector<std::string> arguments, const RunOptions& options = {}) {
  arguments.insert(arguments.begin(), ASSAY_BINARY);
  return testing::Run(arguments, options);
}

bool Has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST(ConfigCommand, ShowsWhereEachValueComesFrom) {
  const Scratch scratch;
  const std::string file =
      scratch.Write("a.toml", "[limit]\nitems = 5\nbody_bytes = \"1M\"\n");
  RunOptions options;
  options.environment = {{"ASSAY_LIMIT_ITEMS", "6"}};
  const Ran text =
      Assay({"config", "show", "--config", file, "--origin"}, options);
  EXPECT_EQ(text.exit_code, 0) << text.err;
  EXPECT_TRUE(Has(text.out, "# ASSAY_LIMIT_ITEMS\n")) << text.out;
  EXPECT_TRUE(Has(text.out, "# " + file + ":3:14\n")) << text.out;
  EXPECT_TRUE(Has(text.out, "# default\n")) << text.out;
  const Ran json = Assay(
      {"config", "show", "--config", file, "--origin", "--json"}, options);
  const auto object = boost::json::parse(json.out).as_object();
  const auto& items = object.at("limit").at("items");
  EXPECT_EQ(items.at("value").to_number<int>(), 6);
  EXPECT_EQ(items.at("origin").as_string(), "ASSAY_LIMIT_ITEMS");
  EXPECT_EQ(object.at("engine").at("workers").at("origin").as_string(),
            "default");
}

TEST(ConfigCommand, TheFileOfTheEnvironmentIsRead) {
  const Scratch scratch;
  RunOptions options;
  const std::string file = scratch.Write("a.toml", "[limit]\nitems = 5\n");
  options.environment = {{"ASSAY_CONFIG", file}};
  EXPECT_EQ(Assay({"config", "path"}, options).out, file + "\n");
  EXPECT_TRUE(Has(Assay({"config", "show"}, options).out, "items = 5\n"));
  // Never the working directory.
  static_cast<void>(scratch.Write("assayd.toml", "[limit]\nitems = 7\n"));
  options.environment.clear();
  options.directory = scratch.Path("");
  EXPECT_TRUE(Has(Assay({"config", "show"}, options).out, "items = 10000\n"));
}

TEST(ConfigCommand, ChecksFilesAndSaysAllThatIsWrong) {
  const Scratch scratch;
  const std::string good = scratch.Write("a.toml", "[limit]\nitems = 5\n");
  const std::string bad =
      scratch.Write("b.toml", "[limit]\nitmes = 5\nitems = \"5\"\n");
  const Ran fine = Assay({"config", "check", good});
  EXPECT_EQ(fine.exit_code, 0);
  EXPECT_TRUE(fine.out.starts_with("good: " + good)) << fine.out;
  const Ran wrong = Assay({"config", "check", good, bad});
  EXPECT_EQ(wrong.exit_code, 2);
  EXPECT_TRUE(wrong.out.empty());
  EXPECT_TRUE(Has(wrong.err, bad + ":2:1: unknown key limit.itmes; did you "
                                   "mean items?"))
      << wrong.err;
  EXPECT_TRUE(Has(wrong.err, bad + ":3:9: limit.items: expected")) << wrong.err;
  EXPECT_TRUE(Has(wrong.err, "2 errors")) << wrong.err;
  const Ran json = Assay({"config", "check", bad, "--json"});
  EXPECT_EQ(json.exit_code, 2);
  const auto object = boost::json::parse(json.out).as_object();
  EXPECT_FALSE(object.at("good").as_bool());
  EXPECT_EQ(object.at("errors").as_array().size(), 2);
}

TEST(ConfigCommand, RefusesWhatItDoesNotKnow) {
  const Ran word = Assay({"config", "shwo"});
  EXPECT_EQ(word.exit_code, 2);
  EXPECT_TRUE(Has(word.err, "unknown command shwo; did you mean show?"))
      << word.err;
  const Ran nothing = Assay({"config"});
  EXPECT_EQ(nothing.exit_code, 2);
  EXPECT_TRUE(Has(nothing.err, "check")) << nothing.err;
  const Ran section = Assay({"config", "schema", "limt"});
  EXPECT_EQ(section.exit_code, 2);
  EXPECT_TRUE(Has(section.err, "did you mean limit?")) << section.err;
  const Ran flag = Assay({"config", "show", "--orgin"});
  EXPECT_EQ(flag.exit_code, 2);
  EXPECT_TRUE(Has(flag.err, "did you mean --origin?")) << flag.err;
  EXPECT_TRUE(Has(flag.err, "assay config show --help")) << flag.err;
}

TEST(ConfigCommand, SchemaIsOneSectionOrAll) {
  const Ran limit = Assay({"config", "schema", "limit", "--json"});
  const auto object = boost::json::parse(limit.out).as_object();
  EXPECT_TRUE(object.contains("limit.items"));
  EXPECT_FALSE(object.contains("engine.workers"));
  std::ifstream file(ASSAY_EXAMPLE_CONFIG);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  EXPECT_EQ(Assay({"config", "schema", "--toml"}).out, text);
}

boost::json::object DoctorOf(const std::vector<std::string>& before,
                             const std::vector<std::string>& flags, int want) {
  std::vector<std::string> words = before;
  for (const char* word : {ASSAY_BINARY, "doctor", "--json"}) {
    words.emplace_back(word);
  }
  words.insert(words.end(), flags.begin(), flags.end());
  const Ran ran = testing::Run(words);
  EXPECT_EQ(ran.exit_code, want) << ran.out << ran.err;
  return boost::json::parse(ran.out).as_object();
}

TEST(DoctorCommand, SaysWhatHoldsAProgramHere) {
  const auto doctor = DoctorOf({}, {}, 0);
  const auto& jail = doctor.at("jail");
  ASSERT_TRUE(jail.at("level").is_string()) << "this machine has no jail";
  const std::string level(jail.at("level").as_string());
  EXPECT_TRUE(level == "L1" || level == "L2" || level == "L3") << level;
  for (const auto& layer : jail.at("layers").as_array()) {
    const std::string name(layer.at("name").as_string());
    if (name != "Landlock") {  // as the kernel has it
      EXPECT_EQ(layer.at("on").as_bool(),
                name != "control groups" || level == "L3")
          << name;
    }
    EXPECT_FALSE(layer.at("what").as_string().empty()) << name;
    // Nothing is to be mended where it is on.
    if (layer.at("on").as_bool()) {
      EXPECT_TRUE(layer.at("fix").is_null()) << name;
    }
  }
  EXPECT_EQ(doctor.at("languages").at(0).at("name").as_string(), "python");
  EXPECT_TRUE(doctor.at("languages").at(0).at("version").is_string());
  EXPECT_GT(doctor.at("system").at("cores").to_number<int>(), 0);
  // What is reached, and what is not.
  EXPECT_TRUE(
      DoctorOf({}, {"--require", level}, 0).at("jail").at("reached").as_bool());
  const bool groups = level == "L3";
  EXPECT_EQ(DoctorOf({}, {"--require", "L3"}, groups ? 0 : 1)
                .at("jail")
                .at("reached")
                .as_bool(),
            groups);
}

// Where control groups are hidden, L3 is not reached, and that has a fix.
const std::vector<std::string>& WithoutGroups() {
  static const std::vector<std::string> command =
      geteuid() == 0
          ? std::vector<std::string>{"/usr/bin/unshare", "--mount", "/bin/sh",
                                     "-c",
                                     "mount -t tmpfs none /sys/fs/cgroup && "
                                     "exec \"$0\" \"$@\""}
          : std::vector<std::string>{"/usr/bin/env"};
  return command;
}

TEST(DoctorCommand, SaysWhyThereAreNoControlGroups) {
  const auto doctor = DoctorOf(WithoutGroups(), {"--require", "L3"}, 1);
  const auto& jail = doctor.at("jail");
  EXPECT_FALSE(jail.at("reached").as_bool());
  EXPECT_EQ(jail.at("level").as_string(), geteuid() == 0 ? "L2" : "L1");
  const auto& layers = jail.at("layers").as_array();
  const auto& groups = layers.back();
  EXPECT_EQ(groups.at("name").as_string(), "control groups");
  EXPECT_FALSE(groups.at("on").as_bool());
  EXPECT_FALSE(groups.at("fix").as_string().empty());
}

TEST(DoctorCommand, SaysWhyThereIsNoJail) {
  const std::vector<std::string> unshare = {"/usr/bin/unshare", "--user",
                                            "--map-root-user"};
  const auto doctor = DoctorOf(unshare, {}, 0);
  EXPECT_TRUE(doctor.at("jail").at("level").is_null());
  EXPECT_FALSE(doctor.at("jail").at("problem").as_string().empty());
  EXPECT_FALSE(doctor.at("jail").at("fix").as_string().empty());
  EXPECT_GT(doctor.at("warnings").to_number<int>(), 0);
  for (const char* level : {"L0", "L1", "L2", "L3"}) {
    DoctorOf(unshare, {"--require", level}, 1);
  }
}

TEST(DoctorCommand, TextNamesTheLevelAndTheLayers) {
  std::vector<std::string> words = WithoutGroups();
  for (const char* word : {ASSAY_BINARY, "doctor", "--require", "L3"}) {
    words.emplace_back(word);
  }
  const Ran text = testing::Run(words);
  EXPECT_EQ(text.exit_code, 1);
  for (const char* part :
       {"assay ", "system ", "jail         level L", "required: L3",
        "NOT REACHED", "[ok]", "[off]", "Landlock", "languages", "python 3",
        "config ", "1 error", "assay doctor --report"}) {
    EXPECT_TRUE(Has(text.out, part)) << part << "\n" << text.out;
  }
  const Ran unknown = Assay({"doctor", "--require", "L9"});
  EXPECT_EQ(unknown.exit_code, 2);
}

TEST(DoctorCommand, ABadConfigurationIsAFinding) {
  const Scratch scratch;
  const std::string file = scratch.Write("a.toml", "[limit]\nitmes = 1\n");
  const Ran text = Assay({"doctor", "--config", file});
  EXPECT_EQ(text.exit_code, 1);
  EXPECT_TRUE(Has(text.out, file + ":2:1: unknown key limit.itmes"))
      << text.out;
  const auto json = DoctorOf({}, {"--config", file}, 1);
  EXPECT_EQ(json.at("config").at("errors").as_array().size(), 1);
}

TEST(DoctorCommand, TheLevelOfTheConfigurationCounts) {
  const Scratch scratch;
  const std::string file =
      scratch.Write("a.toml", "[jail]\nrequire = \"L3\"\n");
  DoctorOf(WithoutGroups(), {"--config", file}, 1);
  DoctorOf({}, {"--config", file, "--require", "L1"}, 0);
}

TEST(DoctorCommand, AReportHasNoNamesAndNoSecrets) {
  const Scratch scratch;
  const std::string plugin = scratch.Write(
      "a.toml",
      "[plugins.units]\ncommand = [\"/bin/false\", \"--token=CANARY\"]\n"
      "start_timeout_ms = 200\n");
  RunOptions options;
  options.environment = {{"HOME", "/home/canary-user"},
                         {"ASSAY_CONFIG", "/home/canary-user/assay.toml"}};
  const Ran missing = Assay({"doctor", "--report"}, options);
  EXPECT_EQ(missing.exit_code, 1);
  EXPECT_TRUE(missing.out.starts_with("```\n")) << missing.out;
  EXPECT_TRUE(missing.out.ends_with("```\n")) << missing.out;
  EXPECT_TRUE(Has(missing.out, "~/assay.toml")) << missing.out;
  EXPECT_FALSE(Has(missing.out, "canary-user")) << missing.out;
  for (const char* flag : {"--report", "--json", "--color=never"}) {
    const Ran ran = Assay({"doctor", "--config", plugin, flag});
    EXPECT_EQ(ran.exit_code, 1) << "a plugin that does not start is an error";
    EXPECT_TRUE(Has(ran.out, "units")) << ran.out;
    EXPECT_FALSE(Has(ran.out, "CANARY")) << ran.out;
  }
}

struct HomeCase {
  std::string text;
  std::string want;
};

TEST(WithoutHomesTest, LeavesNoUserIn) {
  const std::vector<HomeCase> cases = {
      {"/home/ann/a.toml:3:1: x", "~/a.toml:3:1: x"},
      {"/home/annabel/a", "/home/USER/a"},
      {"'/home/bob'", "'/home/USER'"},
      {"/home/ann", "~"},
      {"/Users/bob/a, /home/ann/b", "/Users/USER/a, ~/b"},
      {"/etc/assay/assayd.toml", "/etc/assay/assayd.toml"}};
  for (const HomeCase& one : cases) {
    EXPECT_EQ(WithoutHomes(one.text, "/home/ann"), one.want);
  }
  EXPECT_EQ(WithoutHomes("/etc", "/"), "/etc");
  EXPECT_EQ(WithoutHomes("/etc", ""), "/etc");
}

}  // namespace
}  // namespace verifier::cli
