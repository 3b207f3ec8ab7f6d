#include "datasets/suites/csv_reader.h"

#include <string_view>

namespace datasets {

FileResult<CsvReader> CsvReader::Open(const std::string& path) {
  auto lines = LineReader::Open(path);
  if (!lines) return lines.error();
  return CsvReader(path, *std::move(lines));
}

FileResult<bool> CsvReader::Next() {
  while (true) {
    const auto more = lines_.Next();
    if (!more) return more.error();
    if (!*more) return false;
    number_ = lines_.number();
    if (!lines_.line().empty()) return ReadRow();
  }
}

FileResult<bool> CsvReader::ReadRow() {
  row_.assign(1, "");
  std::string_view rest = lines_.line();
  bool quoted = false;  // inside quotes
  bool closed = false;  // behind a closing quote
  while (true) {
    if (rest.empty()) {
      if (!quoted) return true;
      const auto more = lines_.Next();
      if (!more) return more.error();
      if (!*more) return Error("a quote is not closed");
      row_.back() += '\n';
      rest = lines_.line();
      continue;
    }
    const char c = rest.front();
    rest.remove_prefix(1);
    if (quoted && c == '"' && rest.starts_with('"')) {
      row_.back() += '"';
      rest.remove_prefix(1);
    } else if (quoted && c == '"') {
      quoted = false;
      closed = true;
    } else if (quoted) {
      row_.back() += c;
    } else if (c == ',') {
      row_.emplace_back();
      closed = false;
    } else if (closed) {
      return Error("there is text behind a closing quote");
    } else if (c == '"' && row_.back().empty()) {
      quoted = true;
    } else {
      row_.back() += c;
    }
  }
}

}  // namespace datasets
