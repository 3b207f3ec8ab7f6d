// Cancel: tells a run to end now, from another thread. Thread-safe.

#ifndef SANDBOX_CANCEL_H_
#define SANDBOX_CANCEL_H_

#include <sys/eventfd.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>

#include "sandbox/fd.h"

namespace sandbox {

class Cancel {
 public:
  // Where no descriptor can be had, only runs that did not start yet hear it.
  Cancel() : event_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

  // For ever. Never blocks.
  void Set() noexcept {
    set_ = true;
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto wrote = write(fd(), &one, sizeof(one));
  }

  [[nodiscard]] bool is_set() const noexcept { return set_; }

  // Readable once it is set; -1 where there is none.
  [[nodiscard]] int fd() const noexcept { return event_.get(); }

 private:
  std::atomic<bool> set_ = false;
  Fd event_;
};

}  // namespace sandbox

#endif  // SANDBOX_CANCEL_H_
