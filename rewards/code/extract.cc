#include "rewards/code/extract.h"

#include <re2/re2.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace rewards::code {
namespace {

constexpr std::string_view kBlank = " \t\r\n\f\v";
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kIndent = " \t";
constexpr std::size_t kFenceLength = 3;

std::string_view Trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

// A line that opens or closes a block.
struct Fence {
  char mark = '`';
  std::size_t length = 0;
  std::size_t indent = 0;
  std::string_view info{};
};

std::optional<Fence> ReadFence(std::string_view line) {
  const std::size_t indent =
      std::min(line.find_first_not_of(kIndent), line.size());
  const std::string_view rest = line.substr(indent);
  if (rest.empty() || (rest[0] != '`' && rest[0] != '~')) return std::nullopt;
  const char mark = rest[0];
  const std::size_t length =
      std::min(rest.find_first_not_of(mark), rest.size());
  const std::string_view info = Trim(rest.substr(length));
  if (length < kFenceLength) return std::nullopt;
  // Three marks around a word on one line are text, not a fence.
  if (info.find('`') != std::string_view::npos) return std::nullopt;
  return Fence{mark, length, indent, info};
}

bool Closes(const Fence& fence, const Fence& open) {
  return fence.mark == open.mark && fence.length >= open.length &&
         fence.info.empty();
}

// `line` without the indentation that its fence had.
std::string_view Unindent(std::string_view line, std::size_t indent) {
  const std::size_t own =
      std::min(line.find_first_not_of(kIndent), line.size());
  return line.substr(std::min(own, indent));
}

// The word of an info string that names a language: its first one, or in braces
// (of Pandoc, R Markdown) the first that is no identifier and no key.
std::string_view LanguageWord(std::string_view info) {
  constexpr std::string_view kEnds = " \t{},:";
  if (!info.starts_with('{')) return info.substr(0, info.find_first_of(kEnds));
  while (!info.empty() && info.front() != '}') {
    info.remove_prefix(1);
    std::string_view word = info.substr(0, info.find_first_of(kEnds));
    info.remove_prefix(word.size());
    const bool names = !word.empty() && word.front() != '#' &&
                       word.find('=') == std::string_view::npos;
    if (names) return word.substr(word.front() == '.' ? 1 : 0);
  }
  return {};
}

bool IsNamed(std::string_view info, std::span<const std::string> names) {
  std::string word(LanguageWord(info));
  std::transform(word.begin(), word.end(), word.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return std::find(names.begin(), names.end(), word) != names.end();
}

// Collects the last block of each kind while the lines go by.
class Scan {
 public:
  explicit Scan(std::span<const std::string> names) : names_(names) {}

  void Line(std::string_view line) {
    const std::optional<Fence> fence = ReadFence(line);
    if (!open_) {
      open_ = fence;
      fenced_ = fenced_ || fence.has_value();
      body_.clear();
    } else if (fence && Closes(*fence, *open_)) {
      Keep();
      open_.reset();
    } else {
      body_ += Unindent(line, open_->indent);
      body_ += '\n';
    }
  }

  [[nodiscard]] Extraction Take() {
    if (open_ && !Trim(body_).empty()) {
      return {.fenced = true, .reason = "the last code block is not closed"};
    }
    std::optional<std::string>& last = named_ ? named_ : plain_;
    if (!last) {
      return {.fenced = fenced_, .reason = "no code block of the language"};
    }
    if (Trim(*last).empty()) {
      return {.fenced = true, .reason = "the code block is empty"};
    }
    return {.found = true, .fenced = true, .source = std::move(*last)};
  }

 private:
  void Keep() {
    if (IsNamed(open_->info, names_)) {
      named_ = body_;
    } else if (open_->info.empty()) {
      plain_ = body_;
    }
  }

  std::span<const std::string> names_;
  std::optional<Fence> open_;
  bool fenced_ = false;
  std::string body_;
  std::optional<std::string> named_;
  std::optional<std::string> plain_;
};

// Each compiled once: by what they say, as the table may be replaced.
const re2::RE2& Opening(const std::string& pattern) {
  static std::mutex mutex;
  static auto* const kAll =
      new std::map<std::string, std::unique_ptr<const re2::RE2>>;
  const std::lock_guard lock(mutex);
  auto& compiled = (*kAll)[pattern];
  if (compiled == nullptr) {
    compiled = std::make_unique<const re2::RE2>(pattern, re2::RE2::Quiet);
  }
  return *compiled;
}

}  // namespace

bool StartsLike(const sandbox::Language& language, std::string_view text) {
  if (language.opening.empty()) return false;
  const re2::RE2& opening = Opening(language.opening);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = Trim(text.substr(0, end));
    const bool comment =
        !language.comment.empty() && line.starts_with(language.comment);
    if (!line.empty() && !comment) {
      const re2::StringPiece piece(line.data(), line.size());
      return opening.Match(piece, 0, piece.size(), re2::RE2::ANCHOR_START,
                           nullptr, 0);
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return false;
}

std::string OpeningProblem(const std::string& pattern) {
  const re2::RE2 compiled(pattern, re2::RE2::Quiet);
  return compiled.ok() ? "" : compiled.error();
}

std::string_view WithoutByteOrderMark(std::string_view text) {
  if (text.starts_with(kByteOrderMark)) {
    text.remove_prefix(kByteOrderMark.size());
  }
  return text;
}

Extraction ExtractProgram(const sandbox::Language& language,
                          std::string_view answer) {
  answer = WithoutByteOrderMark(answer);
  Scan scan(language.tags);
  for (std::string_view text = answer; !text.empty();) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    scan.Line(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  Extraction program = scan.Take();
  if (!program.found && !program.fenced && StartsLike(language, answer)) {
    program = {.found = true, .source = std::string(answer)};
  }
  program.source.erase(
      0, program.source.size() - WithoutByteOrderMark(program.source).size());
  return program;
}

}  // namespace rewards::code
