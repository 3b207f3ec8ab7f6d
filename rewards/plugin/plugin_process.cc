#include "rewards/plugin/plugin_process.h"

#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <exception>
#include <utility>

#include "rewards/plugin/plugin_errors.h"
#include "rewards/plugin/plugin_launch.h"

namespace rewards::plugin {
namespace {

using Clock = PluginProcess::Clock;

constexpr std::size_t kReadBytes = std::size_t{64} << 10;

// assay-jail clears its jail away when it is told to end; if it cannot within
// this time, it is killed, and the kernel does.
constexpr std::chrono::seconds kJailEndTime{2};

int MillisecondsUntil(Clock::time_point time) {
  const auto left =
      std::chrono::ceil<std::chrono::milliseconds>(time - Clock::now());
  return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 60'000));
}

std::string EndText(int status) {
  if (WIFEXITED(status)) {
    return "exited with code " + std::to_string(WEXITSTATUS(status));
  }
  const int number = WTERMSIG(status);
  return "was killed by signal " + std::to_string(number) + " (" +
         strsignal(number) + ")";
}

}  // namespace

class PluginProcess::Impl {
 public:
  Impl(const PluginCommand& command, PluginLog& log, int stop)
      : jailed_(command.jailed), stop_(stop), child_(command), errors_(log) {}

