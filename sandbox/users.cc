#include "sandbox/users.h"

#include <sys/socket.h>
#include <sys/un.h>

#include <algorithm>
#include <cstring>
#include <string>

namespace sandbox {
namespace {

// The one holder of `name` on this machine; empty if there is another.
Fd BindName(const std::string& name) {
  Fd socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  // The leading NUL makes it an abstract name, which no file stands for.
  std::memcpy(address.sun_path + 1, name.data(), name.size());
  const auto size =
      static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + name.size());
  const auto* generic = reinterpret_cast<const sockaddr*>(&address);
  if (!socket || bind(socket.get(), generic, size) != 0) return Fd();
  return socket;
}

}  // namespace

Users::Users(unsigned first, unsigned blocks, unsigned size) : taken_(size) {
  for (unsigned block = 0; block < blocks && !lock_; ++block) {
    first_ = first + block * size;
    lock_ = BindName("assay-jail-users-" + std::to_string(first_));
  }
}

std::optional<unsigned> Users::Take() {
  const std::lock_guard lock(mutex_);
  const auto free = std::find(taken_.begin(), taken_.end(), false);
  if (free == taken_.end()) return std::nullopt;
  *free = true;
  return first_ + static_cast<unsigned>(free - taken_.begin());
}

void Users::GiveBack(unsigned user) {
  const std::lock_guard lock(mutex_);
  taken_[user - first_] = false;
}

}  // namespace sandbox
