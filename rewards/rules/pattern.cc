#include "rewards/rules/pattern.h"

#include <re2/re2.h>

namespace rewards::rules {
namespace {

std::size_t CharacterBytes(std::string_view text, std::size_t at) {
  std::size_t next = at + 1;
  while (next < text.size() &&
         (static_cast<unsigned char>(text[next]) & 0xC0U) == 0x80U) {
    ++next;
  }
  return next - at;
}

}  // namespace

Pattern::Pattern(std::string_view pattern, std::string& problem) {
  problem.clear();
  if (pattern.size() > kMaxPatternBytes) {
    problem = "longer than the limit of " + std::to_string(kMaxPatternBytes) +
              " bytes";
    return;
  }
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(static_cast<std::int64_t>(kMaxProgramBytes));
  auto compiled = std::make_shared<const re2::RE2>(
      re2::StringPiece(pattern.data(), pattern.size()), options);
  if (compiled->ok()) {
    pattern_ = std::move(compiled);
  } else {
    problem = "no pattern of RE2: " + compiled->error();
  }
}

bool Pattern::MatchesAll(std::string_view text) const {
  return pattern_ != nullptr &&
         pattern_->Match(re2::StringPiece(text.data(), text.size()), 0,
                         text.size(), re2::RE2::ANCHOR_BOTH, nullptr, 0);
}

bool Pattern::MatchesIn(std::string_view text) const {
  return pattern_ != nullptr &&
         pattern_->Match(re2::StringPiece(text.data(), text.size()), 0,
                         text.size(), re2::RE2::UNANCHORED, nullptr, 0);
}

Pattern::Match Pattern::Find(std::string_view text, std::size_t from) const {
  re2::StringPiece found;
  if (pattern_ == nullptr ||
      !pattern_->Match(re2::StringPiece(text.data(), text.size()), from,
                       text.size(), re2::RE2::UNANCHORED, &found, 1)) {
    return {};
  }
  const auto begin = static_cast<std::size_t>(found.data() - text.data());
  return {begin, begin + found.size()};
}

std::size_t Pattern::Count(std::string_view text, std::size_t most) const {
  std::size_t count = 0;
  for (std::size_t from = 0; from <= text.size() && count < most;) {
    const Match match = Find(text, from);
    if (match.end == std::string_view::npos) break;
    ++count;
    from = match.end > match.begin
               ? match.end
               : match.end + CharacterBytes(text, match.end);
  }
  return count;
}

}  // namespace rewards::rules
