#include "rewards/plugin/plugin_pool.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <system_error>
#include <utility>

#include "sandbox/signals_blocked.h"

namespace rewards::plugin {
namespace {

using std::chrono::milliseconds;
using Kind = PluginReply::Kind;

// Longest part of a plugin's own text in a message.
constexpr std::size_t kMostQuoted = 200;

sandbox::Fd EventFd(int flags) {
  sandbox::Fd event(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK | flags));
  if (event.get() < 0) {
    throw std::system_error(errno, std::generic_category(), "eventfd");
  }
  return event;
}

void Count(const sandbox::Fd& event) {
  const std::uint64_t one = 1;
  // It cannot fail: the count is far from full.
  static_cast<void>(write(event.get(), &one, sizeof(one)) == sizeof(one));
}

milliseconds Longer(milliseconds wait, milliseconds least, milliseconds most) {
  return std::clamp(wait * 2, least, most);
}

std::string Milliseconds(milliseconds time) {
  return std::to_string(time.count()) + " ms";
}

std::string Quoted(std::string_view text) {
  return text.empty() ? ""
                      : ": " + LogText(text.substr(0, kMostQuoted)) +
                            (text.size() > kMostQuoted ? "..." : "");
}

}  // namespace

struct PluginPool::Request {
  std::string_view text;
  Clock::time_point deadline;
  const Problem& problem;
  bool taken = false;
  bool done = false;
  PluginReply reply{};
  std::condition_variable changed{};
};

PluginPool::PluginPool(const PluginOptions& options, PluginCommand command,
                       PluginLog& log, JsonReader read)
    : options_(options),
      command_(std::move(command)),
      log_(log),
      read_(std::move(read)),
      wake_(EventFd(EFD_SEMAPHORE)),
      stop_(EventFd(0)) {
  const sandbox::SignalsBlocked blocked;
  attendants_.reserve(options_.pool);
  for (std::size_t i = 0; i < options_.pool; ++i) {
    attendants_.emplace_back([this] { Attend(); });
  }
}

PluginPool::~PluginPool() {
  Count(stop_);
  for (std::thread& attendant : attendants_) attendant.join();
}

std::optional<PluginDescription> PluginPool::Describe(std::string& error) {
  std::unique_lock lock(mutex_);
  described_.wait(lock,
                  [this] { return description_ || !start_problem_.empty(); });
  if (!description_) error = start_problem_;
  return description_;
}

PluginReply PluginPool::Ask(std::string_view text, Clock::time_point deadline,
                            const Problem& problem) {
  std::unique_lock lock(mutex_);
  Request request{text, deadline, problem};
  if (down_ == options_.pool) {
    request.reply.reason = start_problem_;
    return std::move(request.reply);
  }
  waiting_.push_back(&request);
  Count(wake_);
  request.changed.wait_until(
      lock, deadline, [&request] { return request.taken || request.done; });
  if (!request.taken && !request.done) {
    waiting_.erase(std::find(waiting_.begin(), waiting_.end(), &request));
    request.reply.reason = "had no process free in time";
    return std::move(request.reply);
  }
  request.changed.wait(lock, [&request] { return request.done; });
  return std::move(request.reply);
}

void PluginPool::Attend() {
  milliseconds back_off{0};
  bool down = false;
  while (!StopsWithin(back_off)) {
    std::string problem;
    const std::unique_ptr<PluginProcess> process = StartOne(problem);
    NoteStart(problem, down);
    const bool useful = process && Serve(*process);
    back_off = useful ? milliseconds(0)
                      : Longer(back_off, kLeastBackOff, kMostBackOff);
  }
}

bool PluginPool::StopsWithin(milliseconds time) const {
  pollfd stop{stop_.get(), POLLIN, 0};
  return poll(&stop, 1, static_cast<int>(time.count())) > 0;
}

std::unique_ptr<PluginProcess> PluginPool::StartOne(std::string& problem) {
  auto process = PluginProcess::Start(command_, log_, stop_.get(), problem);
  if (process) problem = Greet(*process);
  if (problem.empty()) {
    log_.Tell("started: process " + std::to_string(process->pid()));
    return process;
  }
  return nullptr;
}

