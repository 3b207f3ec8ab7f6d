// The files and folders of control groups, and the lock that says whose they
// are. Free functions; any thread.

#ifndef SANDBOX_GROUP_FILES_H_
#define SANDBOX_GROUP_FILES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/fd.h"

namespace sandbox {

// What the folder of a process is called, before its PID.
inline constexpr std::string_view kGroupPrefix = "assay-jail-";
// The group of that process itself in it, where it had to move.
inline constexpr std::string_view kServiceGroup = "service";

// 0, or errno.
[[nodiscard]] int WriteGroupFile(const std::string& path,
                                 std::string_view text);

// What it holds from its start, up to 2 KiB; empty where it cannot be read.
[[nodiscard]] std::string ReadGroupFile(const Fd& file);
[[nodiscard]] std::string ReadGroupFile(const std::string& path);

// That `text` begins with.
[[nodiscard]] std::optional<std::uint64_t> NumberOf(std::string_view text);
// Of the line "NAME NUMBER".
[[nodiscard]] std::optional<std::uint64_t> FieldOf(std::string_view text,
                                                   std::string_view name);
[[nodiscard]] bool HasGroupWord(std::string_view text, std::string_view word);

[[nodiscard]] std::vector<std::string> GroupsIn(const std::string& path);

// Makes the group where there is none and takes its lock, which lasts until the
// descriptor is closed. Empty: errno says why.
[[nodiscard]] Fd MakeLockedGroup(const std::string& path);

// True once it is gone: a group that has processes stays.
[[nodiscard]] bool RemoveGroup(const std::string& group);

// Ends what is in a slot's group, where the kernel has a file for that.
void KillGroup(const std::string& group);

// Removes what processes that are gone have left in `folder`. Blocks up to a
// second where some of that is ending still.
void SweepGroups(const std::string& folder);

}  // namespace sandbox

#endif  // SANDBOX_GROUP_FILES_H_
