#include "sandbox/level.h"

#include <unistd.h>

namespace sandbox {

std::string_view LevelName(Level level) noexcept {
  switch (level) {
    case Level::kL0:
      return "L0";
    case Level::kL1:
      return "L1";
    case Level::kL2:
      return "L2";
    case Level::kL3:
      return "L3";
  }
  return "L0";
}

std::optional<Level> LevelOf(std::string_view name) noexcept {
  for (const Level level : {Level::kL0, Level::kL1, Level::kL2, Level::kL3}) {
    if (LevelName(level) == name) return level;
  }
  return std::nullopt;
}

bool HasOwnUsers(Level level) noexcept {
  return level != Level::kL1 && geteuid() == 0;
}

}  // namespace sandbox
