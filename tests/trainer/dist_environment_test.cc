// Tests trainer/dist/rank_environment.h.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <ostream>
#include <string>

#include "trainer/dist/rank_environment.h"

namespace trainer {
namespace {

using Variables = std::map<std::string, std::string>;

DistResult<RankEnvironment> Read(const Variables& variables) {
  return ReadRankEnvironment([&](const char* name) -> const char* {
    const auto found = variables.find(name);
    return found == variables.end() ? nullptr : found->second.c_str();
  });
}

// `base` with the variables of `changes`; an entry "-" is taken away.
Variables With(Variables base, const Variables& changes) {
  for (const auto& [name, value] : changes) {
    base[name] = value;
    if (value == "-") base.erase(name);
  }
  return base;
}

const Variables kTorchrun = {{"RANK", "3"},
                             {"WORLD_SIZE", "8"},
                             {"LOCAL_RANK", "1"},
                             {"MASTER_ADDR", "10.0.0.1"},
                             {"MASTER_PORT", "1234"}};

const Variables kSlurm = {{"SLURM_PROCID", "5"},
                          {"SLURM_NTASKS", "6"},
                          {"SLURM_LOCALID", "2"},
                          {"SLURM_JOB_NODELIST", "gpu[03-07,9],login"}};

struct Good {
  const char* name;
  Variables variables;
  RankEnvironment expected;
};

void PrintTo(const Good& row, std::ostream* out) { *out << row.name; }

class GoodEnvironment : public testing::TestWithParam<Good> {};

TEST_P(GoodEnvironment, IsRead) {
  const auto read = Read(GetParam().variables);
  const RankEnvironment& expected = GetParam().expected;
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(read->rank, expected.rank);
  EXPECT_EQ(read->world_size, expected.world_size);
  EXPECT_EQ(read->local_rank, expected.local_rank);
  EXPECT_EQ(read->master_address, expected.master_address);
  EXPECT_EQ(read->master_port, expected.master_port);
  EXPECT_EQ(read->store_is_launchers, expected.store_is_launchers);
  EXPECT_EQ(read->attempt, expected.attempt);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, GoodEnvironment,
    testing::Values(
        Good{"Nothing", {}, {0, 1, 0, "", 0, false, "0"}},
        Good{"AnAddressAlone",
             {{"MASTER_ADDR", "a"}, {"MASTER_PORT", "x"}},
             {0, 1, 0, "", 0, false, "0"}},
        Good{"Torchrun", kTorchrun, {3, 8, 1, "10.0.0.1", 1234, false, "0"}},
        Good{"TorchrunsOwnStore",
             With(kTorchrun, {{"TORCHELASTIC_USE_AGENT_STORE", "True"},
                              {"TORCHELASTIC_RESTART_COUNT", "2"}}),
             {3, 8, 1, "10.0.0.1", 1234, true, "2"}},
        Good{"TorchrunsStoreDeclined",
             With(kTorchrun, {{"TORCHELASTIC_USE_AGENT_STORE", "False"}}),
             {3, 8, 1, "10.0.0.1", 1234, false, "0"}},
        Good{"OneRankNeedsNoAddress",
             {{"RANK", "0"}, {"WORLD_SIZE", "1"}},
             {0, 1, 0, "", 0, false, "0"}},
        Good{"MostRanks",
             With(kTorchrun, {{"WORLD_SIZE", "4096"}, {"RANK", "4095"}}),
             {4095, 4096, 1, "10.0.0.1", 1234, false, "0"}},
        Good{"HighestPort",
             With(kTorchrun, {{"MASTER_PORT", "65535"}}),
             {3, 8, 1, "10.0.0.1", 65535, false, "0"}},
        Good{"Slurm", kSlurm, {5, 6, 2, "gpu03", 29500, false, "0"}},
        Good{"SlurmStep",
             With(kSlurm, {{"SLURM_STEP_NODELIST", "gpu9"}}),
             {5, 6, 2, "gpu9", 29500, false, "0"}},
        Good{"SlurmWithAnAddress",
             With(kSlurm, {{"MASTER_ADDR", "ib0"}, {"MASTER_PORT", "77"}}),
             {5, 6, 2, "ib0", 77, false, "0"}},
        Good{"TorchrunUnderSlurm",
             With(kSlurm, kTorchrun),
             {3, 8, 1, "10.0.0.1", 1234, false, "0"}},
        Good{"SlurmWithoutATaskCount",
             {{"SLURM_PROCID", "0"}},
             {0, 1, 0, "", 0, false, "0"}}),
    [](const auto& test) { return std::string(test.param.name); });

struct Bad {
  const char* name;
  Variables variables;
  const char* error;
};

void PrintTo(const Bad& row, std::ostream* out) { *out << row.name; }

class BadEnvironment : public testing::TestWithParam<Bad> {};

TEST_P(BadEnvironment, IsRefused) {
  const auto read = Read(GetParam().variables);
  ASSERT_FALSE(read);
  EXPECT_THAT(read.error().detail, testing::HasSubstr(GetParam().error));
}

INSTANTIATE_TEST_SUITE_P(
    Rows, BadEnvironment,
    testing::Values(
        Bad{"NoWorld", With(kTorchrun, {{"WORLD_SIZE", "-"}}),
            "WORLD_SIZE is not set"},
        Bad{"NoRank", With(kTorchrun, {{"RANK", "-"}}), "RANK is not set"},
        Bad{"ALocalRankAlone",
            {{"LOCAL_RANK", "0"}},
            "LOCAL_RANK is set, but neither RANK nor WORLD_SIZE"},
        Bad{"NoLocalRank", With(kTorchrun, {{"LOCAL_RANK", "-"}}),
            "LOCAL_RANK is not set, but WORLD_SIZE=8"},
        Bad{"RankOutsideTheWorld", With(kTorchrun, {{"RANK", "8"}}),
            "RANK=8 must be below WORLD_SIZE=8"},
        Bad{"NegativeRank", With(kTorchrun, {{"RANK", "-1"}}),
            "RANK=\"-1\" must be a number"},
        Bad{"EmptyRank", With(kTorchrun, {{"RANK", ""}}),
            "RANK=\"\" must be a number"},
        Bad{"RankWithATail", With(kTorchrun, {{"RANK", "3x"}}),
            "RANK=\"3x\" must be a number"},
        Bad{"EmptyWorld", With(kTorchrun, {{"WORLD_SIZE", "0"}}),
            "WORLD_SIZE=\"0\" must be a number from 1 to 4096"},
        Bad{"OverMostRanks", With(kTorchrun, {{"WORLD_SIZE", "4097"}}),
            "WORLD_SIZE=\"4097\" must be a number from 1 to 4096"},
        Bad{"LocalRankOutsideTheWorld", With(kTorchrun, {{"LOCAL_RANK", "8"}}),
            "LOCAL_RANK=\"8\" must be a number from 0 to 7"},
        Bad{"NoAddress", With(kTorchrun, {{"MASTER_ADDR", "-"}}),
            "MASTER_ADDR is not set, but there are 8 processes"},
        Bad{"NoPort", With(kTorchrun, {{"MASTER_PORT", "-"}}),
            "MASTER_PORT is not set"},
        Bad{"PortZero", With(kTorchrun, {{"MASTER_PORT", "0"}}),
            "MASTER_PORT=\"0\" must be a number from 1 to 65535"},
        Bad{"PortTooHigh", With(kTorchrun, {{"MASTER_PORT", "65536"}}),
            "MASTER_PORT=\"65536\" must be"},
        Bad{"SlurmRankOutside", With(kSlurm, {{"SLURM_PROCID", "6"}}),
            "SLURM_PROCID=6 must be below SLURM_NTASKS=6"},
        Bad{"SlurmWithoutNodes", With(kSlurm, {{"SLURM_JOB_NODELIST", "-"}}),
            "MASTER_ADDR is not set"}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(FirstHost, IsTheFirstOfTheList) {
  EXPECT_EQ(FirstHost("a"), "a");
  EXPECT_EQ(FirstHost("a,b"), "a");
  EXPECT_EQ(FirstHost("a[1-3]"), "a1");
  EXPECT_EQ(FirstHost("a[007,9]-ib,b"), "a007-ib");
  EXPECT_EQ(FirstHost("r[1-2]n[05-06]"), "r1n05");
  EXPECT_EQ(FirstHost(""), "");
  EXPECT_EQ(FirstHost("a[1-3"), "");
}

}  // namespace
}  // namespace trainer
