// Broken configurations and what is said of each, to the letter. FILE stands
// for the path of the file.

#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "tests/verifier/config_errors.h"

namespace verifier::cli::config {
namespace {

using testing::ErrorsOf;
using testing::Lines;

struct Broken {
  const char* name;
  std::string_view text;
  Lines want;
};

void PrintTo(const Broken& broken, std::ostream* out) { *out << broken.name; }

class BrokenFile : public ::testing::TestWithParam<Broken> {};

TEST_P(BrokenFile, IsRefusedWithItsPlace) {
  EXPECT_EQ(ErrorsOf(GetParam().text), GetParam().want);
}

#define ENGINE_KEYS "workers, slots"

const Broken kBroken[] = {
    // Names.
    {"UnknownSection",
     "[limits]\nitems = 4\n",
     {"FILE:1:2: unknown section [limits]; did you mean limit?; "
      "allowed: " SECTIONS}},
    {"UnknownSectionFarFromAll",
     "[networking]\n",
     {"FILE:1:2: unknown section [networking]; allowed: " SECTIONS}},
    {"UnknownKey",
     "[engine]\nwokers = 4\n",
     {"FILE:2:1: unknown key engine.wokers; did you mean workers?; "
      "allowed: " ENGINE_KEYS}},
    {"KeyOfAnotherSection",
     "[engine]\nitems = 4\n",
     {"FILE:2:1: unknown key engine.items; did you mean limit.items?; "
      "allowed: " ENGINE_KEYS}},
    {"KeyWithoutItsSection",
     "workers = 4\n",
     {"FILE:1:1: unknown key workers; did you mean engine.workers?; allowed: "
      "sections " SECTIONS}},
    {"SectionThatIsAValue",
     "engine = 4\n",
     {"FILE:1:10: engine: expected a table [engine], got 4"}},
    {"KeyThatIsATable",
     "[engine.workers]\nmany = 4\n",
     {"FILE:1:1: engine.workers: expected a whole number from 0 to 4096 "
      "(threads), got a table"}},
    {"DottedKey",
     "engine.workers = 4097\n",
     {"FILE:1:18: engine.workers: expected a whole number from 0 to 4096 "
      "(threads), got 4097"}},
    {"ControlCharactersInAName",
     "\"a\\u001b[31m\\nb\" = 1\n",
     {"FILE:1:1: unknown key a?[31m?b; allowed: sections " SECTIONS}},

    // Types.
    {"NumberInQuotes",
     "[engine]\nworkers = \"8\"\n",
     {"FILE:2:11: engine.workers: expected a whole number from 0 to 4096 "
      "(threads), got the string \"8\" (remove the quotes)"}},
    {"NumberWithAPoint",
     "[engine]\nworkers = 2.5\n",
     {"FILE:2:11: engine.workers: expected a whole number from 0 to 4096 "
      "(threads), got the number 2.5"}},
    {"BooleanForANumber",
     "[engine]\nslots = true\n",
     {"FILE:2:9: engine.slots: expected a whole number from 0 to 4096 "
      "(programs), got true"}},
    {"ArrayForANumber",
     "[engine]\nslots = [1]\n",
     {"FILE:2:9: engine.slots: expected a whole number from 0 to 4096 "
      "(programs), got an array"}},
    {"DateForANumber",
     "[engine]\nslots = 2026-11-25\n",
     {"FILE:2:9: engine.slots: expected a whole number from 0 to 4096 "
      "(programs), got a date"}},
    {"NumberForAWord",
     "[log]\nformat = 3\n",
     {"FILE:2:10: log.format: expected one of \"auto\", \"text\", \"json\", "
      "got 3"}},
    {"UnknownWord",
     "[log]\nlevel = \"inof\"\n",
     {"FILE:2:9: log.level: expected one of \"trace\", \"debug\", \"info\", "
      "\"warn\", \"error\", got the string \"inof\"; did you mean info?"}},
    {"WordInAnotherCase",
     "[jail]\nrequire = \"l2\"\n",
     {"FILE:2:11: jail.require: expected one of \"any\", \"L0\", \"L1\", "
      "\"L2\", \"L3\", got the string \"l2\"; did you mean L2?"}},

    // Ranges, at the limit plus one.
    {"BelowTheRange",
     "[limit]\nitems = 0\n",
     {"FILE:2:9: limit.items: expected a whole number from 1 to 1099511627776 "
      "(items), got 0"}},
    {"AboveTheRange",
     "[server]\nio_threads = 257\n",
     {"FILE:2:14: server.io_threads: expected a whole number from 1 to 256 "
      "(threads), got 257"}},
    {"Negative",
     "[limit]\nqueue_items = -1\n",
     {"FILE:2:15: limit.queue_items: expected a whole number from 1 to "
      "1099511627776 (items), got -1"}},
    {"LargerThanAnyNumber",
     "[limit]\nitems = 99999999999999999999\n",
     {"FILE:2:29: Error while parsing decimal integer: '99999999999999999999' "
      "is not representable in 64 bits"}},

    // Sizes and times.
    {"SizeWithAnUnknownUnit",
     "[limit]\nbody_bytes = \"64X\"\n",
     {"FILE:2:14: limit.body_bytes: expected bytes from 1 to 1099511627776, as "
      "65536 or \"64K\", got the string \"64X\""}},
    {"SizeAboveTheRange",
     "[limit]\nuri_bytes = \"2M\"\n",
     {"FILE:2:13: limit.uri_bytes: expected bytes from 16 to 1048576, as 65536 "
      "or \"64K\", got the string \"2M\""}},
    {"SizeInQuotesWithoutAUnit",
     "[limit]\nbody_bytes = \"65536\"\n",
     {"FILE:2:14: limit.body_bytes: expected bytes from 1 to 1099511627776, as "
      "65536 or \"64K\", got the string \"65536\" (remove the quotes)"}},
    {"UnitOnACount",
     "[limit]\nitems = \"10K\"\n",
     {"FILE:2:9: limit.items: expected a whole number from 1 to 1099511627776 "
      "(items), got the string \"10K\""}},
    {"PartOfAMillisecond",
     "[timeout]\nheader_ms = \"1500us\"\n",
     {"FILE:2:13: timeout.header_ms: expected milliseconds from 1 to 86400000, "
      "as 4000 or \"4s\", got the string \"1500us\""}},
    {"TimeAboveTheRange",
     "[timeout]\ndrain_ms = \"25h\"\n",
     {"FILE:2:12: timeout.drain_ms: expected milliseconds from 0 to 86400000, "
      "as 4000 or \"4s\", got the string \"25h\""}},

    // Addresses.
    {"AddressThatAnybodyReaches",
     "[server]\nlisten = \"0.0.0.0:8790\"\n",
     {"FILE:2:10: server.listen: only loopback (127.0.0.0/8, [::1]) is served: "
      "anybody who reaches assayd may use it, since it has no token and no TLS "
      "yet, got the string \"0.0.0.0:8790\""}},
    {"AddressWithoutAPort",
     "[server]\nlisten = \"127.0.0.1\"\n",
     {"FILE:2:10: server.listen: expected ADDR:PORT, got the string "
      "\"127.0.0.1\""}},
    {"PortTooLarge",
     "[server]\nlisten = \"127.0.0.1:65536\"\n",
     {"FILE:2:10: server.listen: the port is not a number from 0 to 65535, got "
      "the string \"127.0.0.1:65536\""}},
    {"NameForAnAddress",
     "[server]\nlisten = \"assay.example:80\"\n",
     {"FILE:2:10: server.listen: the address is not an IP address, got the "
      "string \"assay.example:80\""}},

    // Values that contradict each other.
    {"BodiesThatNeverFit",
     "[limit]\nheld_bytes = \"1M\"\n",
     {"FILE:2:14: limit.held_bytes = 1048576 (FILE:2:14) is less than "
      "limit.body_bytes = 67108864 (default): the largest body could never be "
      "read"}},
    {"QueueSmallerThanARequest",
     "[limit]\nitems = 200000\n",
     {"FILE:2:9: limit.queue_items = 100000 (default) is less than limit.items "
      "= 200000 (FILE:2:9): the largest request could never be taken"}},

    // Plugins.
    {"PluginWithoutACommand",
     "[plugins.units]\npool = 2\n",
     {"FILE:1:10: plugins.units has no command"}},
    {"PluginNamedAsABuiltInChecker",
     "[plugins.math]\ncommand = [\"units\"]\n",
     {"FILE:1:10: plugins.math: is the name of a built-in checker"}},
    {"PluginNameOutsideTheRule",
     "[plugins.Units]\ncommand = [\"units\"]\n",
     {"FILE:1:10: plugins.Units: is no name of a checker: expected a letter "
      "a-z, then up to 63 letters a-z, digits, _ and -"}},
    {"PluginWithAnUnknownKey",
     "[plugins.units]\ncommand = [\"units\"]\ndeadline = 4\n",
     {"FILE:3:1: unknown key plugins.units.deadline; did you mean "
      "deadline_ms?; allowed: command, pool, start_timeout_ms, deadline_ms, "
      "jailed, folders, memory_bytes, processes"}},
    {"PluginCommandAsOneString",
     "[plugins.units]\ncommand = \"units --strict\"\n",
     {"FILE:2:11: plugins.units.command: expected an array of strings, the "
      "program first, got the string \"units --strict\""}},
    {"PluginCommandEmpty",
     "[plugins.units]\ncommand = []\n",
     {"FILE:2:11: plugins.units.command: expected an array of strings, the "
      "program first, got an empty array"}},
    {"PluginCommandWithANumber",
     "[plugins.units]\ncommand = [\"units\", 3]\n",
     {"FILE:2:11: plugins.units.command: expected an array of strings, the "
      "program first, got 3 in it"}},
    {"PluginPoolAboveTheRange",
     "[plugins.units]\ncommand = [\"units\"]\npool = 65\n",
     {"FILE:3:8: plugins.units.pool: expected a whole number from 1 to 64 "
      "(processes), got 65"}},
    {"PluginJailedAsAWord",
     "[plugins.units]\ncommand = [\"units\"]\njailed = \"no\"\n",
     {"FILE:3:10: plugins.units.jailed: expected true or false, got the string "
      "\"no\""}},
    {"PluginFolderThatIsRelative",
     "[plugins.units]\ncommand = [\"units\"]\nfolders = [\"/opt\", \"data\"]\n",
     {"FILE:3:11: plugins.units.folders: expected an array of absolute paths, "
      "not /, got the string \"data\" in it"}},
    {"PluginMemoryBelowTheRange",
     "[plugins.units]\ncommand = [\"units\"]\nmemory_bytes = \"8M\"\n",
     {"FILE:3:16: plugins.units.memory_bytes: expected bytes from 16777216 to "
      "68719476736, as 65536 or \"64K\", got the string \"8M\""}},
    {"PluginThatIsAValue",
     "[plugins]\nunits = \"units\"\n",
     {"FILE:2:9: plugins.units: expected a table [plugins.NAME], got the "
      "string \"units\""}},
    {"PluginsThatAreAValue",
     "plugins = [\"units\"]\n",
     {"FILE:1:11: plugins: expected tables [plugins.NAME], got an array"}},

    // Servers elsewhere.
    {"ServerWithoutAUrl",
     "[http.helpful]\npool = 2\n",
     {"FILE:1:7: http.helpful has no url"}},
    {"ServerElsewhere",
     "[http.helpful]\nurl = \"http://10.0.0.1/\"\n",
     {"FILE:2:7: http.helpful.url: its host 10.0.0.1 is neither loopback nor "
      "one of allowed_hosts"}},
    {"ServerNamedAsABuiltInChecker",
     "[http.text]\nurl = \"http://127.0.0.1/\"\n",
     {"FILE:1:7: http.text: is the name of a built-in checker"}},
    {"ServerNamedAsAPlugin",
     "[plugins.units]\ncommand = [\"units\"]\n"
     "[http.units]\nurl = \"http://127.0.0.1/\"\n",
     {"FILE:3:7: http.units: another checker has this name, too"}},
    {"ServerWithAnUnknownKey",
     "[http.helpful]\nurl = \"http://127.0.0.1/\"\ndeadline = 4\n",
     {"FILE:3:1: unknown key http.helpful.deadline; did you mean "
      "deadline_ms?; allowed: url, part, pool, connect_timeout_ms, "
      "deadline_ms, max_response_bytes, allowed_hosts, schema_file"}},
    {"ServerPart",
     "[http.helpful]\nurl = \"http://127.0.0.1/\"\npart = \"some\"\n",
     {"FILE:3:8: http.helpful.part: expected one of all, answer, got the "
      "string \"some\""}},
    {"ServerHostAsOneString",
     "[http.helpful]\nurl = \"http://127.0.0.1/\"\nallowed_hosts = \"a\"\n",
     {"FILE:3:17: http.helpful.allowed_hosts: expected an array of up to 16 "
      "host names or addresses, got the string \"a\""}},
    {"ServerPoolAboveTheRange",
     "[http.helpful]\nurl = \"http://127.0.0.1/\"\npool = 65\n",
     {"FILE:3:8: http.helpful.pool: expected a whole number from 1 to 64 "
      "(connections), got 65"}},
    {"ServersThatAreAValue",
     "http = [\"helpful\"]\n",
     {"FILE:1:8: http: expected tables [http.NAME], got an array"}},
    {"JudgeWithoutAModel",
     "[judges.grader]\nurl = \"http://127.0.0.1/\"\n",
     {"FILE:1:9: judges.grader has no model"}},
    {"JudgeMode",
     "[judges.grader]\nurl = \"http://127.0.0.1/\"\nmodel = \"m\"\n"
     "mode = \"pair\"\n",
     {"FILE:4:8: judges.grader.mode: expected one of gold, pairwise, got the "
      "string \"pair\""}},
    {"JudgeModelEmpty",
     "[judges.grader]\nurl = \"http://127.0.0.1/\"\nmodel = \"\"\n",
     {"FILE:3:9: judges.grader.model: must be of 1 to 256 bytes"}},

    // Text that is no TOML.
    {"KeyTwice",
     "[engine]\nworkers = 1\nworkers = 2\n",
     {"FILE:3:11: Error while parsing key-value pair: cannot redefine existing "
      "integer 'workers'"}},
    {"SectionTwice",
     "[engine]\nworkers = 1\n[engine]\nslots = 2\n",
     {"FILE:3:1: Error while parsing table header: cannot redefine existing "
      "table 'engine'"}},
    {"NoValue",
     "[engine]\nworkers =\n",
     {"FILE:2:10: Error while parsing key-value pair: expected value, saw "
      "'\\n'"}},
    {"NoUtf8",
     "[engine]\n# \xff\n",
     {"FILE:2:2: Encountered invalid utf-8 sequence"}},

    // Everything at once, in the order of the file.
    {"SeveralErrors",
     "[log]\nlevel = 3\n[engine]\nworkers = -2\nslotz = 1\n[limit]\nitems = "
     "\"many\"\n",
     {"FILE:2:9: log.level: expected one of \"trace\", \"debug\", \"info\", "
      "\"warn\", \"error\", got 3",
      "FILE:4:11: engine.workers: expected a whole number from 0 to 4096 "
      "(threads), got -2",
      "FILE:5:1: unknown key engine.slotz; did you mean slots?; "
      "allowed: " ENGINE_KEYS,
      "FILE:7:9: limit.items: expected a whole number from 1 to 1099511627776 "
      "(items), got the string \"many\""}},
};

INSTANTIATE_TEST_SUITE_P(Config, BrokenFile, ::testing::ValuesIn(kBroken),
                         [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace verifier::cli::config