  ~Impl() { End(false); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  // `request` is written while the answer is read: neither side can be held up
  // by a pipe that is full.
  Exchange Talk(std::string_view request, std::string& line,
                Clock::time_point deadline) {
    if (!request.empty() && !Quiet()) return Exchange::kBabbled;
    while (true) {
      const std::size_t end = buffer_.find('\n', searched_);
      if (end != std::string::npos) {
        // An answer before the question was read whole answers nothing, and
        // one with more behind it is no answer.
        if (!request.empty() || end > kMostLineBytes ||
            end + 1 != buffer_.size()) {
          return Exchange::kBabbled;
        }
        line = buffer_.substr(0, end);
        buffer_.clear();
        searched_ = 0;
        return Exchange::kAnswered;
      }
      searched_ = buffer_.size();
      if (buffer_.size() > kMostLineBytes) return Exchange::kBabbled;
      if (Clock::now() >= deadline) return Exchange::kTimedOut;
      const Ready ready = Wait(-1, !request.empty(), deadline);
      if (ready.stop) return Exchange::kStopped;
      if (ready.in && !Write(request)) return Exchange::kDied;
      if (ready.out && !ReadMore()) return Exchange::kDied;
      // Whatever it wrote before it ended is read by now.
      if (ready.ended && !ready.out) return Exchange::kDied;
    }
  }

  Exchange Await(int wake) {
    while (true) {
      const Ready ready =
          Wait(wake, false, Clock::now() + std::chrono::hours(1));
      if (ready.stop) return Exchange::kStopped;
      if (ready.out) return ReadMore() ? Exchange::kBabbled : Exchange::kDied;
      if (ready.ended) return Exchange::kDied;
      if (ready.wake) return Exchange::kAnswered;
    }
  }

  PluginEnd End(bool kindly) {
    if (ended_) return end_;
    ended_ = true;
    child_.in.Close();
    const bool by_itself = HasEnded(kindly ? kEndTime : kEndTime * 0);
    if (!by_itself && jailed_) {
      child_.Signal(SIGTERM);
      static_cast<void>(HasEnded(kJailEndTime));
    }
    const int status = child_.End();
    errors_.Read(child_.err);
    errors_.Flush();
    if (!by_itself) {
      end_.text = "had to be killed";
      return end_;
    }
    end_.text = EndText(status);
    end_.killed_from_outside =
        WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
    return end_;
  }

  [[nodiscard]] pid_t pid() const { return child_.pid(); }
  [[nodiscard]] std::string last_words() const { return errors_.last_line(); }

 private:
  struct Ready {
    bool out = false;
    bool in = false;
    bool stop = false;
    bool wake = false;
    bool ended = false;
  };

  // Waits until something can be done, up to `deadline`; reads standard error.
  Ready Wait(int wake, bool writing, Clock::time_point deadline) {
    const bool paused = errors_.paused();
    std::array<pollfd, 6> fds{{{child_.out.get(), POLLIN, 0},
                               {writing ? child_.in.get() : -1, POLLOUT, 0},
                               {stop_, POLLIN, 0},
                               {wake, POLLIN, 0},
                               {child_.pidfd(), POLLIN, 0},
                               {paused ? -1 : child_.err.get(), POLLIN, 0}}};
    if (paused) deadline = std::min(deadline, errors_.next());
    poll(fds.data(), fds.size(), MillisecondsUntil(deadline));
    if (fds[5].revents != 0) errors_.Read(child_.err);
    return {fds[0].revents != 0, fds[1].revents != 0, fds[2].revents != 0,
            fds[3].revents != 0, fds[4].revents != 0};
  }

  // True where it ends by itself within `time`. Its errors are read meanwhile.
  bool HasEnded(Clock::duration time) {
    const Clock::time_point deadline = Clock::now() + time;
    while (true) {
      const bool paused = errors_.paused();
      std::array<pollfd, 2> fds{{{child_.pidfd(), POLLIN, 0},
                                 {paused ? -1 : child_.err.get(), POLLIN, 0}}};
      poll(fds.data(), fds.size(),
           MillisecondsUntil(paused ? std::min(deadline, errors_.next())
                                    : deadline));
      if (fds[1].revents != 0) errors_.Read(child_.err);
      if (fds[0].revents != 0) return true;
      if (Clock::now() >= deadline) return false;
    }
  }

  // True where nothing waits that no question asked for.
  bool Quiet() {
    pollfd out{child_.out.get(), POLLIN, 0};
    return poll(&out, 1, 0) == 0 || (out.revents & POLLIN) == 0;
  }

  // Writes what the pipe takes; false: nobody will read it.
  bool Write(std::string_view& request) const {
    const ssize_t wrote =
        write(child_.in.get(), request.data(), request.size());
    if (wrote < 0) return errno == EAGAIN || errno == EINTR;
    request.remove_prefix(static_cast<std::size_t>(wrote));
    return true;
  }

  // False at the end of standard output.
  bool ReadMore() {
    std::array<char, kReadBytes> bytes;
    const ssize_t got = read(child_.out.get(), bytes.data(), bytes.size());
    if (got > 0) buffer_.append(bytes.data(), static_cast<std::size_t>(got));
    return got > 0 || (got < 0 && (errno == EAGAIN || errno == EINTR));
  }

  const bool jailed_;
  const int stop_;
  LaunchedPlugin child_;
  PluginErrors errors_;
  std::string buffer_;        // read and not yet taken
  std::size_t searched_ = 0;  // of it, without a line end
  bool ended_ = false;
  PluginEnd end_;
};

PluginProcess::PluginProcess(std::unique_ptr<Impl> impl)
    : impl_(std::move(impl)) {}

PluginProcess::~PluginProcess() = default;

std::unique_ptr<PluginProcess> PluginProcess::Start(
    const PluginCommand& command, PluginLog& log, int stop,
    std::string& error) {
  try {
    return std::unique_ptr<PluginProcess>(
        new PluginProcess(std::make_unique<Impl>(command, log, stop)));
  } catch (const std::exception& failure) {
    error = "cannot be started: " + std::string(failure.what());
    return nullptr;
  }
}

Exchange PluginProcess::Read(std::string& line, Clock::time_point deadline) {
  return impl_->Talk({}, line, deadline);
}

Exchange PluginProcess::Ask(std::string_view request, std::string& line,
                            Clock::time_point deadline) {
  return impl_->Talk(request, line, deadline);
}

Exchange PluginProcess::Await(int wake) { return impl_->Await(wake); }

PluginEnd PluginProcess::End(bool kindly) { return impl_->End(kindly); }

pid_t PluginProcess::pid() const { return impl_->pid(); }

std::string PluginProcess::last_words() const { return impl_->last_words(); }

}  // namespace rewards::plugin
