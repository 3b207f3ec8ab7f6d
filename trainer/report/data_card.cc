#include "trainer/report/data_card.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <optional>
#include <utility>

#include "verifier/protocol/json_text.h"
#include "verifier/protocol/strict_json.h"

namespace trainer {
namespace {

namespace json = boost::json;
using Counts = std::map<std::string, std::int64_t>;

json::object CountsToJson(const Counts& counts) {
  json::object object;
  for (const auto& [name, count] : counts) object[name] = count;
  return object;
}

// Keeps the first thing wrong; what is wrong reads as nothing.
class Reader {
 public:
  std::string Text(const json::object& from, const std::string& key) {
    const json::value* value = from.if_contains(key);
    if (value != nullptr && value->is_string()) {
      return std::string(value->get_string());
    }
    return Wrong<std::string>(key + " is no string");
  }
  std::int64_t Count(const json::object& from, const std::string& key) {
    const json::value* value = from.if_contains(key);
    if (value != nullptr && value->is_int64()) return value->get_int64();
    return Wrong<std::int64_t>(key + " is no whole number");
  }
  Counts Each(const json::object& from, const std::string& key) {
    const json::value* value = from.if_contains(key);
    if (value == nullptr || !value->is_object()) {
      return Wrong<Counts>(key + " is no object");
    }
    Counts counts;
    for (const auto& [name, count] : value->get_object()) {
      if (!count.is_int64()) {
        return Wrong<Counts>(key + '/' + std::string(name) +
                             " is no whole number");
      }
      counts[name] = count.get_int64();
    }
    return counts;
  }
  template <typename T>
  T Wrong(std::string what) {
    if (!error_) error_ = ReportError{std::move(what)};
    return {};
  }
  [[nodiscard]] const std::optional<ReportError>& error() const {
    return error_;
  }

 private:
  std::optional<ReportError> error_;
};

}  // namespace

std::string ToJson(const DataCard& card) {
  using verifier::protocol::JsonText;
  std::string text = "{\"stage\":" + JsonText(json::value(card.stage)) +
                     ",\"source\":" + JsonText(json::value(card.source)) +
                     ",\"sampled\":" + std::to_string(card.sampled) +
                     ",\n\"filters\":[";
  bool first = true;
  for (const FilterCount& one : card.filters) {
    text += first ? "\n" : ",\n";
    first = false;
    text += JsonText(json::object{
        {"name", one.name}, {"kept", one.kept}, {"dropped", one.dropped}});
  }
  text += "],\n\"documents\":" + std::to_string(card.documents);
  for (const auto& [name, counts] :
       {std::pair{"by_source", &card.by_source},
        std::pair{"by_kind", &card.by_kind},
        std::pair{"by_language", &card.by_language}}) {
    text += ",\n\"" + std::string(name) +
            "\":" + JsonText(CountsToJson(*counts));
  }
  return text + ",\n\"mean_tokens\":" +
         JsonText(json::value(card.mean_tokens)) + "}\n";
}

boost::system::result<DataCard, ReportError> ParseDataCard(
    std::string_view text) {
  const auto parsed = verifier::protocol::ParseStrictJson(text);
  if (!parsed) {
    return ReportError{"byte " + std::to_string(parsed.error().offset) + ": " +
                       parsed.error().detail};
  }
  if (!parsed->is_object()) return ReportError{"is no object"};
  const json::object& root = parsed->get_object();
  Reader reader;
  DataCard card;
  card.stage = reader.Text(root, "stage");
  card.source = reader.Text(root, "source");
  card.sampled = reader.Count(root, "sampled");
  card.documents = reader.Count(root, "documents");
  card.by_source = reader.Each(root, "by_source");
  card.by_kind = reader.Each(root, "by_kind");
  card.by_language = reader.Each(root, "by_language");
  const json::value* mean = root.if_contains("mean_tokens");
  if (mean != nullptr && mean->is_number()) {
    card.mean_tokens = mean->to_number<double>();
  }
  const json::value* filters = root.if_contains("filters");
  if (filters == nullptr || !filters->is_array()) {
    return ReportError{"filters is no array"};
  }
  for (const json::value& one : filters->get_array()) {
    if (!one.is_object()) return ReportError{"filters holds no object"};
    const json::object& filter = one.get_object();
    card.filters.push_back({reader.Text(filter, "name"),
                            reader.Count(filter, "kept"),
                            reader.Count(filter, "dropped")});
  }
  if (reader.error()) return *reader.error();
  return card;
}

}  // namespace trainer
