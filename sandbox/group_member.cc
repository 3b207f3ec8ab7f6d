#include "sandbox/group_member.h"

#include <errno.h>
#include <unistd.h>

#include <string>
#include <string_view>

namespace sandbox {
namespace {

Trouble Write(int file, std::string_view text) {
  if (write(file, text.data(), text.size()) ==
      static_cast<ssize_t>(text.size())) {
    return {};
  }
  return {Step::kGroup, errno};
}

Trouble Change(int file, std::int64_t wanted, std::int64_t* now) {
  if (wanted == *now) return {};
  const Trouble trouble = Write(file, std::to_string(wanted));
  if (!trouble) *now = wanted;
  return trouble;
}

}  // namespace

Trouble GroupMember::Enter() const {
  if (files_.empty()) return {};
  for (const int file : files_.first(files_.size() - kGroupLimitFiles)) {
    // Whoever writes it is meant.
    if (const Trouble trouble = Write(file, "0")) return trouble;
  }
  return {};
}

Trouble GroupMember::Hold(std::int64_t memory_bytes, std::int64_t tasks) {
  if (files_.empty()) return {};
  const auto limits = files_.last(kGroupLimitFiles);
  const Trouble trouble = Change(limits[0], memory_bytes, &memory_bytes_);
  return trouble ? trouble : Change(limits[1], tasks, &tasks_);
}

}  // namespace sandbox
