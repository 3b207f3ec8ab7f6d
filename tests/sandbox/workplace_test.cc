// Tests sandbox/workplace.h by itself: who may look into a workplace, and which
// ones a sweep removes.

#include "sandbox/workplace.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <functional>
#include <string>
#include <system_error>
#include <thread>
#include <utility>

#include "user_leg.h"

namespace sandbox {
namespace {

// Called once, before the next lock is taken.
std::function<void(int fd)> before_lock;

}  // namespace
}  // namespace sandbox

// The C library's, in this program: to come between a name and its lock.
extern "C" int flock(int fd, int operation) noexcept {
  if (sandbox::before_lock) std::exchange(sandbox::before_lock, nullptr)(fd);
  return static_cast<int>(syscall(SYS_flock, fd, operation));
}

namespace sandbox {
namespace {

constexpr unsigned kSomebody = 64999;

// The lower bits of its mode, in octal, and its owner.
std::string ModeOf(const std::string& path) {
  struct stat status {};
  if (lstat(path.c_str(), &status) != 0) return "none";
  char text[64];
  snprintf(text, sizeof(text), "%o %u", status.st_mode & 07777, status.st_uid);
  return text;
}

bool IsThere(const std::string& path) {
  return std::filesystem::is_directory(path);
}

// What a slot of `uid` has left that is gone: a folder with files, which nobody
// locks. It gets its name last, as others sweep too.
std::string MakeLeft(unsigned uid) {
  std::string path = "/tmp/assay-jam-XXXXXX";
  if (mkdtemp(path.data()) == nullptr) return "";
  std::filesystem::create_directories(path + "/w/folder/folder");
  close(open((path + "/w/file").c_str(), O_WRONLY | O_CREAT, 0600));
  const std::string left = "/tmp/assay-jail-" + path.substr(path.size() - 6);
  const bool made = (uid == geteuid() || chown(path.c_str(), uid, uid) == 0) &&
                    rename(path.c_str(), left.c_str()) == 0;
  return made ? left : "";
}

class WorkplaceTest : public testing::TestWithParam<Leg> {
 protected:
  void SetUp() override {
    if (!CanTake(GetParam())) GTEST_SKIP() << "this leg is for root";
  }
};

INSTANTIATE_TEST_SUITE_P(Jail, WorkplaceTest,
                         testing::Values(Leg::kRoot, Leg::kOrdinary),
                         [](const auto& test) {
                           return test.param == Leg::kRoot ? "Root"
                                                           : "Ordinary";
                         });

TEST_P(WorkplaceTest, IsForItsUserAlone) {
  EXPECT_EQ(RunLeg(GetParam(),
                   []() -> std::string {
                     const unsigned me = geteuid();
                     const unsigned uid = me == 0 ? kSomebody : me;
                     // Whatever the mask of who starts us takes away.
                     umask(0);
                     Workplace place;
                     if (place.Make(uid)) return "not made";
                     const std::string own = " " + std::to_string(uid);
                     const std::string path = place.path();
                     if (ModeOf(path) != "711 " + std::to_string(me)) {
                       return ModeOf(path);
                     }
                     if (ModeOf(path + "/w") != "700" + own) return "w";
                     return ModeOf(path + "/tmp") == "700" + own ? "" : "tmp";
                   }),
            "");
}

TEST_P(WorkplaceTest, OthersTakeThePlaceOfBothFolders) {
  EXPECT_EQ(RunLeg(GetParam(),
                   []() -> std::string {
                     Workplace place;
                     if (place.Make(geteuid())) return "not made";
                     const std::string left = place.path() + "/w/left";
                     const std::string beside = place.path() + "/beside";
                     std::filesystem::create_directories(left + "/in");
                     std::filesystem::create_directories(beside);
                     if (place.Refresh()) return "not refreshed";
                     if (IsThere(left) || IsThere(beside)) return "left";
                     return IsThere(place.path() + "/w") ? "" : "no w";
                   }),
            "");
}

TEST_P(WorkplaceTest, GoesWithItsObject) {
  EXPECT_EQ(RunLeg(GetParam(),
                   []() -> std::string {
                     std::string path;
                     {
                       Workplace place;
                       if (place.Make(geteuid())) return "not made";
                       path = place.path();
                     }
                     return ModeOf(path) == "none" ? "" : "left";
                   }),
            "");
}

TEST_P(WorkplaceTest, ASweepTakesWhatNobodyLocks) {
  EXPECT_EQ(RunLeg(GetParam(),
                   []() -> std::string {
                     const std::string left = MakeLeft(geteuid());
                     Workplace held;
                     if (left.empty() || held.Make(geteuid())) return "made";
                     SweepWorkplaces();
                     if (ModeOf(left) != "none") return "left";
                     return IsThere(held.path() + "/tmp") ? "" : "held";
                   }),
            "");
}

TEST_P(WorkplaceTest, ASweepLeavesWhatHasAnotherNameOrIsALink) {
  EXPECT_EQ(RunLeg(GetParam(),
                   []() -> std::string {
                     std::string other = "/tmp/assay-jam-XXXXXX";
                     if (mkdtemp(other.data()) == nullptr) return "not made";
                     const std::string kept = other + "/kept";
                     std::filesystem::create_directories(kept);
                     const std::string link =
                         "/tmp/assay-jail-link" + std::to_string(getpid());
                     std::filesystem::create_directory_symlink(other, link);
                     SweepWorkplaces();
                     const bool there = IsThere(kept) && IsThere(link);
                     std::filesystem::remove(link);
                     std::filesystem::remove_all(other);
                     return there ? "" : "swept";
                   }),
            "");
}

// Root may, but must not: it is another service's.
TEST(WorkplaceSweepTest, LeavesThoseOfOtherUsers) {
  if (!CanTake(Leg::kRoot)) GTEST_SKIP() << "needs root";
  const std::string left = MakeLeft(kSomebody);
  SweepWorkplaces();
  EXPECT_TRUE(IsThere(left + "/w/folder/folder"));
  std::filesystem::remove_all(left);
}

// A sweep may come between the name and the lock, and be done by then.
TEST(WorkplaceSweepTest, TheNextNameIsTakenWhereTheFirstIsGone) {
  before_lock = [](int fd) {
    std::error_code ignored;
    const auto path =
        std::filesystem::read_symlink("/proc/self/fd/" + std::to_string(fd));
    std::filesystem::remove(path, ignored);
  };
  Workplace place;
  EXPECT_FALSE(place.Make(geteuid()));
  EXPECT_EQ(before_lock, nullptr);
  EXPECT_TRUE(IsThere(place.path() + "/tmp"));
}

// Or be at it.
TEST(WorkplaceSweepTest, TakesNoneThatIsBeingMade) {
  std::atomic<bool> done = false;
  std::thread sweeper([&done] {
    while (!done) SweepWorkplaces();
  });
  for (int i = 0; i < 50; ++i) {
    Workplace place;
    const Trouble trouble = place.Make(geteuid());
    EXPECT_FALSE(trouble) << trouble.error;
    EXPECT_TRUE(IsThere(place.path() + "/tmp"));
  }
  done = true;
  sweeper.join();
}

}  // namespace
}  // namespace sandbox
