#include "sandbox/compile_cache.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "sandbox/compile_counts.h"

namespace sandbox {
namespace {

// How often one who waits for another looks whether it was cancelled.
constexpr std::chrono::milliseconds kLook{20};

std::int64_t BytesOf(const Compiled& compiled) {
  const RunResult& run = compiled.run;
  return kCompileEntryBytes +
         static_cast<std::int64_t>(compiled.artifact.size() + run.out.size() +
                                   run.err.size());
}

Until::Clock::time_point NextLook(const Until& until) {
  return std::min(until.deadline, Until::Clock::now() + kLook);
}

}  // namespace

// Ends a flight, also where its compile throws.
class CompileCache::Landing {
 public:
  Landing(CompileCache* cache, const CompileKey& key, Flight* flight)
      : cache_(cache), key_(key), flight_(flight) {}
  ~Landing() { cache_->Land(key_, flight_, std::move(value)); }
  Landing(const Landing&) = delete;
  Landing& operator=(const Landing&) = delete;

  Value value{};

 private:
  CompileCache* cache_;
  const CompileKey& key_;
  Flight* flight_;
};

CompileCache::~CompileCache() {
  CompileCounts::OfProcess().held_bytes -= held_bytes_;
}

CompileCache::Found CompileCache::Get(
    const CompileKey& key, const Until& until,
    const std::function<Compiled()>& compile) {
  CompileCounts& counts = CompileCounts::OfProcess();
  const auto make = [&compile, &counts] {
    ++counts.misses;
    return std::make_shared<const Compiled>(compile());
  };
  if (most_bytes_ <= 0) return {make(), true};
  const auto flight = std::make_shared<Flight>();
  {
    std::unique_lock lock(mutex_);
    for (;;) {
      Value held = Find(key);
      if (held != nullptr) {
        ++counts.hits;
        return {std::move(held), false};
      }
      const auto [at, first] = flights_.try_emplace(key, flight);
      if (first) break;
      const std::shared_ptr<Flight> other = at->second;
      while (!other->over) {
        if (until.is_over() || until.is_cancelled()) return {};
        landed_.wait_until(lock, NextLook(until));
      }
      if (other->value != nullptr) {
        ++counts.hits;
        return {other->value, false};
      }
    }
  }
  Landing landing(this, key, flight.get());
  landing.value = make();
  return {landing.value, true};
}

std::int64_t CompileCache::held_bytes() const {
  const std::lock_guard lock(mutex_);
  return held_bytes_;
}

CompileCache::Value CompileCache::Find(const CompileKey& key) {
  const auto at = by_key_.find(key);
  if (at == by_key_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, at->second);
  return at->second->value;
}

void CompileCache::Land(const CompileKey& key, Flight* flight, Value value) {
  const std::lock_guard lock(mutex_);
  const Reach reach = value == nullptr ? Reach::kNobody : value->reach;
  flight->over = true;
  if (reach != Reach::kNobody) flight->value = value;
  if (reach == Reach::kAlways) Keep(key, std::move(value));
  flights_.erase(key);
  landed_.notify_all();
}

void CompileCache::Keep(const CompileKey& key, Value value) {
  const std::int64_t bytes = BytesOf(*value);
  if (bytes > most_bytes_) return;
  CompileCounts& counts = CompileCounts::OfProcess();
  while (held_bytes_ + bytes > most_bytes_) {
    Drop(std::prev(entries_.end()));
    ++counts.evictions;
  }
  entries_.push_front({key, std::move(value), bytes});
  by_key_[key] = entries_.begin();
  held_bytes_ += bytes;
  counts.held_bytes += bytes;
}

void CompileCache::Drop(std::list<Entry>::iterator entry) {
  held_bytes_ -= entry->bytes;
  CompileCounts::OfProcess().held_bytes -= entry->bytes;
  by_key_.erase(entry->key);
  entries_.erase(entry);
}

}  // namespace sandbox
