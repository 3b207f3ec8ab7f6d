// Users: the users that the runs of one jail take, a block of numbers that no
// other jail on this machine has: with one user, the processes of two would be
// counted against the same limit. Thread-safe.

#ifndef SANDBOX_USERS_H_
#define SANDBOX_USERS_H_

#include <cstddef>
#include <mutex>
#include <optional>
#include <vector>

#include "sandbox/fd.h"

namespace sandbox {

// Users are kFirstUser to kFirstUser + kUserBlocks * kMaxRunsAtOnce - 1; nobody
// else should own these numbers.
inline constexpr unsigned kFirstUser = 64100;
inline constexpr unsigned kUserBlocks = 10;
inline constexpr unsigned kMaxRunsAtOnce = 128;  // of one jail

// Behind them, the users of programs that stay (resident.h): blocks of one.
inline constexpr unsigned kFirstLoneUser =
    kFirstUser + kUserBlocks * kMaxRunsAtOnce;
inline constexpr unsigned kLoneUsers = 150;

class Users {
 public:
  // Takes a block that is free among the jails of this network namespace,
  // until destruction or the end of the process: the first free one of
  // `blocks` blocks of `size` users each, from the user `first` on.
  explicit Users(unsigned first = kFirstUser, unsigned blocks = kUserBlocks,
                 unsigned size = kMaxRunsAtOnce);

  // False: every block is taken.
  [[nodiscard]] bool ok() const noexcept { return static_cast<bool>(lock_); }

  // A user that no other run has now, or nothing where all are taken.
  [[nodiscard]] std::optional<unsigned> Take();
  void GiveBack(unsigned user);

 private:
  Fd lock_;  // a bound abstract socket: the kernel frees the name with us
  unsigned first_ = 0;
  std::mutex mutex_;
  std::vector<bool> taken_;
};

}  // namespace sandbox

#endif  // SANDBOX_USERS_H_
