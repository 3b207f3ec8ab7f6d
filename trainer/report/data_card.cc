#include "trainer/report/data_card.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include "verifier/protocol/json_text.h"
#include "verifier/protocol/strict_json.h"

namespace trainer {
namespace {

namespace json = boost::json;

// Reads one card; the first thing wrong is kept.
class Reader {
 public:
  DataCard Read(const json::object& object) {
    DataCard card;
    if (!object.contains("stage")) Wrong("stage", "is not there");
    card.stage = Text(object, "stage", "stage");
    card.source = Text(object, "source", "source");
    card.sampled = Count(object, "sampled", "sampled");
    card.documents = Count(object, "documents", "documents");
    card.by_source = CountsOf(object, "by_source");
    card.by_kind = CountsOf(object, "by_kind");
    card.by_language = CountsOf(object, "by_language");
    if (const json::value* mean = Find(object, "mean_tokens")) {
      if (mean->is_number()) {
        card.mean_tokens = mean->to_number<double>();
      } else {
        Wrong("mean_tokens", "is no number");
      }
    }
    const json::value* filters = Find(object, "filters");
    if (filters == nullptr) return card;
    if (!filters->is_array()) {
      Wrong("filters", "is no array");
      return card;
    }
    for (const json::value& filter : filters->get_array()) {
      const std::string at =
          "filters/" + std::to_string(card.filters.size()) + "/";
      if (!filter.is_object()) {
        Wrong(at, "is no object");
        break;
      }
      const json::object& from = filter.get_object();
      card.filters.push_back({Text(from, "name", at + "name"),
                              Count(from, "kept", at + "kept"),
                              Count(from, "dropped", at + "dropped")});
    }
    return card;
  }

  [[nodiscard]] const std::optional<std::string>& error() const {
    return error_;
  }

 private:
  void Wrong(std::string_view place, std::string_view what) {
    if (!error_) error_ = std::string(place) + " " + std::string(what);
  }

  static const json::value* Find(const json::object& object,
                                 std::string_view key) {
    const json::value* value = object.if_contains(key);
    return value == nullptr || value->is_null() ? nullptr : value;
  }

  std::string Text(const json::object& object, std::string_view key,
                   const std::string& place) {
    const json::value* value = Find(object, key);
    if (value == nullptr) return {};
    if (value->is_string()) return std::string(value->get_string());
    Wrong(place, "is no string");
    return {};
  }

  std::int64_t ToCount(const json::value& value, const std::string& place) {
    if (value.is_int64() && value.get_int64() >= 0) return value.get_int64();
    Wrong(place, "is no count");
    return 0;
  }

  std::int64_t Count(const json::object& object, std::string_view key,
                     const std::string& place) {
    const json::value* value = Find(object, key);
    return value == nullptr ? 0 : ToCount(*value, place);
  }

  DataCard::Counts CountsOf(const json::object& object, std::string_view key) {
    DataCard::Counts counts;
    const json::value* value = Find(object, key);
    if (value == nullptr) return counts;
    if (!value->is_object()) {
      Wrong(key, "is no object");
      return counts;
    }
    for (const auto& [name, count] : value->get_object()) {
      counts.emplace_back(
          name, ToCount(count, std::string(key) + '/' + std::string(name)));
    }
    return counts;
  }

  std::optional<std::string> error_;
};

json::object CountsToJson(const DataCard::Counts& counts) {
  json::object object;
  for (const auto& [name, count] : counts) object[name] = count;
  return object;
}

}  // namespace

std::string ToJson(const DataCard& card) {
  using verifier::protocol::JsonText;
  std::string text = "{\"stage\":" + JsonText(json::value(card.stage)) +
                     ",\"source\":" + JsonText(json::value(card.source)) +
                     ",\"sampled\":" + std::to_string(card.sampled) +
                     ",\n\"filters\":[";
  bool first = true;
  for (const DataCard::Filter& one : card.filters) {
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
    text +=
        ",\n\"" + std::string(name) + "\":" + JsonText(CountsToJson(*counts));
  }
  return text + ",\n\"mean_tokens\":" +
         JsonText(card.mean_tokens ? json::value(*card.mean_tokens)
                                   : json::value(nullptr)) +
         "}\n";
}

boost::system::result<DataCard, ReportError> ParseDataCard(
    std::string_view text) {
  const auto parsed = verifier::protocol::ParseStrictJson(text);
  if (!parsed) {
    return ReportError{"byte " + std::to_string(parsed.error().offset) + ": " +
                       parsed.error().detail};
  }
  const json::object* object = parsed->if_object();
  if (object == nullptr) return ReportError{"is no object"};
  Reader reader;
  DataCard card = reader.Read(*object);
  if (reader.error()) return ReportError{*reader.error()};
  return card;
}

}  // namespace trainer
