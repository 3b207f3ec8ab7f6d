#include "sandbox/landlock.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>

namespace sandbox {
namespace {

// As the kernel has them; the header of the distribution may be older.
struct RulesetAttributes {
  std::uint64_t files = 0;
  std::uint64_t network = 0;  // ABI 4
  std::uint64_t scoped = 0;   // ABI 6
};
constexpr std::uint64_t kRefer = 1U << 13;     // ABI 2
constexpr std::uint64_t kTruncate = 1U << 14;  // ABI 3
constexpr std::uint64_t kNetwork = 0b11;       // bind and connect, TCP
constexpr std::uint64_t kScopes = 0b11;        // abstract sockets, signals

constexpr std::uint64_t kRead = LANDLOCK_ACCESS_FS_EXECUTE |
                                LANDLOCK_ACCESS_FS_READ_FILE |
                                LANDLOCK_ACCESS_FS_READ_DIR;
constexpr std::uint64_t kDevices =
    LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_BLOCK;
constexpr std::uint64_t kFirstAbi = (1U << 13) - 1;
constexpr std::uint64_t kWrite = LANDLOCK_ACCESS_FS_WRITE_FILE | kTruncate;

std::uint64_t Handled(int abi) {
  std::uint64_t all = kFirstAbi;
  if (abi >= 2) all |= kRefer;
  if (abi >= 3) all |= kTruncate;
  return all;
}

Fd MakeRuleset(int abi) {
  RulesetAttributes attributes{.files = Handled(abi)};
  std::size_t size = offsetof(RulesetAttributes, network);
  if (abi >= 4) {
    attributes.network = kNetwork;
    size = offsetof(RulesetAttributes, scoped);
  }
  if (abi >= 6) {
    attributes.scoped = kScopes;
    size = sizeof(attributes);
  }
  return Fd(static_cast<int>(
      syscall(SYS_landlock_create_ruleset, &attributes, size, 0)));
}

bool Allow(const Fd& rules, const char* path, std::uint64_t access) {
  const Fd place(open(path, O_PATH | O_CLOEXEC));
  landlock_path_beneath_attr rule{};
  rule.allowed_access = access;
  rule.parent_fd = place.get();
  return place && syscall(SYS_landlock_add_rule, rules.get(),
                          LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
}

}  // namespace

int LandlockAbi() {
  constexpr unsigned kVersion = LANDLOCK_CREATE_RULESET_VERSION;
  const long abi = syscall(SYS_landlock_create_ruleset, nullptr, 0, kVersion);
  return abi > 0 ? static_cast<int>(abi) : 0;
}

Trouble MakeRules(Fd* rules) {
  const int abi = LandlockAbi();
  if (abi == 0) return {};
  Fd made = MakeRuleset(abi);
  const std::uint64_t all = Handled(abi);
  const bool done = made && Allow(made, "/", kRead) &&
                    Allow(made, "/w", all & ~kDevices) &&
                    Allow(made, "/tmp", all & ~kDevices) &&
                    Allow(made, "/dev/null", all & kWrite) &&
                    Allow(made, "/dev/full", all & kWrite);
  if (!done) return {Step::kLandlock, errno};
  *rules = std::move(made);
  return {};
}

}  // namespace sandbox
