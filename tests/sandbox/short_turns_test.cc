// ShortTurns: what the kernel says of a thread that takes them.

#include "sandbox/short_turns.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdint>
#include <thread>

namespace sandbox {
namespace {

struct Schedule {
  std::uint32_t size, policy;
  std::uint64_t flags;
  std::int32_t nice;
  std::uint32_t priority;
  std::uint64_t runtime, deadline, period;
};

Schedule MySchedule() {
  Schedule schedule{};
  EXPECT_EQ(syscall(SYS_sched_getattr, 0, &schedule, sizeof(schedule), 0), 0);
  return schedule;
}

// What a thread of niceness 3 and one that it starts see, before and after.
struct Seen {
  Schedule before, after, started;
};

Seen Watch() {
  Seen seen{};
  std::thread([&seen] {
    setpriority(PRIO_PROCESS, 0, 3);
    seen.before = MySchedule();
    TakeShortTurns();
    seen.after = MySchedule();
    std::thread([&seen] { seen.started = MySchedule(); }).join();
  }).join();
  return seen;
}

TEST(ShortTurns, AreTakenByTheThreadAndWhatItStarts) {
  const std::uint64_t mine = MySchedule().runtime;
  const Seen seen = Watch();
  if (mine == 0) {  // a kernel without turns of one's own: all is as before
    EXPECT_EQ(seen.after.runtime, 0U);
    EXPECT_EQ(seen.started.runtime, 0U);
    return;
  }
  EXPECT_GT(seen.before.runtime, kShortTurn);
  EXPECT_EQ(seen.after.runtime, kShortTurn);
  EXPECT_EQ(seen.started.runtime, kShortTurn);
  EXPECT_EQ(MySchedule().runtime, mine);  // of no other thread
}

TEST(ShortTurns, LeavePolicyAndNiceness) {
  const Seen seen = Watch();
  EXPECT_EQ(seen.before.nice, 3);
  EXPECT_EQ(seen.after.nice, 3);
  EXPECT_EQ(seen.after.policy, seen.before.policy);
}

}  // namespace
}  // namespace sandbox
