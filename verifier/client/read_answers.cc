#include "verifier/client/read_answers.h"

#include <boost/json/array.hpp>
#include <cstddef>
#include <unordered_map>
#include <utility>

#include "verifier/client/client_error.h"
#include "verifier/protocol/strict_json.h"

namespace verifier::client {
namespace {

namespace json = boost::json;
using protocol::ScoreResult;
using protocol::Status;

// True where `check` says one thing: a known outcome with the score it has.
bool OutcomeAgrees(const protocol::CheckResult& check) {
  if (check.outcome == "not_judged") return !check.score;
  if (!check.score) return false;
  if (check.outcome == "correct") return *check.score == 1.0;
  if (check.outcome == "partial") {
    return *check.score > 0.0 && *check.score < 1.0;
  }
  return *check.score == 0.0 &&
         (check.outcome == "wrong" || check.outcome == "unreadable" ||
          check.outcome == "timeout" || check.outcome == "violation");
}

// Why `result` does not fit what was asked of `item`; empty where it does.
std::string_view Misfit(const protocol::Item& item, const ScoreResult& result) {
  if (result.status == Status::kInvalid) {
    if (!result.error) return "is invalid without an error";
    return result.checks.empty() ? "" : "is invalid and has checks";
  }
  if (result.status == Status::kCancelled) return "";
  // What a profile asks for is the server's to say.
  const bool asked = item.profile.empty();
  if (asked && result.checks.size() != item.checks.size()) {
    return "has another number of checks than was asked";
  }
  bool judged = true;
  for (std::size_t i = 0; i < result.checks.size(); ++i) {
    const protocol::CheckResult& check = result.checks[i];
    if (asked && check.checker != item.checks[i].checker) {
      return "has other checkers";
    }
    if (asked && check.weight !=
                     item.checks[i].weight.value_or(protocol::kDefaultWeight)) {
      return "has other weights";
    }
    if (!OutcomeAgrees(check)) {
      return "has an outcome that its score contradicts";
    }
    if (check.weight != 0.0 && !check.score) judged = false;
  }
  if (judged != (result.status == Status::kOk)) {
    return "has a status that its checks contradict";
  }
  return "";
}

Answer ReadOne(const protocol::Item& item, const json::value& value) {
  const std::string subject =
      "the server's result for id " + Quoted(item.id.value_or("")) + " ";
  Answer answer;
  auto result = protocol::ParseScoreResult(value);
  if (!result) {
    answer.lie = subject + "is malformed or contradicts itself";
    return answer;
  }
  const std::string_view misfit = Misfit(item, *result);
  if (!misfit.empty()) {
    answer.lie = subject + std::string(misfit);
  } else if (result->status != Status::kCancelled) {
    answer.result = std::move(*result);
  }
  return answer;
}

// All answers of one response, or one lie about all of them.
class Reader {
 public:
  Reader(const std::vector<protocol::Item>& items, const Indices& indices)
      : items_(items), indices_(indices), answers_(indices.size()) {}

  void ReadJson(std::string_view text) {
    auto body = protocol::ParseStrictJson(text);
    if (!body) {
      return Lie("is not strict JSON: " + body.error().detail + " (at byte " +
                 std::to_string(body.error().offset) + ")");
    }
    const json::object* envelope = body->if_object();
    const json::value* results =
        envelope != nullptr ? envelope->if_contains("results") : nullptr;
    if (results == nullptr || !results->is_array()) {
      return Lie("has no array of results");
    }
    const json::array& array = results->get_array();
    if (array.size() != indices_.size()) {
      return Lie("has " + std::to_string(array.size()) + " results for " +
                 std::to_string(indices_.size()) + " items, the first id " +
                 Quoted(Id(0)));
    }
    for (std::size_t i = 0; i < array.size(); ++i) {
      const std::optional<std::string_view> id = IdOf(array[i]);
      if (id != Id(i)) {
        return Lie("has " + (id ? "id " + Quoted(*id) : "no id") +
                   " in the place of id " + Quoted(Id(i)));
      }
      answers_[i] = ReadOne(items_[indices_[i]], array[i]);
    }
  }

