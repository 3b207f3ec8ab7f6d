#include "sandbox/zygote_orders.h"

#include <errno.h>
#include <linux/sched.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstddef>
#include <cstring>
#include <optional>
#include <utility>

#include "sandbox/child.h"

namespace sandbox {
namespace {

// The words of the bundle `fd` from `first` to `end`, each with its NUL;
// nothing where it cannot be read.
std::optional<std::string> WordsOf(int fd, std::uint32_t first,
                                   std::uint32_t end) {
  if (first >= end) return "";
  struct stat status {};
  if (fstat(fd, &status) != 0) return std::nullopt;
  const auto size = static_cast<std::size_t>(status.st_size);
  void* place = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd, 0);
  if (place == MAP_FAILED) return std::nullopt;
  const char* at = static_cast<const char*>(place);
  std::string words;
  for (std::uint32_t i = 0; i < end; ++i) {
    const std::size_t bytes = std::strlen(at) + 1;
    if (i >= first) words.append(at, bytes);
    at += bytes;
  }
  munmap(place, size);
  return words;
}

}  // namespace

bool ZygoteOrders::GetReady(int socket) {
  socket_ = socket;
  const auto received = ReceiveFrom<ZygoteSetup>(socket);
  if (!received || received->lock_size > ZygoteSetup::kMostLock ||
      received->fork_lock_size > ZygoteSetup::kMostLock) {
    return false;
  }
  setup_ = *received;
  return SendTo(socket, '\0');
}

bool ZygoteOrders::Take() {
  const auto received = ReceiveFrom<RunOrder>(socket_, &fds_);
  if (!received || fds_.size() <= kStubFd) return false;
  order_ = *received;
  // Of the forks, not of the zygote.
  return setns(fds_[kStubFd].get(), CLONE_NEWPID) == 0;
}

std::string ZygoteOrders::Become(std::uint32_t own_words) {
  const bool fork = order_.fork;
  const sock_fprog lock{fork ? setup_.fork_lock_size : setup_.lock_size,
                        fork ? setup_.fork_lock.data() : setup_.lock.data()};
  ChildPlan plan{.uid = setup_.uid,
                 .changes_user = setup_.own_user,
                 .limits = order_.limits.data(),
                 .limit_count = order_.limit_count,
                 .lock = &lock};
  for (std::size_t i = kInFd; i <= kStateFd; ++i) plan.fds[i] = fds_[i].get();
  if (fds_.size() > kZygoteRulesFd) {
    plan.fds[kRulesFd] = fds_[kZygoteRulesFd].get();
  }
  auto words = WordsOf(fds_[kBundleFd].get(), own_words, order_.argc);
  if (!words) {
    SendTrouble(plan.fds[kStateFd], {Step::kOrder, errno});
    _exit(1);
  }
  BecomeProgramHere(plan);
  return *std::move(words);
}

void ZygoteOrders::Watch(long program) {
  const Fd status(std::move(fds_[kStateFd]));
  fds_.clear();
  WatchProgram(program, status.get());
}

}  // namespace sandbox
