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
  // Bounded: what Program::language does not find here is "other".
  static constexpr std::array<std::string_view, 4> kLanguages = {
      "python", "cpp", "cpp-compile", "other"};
  // As RunVerdict says them.
  static constexpr std::array<std::string_view, 7> kVerdicts = {
      "OK", "RE", "TLE", "ILE", "OLE", "SV", "IE"};

  // Of this process.
  [[nodiscard]] static RunCounts& OfProcess() noexcept;

  void Add(std::string_view language, std::string_view verdict) noexcept;

  // Requires: indices into kLanguages and kVerdicts.
  [[nodiscard]] std::uint64_t count(std::size_t language,
                                    std::size_t verdict) const noexcept {
    return counts_[language][verdict];
  }

 private:
  std::array<std::array<std::atomic<std::uint64_t>, kVerdicts.size()>,
             kLanguages.size()>
      counts_{};
};

}  // namespace sandbox

#endif  // SANDBOX_RUN_COUNTS_H_
