#include "trainer/stages/document.h"

#include <boost/json/object.hpp>
#include <utility>

#include "verifier/protocol/json_text.h"
#include "verifier/protocol/strict_json.h"

namespace trainer {
namespace {

namespace json = boost::json;

using Field = std::pair<const char*, std::string Document::*>;
constexpr Field kFields[] = {{"id", &Document::id},
                             {"source", &Document::source},
                             {"kind", &Document::kind},
                             {"language", &Document::language},
                             {"question", &Document::question},
                             {"response", &Document::response}};

CheckpointResult<Document> ParseDocument(std::string_view line,
                                         const std::string& place) {
  const auto parsed = verifier::protocol::ParseStrictJson(line);
  if (!parsed) {
    return CheckpointError(place, "byte " +
                                      std::to_string(parsed.error().offset) +
                                      ": " + parsed.error().detail);
  }
  const json::object* object = parsed->if_object();
  if (object == nullptr) return CheckpointError(place, "is no JSON object");
  Document document;
  if (const json::value* keep = object->if_contains("keep")) {
    if (!keep->is_bool()) {
      return CheckpointError(place, "keep is neither true nor false");
    }
    document.keep = keep->get_bool();
  }
  for (const auto& [name, member] : kFields) {
    const json::value* value = object->if_contains(name);
    if (value == nullptr || !value->is_string()) {
      return CheckpointError(place, std::string(name) + " is no string");
    }
    document.*member = std::string(value->get_string());
  }
  return document;
}

}  // namespace

std::string ToJsonLines(const std::vector<Document>& documents) {
  std::string text;
  for (const Document& document : documents) {
    json::object object{{"keep", document.keep}};
    for (const auto& [name, member] : kFields) {
      object[name] = document.*member;
    }
    verifier::protocol::AppendJson(object, text);
    text += '\n';
  }
  return text;
}

CheckpointResult<std::vector<Document>> ParseDocuments(
    std::string_view text, const std::string& path) {
  std::vector<Document> documents;
  std::size_t number = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    auto document = ParseDocument(line, path + ':' + std::to_string(number));
    if (document.has_error()) return document.error();
    documents.push_back(*std::move(document));
  }
  return documents;
}

}  // namespace trainer
