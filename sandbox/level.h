// Level: how much of a jail a machine lets us have. Plain values; any thread.

#ifndef SANDBOX_LEVEL_H_
#define SANDBOX_LEVEL_H_

#include <optional>
#include <string_view>

namespace sandbox {

// From weak to strong; each holds what those below it do.
enum class Level {
  kL0,  // no namespaces: filter, Landlock and resource limits only
  kL1,  // unprivileged user namespace
  kL2,  // root: a user of its own for every run
  kL3,  // root with control groups: all of a run is held together
};

// "L0" to "L3".
[[nodiscard]] std::string_view LevelName(Level level) noexcept;

// The level of that name.
[[nodiscard]] std::optional<Level> LevelOf(std::string_view name) noexcept;

// Every run of this process has a user of its own: it is root's.
[[nodiscard]] bool HasOwnUsers(Level level) noexcept;

}  // namespace sandbox

#endif  // SANDBOX_LEVEL_H_
