#include "sandbox/landlock.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

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

// Of a device: what is written to /dev/urandom is for all of the machine.
std::uint64_t NodeAccess(std::string_view path) {
  const bool reads_only = path.ends_with("random");
  return LANDLOCK_ACCESS_FS_READ_FILE | (reads_only ? 0 : kWrite);
}

}  // namespace

int LandlockAbi() {
  constexpr unsigned kVersion = LANDLOCK_CREATE_RULESET_VERSION;
  const long abi = syscall(SYS_landlock_create_ruleset, nullptr, 0, kVersion);
  return abi > 0 ? static_cast<int>(abi) : 0;
}

Fd MakeScopeRules() {
  RulesetAttributes attributes{.scoped = kScopes};
  return Fd(static_cast<int>(syscall(SYS_landlock_create_ruleset, &attributes,
                                     sizeof(attributes), 0)));
}

Trouble MakeHostRules(const HostFiles& files, Fd* rules) {
  Fd made = MakeRuleset(LandlockAbi());
  if (!made) return {Step::kLandlock, errno};
  std::size_t index = 0;
  for (const TreeStep& step : files.tree->steps()) {
    using Kind = TreeStep::Kind;
    const char* path = step.source.c_str();
    const bool done = step.kind == Kind::kBind ? Allow(made, path, kRead)
                      : step.kind == Kind::kBindNode
                          ? Allow(made, path, NodeAccess(path))
                          : true;
    if (!done) return {Step::kLandlock, errno, index};
    ++index;
  }
  const std::uint64_t all = Handled(LandlockAbi()) & ~kDevices;
  const std::uint64_t access = files.makes_files ? all : kRead | kWrite;
  for (const char* folder : {"/w", "/tmp"}) {
    if (!Allow(made, (files.work + folder).c_str(), access)) {
      return {Step::kLandlock, errno};
    }
  }
  *rules = std::move(made);
  return {};
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
