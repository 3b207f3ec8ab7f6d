// Tests sandbox/landlock.h by itself, without the filter and the users that
// hold beside it: what a process may do that has taken the rules.

#include "sandbox/landlock.h"

#include <errno.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <functional>
#include <string>

#include "sandbox/scratch_folder.h"
#include "sandbox/tree.h"
#include "user_leg.h"

namespace sandbox {
namespace {

const dev_t kNull = makedev(1, 3);

// "NAME " where it is done, "NAME=ERRNO " where it is refused.
std::string Say(const std::string& name, bool done) {
  return name + (done ? "" : std::string("=") + strerrorname_np(errno)) + " ";
}

std::string Opening(const std::string& path, int flags) {
  return Say(path, open(path.c_str(), flags) >= 0);
}

// What may be made in this folder.
std::string Making() {
  return Say("file", open("file", O_WRONLY | O_CREAT, 0600) >= 0) +
         Say("folder", mkdir("folder", 0700) == 0) +
         Say("link", symlink("/usr", "link") == 0) +
         Say("pipe", mkfifo("pipe", 0600) == 0) +
         Say("character", mknod("character", S_IFCHR | 0600, kNull) == 0) +
         Say("block", mknod("block", S_IFBLK | 0600, kNull) == 0);
}

bool Take(const Fd& rules) {
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
         syscall(SYS_landlock_restrict_self, rules.get(), 0) == 0;
}

// What `body` says, in the "w" of a workplace, when it has taken the rules.
std::string OnHost(bool makes_files, const std::function<std::string()>& body) {
  const auto folder = ScratchFolder::Make("assay-landlock-");
  if (!folder) return folder.error().message;
  const std::string work = folder->path() + "/w";
  if (mkdir(work.c_str(), 0700) != 0 ||
      mkdir((folder->path() + "/tmp").c_str(), 0700) != 0) {
    return "no workplace";
  }
  return RunInChild([&]() -> std::string {
    const Tree tree;
    Fd rules;
    if (MakeHostRules({&tree, folder->path(), makes_files}, &rules)) {
      return "no rules";
    }
    return chdir(work.c_str()) == 0 && Take(rules) ? body() : "not taken";
  });
}

class HostRulesTest : public testing::Test {
 protected:
  void SetUp() override {
    if (LandlockAbi() < kScopeAbi) GTEST_SKIP() << "by Landlock alone";
  }
};

TEST_F(HostRulesTest, NothingIsMadeWhereNothingMayBe) {
  if (!CanTake(Leg::kRoot)) GTEST_SKIP() << "only root makes devices";
  EXPECT_EQ(OnHost(false, Making),
            "file=EACCES folder=EACCES link=EACCES pipe=EACCES "
            "character=EACCES block=EACCES ");
}

TEST_F(HostRulesTest, AllButDevicesIsMadeWhereSomethingMayBe) {
  if (!CanTake(Leg::kRoot)) GTEST_SKIP() << "only root makes devices";
  EXPECT_EQ(OnHost(true, Making),
            "file folder link pipe character=EACCES block=EACCES ");
}

TEST_F(HostRulesTest, DevicesAreWrittenWhereItIsForNobodyElse) {
  EXPECT_EQ(OnHost(true,
                   [] {
                     return Opening("/dev/null", O_RDWR) +
                            Opening("/dev/full", O_RDWR) +
                            Opening("/dev/urandom", O_RDONLY) +
                            Opening("/dev/urandom", O_WRONLY) +
                            Opening("/dev/random", O_WRONLY) +
                            Opening("/dev/zero", O_RDONLY);
                   }),
            "/dev/null /dev/full /dev/urandom /dev/urandom=EACCES "
            "/dev/random=EACCES /dev/zero=EACCES ");
}

TEST_F(HostRulesTest, NothingElseIsOpenedAndNobodyElseSignalled) {
  EXPECT_EQ(OnHost(true,
                   [] {
                     return Opening("/usr", O_RDONLY) +
                            Opening("/etc/passwd", O_RDONLY) +
                            Opening("..", O_RDONLY) + Opening("/", O_RDONLY) +
                            Say("parent", kill(getppid(), 0) == 0);
                   }),
            "/usr /etc/passwd=EACCES ..=EACCES /=EACCES parent=EPERM ");
}

// The rules of a tree, in one that has what they name.
TEST(TreeRulesTest, AllButDevicesIsMadeInWorkAndTemporary) {
  if (!CanTake(Leg::kRoot)) GTEST_SKIP() << "needs root";
  if (LandlockAbi() < kScopeAbi) GTEST_SKIP() << "by Landlock alone";
  const auto folder = ScratchFolder::Make("assay-landlock-");
  ASSERT_TRUE(folder.has_value());
  EXPECT_EQ(
      RunInChild([&]() -> std::string {
        const char* root = folder->path().c_str();
        if (unshare(CLONE_NEWNS) != 0 ||
            mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
            mount("tmpfs", root, "tmpfs", 0, nullptr) != 0 ||
            chroot(root) != 0 || chdir("/") != 0) {
          return "no root";
        }
        for (const char* name : {"/w", "/tmp", "/dev"}) mkdir(name, 0755);
        mknod("/dev/null", S_IFCHR | 0666, kNull);
        mknod("/dev/full", S_IFCHR | 0666, makedev(1, 7));
        mknod("/dev/urandom", S_IFCHR | 0666, makedev(1, 9));
        Fd rules;
        if (MakeRules(&rules)) return "no rules";
        if (!Take(rules)) return "not taken";
        std::string said = Opening("/dev/null", O_RDWR) +
                           Opening("/dev/full", O_RDWR) +
                           Opening("/dev/urandom", O_WRONLY) + Making();
        for (const char* name : {"/w", "/tmp"}) {
          said += chdir(name) == 0 ? Making() : "not entered";
        }
        return said;
      }),
      "/dev/null /dev/full /dev/urandom=EACCES "
      "file=EACCES folder=EACCES link=EACCES pipe=EACCES "
      "character=EACCES block=EACCES "
      "file folder link pipe character=EACCES block=EACCES "
      "file folder link pipe character=EACCES block=EACCES ");
}

}  // namespace
}  // namespace sandbox