// Reads the first line. Returns what is wrong.
std::string PluginPool::Greet(PluginProcess& process) {
  std::string line;
  std::string error;
  switch (process.Read(line, Clock::now() + options_.start_timeout)) {
    case Exchange::kAnswered:
      break;
    case Exchange::kDied: {
      const std::string how = process.End(true).text;
      return how + " before its first line" + Quoted(process.last_words());
    }
    case Exchange::kTimedOut:
      return "wrote no line within its start_timeout of " +
             Milliseconds(options_.start_timeout);
    case Exchange::kBabbled:
      return "wrote a first line of over " + std::to_string(kMostLineBytes) +
             " bytes, or more than one line";
    case Exchange::kStopped:
      return "was stopped";
  }
  auto description = ReadDescription(line, read_, error);
  if (!description) {
    return "wrote a first line that does not describe a checker (" + error +
           ")" + Quoted(line);
  }
  const std::lock_guard lock(mutex_);
  if (!description_) {
    description_ = std::move(*description);
    described_.notify_all();
  } else if (*description_ != *description) {
    return "describes itself in other words than at its first start";
  }
  return "";
}

void PluginPool::NoteStart(const std::string& problem, bool& down) {
  if (!problem.empty()) log_.Tell(problem);
  const std::lock_guard lock(mutex_);
  if (down) --down_;
  down = !problem.empty();
  if (!down) return;
  ++down_;
  start_problem_ = problem;
  described_.notify_all();
  if (down_ < options_.pool) return;
  for (Request* request : waiting_) {
    request->reply.reason = problem;
    request->done = true;
    request->changed.notify_one();
  }
  waiting_.clear();
}

// Hands items to `process` until it is of no further use. True where it gave an
// answer.
bool PluginPool::Serve(PluginProcess& process) {
  bool useful = false;
  while (true) {
    const Exchange idle = process.Await(wake_.get());
    if (idle == Exchange::kStopped) {
      process.End(true);
      return useful;
    }
    if (idle != Exchange::kAnswered) {
      const PluginEnd end = process.End(idle == Exchange::kDied);
      log_.Tell(
          (idle == Exchange::kDied ? end.text : "wrote what nobody asked for") +
          " between two items; starting it again");
      return useful;
    }
    Request* request = Take();
    if (request == nullptr) continue;
    PluginReply reply = Hand(process, *request);
    const bool good = reply.kind == Kind::kAnswered;
    if (!good) log_.Tell(reply.reason + "; starting it again");
    Deliver(*request, std::move(reply));
    if (!good) return useful;
    useful = true;
  }
}

PluginPool::Request* PluginPool::Take() {
  std::uint64_t one = 0;
  if (read(wake_.get(), &one, sizeof(one)) != sizeof(one)) return nullptr;
  const std::lock_guard lock(mutex_);
  if (waiting_.empty()) return nullptr;
  Request* request = waiting_.front();
  waiting_.pop_front();
  request->taken = true;
  request->changed.notify_one();
  return request;
}

PluginReply PluginPool::Hand(PluginProcess& process, const Request& request) {
  PluginReply reply;
  const auto deadline =
      std::min(request.deadline, Clock::now() + options_.deadline);
  const Exchange result = process.Ask(request.text, reply.line, deadline);
  if (result == Exchange::kAnswered) {
    const std::string problem = request.problem(reply.line);
    if (problem.empty()) {
      reply.kind = Kind::kAnswered;
      return reply;
    }
    reply.reason = "gave an answer that is none: " + problem;
  }
  const PluginEnd end = process.End(result == Exchange::kDied);
  reply.kind = Kind::kFailed;
  if (result == Exchange::kDied) {
    reply.reason = end.text + " with an item in its hands";
    reply.killed_from_outside = end.killed_from_outside;
  } else if (result == Exchange::kTimedOut) {
    reply.kind = Kind::kTimedOut;
    reply.reason = "gave no answer in time";
  } else if (result == Exchange::kBabbled) {
    reply.reason = "wrote more than one line, or one of over " +
                   std::to_string(kMostLineBytes) + " bytes";
  } else if (result == Exchange::kStopped) {
    reply.kind = Kind::kTurnedAway;
    reply.reason = "was stopped";
  }
  return reply;
}

void PluginPool::Deliver(Request& request, PluginReply reply) {
  const std::lock_guard lock(mutex_);
  request.reply = std::move(reply);
  request.done = true;
  request.changed.notify_one();
}

}  // namespace rewards::plugin
