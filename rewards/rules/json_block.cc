#include "rewards/rules/json_block.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <cmath>
#include <string>

#include "rewards/rules/code_points.h"

namespace rewards::rules {
namespace {

namespace json = boost::json;

bool IsFinite(const json::value& value) {
  if (value.is_double()) return std::isfinite(value.get_double());
  if (value.is_array()) {
    return std::all_of(value.get_array().begin(), value.get_array().end(),
                       IsFinite);
  }
  if (!value.is_object()) return true;
  return std::all_of(
      value.get_object().begin(), value.get_object().end(),
      [](const auto& member) { return IsFinite(member.value()); });
}

// The line of `text` that begins at `at`, without its end.
std::string_view LineAt(std::string_view text, std::size_t at) {
  const std::size_t end = text.find('\n', at);
  return text.substr(at, end == std::string_view::npos ? end : end - at);
}

}  // namespace

std::optional<json::value> ReadJson(std::string_view text) {
  json::parse_options options;
  options.max_depth = kMaxJsonDepth;
  boost::system::error_code error;
  json::value value = json::parse(json::string_view(text.data(), text.size()),
                                  error, {}, options);
  if (error || !IsFinite(value)) return std::nullopt;
  return value;
}

std::string_view FindJson(std::string_view answer) {
  const std::string_view whole = Strip(answer);
  if (ReadJson(whole)) return whole;
  std::string_view tagged = whole;
  std::string_view bare = whole;
  bool is_tagged = false;
  bool inside = false;
  std::string name;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < whole.size();) {
    const std::string_view line = LineAt(whole, at);
    const std::string_view mark = Strip(line);
    if (mark.starts_with("```") && (!inside || mark == "```")) {
      if (inside && name == "json") tagged = whole.substr(begin, at - begin);
      if (inside && name.empty()) bare = whole.substr(begin, at - begin);
      is_tagged = is_tagged || (inside && name == "json");
      inside = !inside;
      name = Lower(Strip(mark.substr(3)));
      begin = std::min(at + line.size() + 1, whole.size());
    }
    at += line.size() + 1;
  }
  return Strip(is_tagged ? tagged : bare);
}

}  // namespace rewards::rules
