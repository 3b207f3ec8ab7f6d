#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <filesystem>
#include <random>
#include <stdexcept>
#include <thread>

#include "tests/trainer/checkpoint_faults.h"
#include "trainer/checkpoint/files.h"
#include "trainer/checkpoint/store.h"

namespace trainer {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* kRun = "0123456789abcdef0123456789abcdef";

void ExpectIsStep(const LoadedCheckpoint& loaded, std::int64_t step) {
  EXPECT_EQ(loaded.step, step);
  EXPECT_EQ(loaded.fields, FieldsOf(step));
  const auto files = FilesOf(step);
  ASSERT_EQ(loaded.files.size(), files.size());
  for (const CheckpointFile& file : files) {
    const CheckpointFile* found = loaded.Find(file.name);
    ASSERT_NE(found, nullptr) << file.name;
    EXPECT_EQ(found->bytes, file.bytes) << file.name;
  }
}

// Expects that the newest verifies, and that none had to be passed over.
std::int64_t NewestStep(const std::string& path) {
  CheckpointStore store(path, kRun);
  std::vector<std::string> rejected;
  const auto loaded = store.LoadNewest(&rejected);
  EXPECT_THAT(rejected, IsEmpty());
  if (!loaded || !*loaded) return -1;
  ExpectIsStep(**loaded, (*loaded)->step);
  return (*loaded)->step;
}

CheckpointResult<void> SaveStep(CheckpointStore& store, std::int64_t step,
                                std::vector<std::string>* notices = nullptr) {
  return store.Save(step, FilesOf(step), FieldsOf(step), notices);
}

TEST(CheckpointStore, NothingYet) {
  const TestFolder folder;
  CheckpointStore store(folder.Path("checkpoints"), kRun);
  const auto loaded = store.LoadNewest();
  ASSERT_TRUE(loaded);
  EXPECT_FALSE(loaded->has_value());
}

TEST(CheckpointStore, SavesLoadsAndKeepsTheNewest) {
  const TestFolder folder;
  CheckpointStore store(folder.Path("c"), kRun, 3);
  for (const std::int64_t step : {0, 7, 999'999, 1'000'000, 1'000'001}) {
    std::vector<std::string> notices;
    ASSERT_TRUE(SaveStep(store, step, &notices));
    EXPECT_THAT(notices, IsEmpty());
    EXPECT_EQ(NewestStep(folder.Path("c")), step);
  }
  EXPECT_THAT(Names(folder.Path("c")),
              ElementsAre("step_1000000", "step_1000001", "step_999999"));
  const auto older = store.Load(999'999);
  ASSERT_TRUE(older);
  ExpectIsStep(*older, 999'999);
}

TEST(CheckpointStore, KeepsTwoAtLeast) {
  EXPECT_THROW(CheckpointStore("c", kRun, 1), std::invalid_argument);
  EXPECT_NO_THROW(CheckpointStore("c", kRun, 2));
}

TEST(CheckpointStore, FolderNames) {
  EXPECT_EQ(CheckpointStore::FolderName(0), "step_000000");
  EXPECT_EQ(CheckpointStore::FolderName(120), "step_000120");
  EXPECT_EQ(CheckpointStore::FolderName(1'234'567), "step_1234567");
}

TEST(CheckpointStore, ForeignNamesAreLeftAlone) {
  const TestFolder folder;
  const std::string path = folder.Path("c");
  for (const char* name : {"best", "step_5", "step_0000005", "step_00000x",
                           "step_-00001", "notes.tmp", "step_x.tmp"}) {
    std::filesystem::create_directories(path + "/" + name);
  }
  const std::size_t before = Names(path).size();
  CheckpointStore store(path, kRun);
  for (std::int64_t step = 10; step < 14; ++step) {
    ASSERT_TRUE(SaveStep(store, step));
  }
  EXPECT_EQ(Names(path).size(), before + 2);
  EXPECT_EQ(NewestStep(path), 13);
}

TEST(CheckpointStore, LeftoversAreRemovedAtTheNextSave) {
  const TestFolder folder;
  const std::string path = folder.Path("c");
  for (const char* name :
       {"step_000003.tmp", "step_000001.tmp", "step_000001.old.tmp"}) {
    std::filesystem::create_directories(path + "/" + name);
    WriteText(path + "/" + name + "/model.safetensors", "half");
  }
  EXPECT_EQ(NewestStep(path), -1);
  CheckpointStore store(path, kRun);
  ASSERT_TRUE(SaveStep(store, 3));
  EXPECT_THAT(Names(path), ElementsAre("step_000003"));
}

TEST(CheckpointStore, ASecondSaveOfAStepReplacesIt) {
  for (const Fault fault : {Fault::kNoExchange, Fault::kIoError}) {
    const TestFolder folder;
    FaultyFileSystem fs(fault, 1'000'000);
    CheckpointStore store(folder.Path("c"), kRun, 2, fs);
    ASSERT_TRUE(SaveStep(store, 1));
    ASSERT_TRUE(store.Save(2, FilesOf(9), FieldsOf(9)));
    ASSERT_TRUE(SaveStep(store, 2));
    EXPECT_EQ(NewestStep(folder.Path("c")), 2);
    EXPECT_THAT(Names(folder.Path("c")),
                ElementsAre("step_000001", "step_000002"));
  }
}

TEST(CheckpointStore, ABrokenOneNeverCountsAsKept) {
  const TestFolder folder;
  const std::string path = folder.Path("c");
  {
    CheckpointStore store(path, kRun);
    ASSERT_TRUE(SaveStep(store, 10));
    ASSERT_TRUE(SaveStep(store, 20));
  }
  WriteText(path + "/step_000020/rng.bin", "");
  CheckpointStore store(path, kRun);
  std::vector<std::string> rejected;
  ASSERT_EQ((*store.LoadNewest(&rejected))->step, 10);
  EXPECT_THAT(rejected, ElementsAre(HasSubstr("step_000020/rng.bin")));
  ASSERT_TRUE(SaveStep(store, 11));
  ASSERT_TRUE(store.Load(10)) << "11 and the broken 20 are not two good ones";
  ASSERT_TRUE(SaveStep(store, 12));
  EXPECT_THAT(Names(path),
              ElementsAre("step_000011", "step_000012", "step_000020"));
  ASSERT_TRUE(SaveStep(store, 20));
  EXPECT_EQ(NewestStep(path), 20);
}

TEST(CheckpointStore, RefusesWhatItCouldNotLoad) {
  struct Row {
    const char* name;
    std::int64_t step;
    std::vector<std::string> files;
    boost::json::object fields;
    const char* want;
  };
  boost::json::value deep = 1;
  for (int i = 0; i < 15; ++i) deep = boost::json::array{deep};
  const std::vector<Row> rows{
      {"step", -1, {"a"}, {}, "below 0"},
      {"twice", 1, {"a", "b", "a"}, {}, "\"a\" is there twice"},
      {"slash", 1, {"a/b"}, {}, "may not be a name"},
      {"up", 1, {".."}, {}, "may not be a name"},
      {"empty", 1, {""}, {}, "may not be a name"},
      {"manifest", 1, {"manifest.json"}, {}, "may not be a name"},
      {"201 bytes", 1, {std::string(201, 'x')}, {}, "may not be a name"},
      {"deep", 1, {"a"}, {{"deep", deep}}, "too deep"},
      {"large",
       1,
       {"a"},
       {{"large", std::string(kMaxManifestBytes, 'x')}},
       "over the limit"},
      {"1001 files", 1, std::vector<std::string>(1001, "a"), {}, "more than"},
  };
  const TestFolder folder;
  for (const Row& row : rows) {
    CheckpointStore store(folder.Path("c"), kRun);
    std::vector<CheckpointFile> files;
    for (const std::string& name : row.files) files.push_back({name, {}});
    const auto saved = store.Save(row.step, files, row.fields);
    ASSERT_FALSE(saved) << row.name;
    EXPECT_THAT(saved.error().ToString(), HasSubstr(row.want)) << row.name;
  }
  EXPECT_EQ(NewestStep(folder.Path("c")), -1);
}

TEST(CheckpointStore, AtTheLimits) {
  const TestFolder folder;
  CheckpointStore store(folder.Path("c"), kRun);
  std::vector<CheckpointFile> files{{std::string(200, 'x'), {}}};
  for (int i = 1; i < 1000; ++i) files.push_back({std::to_string(i), {}});
  boost::json::value deep = 1;
  for (int i = 0; i < 14; ++i) deep = boost::json::array{deep};
  ASSERT_TRUE(store.Save(1, files, {{"deep", deep}}));
  const auto loaded = store.Load(1);
  ASSERT_TRUE(loaded) << loaded.error().ToString();
  EXPECT_EQ(loaded->files.size(), 1000u);
  EXPECT_EQ(loaded->fields.at("deep"), deep);
}

TEST(CheckpointStore, TheOrderOfTheCommit) {
  const TestFolder folder;
  FaultyFileSystem fs(Fault::kIoError, 1'000'000);
  CheckpointStore store(folder.Path("c"), kRun, 2, fs);
  for (std::int64_t step = 1; step <= 3; ++step) {
    ASSERT_TRUE(SaveStep(store, step));
  }
  std::vector<std::string> log;
  for (const std::string& line : fs.log()) {
    if (!line.starts_with("open") && !line.starts_with("close") &&
        !line.starts_with("list")) {
      log.push_back(line);
    }
  }
  ASSERT_GT(log.size(), 20u);
  const auto begin = std::find(log.begin(), log.end(), "mkdir step_000003.tmp");
  EXPECT_THAT(
      std::vector<std::string>(begin, log.end()),
      ElementsAre("mkdir step_000003.tmp", "write model.safetensors",
                  "fsync model.safetensors", "write optimizer.safetensors",
                  "fsync optimizer.safetensors", "write rng.bin",
                  "fsync rng.bin", "write manifest.json", "fsync manifest.json",
                  "fsync step_000003.tmp", "rename step_000003", "fsync c",
                  "rename step_000001.old.tmp", "fsync c",
                  "remove manifest.json", "remove model.safetensors",
                  "remove optimizer.safetensors", "remove rng.bin",
                  "rmdir step_000001.old.tmp"));
}

class CheckpointFaults : public testing::TestWithParam<Fault> {};

// Saves step `step` over 1 and 2 with the k-th operation failing, for every k.
void FailEachOperation(Fault fault, std::int64_t step) {
  std::size_t k = 0;
  for (bool done = false; !done; ++k) {
    SCOPED_TRACE("operation " + std::to_string(k));
    const TestFolder folder;
    const std::string path = folder.Path("c");
    FaultyFileSystem fs(fault, k);
    CheckpointResult<void> saved;
    {
      CheckpointStore before(path, kRun);
      ASSERT_TRUE(SaveStep(before, 1));
      ASSERT_TRUE(SaveStep(before, 2));
      CheckpointStore store(path, kRun, 2, fs);
      const auto loaded = store.LoadNewest();
      if (loaded && *loaded && fs.operations() <= k) {
        saved = SaveStep(store, step);
      } else {
        saved = CheckpointError("test", "the fault came while loading");
      }
    }
    done = fs.operations() <= k;
    if (done) {
      ASSERT_TRUE(saved) << saved.error().ToString();
    }
    if (fault == Fault::kPowerLoss) fs.LosePower();
    const std::int64_t newest = NewestStep(path);
    ASSERT_TRUE(newest == 2 || newest == step) << newest;
    if (saved) {
      ASSERT_EQ(newest, step);
    }
    // The next interval, the disk well again.
    CheckpointStore after(path, kRun);
    ASSERT_TRUE(after.LoadNewest());
    ASSERT_TRUE(SaveStep(after, step + 1));
    ASSERT_EQ(NewestStep(path), step + 1);
    for (const std::string& name : Names(path)) {
      ASSERT_THAT(name, testing::Not(HasSubstr(".tmp")));
    }
  }
  EXPECT_GT(k, 40u);
}

TEST_P(CheckpointFaults, TheOlderStillLoads) {
  FailEachOperation(GetParam(), 3);
}

TEST_P(CheckpointFaults, TheOlderStillLoadsWhereTheStepIsReplaced) {
  FailEachOperation(GetParam(), 2);
}

std::string FaultName(const testing::TestParamInfo<Fault>& test) {
  constexpr const char* kNames[] = {"NoSpace", "IoError", "ShortWrite", "Dead",
                                    "PowerLoss"};
  return kNames[static_cast<std::size_t>(test.param)];
}

INSTANTIATE_TEST_SUITE_P(EachOperation, CheckpointFaults,
                         testing::Values(Fault::kNoSpace, Fault::kIoError,
                                         Fault::kShortWrite, Fault::kDead,
                                         Fault::kPowerLoss),
                         FaultName);

TEST(CheckpointStore, AFullDiskIsNamed) {
  const TestFolder folder;
  FaultyFileSystem well(Fault::kShortWrite, 1'000'000);
  CheckpointStore first(folder.Path("a"), kRun, 2, well);
  ASSERT_TRUE(SaveStep(first, 1));
  const auto write = std::find(well.log().begin(), well.log().end(),
                               "write optimizer.safetensors");
  ASSERT_NE(write, well.log().end());
  FaultyFileSystem full(Fault::kShortWrite,
                        static_cast<std::size_t>(write - well.log().begin()));
  CheckpointStore second(folder.Path("b"), kRun, 2, full);
  const auto saved = SaveStep(second, 1);
  ASSERT_FALSE(saved);
  EXPECT_THAT(saved.error().ToString(),
              AllOf(HasSubstr("step_000001.tmp/optimizer.safetensors"),
                    HasSubstr("No space left on device")));
  EXPECT_THAT(Names(folder.Path("b")), IsEmpty()) << "the space is given back";
}

// Saves steps one after the other and tells each commit, until killed.
[[noreturn]] void SaveForEver(const std::string& path, int pipe) {
  CheckpointStore store(path, kRun);
  const auto loaded = store.LoadNewest();
  if (!loaded) _exit(3);
  std::int64_t step = *loaded ? (*loaded)->step + 1 : 0;
  for (;; ++step) {
    if (!SaveStep(store, step)) _exit(4);
    if (write(pipe, &step, sizeof(step)) != sizeof(step)) _exit(5);
  }
}

// Kills one such child after `wait`; the last step it told, or `before`.
std::int64_t SaveUntilKilled(const std::string& path,
                             std::chrono::microseconds wait,
                             std::int64_t before) {
  int ends[2] = {-1, -1};
  EXPECT_EQ(pipe(ends), 0);
  const pid_t child = fork();
  if (child == 0) SaveForEver(path, ends[1]);
  close(ends[1]);
  std::this_thread::sleep_for(wait);
  kill(child, SIGKILL);
  int status = 0;
  EXPECT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFSIGNALED(status)) << "exit " << WEXITSTATUS(status);
  std::int64_t step = 0;
  while (read(ends[0], &step, sizeof(step)) == sizeof(step)) before = step;
  close(ends[0]);
  return before;
}

// What a start and a save take here and now: disks differ, and are busy.
std::chrono::microseconds TimeOfOneSave() {
  constexpr int kTimes = 10;
  const TestFolder folder;
  const auto begin = std::chrono::steady_clock::now();
  for (int i = 0; i < kTimes; ++i) {
    CheckpointStore store(folder.Path("c"), kRun);
    EXPECT_TRUE(store.LoadNewest());
    EXPECT_TRUE(SaveStep(store, i));
  }
  return std::chrono::duration_cast<std::chrono::microseconds>(
      (std::chrono::steady_clock::now() - begin) / kTimes);
}

TEST(CheckpointStore, KilledAtAnyTimeNothingCommittedIsLost) {
  constexpr int kKills = 100;
  constexpr int kMostSaves = 12;  // of one child, about
  const std::int64_t most = kMostSaves * TimeOfOneSave().count();
  const TestFolder folder;
  const std::string path = folder.Path("c");
  std::mt19937_64 random(20261124);
  std::int64_t floor = -1;  // the newest step known to be committed
  int leftovers = 0;
  for (int i = 0; i < kKills; ++i) {
    const auto wait =
        static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(most));
    floor = SaveUntilKilled(path, std::chrono::microseconds(wait), floor);
    const auto names = Names(path);
    leftovers += !names.empty() && std::any_of(names.begin(), names.end(),
                                               [](const std::string& name) {
                                                 return name.ends_with(".tmp");
                                               });
    const std::int64_t newest = NewestStep(path);
    ASSERT_GE(newest, floor) << "kill " << i;
    floor = newest;
  }
  EXPECT_GT(floor, kKills / 2) << "the children hardly saved";
  EXPECT_GT(leftovers, 10) << "the kills hardly hit a save";
}

}  // namespace
}  // namespace trainer
