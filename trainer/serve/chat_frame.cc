#include "trainer/serve/chat_frame.h"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <string_view>

#include "datasets/prompt_template.h"

namespace trainer::serve {
namespace {

namespace json = boost::json;

ApiError Wrong(std::string pointer, std::string detail) {
  ApiError error(400, std::move(detail));
  error.pointer = std::move(pointer);
  return error;
}

ApiResult<std::string> ContentOf(const json::object& message,
                                 const std::string& place) {
  const json::value* content = message.if_contains("content");
  if (content != nullptr && content->is_string()) {
    return std::string(content->get_string());
  }
  const std::string pointer = place + "/content";
  const json::array* parts = content == nullptr ? nullptr : content->if_array();
  if (parts == nullptr) {
    return Wrong(pointer, "must be a string, or an array of text parts");
  }
  std::string text;
  for (std::size_t i = 0; i < parts->size(); ++i) {
    const json::object* part = (*parts)[i].if_object();
    const json::value* type = part ? part->if_contains("type") : nullptr;
    const json::value* piece = part ? part->if_contains("text") : nullptr;
    if (type == nullptr || *type != "text" || piece == nullptr ||
        !piece->is_string()) {
      return Wrong(pointer + '/' + std::to_string(i),
                   "must be {\"type\": \"text\", \"text\": \"...\"}");
    }
    text += std::string_view(piece->get_string());
  }
  return text;
}

}  // namespace

ApiResult<std::string> ChatPrompt(const json::array& messages) {
  if (messages.empty()) return Wrong("/messages", "must not be empty");
  std::string text;
  std::string_view last;
  for (std::size_t i = 0; i < messages.size(); ++i) {
    const std::string place = "/messages/" + std::to_string(i);
    const json::object* message = messages[i].if_object();
    if (message == nullptr) return Wrong(place, "must be an object");
    const json::value* role = message->if_contains("role");
    const std::string_view name = role != nullptr && role->is_string()
                                      ? std::string_view(role->get_string())
                                      : std::string_view();
    auto content = ContentOf(*message, place);
    if (!content) return content;
    if (name == "user") {
      text += datasets::FormatPrompt(datasets::PromptStyle::kChat, *content);
    } else if (name == "assistant") {
      text += *content;
    } else if (name == "system" || name == "developer") {
      if (i > 0) return Wrong(place + "/role", "system must come first");
      text += *content + ' ';
    } else {
      return Wrong(place + "/role", "must be system, user or assistant");
    }
    last = name;
  }
  if (last != "user") {
    return Wrong("/messages/" + std::to_string(messages.size() - 1) + "/role",
                 "the last message must be a user's");
  }
  return text;
}

}  // namespace trainer::serve
