// CompileCache: results of compiles by what was compiled (compile_key.h), so
// that equal sources are compiled once, also where they come at the same time.
// Thread-safe.
//
// What it holds is in this process and never changes: a run gets a copy of its
// own, in a sealed file, so nothing that runs can reach what the next one gets.
// Only what the compiler itself said of the sources is kept (Reach::kAlways).

#ifndef SANDBOX_COMPILE_CACHE_H_
#define SANDBOX_COMPILE_CACHE_H_

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>

#include "sandbox/compile_key.h"
#include "sandbox/compiled.h"
#include "sandbox/limits.h"
#include "sandbox/until.h"

namespace sandbox {

inline constexpr std::int64_t kCompileCacheBytes = 256 * kMiB;

// What an entry counts for, on top of its artifact and its output.
inline constexpr std::int64_t kCompileEntryBytes = 1 * kKiB;

class CompileCache {
 public:
  // Holds up to `most_bytes`; what was not used for longest goes first. 0: it
  // holds nothing, and nobody waits for anybody.
  explicit CompileCache(std::int64_t most_bytes) : most_bytes_(most_bytes) {}
  ~CompileCache();
  CompileCache(const CompileCache&) = delete;
  CompileCache& operator=(const CompileCache&) = delete;

  struct Found {
    std::shared_ptr<const Compiled> compiled{};  // null: `until` came first
    bool made_here = false;                      // by `compile`
  };

  // What is held for `key`, or else what `compile` returns; where another
  // thread is at that already, its result as soon as it is there. Blocks for
  // `compile`, or up to `until`.
  [[nodiscard]] Found Get(const CompileKey& key, const Until& until,
                          const std::function<Compiled()>& compile);

  [[nodiscard]] std::int64_t most_bytes() const noexcept { return most_bytes_; }
  [[nodiscard]] std::int64_t held_bytes() const;

 private:
  using Value = std::shared_ptr<const Compiled>;
  struct Entry {
    CompileKey key;
    Value value;
    std::int64_t bytes;
  };
  // A compile under way. Of `mutex_`.
  struct Flight {
    bool over = false;
    Value value{};  // null: nobody else's
  };
  class Landing;

  Value Find(const CompileKey& key);
  void Keep(const CompileKey& key, Value value);
  void Drop(std::list<Entry>::iterator entry);
  void Land(const CompileKey& key, Flight* flight, Value value);

  const std::int64_t most_bytes_;
  mutable std::mutex mutex_;
  std::condition_variable landed_;
  std::list<Entry> entries_;  // what was used last stands first
  std::map<CompileKey, std::list<Entry>::iterator> by_key_;
  std::map<CompileKey, std::shared_ptr<Flight>> flights_;
  std::int64_t held_bytes_ = 0;
};

}  // namespace sandbox

#endif  // SANDBOX_COMPILE_CACHE_H_
