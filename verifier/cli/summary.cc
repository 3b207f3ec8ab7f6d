#include "verifier/cli/summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "verifier/cli/terminal.h"

namespace verifier::cli {
namespace {

using protocol::Status;

constexpr std::size_t kNameWidth = 12;
constexpr std::size_t kIdWidth = 36;

Style StyleOf(std::string_view outcome) {
  if (outcome == "correct") return Style::kGood;
  if (outcome == "not_judged" || outcome == "partial") return Style::kWarning;
  return Style::kBad;
}

std::string Count(std::uint64_t count) {
  return count == 0 ? "-" : fmt::format("{}", count);
}

}  // namespace

std::string_view ReasonOf(const protocol::CheckResult& check) {
  const auto* reason = check.detail.if_contains("reason");
  return reason != nullptr && reason->is_string()
             ? std::string_view(reason->get_string())
             : std::string_view();
}

Summary::Row& Summary::RowOf(const std::string& checker) {
  for (Row& row : rows_) {
    if (row.checker == checker) return row;
  }
  rows_.push_back({checker});
  return rows_.back();
}

void Summary::Add(const protocol::ScoreResult& result) {
  ++items_;
  if (result.status == Status::kInvalid) {
    ++invalid_;
  } else if (result.status != Status::kOk) {
    ++not_judged_;
  }
  for (const protocol::CheckResult& check : result.checks) {
    Row& row = RowOf(check.checker);
    ++row.items;
    const auto outcome =
        std::find(kOutcomes.begin(), kOutcomes.end(), check.outcome);
    if (outcome != kOutcomes.end()) {
      ++row.outcomes[static_cast<std::size_t>(outcome - kOutcomes.begin())];
    }
  }
  if (result.reward) {
    ++rewards_;
    const double distance = *result.reward - mean_;
    mean_ += distance / static_cast<double>(rewards_);
    squares_ += distance * (*result.reward - mean_);
  }
}

std::string Summary::Text(bool color) const {
  std::string head = fmt::format("{:<{}} {:>7} {:>16}", "checker", kNameWidth,
                                 "items", "correct");
  for (const std::string_view name : {"partial", "wrong", "unreadable",
                                      "timeout", "violation", "not judged"}) {
    head += fmt::format(" {:>10}", name);
  }
  std::string text = Paint(head, Style::kBold, color) + "\n";
  for (const Row& row : rows_) {
    const double percent = 100.0 * static_cast<double>(row.outcomes[0]) /
                           static_cast<double>(row.items);
    text += fmt::format(
        "{:<{}} {:>7} {:>16}", Printable(row.checker, kNameWidth), kNameWidth,
        row.items, fmt::format("{} ({:.1f} %)", row.outcomes[0], percent));
    for (std::size_t i = 1; i < kOutcomes.size(); ++i) {
      const std::string cell = fmt::format(" {:>10}", Count(row.outcomes[i]));
      const bool alarm = row.outcomes[i] > 0 && kOutcomes[i] == "not_judged";
      text += Paint(cell, Style::kWarning, color && alarm);
    }
    text += "\n";
  }
  if (rewards_ > 0) {
    const double deviation =
        std::sqrt(squares_ / static_cast<double>(rewards_));
    text += fmt::format("reward mean {:.3f}  std {:.3f}  of {} items\n", mean_,
                        deviation, rewards_);
  }
  const auto line = [&](std::uint64_t count, std::string_view what) {
    if (count == 0) return;
    text += Paint(fmt::format("{} of {} items {}", count, items_, what),
                  Style::kWarning, color) +
            "\n";
  };
  line(invalid_, "invalid");
  line(not_judged_, "not judged");
  return text;
}

std::string ResultRow(const protocol::ScoreResult& result, std::size_t columns,
                      bool color) {
  const std::string id = Printable(result.id.value_or("(no id)"), kIdWidth);
  std::string row = id;
  row.append(kIdWidth - CharacterCount(id), ' ');
  row += result.reward ? fmt::format(" {:>7.3g}", *result.reward)
                       : fmt::format(" {:>7}", "-");
  std::size_t used = kIdWidth + 8;
  const auto add = [&](std::string_view text) {
    const std::string shown =
        Printable(text, columns > used ? columns - used : 0);
    used += CharacterCount(shown);
    return shown;
  };
  if (result.error) {
    row += Paint(
        add("  invalid: " + result.error->pointer + " " + result.error->detail),
        Style::kBad, color);
  }
  for (const protocol::CheckResult& check : result.checks) {
    row += add("  " + check.checker + " ");
    row += Paint(add(check.outcome), StyleOf(check.outcome), color);
    const std::string_view reason = ReasonOf(check);
    if (!reason.empty()) row += add(" (" + std::string(reason) + ")");
  }
  return row;
}

}  // namespace verifier::cli
