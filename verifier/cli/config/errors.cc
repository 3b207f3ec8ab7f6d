#include "verifier/cli/config/errors.h"

#include <algorithm>
#include <stdexcept>
#include <tuple>
#include <utility>

#include "verifier/cli/terminal.h"

namespace verifier::cli::config {
namespace {

constexpr std::size_t kMostPath = 4'096;

}  // namespace

void throw_exception_from_error(const ConfigErrors& errors,
                                const boost::source_location&) {
  throw std::logic_error(errors.lines.empty() ? "" : errors.lines.front());
}

void ErrorList::StartFile(const std::string& path) {
  path_ = Printable(path, kMostPath);
  ++file_;
}

void ErrorList::EndFiles() {
  path_.clear();
  ++file_;
}

void ErrorList::Add(const Place& place, const std::string& what) {
  errors_.push_back({file_, place, TextOf(place) + ": " + what});
}

void ErrorList::Add(const std::string& place, const std::string& what) {
  errors_.push_back({file_, {}, place + ": " + what});
}

std::string ErrorList::TextOf(const Place& place) const {
  if (place.line == 0) return path_;
  return path_ + ':' + std::to_string(place.line) + ':' +
         std::to_string(place.column);
}

ConfigErrors ErrorList::Take() {
  std::stable_sort(errors_.begin(), errors_.end(),
                   [](const Error& a, const Error& b) {
                     return std::tie(a.file, a.place.line, a.place.column) <
                            std::tie(b.file, b.place.line, b.place.column);
                   });
  ConfigErrors errors;
  for (Error& error : errors_) errors.lines.push_back(std::move(error.text));
  errors_.clear();
  return errors;
}

}  // namespace verifier::cli::config
