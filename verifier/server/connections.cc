#include "verifier/server/connections.h"

#include <utility>

namespace verifier::server {
namespace {

using Phase = Connection::Phase;

bool IsWorkedFor(const Connection& connection) {
  return connection.phase() == Phase::kWorking ||
         connection.phase() == Phase::kAnswering;
}

bool IsIdle(const Connection& connection) {
  return connection.phase() == Phase::kIdle;
}

}  // namespace

Connections::Handle Connections::Add(std::shared_ptr<Connection> connection) {
  const std::lock_guard lock(mutex_);
  return all_.insert(all_.end(), std::move(connection));
}

void Connections::Remove(Handle handle) {
  std::shared_ptr<Connection> last;  // destroyed outside the lock
  const std::lock_guard lock(mutex_);
  last = std::move(*handle);
  all_.erase(handle);
}

std::size_t Connections::size() const {
  const std::lock_guard lock(mutex_);
  return all_.size();
}

bool Connections::EvictOldest() {
  std::shared_ptr<Connection> oldest;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& one : all_) {
      if (IsWorkedFor(*one) || one->evicted_) continue;
      if (oldest == nullptr || one->since() < oldest->since()) oldest = one;
    }
    if (oldest == nullptr) return false;
    oldest->evicted_ = true;
  }
  oldest->Close();
  return true;
}

template <typename Condition>
std::list<std::shared_ptr<Connection>> Connections::Select(
    Condition condition) const {
  std::list<std::shared_ptr<Connection>> selected;
  const std::lock_guard lock(mutex_);
  for (const auto& one : all_) {
    if (condition(*one)) selected.push_back(one);
  }
  return selected;
}

void Connections::TickDue() {
  const auto now = Connection::Clock::now();
  for (const auto& one : Select([now](const Connection& connection) {
         return connection.deadline() <= now;
       })) {
    one->Tick();
  }
}

void Connections::CloseIdle() {
  for (const auto& one : Select(IsIdle)) one->Close();
}

void Connections::CloseAll() {
  for (const auto& one : Select([](const Connection&) { return true; })) {
    one->Close();
  }
}

void Connections::Clear() {
  std::list<std::shared_ptr<Connection>> last;  // destroyed outside the lock
  const std::lock_guard lock(mutex_);
  last.swap(all_);
}

}  // namespace verifier::server
