// Summary: the figures of one scoring run, as a table for people. Not
// thread-safe.

#ifndef VERIFIER_CLI_SUMMARY_H_
#define VERIFIER_CLI_SUMMARY_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "verifier/protocol/score_result.h"

namespace verifier::cli {

// The outcomes of CONTRACT.md, in the order of the table's columns.
inline constexpr std::array<std::string_view, 7> kOutcomes = {
    "correct", "partial",   "wrong",     "unreadable",
    "timeout", "violation", "not_judged"};

class Summary {
 public:
  void Add(const protocol::ScoreResult& result);

  // The table, one line a checker in the order they came, and the rewards.
  // Ends with a line feed.
  [[nodiscard]] std::string Text(bool color) const;

  [[nodiscard]] std::uint64_t items() const { return items_; }
  [[nodiscard]] std::uint64_t invalid() const { return invalid_; }
  // Items that have no number though nothing is wrong with their line.
  [[nodiscard]] std::uint64_t not_judged() const { return not_judged_; }

 private:
  struct Row {
    std::string checker;
    std::uint64_t items = 0;
    std::array<std::uint64_t, kOutcomes.size()> outcomes{};
  };

  Row& RowOf(const std::string& checker);

  std::vector<Row> rows_;
  std::uint64_t items_ = 0;
  std::uint64_t invalid_ = 0;
  std::uint64_t not_judged_ = 0;
  // Welford's mean and sum of squared distances of the rewards.
  std::uint64_t rewards_ = 0;
  double mean_ = 0.0;
  double squares_ = 0.0;
};

// One line about one result for people: id, reward, and every check's outcome
// with its reason. At most `columns` characters; no line feed.
[[nodiscard]] std::string ResultRow(const protocol::ScoreResult& result,
                                    std::size_t columns, bool color);

// The `reason` in a check's detail, or an empty view. Borrows. Untrusted.
[[nodiscard]] std::string_view ReasonOf(const protocol::CheckResult& check);

}  // namespace verifier::cli

#endif  // VERIFIER_CLI_SUMMARY_H_
