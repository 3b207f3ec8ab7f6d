#include "rewards/code/talker.h"

#include <sys/socket.h>

#include <array>
#include <system_error>
#include <utility>

namespace rewards::code {

Talker::Talker(const sandbox::Runner& runner, sandbox::Program program,
               const sandbox::RunLimits& limits, const sandbox::Until& until)
    : runner_(runner),
      program_(std::move(program)),
      limits_(limits),
      until_(until) {
  until_.cancel = &cancel_;
}

Talker::~Talker() {
  Cancel();
  Join();
}

bool Talker::Start() {
  std::array<int, 2> ends{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    return false;
  }
  ours_ = sandbox::Fd(ends[0]);
  theirs_ = sandbox::Fd(ends[1]);
  program_.stream = theirs_.get();
  try {
    thread_ = std::thread([this] {
      result_ = runner_.Run(program_, limits_, until_);
      done_ = true;
      theirs_.Close();
    });
  } catch (const std::system_error&) {
    return false;
  }
  return true;
}

void Talker::Join() {
  if (thread_.joinable()) thread_.join();
}

bool Talker::cancelled() const {
  return cancel_.is_set() && result_.ending == sandbox::Ending::kFailed;
}

}  // namespace rewards::code
