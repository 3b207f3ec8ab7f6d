// Compare: is what a program printed what the test expects? Pure; any thread;
// linear time, but for kUnordered, which sorts. Bytes, not characters: case and
// every other byte count.

#ifndef REWARDS_CODE_COMPARE_H_
#define REWARDS_CODE_COMPARE_H_

#include <string>
#include <string_view>

namespace rewards::code {

enum class CompareMode {
  kTokens,     // the same words between white space, and as many
  kExact,      // the same bytes
  kLines,      // the same lines but for white space at their ends and blank
               // lines at the end
  kFloat,      // as kTokens, but two finite decimal numbers may differ a little
  kUnordered,  // the same lines, as words, in any order; blank lines ignored
};

// kFloat: |got - expected| <= max(abs, rel * |expected|). A token that is
// written the same is always right; NaN, infinities, hexadecimal and numbers
// out of range are no numbers.
struct CompareRule {
  CompareMode mode = CompareMode::kTokens;
  double rel = 1e-6;
  double abs = 1e-6;
};

struct Comparison {
  enum class Result {
    kDiffers,
    kPresentation,  // kExact, kLines: the same words, but not as they are
                    // wanted
    kMatches,
  };
  Result result = Result::kDiffers;
  // Of what does not match: where, e.g. "line 3 differs". Never what is
  // expected there.
  std::string reason{};
};

[[nodiscard]] Comparison Compare(std::string_view expected,
                                 std::string_view got, const CompareRule& rule);

// True where a program that prints nothing would be right.
[[nodiscard]] bool IsBlank(std::string_view expected) noexcept;

}  // namespace rewards::code

#endif  // REWARDS_CODE_COMPARE_H_
