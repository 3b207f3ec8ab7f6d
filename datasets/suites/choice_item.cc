#include "datasets/suites/choice_item.h"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <optional>
#include <utility>

#include "datasets/arithmetic_random.h"
#include "datasets/record.h"
#include "datasets/suites/csv_reader.h"

namespace datasets {
namespace {

namespace json = boost::json;
using Wrong = std::optional<std::string>;

constexpr std::array<std::string_view, 18> kStem = {
    "abstract_algebra",         "astronomy",
    "college_biology",          "college_chemistry",
    "college_computer_science", "college_mathematics",
    "college_physics",          "computer_security",
    "conceptual_physics",       "electrical_engineering",
    "elementary_mathematics",   "high_school_biology",
    "high_school_chemistry",    "high_school_computer_science",
    "high_school_mathematics",  "high_school_physics",
    "high_school_statistics",   "machine_learning"};

// Sets the gold to the letters in `text`, which may have spaces and commas
// between them.
Wrong SetGold(std::string_view text, ChoiceItem* item) {
  std::string letters;
  for (const char c : text) {
    if (c == ' ' || c == ',') continue;
    const bool letter =
        c >= 'A' && static_cast<std::size_t>(c - 'A') < item->options.size();
    if (!letter) {
      return "the answer must be letters from A to " +
             std::string(1, LetterOf(item->options.size() - 1));
    }
    letters += c;
  }
  std::sort(letters.begin(), letters.end());
  letters.erase(std::unique(letters.begin(), letters.end()), letters.end());
  if (letters.empty()) return "has no answer";
  item->gold = std::move(letters);
  return std::nullopt;
}

Wrong CheckOptions(const ChoiceItem& item) {
  if (item.options.size() >= 2 && item.options.size() <= kMaxOptions) {
    return std::nullopt;
  }
  return "must have 2 to " + std::to_string(kMaxOptions) + " options";
}

// The strings of the array at `key`.
Wrong ReadOptions(const json::object& record, std::string_view key,
                  ChoiceItem* item) {
  const json::value* value = record.if_contains(key);
  const json::array* array = value == nullptr ? nullptr : value->if_array();
  if (array == nullptr) return '"' + std::string(key) + "\" must be an array";
  for (const json::value& option : *array) {
    if (!option.is_string()) {
      return '"' + std::string(key) + "\" must hold strings";
    }
    item->options.emplace_back(option.get_string());
  }
  return CheckOptions(*item);
}

Wrong ReadQuestion(const json::object& record, std::size_t number,
                   std::string_view id, ChoiceItem* item) {
  std::string error;
  auto question = RequiredString(record, "question", &error);
  if (!question) return error;
  item->question = *std::move(question);
  item->id = OptionalText(record, id);
  if (item->id.empty()) item->id = std::to_string(number);
  return std::nullopt;
}

Wrong TakeMmlu(const json::object& record, std::size_t number,
               ChoiceItem* item) {
  if (auto wrong = ReadQuestion(record, number, "", item)) return wrong;
  if (auto wrong = ReadOptions(record, "choices", item)) return wrong;
  item->subject = OptionalText(record, "subject");
  if (item->subject.empty()) item->subject = OptionalText(record, "type");
  const json::value* answer = record.if_contains("answer");
  if (answer != nullptr && answer->is_int64()) {
    const std::int64_t index = answer->get_int64();
    if (index < 0 || index >= static_cast<std::int64_t>(item->options.size())) {
      return "\"answer\" is no option's number";
    }
    item->gold = LetterOf(static_cast<std::size_t>(index));
    return std::nullopt;
  }
  return SetGold(OptionalText(record, "answer"), item);
}

Wrong TakeMmluPro(const json::object& record, std::size_t number,
                  ChoiceItem* item) {
  if (auto wrong = ReadQuestion(record, number, "question_id", item)) {
    return wrong;
  }
  if (auto wrong = ReadOptions(record, "options", item)) return wrong;
  item->subject = OptionalText(record, "category");
  return SetGold(OptionalText(record, "answer"), item);
}

// AGIEval's options: an object by letter, or an array with "(A)" before each.
Wrong ReadAgievalOptions(const json::object& record, ChoiceItem* item) {
  const json::value* value = record.if_contains("options");
  if (value == nullptr || !value->is_object()) {
    if (auto wrong = ReadOptions(record, "options", item)) return wrong;
    for (std::size_t i = 0; i < item->options.size(); ++i) {
      const std::string prefix = std::string("(") + LetterOf(i) + ")";
      std::string& option = item->options[i];
      if (option.starts_with(prefix)) option.erase(0, prefix.size());
    }
    return std::nullopt;
  }
  const json::object& options = value->get_object();
  for (std::size_t i = 0; i < options.size() && i < kMaxOptions; ++i) {
    std::string error;
    auto option = RequiredString(options, std::string(1, LetterOf(i)), &error);
    if (!option) return "\"options\": " + error;
    item->options.push_back(*std::move(option));
  }
  return CheckOptions(*item);
}

Wrong TakeAgieval(const json::object& record, std::size_t number,
                  ChoiceItem* item) {
  if (auto wrong = ReadQuestion(record, number, "", item)) return wrong;
  const std::string passage = OptionalText(record, "passage");
  if (!passage.empty()) item->question = passage + "\n\n" + item->question;
  if (auto wrong = ReadAgievalOptions(record, item)) return wrong;
  std::string letters = OptionalText(record, "label");
  const json::value* label = record.if_contains("label");
  if (label != nullptr && label->is_array()) {
    for (const json::value& one : label->get_array()) {
      if (!one.is_string()) return "\"label\" must hold letters";
      letters += std::string_view(one.get_string());
    }
  }
  return SetGold(letters, item);
}

using TakeItem = Wrong (*)(const json::object&, std::size_t, ChoiceItem*);

ChoiceItems ReadJson(const std::string& path, TakeItem take) {
  std::vector<ChoiceItem> items;
  auto error =
      ForEachRecord(path, [&](const json::object& record, std::size_t number) {
        return take(record, number, &items.emplace_back());
      });
  if (error) return *std::move(error);
  return items;
}

// Where each of `names` stands in `head`.
template <std::size_t n>
FileResult<std::array<std::size_t, n>> Columns(
    const CsvReader& csv, const std::array<std::string_view, n>& names) {
  std::array<std::size_t, n> columns{};
  for (std::size_t i = 0; i < n; ++i) {
    const auto& head = csv.row();
    const auto at = std::find(head.begin(), head.end(), names[i]);
    if (at == head.end()) {
      return csv.Error("the head has no column \"" + std::string(names[i]) +
                       '"');
    }
    columns[i] = static_cast<std::size_t>(at - head.begin());
  }
  return columns;
}

// The rows below a head that has `names`, their fields in that order.
template <std::size_t n, typename Take>
ChoiceItems ReadTable(const std::string& path,
                      const std::array<std::string_view, n>& names,
                      const Take& take) {
  auto csv = CsvReader::Open(path);
  if (!csv) return csv.error();
  auto more = csv->Next();
  if (!more) return more.error();
  if (!*more) return FileError{path, 0, "is empty: wanted is a head"};
  const auto columns = Columns(*csv, names);
  if (!columns) return columns.error();
  const std::size_t width = csv->row().size();
  std::vector<ChoiceItem> items;
  while (true) {
    more = csv->Next();
    if (!more) return more.error();
    if (!*more) return items;
    if (csv->row().size() != width) {
      return csv->Error("has " + std::to_string(csv->row().size()) +
                        " fields, the head " + std::to_string(width));
    }
    std::array<std::string, n> fields;
    for (std::size_t i = 0; i < n; ++i) fields[i] = csv->row()[(*columns)[i]];
    ChoiceItem& item = items.emplace_back();
    item.id = std::to_string(csv->number());
    if (auto wrong = take(fields, &item)) return csv->Error(*wrong);
  }
}

ChoiceItems ReadMmluRows(const std::string& path) {
  auto csv = CsvReader::Open(path);
  if (!csv) return csv.error();
  std::vector<ChoiceItem> items;
  while (true) {
    const auto more = csv->Next();
    if (!more) return more.error();
    if (!*more) return items;
    const auto& row = csv->row();
    if (row.size() != 6) {
      return csv->Error("must have 6 fields: question, A, B, C, D, answer");
    }
    ChoiceItem& item = items.emplace_back();
    item.id = std::to_string(csv->number());
    item.question = row[0];
    item.options.assign(row.begin() + 1, row.begin() + 5);
    if (auto wrong = SetGold(row[5], &item)) return csv->Error(*wrong);
  }
}

// True where the file's first character is that of JSON.
FileResult<bool> IsJson(const std::string& path) {
  auto lines = LineReader::Open(path);
  if (!lines) return lines.error();
  const auto more = lines->Next();
  if (!more) return more.error();
  return *more &&
         (lines->line().starts_with('{') || lines->line().starts_with('['));
}

}  // namespace

ChoiceItems ReadMmlu(const std::string& path) {
  const auto json_lines = IsJson(path);
  if (!json_lines) return json_lines.error();
  return *json_lines ? ReadJson(path, TakeMmlu) : ReadMmluRows(path);
}

ChoiceItems ReadMmluStem(const std::string& path) {
  auto items = ReadJson(path, [](const json::object& record, std::size_t number,
                                 ChoiceItem* item) {
    if (auto wrong = TakeMmlu(record, number, item)) return wrong;
    if (item->subject.empty()) return Wrong("\"subject\" must be a string");
    return Wrong();
  });
  if (!items) return items;
  std::erase_if(*items, [](const ChoiceItem& item) {
    return std::find(kStem.begin(), kStem.end(), item.subject) == kStem.end();
  });
  return items;
}

ChoiceItems ReadMmluPro(const std::string& path) {
  return ReadJson(path, TakeMmluPro);
}

ChoiceItems ReadGpqa(const std::string& path) {
  static constexpr std::array<std::string_view, 5> kColumns = {
      "Question", "Correct Answer", "Incorrect Answer 1", "Incorrect Answer 2",
      "Incorrect Answer 3"};
  return ReadTable(path, kColumns, [](auto& fields, ChoiceItem* item) -> Wrong {
    item->question = fields[0];
    if (fields[1].empty()) return "has no answer";
    std::uint64_t hash = 0;
    for (const char c : fields[0]) {
      hash = MixBits(hash + static_cast<unsigned char>(c) + 1);
    }
    Random random(hash);
    item->options.assign(fields.begin() + 1, fields.end());
    std::size_t right = 0;  // where the correct one stands
    for (std::size_t i = item->options.size(); i > 1; --i) {
      const auto j = static_cast<std::size_t>(
          random.Between(0, static_cast<std::int64_t>(i) - 1));
      std::swap(item->options[i - 1], item->options[j]);
      if (right == j) {
        right = i - 1;
      } else if (right == i - 1) {
        right = j;
      }
    }
    item->gold = LetterOf(right);
    return std::nullopt;
  });
}

ChoiceItems ReadCeval(const std::string& path) {
  static constexpr std::array<std::string_view, 7> kColumns = {
      "id", "question", "A", "B", "C", "D", "answer"};
  return ReadTable(path, kColumns, [](auto& fields, ChoiceItem* item) {
    item->id = fields[0];
    item->question = fields[1];
    item->options.assign(fields.begin() + 2, fields.begin() + 6);
    return SetGold(fields[6], item);
  });
}

ChoiceItems ReadAgieval(const std::string& path) {
  return ReadJson(path, TakeAgieval);
}

}  // namespace datasets
