// Tests sandbox/users.h.

#include "sandbox/users.h"

#include <gtest/gtest.h>
#include <sched.h>
#include <unistd.h>

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "sandbox/jail.h"
#include "user_leg.h"

namespace sandbox {
namespace {

TEST(UsersTest, NoTwoHaveTheSame) {
  Users one;
  Users other;
  ASSERT_TRUE(one.ok() && other.ok());
  std::set<unsigned> seen;
  for (unsigned i = 0; i < kMaxRunsAtOnce; ++i) {
    EXPECT_TRUE(seen.insert(one.Take().value()).second);
    EXPECT_TRUE(seen.insert(other.Take().value()).second);
  }
  EXPECT_FALSE(one.Take().has_value());
  one.GiveBack(*seen.begin());
  EXPECT_EQ(one.Take(), *seen.begin());
}

// What is wrong with running out of blocks, or empty. In a network namespace of
// its own: names of abstract sockets end there, and no other test goes without.
std::string TakeEveryBlock() {
  const int user = geteuid() == 0 ? 0 : CLONE_NEWUSER;
  if (unshare(user | CLONE_NEWNET) != 0) return "unshare";
  std::vector<std::unique_ptr<Users>> all;
  for (unsigned i = 0; i < kUserBlocks; ++i) {
    all.push_back(std::make_unique<Users>());
    if (!all.back()->ok()) return "a block is missing";
  }
  if (Users().ok()) return "one block too many";
  if (geteuid() == 0 && Jail::Create()) return "a jail without users";
  all.clear();
  return Users().ok() ? "" : "the blocks did not come back";
}

TEST(UsersTest, BlocksEndAndComeBack) {
  EXPECT_EQ(RunInChild(TakeEveryBlock), "");
}

}  // namespace
}  // namespace sandbox