  void ReadLines(std::string_view text) {
    for (std::size_t i = 0; i < indices_.size(); ++i) place_[Id(i)] = i;
    bool done = false;
    while (lie_.empty() && !text.empty()) {
      const std::size_t end = text.find('\n');
      if (end == std::string_view::npos) break;  // a line that was cut
      if (done) return Lie("goes on after its last line");
      done = ReadLine(text.substr(0, end));
      text.remove_prefix(end + 1);
    }
    if (!lie_.empty() || !done) return;
    if (!text.empty()) return Lie("goes on after its last line");
    for (const auto& [id, place] : place_) {
      if (place != kSeen) return Lie("ends without id " + Quoted(id));
    }
  }

  void Lie(const std::string& what) { lie_ = "the server's answer " + what; }

  std::vector<Answer> Take() {
    if (!lie_.empty()) {
      for (Answer& answer : answers_) answer = Answer{std::nullopt, lie_};
    }
    return std::move(answers_);
  }

 private:
  static constexpr std::size_t kSeen = static_cast<std::size_t>(-1);

  [[nodiscard]] std::string_view Id(std::size_t i) const {
    const auto& id = items_[indices_[i]].id;
    return id ? std::string_view(*id) : std::string_view();
  }

  static std::optional<std::string_view> IdOf(const json::value& value) {
    const json::object* object = value.if_object();
    const json::value* id = object ? object->if_contains("id") : nullptr;
    if (id == nullptr || !id->is_string()) return std::nullopt;
    return std::string_view(id->get_string());
  }

  // Returns true for the last line of a whole stream.
  bool ReadLine(std::string_view line) {
    auto value = protocol::ParseStrictJson(line);
    if (!value) {
      Lie("has a line that is not strict JSON: " + value.error().detail);
      return false;
    }
    const json::object* object = value->if_object();
    const json::value* done = object ? object->if_contains("done") : nullptr;
    if (done != nullptr) return ReadDone(*object, *done);
    const std::optional<std::string_view> id = IdOf(*value);
    const auto found = id ? place_.find(*id) : place_.end();
    if (found == place_.end()) {
      Lie("has " + (id ? "id " + Quoted(*id) : "a line without id") +
          ", which was not asked");
    } else if (found->second == kSeen) {
      Lie("has id " + Quoted(*id) + " twice");
    } else {
      const std::size_t i = std::exchange(found->second, kSeen);
      answers_[i] = ReadOne(items_[indices_[i]], *value);
    }
    return false;
  }

  bool ReadDone(const json::object& object, const json::value& done) {
    const json::value* count = object.if_contains("items");
    const std::int64_t* number = count ? count->if_int64() : nullptr;
    if (!done.is_bool() || !done.get_bool() || number == nullptr ||
        *number != static_cast<std::int64_t>(indices_.size())) {
      Lie("has a last line that does not count " +
          std::to_string(indices_.size()) + " items");
    }
    return true;
  }

  const std::vector<protocol::Item>& items_;
  const Indices& indices_;
  std::vector<Answer> answers_;
  std::unordered_map<std::string_view, std::size_t> place_;
  std::string lie_;
};

// "application/json; charset=utf-8" -> "application/json".
std::string_view MediaType(std::string_view content_type) {
  content_type = content_type.substr(0, content_type.find(';'));
  while (content_type.ends_with(' ')) content_type.remove_suffix(1);
  return content_type;
}

}  // namespace

std::vector<Answer> ReadAnswers(const std::vector<protocol::Item>& items,
                                const Indices& indices,
                                const AnswerBody& body) {
  Reader reader(items, indices);
  const std::string_view type = MediaType(body.content_type);
  if (type == "application/x-ndjson") {
    reader.ReadLines(body.text);
  } else if (type != "application/json") {
    reader.Lie("is " + Quoted(type) + ", not JSON");
  } else if (body.complete) {
    reader.ReadJson(body.text);
  }
  return reader.Take();
}

}  // namespace verifier::client
