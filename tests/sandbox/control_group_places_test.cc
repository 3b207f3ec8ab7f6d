// Tests sandbox/control_group_places.h: what machines say of their groups.

#include "sandbox/control_group_places.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace sandbox {
namespace {

constexpr std::string_view kRoot = "22 1 8:1 / / rw - ext4 /dev/vda1 rw\n";

std::string Mounted(std::string_view text) {
  return std::string(kRoot) + std::string(text);
}

// A service of systemd, and a process in a container that sees its group as the
// root.
TEST(GroupPlacesTest, Version2HasOneFolder) {
  const auto service = GroupPlacesOf(
      "0::/system.slice/assayd.service\n",
      Mounted(
          "30 22 0:26 / /sys/fs/cgroup rw shared:4 - cgroup2 cgroup2 rw\n"));
  ASSERT_TRUE(service.has_value());
  EXPECT_EQ(service->version, 2);
  EXPECT_EQ(service->memory, "/sys/fs/cgroup/system.slice/assayd.service");
  EXPECT_EQ(service->Folders(), std::vector<std::string>{service->memory});
  const auto container = GroupPlacesOf(
      "0::/\n",
      Mounted("30 22 0:26 / /sys/fs/cgroup ro,nosuid - cgroup2 cgroup rw\n"));
  ASSERT_TRUE(container.has_value());
  EXPECT_EQ(container->tasks, "/sys/fs/cgroup");
}

constexpr std::string_view kHierarchies =
    "31 22 0:28 / /sys/fs/cgroup rw - tmpfs tmpfs rw,mode=755\n"
    "33 31 0:30 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup "
    "rw,cpu,cpuacct\n"
    "35 31 0:32 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n"
    "39 31 0:36 / /sys/fs/cgroup/pids rw - cgroup cgroup rw,pids\n"
    "41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n";

// Beside an empty tree of version 2, as systemd's hybrid layout has it.
TEST(GroupPlacesTest, Version1HasAFolderForEach) {
  const auto places = GroupPlacesOf(
      "8:pids:/\n4:memory:/a/b\n2:cpu,cpuacct:/a\n0::/user.slice\n",
      Mounted(kHierarchies));
  ASSERT_TRUE(places.has_value());
  EXPECT_EQ(places->version, 1);
  EXPECT_EQ(places->Folders(),
            (std::vector<std::string>{"/sys/fs/cgroup/memory/a/b",
                                      "/sys/fs/cgroup/pids",
                                      "/sys/fs/cgroup/cpu,cpuacct/a"}));
}

TEST(GroupPlacesTest, HierarchiesMountedTogetherAreOneFolder) {
  const auto places = GroupPlacesOf(
      "1:memory,pids,cpuacct:/x\n",
      Mounted("31 22 0:28 / /groups rw - cgroup all rw,memory,pids,cpuacct\n"));
  ASSERT_TRUE(places.has_value());
  EXPECT_EQ(places->Folders(), std::vector<std::string>{"/groups/x"});
}

// A container that has only its own part mounted.
TEST(GroupPlacesTest, APartOfAHierarchyIsMounted) {
  const auto of = [](std::string_view path) {
    return GroupPlacesOf(
        "0::" + std::string(path) + "\n",
        Mounted("30 22 0:26 /docker/c1 /sys/fs/cgroup rw - cgroup2 c rw\n"));
  };
  ASSERT_TRUE(of("/docker/c1/x").has_value());
  EXPECT_EQ(of("/docker/c1/x")->memory, "/sys/fs/cgroup/x");
  EXPECT_EQ(of("/docker/c1")->memory, "/sys/fs/cgroup");
  EXPECT_FALSE(of("/docker/c12").has_value());
  EXPECT_FALSE(of("/").has_value());
  EXPECT_FALSE(of("/docker/c1/../c2").has_value());
}

TEST(GroupPlacesTest, WithoutOneOfTheThreeThereIsNone) {
  const std::string groups = "8:pids:/\n4:memory:/\n2:cpu,cpuacct:/\n";
  ASSERT_TRUE(GroupPlacesOf(groups, kHierarchies).has_value());
  for (const char* gone : {"cgroup rw,memory", "rw,cpu,cpuacct", "rw,pids"}) {
    std::string mounts(kHierarchies);
    mounts.replace(mounts.find(gone), std::string(gone).size(), "rw,freezer");
    EXPECT_FALSE(GroupPlacesOf(groups, mounts).has_value()) << gone;
  }
  EXPECT_FALSE(GroupPlacesOf("4:memory:/\n", kHierarchies).has_value());
  EXPECT_FALSE(GroupPlacesOf("", kHierarchies).has_value());
  EXPECT_FALSE(GroupPlacesOf("0::/\n", kRoot).has_value());
  EXPECT_FALSE(GroupPlacesOf("0::/\n", "30 - cgroup2").has_value());
  EXPECT_FALSE(GroupPlacesOf("nonsense\n:\n::\n", "\n - \n").has_value());
}

}  // namespace
}  // namespace sandbox
