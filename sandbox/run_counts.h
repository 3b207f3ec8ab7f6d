// RunCounts: how many runs ended how since the process started, over all its
// jails. Thread-safe: counting takes no lock.

#ifndef SANDBOX_RUN_COUNTS_H_
#define SANDBOX_RUN_COUNTS_H_

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace sandbox {

class RunCounts {
 public:
  // As RunVerdict says them.
  static constexpr std::array<std::string_view, 8> kVerdicts = {
      "OK", "RE", "TLE", "ILE", "OLE", "MLE", "SV", "IE"};

  // Of this process. Its rows are those of the languages in force when it is
  // first asked for: each language, its compiler ("cpp-compile"), and "other"
  // for what has no row.
  [[nodiscard]] static RunCounts& OfProcess() noexcept;

  void Add(std::string_view language, std::string_view verdict) noexcept;

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  // Require: below size(), and an index into kVerdicts.
  [[nodiscard]] std::string_view language(std::size_t row) const noexcept {
    return rows_[row].language;
  }
  [[nodiscard]] std::uint64_t count(std::size_t row,
                                    std::size_t verdict) const noexcept {
    return rows_[row].counts[verdict];
  }

 private:
  static constexpr std::size_t kMostRows = 160;
  struct Row {
    std::string_view language{};
    std::array<std::atomic<std::uint64_t>, kVerdicts.size()> counts{};
  };

  RunCounts();

  std::array<Row, kMostRows> rows_{};
  std::size_t size_ = 0;
};

}  // namespace sandbox

#endif  // SANDBOX_RUN_COUNTS_H_
