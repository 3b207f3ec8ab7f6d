// What a process has made below the control groups of this one.

#ifndef TESTS_SANDBOX_GROUPS_OF_H_
#define TESTS_SANDBOX_GROUPS_OF_H_

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include "sandbox/control_groups.h"

namespace sandbox {

// The groups of jails that the process `pid` made in `places`.
inline std::vector<std::string> GroupsOf(
    const std::optional<GroupPlaces>& places, pid_t pid) {
  std::vector<std::string> all;
  const std::string prefix = "assay-jail-" + std::to_string(pid) + "-";
  for (const std::string& folder :
       places ? places->Folders() : std::vector<std::string>()) {
    std::error_code ignored;
    for (const auto& entry :
         std::filesystem::directory_iterator(folder, ignored)) {
      if (entry.path().filename().string().starts_with(prefix)) {
        all.push_back(entry.path());
      }
    }
  }
  return all;
}

}  // namespace sandbox

#endif  // TESTS_SANDBOX_GROUPS_OF_H_
