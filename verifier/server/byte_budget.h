// ByteBudget: a bound on bytes that many holders share. Thread-safe.

#ifndef VERIFIER_SERVER_BYTE_BUDGET_H_
#define VERIFIER_SERVER_BYTE_BUDGET_H_

#include <atomic>
#include <cstddef>

namespace verifier::server {

class ByteBudget {
 public:
  explicit ByteBudget(std::size_t most) : most_(most) {}

  // One holder's share; given back when it dies.
  class Share {
   public:
    explicit Share(ByteBudget& budget) : budget_(budget) {}
    ~Share() { budget_.held_ -= held_; }
    Share(const Share&) = delete;
    Share& operator=(const Share&) = delete;

    // Takes `bytes` more. Returns false, and takes none, where that would pass
    // the bound.
    [[nodiscard]] bool Take(std::size_t bytes) {
      if (budget_.held_.fetch_add(bytes) + bytes > budget_.most_) {
        budget_.held_ -= bytes;
        return false;
      }
      held_ += bytes;
      return true;
    }

   private:
    ByteBudget& budget_;
    std::size_t held_ = 0;
  };

  // Shares that are held already stay, also above a lower bound.
  void SetMost(std::size_t most) noexcept { most_ = most; }

  [[nodiscard]] std::size_t held() const noexcept { return held_; }

 private:
  std::atomic<std::size_t> most_;
  std::atomic<std::size_t> held_ = 0;
};

}  // namespace verifier::server

#endif  // VERIFIER_SERVER_BYTE_BUDGET_H_
