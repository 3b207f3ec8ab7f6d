#include "rewards/http/judge_reply.h"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

namespace rewards::http {
namespace {

namespace json = boost::json;

// From -2 to 2.
constexpr std::array<std::string_view, 5> kLabels = {"B>>A", "B>A", "A=B",
                                                     "A>B", "A>>B"};

std::string_view Trim(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  text.remove_prefix(std::min(text.find_first_not_of(kSpace), text.size()));
  return text.substr(0, text.find_last_not_of(kSpace) + 1);
}

// The object at `key`, or null.
const json::value* At(const json::value* value, std::string_view key) {
  const json::object* object = value == nullptr ? nullptr : value->if_object();
  return object == nullptr ? nullptr : object->if_contains(key);
}

// `content` without a code fence around all of it.
std::string_view Unfence(std::string_view content) {
  constexpr std::string_view kFence = "```";
  content = Trim(content);
  if (content.size() < 2 * kFence.size() || !content.starts_with(kFence) ||
      !content.ends_with(kFence)) {
    return content;
  }
  content.remove_suffix(kFence.size());
  const std::size_t line = content.find('\n');
  return line == std::string_view::npos ? content : content.substr(line + 1);
}

}  // namespace

std::optional<std::string> ReadContent(std::string_view body,
                                       const plugin::JsonReader& read,
                                       std::string& error) {
  const auto value = read(body, error);
  if (!value) return std::nullopt;
  const json::value* choices = At(&*value, "choices");
  const json::array* array = choices == nullptr ? nullptr : choices->if_array();
  if (array == nullptr || array->size() != 1) {
    error = "no array \"choices\" of one";
    return std::nullopt;
  }
  const json::value* choice = &array->front();
  const json::value* reason = At(choice, "finish_reason");
  if (reason != nullptr && *reason == "length") {
    error = "cut off at max_tokens";
    return std::nullopt;
  }
  const json::value* content = At(At(choice, "message"), "content");
  if (content == nullptr || !content->is_string()) {
    error = "no text in its \"message\"";
    return std::nullopt;
  }
  std::string text(content->get_string());
  constexpr std::string_view kThought = "</think>";
  const std::size_t thought = text.rfind(kThought);
  if (thought != std::string::npos) text.erase(0, thought + kThought.size());
  return text;
}

std::optional<bool> ReadCorrectness(std::string_view content,
                                    const plugin::JsonReader& read,
                                    std::string& error) {
  auto value = read(Unfence(content), error);
  if (!value) return std::nullopt;
  const json::value* analysis = At(&*value, "analysis");
  const json::value* correctness = At(&*value, "correctness");
  if (analysis == nullptr || !analysis->is_string() || correctness == nullptr ||
      !correctness->is_bool() || value->get_object().size() != 2) {
    error = "no {\"analysis\": string, \"correctness\": true or false}";
    return std::nullopt;
  }
  return correctness->get_bool();
}

std::optional<int> ReadLabel(std::string_view content, std::string& error) {
  std::optional<int> label;
  for (std::size_t i = 0; i < kLabels.size(); ++i) {
    const std::string written = "[[" + std::string(kLabels[i]) + "]]";
    if (content.find(written) == std::string_view::npos) continue;
    if (label) {
      error = "two labels that differ";
      return std::nullopt;
    }
    label = static_cast<int>(i) - 2;
  }
  if (!label) error = "none of the five labels";
  return label;
}

std::string_view LabelName(int label) {
  return kLabels[static_cast<std::size_t>(label + 2)];
}

}  // namespace rewards::http
