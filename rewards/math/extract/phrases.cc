#include "rewards/math/extract/phrases.h"

#include <algorithm>
#include <array>
#include <string>

#include "rewards/math/syntax/marks.h"

namespace rewards::math {

std::string_view SkipLeftovers(std::string_view rest) {
  constexpr std::string_view kBetween = " \t\r\n:#";
  while (true) {
    rest.remove_prefix(std::min(rest.find_first_not_of(kBetween), rest.size()));
    const std::size_t marks =
        std::min(rest.find_first_not_of("*_"), rest.size());
    const bool opens = marks < rest.size() &&
                       kBetween.find(rest[marks]) == std::string_view::npos;
    if (marks == 0 || opens) return rest;
    rest.remove_prefix(marks);
  }
}

bool GivesReason(std::string_view gap) {
  constexpr std::array<std::string_view, 10> kReasons = {
      "because", "since", "as ",  "for ", "where",
      "when",    "which", "with", "by ",  "so that"};
  while (!gap.empty() && (gap.front() == ' ' || gap.front() == ',' ||
                          gap.front() == '*' || gap.front() == '(')) {
    gap.remove_prefix(1);
  }
  return std::any_of(kReasons.begin(), kReasons.end(),
                     [gap](std::string_view w) { return gap.starts_with(w); });
}

bool IsAlternative(std::string_view gap, std::size_t longest) {
  constexpr std::array<std::string_view, 22> kJoints = {
      " or ",   " and ",  " oder ", " und ", " ou ",  " et ",   " o ", " y ",
      " или ",  " и ",    "或",     "和",    "、",    "または", " e ", " veya ",
      " hoặc ", " atau ", " أو ",   " या ",  " lub ", " of "};
  const std::string padded = " " + std::string(gap) + " ";
  if (padded.find_first_not_of(" \t,&/;:") == std::string::npos) return true;
  if (gap.size() > longest) return false;
  if (gap.find("</") != std::string_view::npos) return true;  // answer tags
  return std::any_of(kJoints.begin(), kJoints.end(),
                     [&padded](std::string_view joint) {
                       return padded.find(joint) != std::string::npos;
                     });
}

std::string_view Hull(std::string_view first, std::string_view last) {
  const char* end = last.data() + last.size();
  return {first.data(), static_cast<std::size_t>(end - first.data())};
}

std::string_view After(std::string_view part, std::string_view text) {
  const char* end = part.data() + part.size();
  return text.substr(static_cast<std::size_t>(end - text.data()));
}

std::string_view Between(std::string_view before, std::string_view after) {
  const char* gap = before.data() + before.size();
  return {gap, static_cast<std::size_t>(after.data() - gap)};
}

bool HoldsMathematics(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '=' || text[i] == '^' || text[i] == '_') return true;
    if (text[i] != '\\' || i + 1 == text.size()) continue;
    const char next = text[++i];
    if ((next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z')) {
      return true;
    }
  }
  return false;
}

bool IsComplete(std::string_view text) {
  text = syntax::Trim(text);
  constexpr std::array<std::string_view, 11> kEnds = {
      ".", "!", "?", "。", "！", "？", "।", "$", "\\)", "\\]", "**"};
  return std::any_of(kEnds.begin(), kEnds.end(),
                     [text](std::string_view e) { return text.ends_with(e); });
}

}  // namespace rewards::math
