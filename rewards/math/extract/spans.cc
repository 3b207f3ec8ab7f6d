#include "rewards/math/extract/spans.h"

#include <algorithm>

#include "rewards/math/extract/neighbours.h"
#include "rewards/math/syntax/code_point.h"

namespace rewards::math {
namespace {

constexpr auto kNone = std::string_view::npos;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

char At(std::string_view text, std::size_t pos) {
  return pos < text.size() ? text[pos] : '\0';
}

// The word of letters (any script) at `pos`, which may be empty.
std::string_view WordAt(std::string_view text, std::size_t pos) {
  std::size_t end = pos;
  while (end < text.size()) {
    if (IsLetter(text[end])) {
      ++end;
      continue;
    }
    if (static_cast<unsigned char>(text[end]) < 0x80) break;
    const syntax::CodePoint c = syntax::DecodeAt(text, end);
    if (!syntax::IsForeignLetter(c.value)) break;
    end += c.length;
  }
  return text.substr(pos, end - pos);
}

// True for content of delimiters that is only a name: $n$, $x_1$, $\text{cm}$.
bool IsName(std::string_view inside) {
  if (std::any_of(inside.begin(), inside.end(), IsDigit)) return false;
  while (!inside.empty() && IsSpace(inside.front())) inside.remove_prefix(1);
  while (!inside.empty() && IsSpace(inside.back())) inside.remove_suffix(1);
  return WordAt(inside, 0).size() == inside.size();
}

// Takes off what ends a sentence or belongs to it: stops, commas, brackets
// without a partner, a dash. Not an operator with nothing beside it: what is
// left without it would be a fragment.
std::string_view TrimRun(std::string_view run) {
  while (!run.empty() &&
         (IsSpace(run.front()) ||
          std::string_view("=,;:.)]}%!>").find(run.front()) != kNone)) {
    if (run.front() == '.' && IsDigit(At(run, 1))) break;
    // A quotation of Markdown begins with "> ", a bound with ">7".
    if (run.front() == '>' && IsDigit(At(run, 1))) break;
    run.remove_prefix(1);
  }
  // Half of a pair of bold marks: the word after the number ended the run.
  if (run.starts_with("**") && run.find("**", 2) == kNone) run.remove_prefix(2);
  const auto count = [&run](char c) {
    return std::count(run.begin(), run.end(), c);
  };
  long parens = count('(') - count(')');
  while (!run.empty()) {
    const char last = run.back();
    if (run.ends_with("..")) break;
    const bool stray_close = last == ')' && parens < 0;
    if (!IsSpace(last) && !stray_close &&
        std::string_view("=,;:.([{-<>").find(last) == kNone) {
      break;
    }
    if (last == ')') ++parens;
    if (last == '(') --parens;
    run.remove_suffix(1);
  }
  return run;
}

// True for the stops, commas, quotes and brackets of other scripts, and for
// pictures. Every other sign joins a run, so that what it does to the number
// beside it is not lost.
bool EndsRun(char32_t c) {
  constexpr char32_t kStops[] = {0x060C, 0x061B, 0x061F, 0x0964, 0x2014,
                                 0x2022, 0x2192, 0xFF01, 0xFF08, 0xFF09,
                                 0xFF0C, 0xFF1A, 0xFF1B, 0xFF1F, 0xFE0F};
  return std::find(std::begin(kStops), std::end(kStops), c) !=
             std::end(kStops) ||
         (c >= 0x2018 && c <= 0x201F) || (c >= 0x3001 && c <= 0x303F) ||
         (c >= 0x2600 && c <= 0x27BF) || c >= 0x1F000;
}

class SpanFinder {
 public:
  SpanFinder(std::string_view text, std::size_t max)
      : text_(text), delimiters_(text), max_(max) {}

  std::vector<std::string_view> Run() {
    while (pos_ < text_.size() && spans_.size() <= max_) Step();
    if (spans_.size() <= max_) EndRun();
    return std::move(spans_);
  }

 private:
  void Step() {
    const char c = text_[pos_];
    if (c == '$' || c == '\\') {
      const std::size_t end = delimiters_.Skip(pos_);
      if (end != pos_) return Delimited(end);
    }
    if (IsSpace(c)) {
      if (c == '\n') EndRun();
      ++pos_;
    } else if (IsLetter(c) || static_cast<unsigned char>(c) >= 0x80) {
      LetterOrSign();
    } else if (IsDigit(c)) {
      has_digit_ = true;
      Extend(1);
    } else {
      Sign(c);
    }
  }

  void Delimited(std::size_t end) {
    // "less than $7$" is not 7.
    if (in_run_ && run_end_ == changed_) {
      has_digit_ = true;
      return Extend(end - pos_);
    }
    EndRun();
    // Nor is "$7$ squared".
    if (ScalesPrevious(WordFrom(end))) {
      has_digit_ = true;
      return Extend(end - pos_);
    }
    const std::string_view span = text_.substr(pos_, end - pos_);
    const bool two = span[0] == '\\' || span[1] == '$';
    const std::size_t skip = two ? 2 : 1;
    if (!IsName(span.substr(skip, span.size() - 2 * skip))) {
      spans_.push_back(span);
    }
    pos_ = end;
  }

  void LetterOrSign() {
    const std::string_view word = WordAt(text_, pos_);
    if (word.empty()) {
      const syntax::CodePoint c = syntax::DecodeAt(text_, pos_);
      if (syntax::FoldDigit(c.value) != 0) {
        has_digit_ = true;
      } else if (EndsRun(c.value)) {
        EndRun();
        pos_ += c.length;
        return;
      }
      return Extend(c.length);
    }
    const bool glued = in_run_ && run_end_ == pos_;
    const char after = At(text_, pos_ + word.size());
    const bool ascii = IsLetter(word.front());
    const bool joins = (glued && ascii) ||
                       OperatorFollows(pos_ + word.size(), word.size() == 1) ||
                       after == '(' || (ascii && IsDigit(after)) ||
                       (in_run_ && ChangesPrevious(word, WordAfter(word)));
    if (ChangesNext(text_.substr(0, pos_), word)) {
      Extend(word.size());
      changed_ = pos_;
      return;
    }
    if (joins) return Extend(word.size());
    // A unit in another script goes with its number: 858颗.
    if (glued && has_digit_)
      Extend(word.size());
    else
      pos_ += word.size();
    EndRun();
  }

  // The word behind `word`, which stands at `pos_`.
  std::string_view WordAfter(std::string_view word) const {
    return WordFrom(pos_ + word.size());
  }

  // The word at `pos`, or behind spaces there.
  std::string_view WordFrom(std::size_t pos) const {
    while (At(text_, pos) == ' ') ++pos;
    return WordAt(text_, pos);
  }

  // True where an operator stands at `pos`, so that the word before it is part
  // of the mathematics: `x + 2`, `Area = 5`. A sign right at a digit belongs to
  // the number after a word (`has -10`), not after a variable (`b -1`).
  bool OperatorFollows(std::size_t pos, bool variable) const {
    while (At(text_, pos) == ' ') ++pos;
    const char c = At(text_, pos);
    const char next = At(text_, pos + 1);
    if (c == '=' || c == '^' || c == '_' || c == '<' || c == '>') {
      return next != '/' && next != '|';  // an HTML tag, a special token
    }
    const bool operand =
        next == ' ' || next == '(' || (IsDigit(next) && (variable || c == '/'));
    return (c == '+' || c == '-' || c == '/') && operand;
  }

  void Sign(char c) {
    const char next = At(text_, pos_ + 1);
    // A comma inside brackets joins a tuple.
    const bool joins =
        IsDigit(next) || next == '\\' || (c == ',' && parens_ > 0);
    // Two stops or more are an ellipsis, which changes the number before it.
    const bool ellipsis =
        c == '.' && (next == '.' || (pos_ > 0 && text_[pos_ - 1] == '.'));
    if (ellipsis) return Extend(1);
    const bool stop = (c == ',' || c == '.' || c == ':') && !joins;
    if (c == ';' || c == '?' || c == '"' || stop) {
      EndRun();
      ++pos_;
    } else if (c == '\\' && next == '$') {
      Extend(2);
    } else if (c == '\\' && IsLetter(next)) {
      std::size_t end = pos_ + 1;
      while (IsLetter(At(text_, end))) ++end;
      Extend(end - pos_);
    } else {
      if (c == '(' || c == '[') ++parens_;
      if (c == ')' || c == ']') --parens_;
      Extend(1);
    }
  }

  void Extend(std::size_t length) {
    if (!in_run_) {
      in_run_ = true;
      run_begin_ = pos_;
    }
    pos_ += length;
    run_end_ = pos_;
  }

  void EndRun() {
    if (in_run_ && has_digit_) {
      const std::string_view run =
          TrimRun(text_.substr(run_begin_, run_end_ - run_begin_));
      if (!run.empty()) spans_.push_back(run);
    }
    in_run_ = false;
    has_digit_ = false;
    parens_ = 0;
  }

  std::string_view text_;
  Delimiters delimiters_;
  std::size_t max_;
  std::size_t pos_ = 0;
  std::size_t run_begin_ = 0;
  std::size_t run_end_ = 0;
  int parens_ = 0;  // open in the run
  bool in_run_ = false;
  bool has_digit_ = false;
  std::size_t changed_ = kNone;  // the end of a word that changes what follows
  std::vector<std::string_view> spans_;
};

}  // namespace

std::vector<std::string_view> FindSpans(std::string_view text,
                                        std::size_t max) {
  return SpanFinder(text, max).Run();
}

std::size_t SentenceEnd(Delimiters* delimiters, std::size_t pos) {
  const std::string_view text = delimiters->text();
  while (pos < text.size()) {
    const char c = text[pos];
    if (c == '\n') return pos + 1;
    if (c == '$' || c == '\\') {
      const std::size_t end = delimiters->Skip(pos);
      pos = end == pos ? pos + (c == '\\' ? 2 : 1) : end;
      continue;
    }
    if (c == '.' || c == '?' || c == '!') {
      const char next = At(text, pos + 1);
      if (next == '\0' || IsSpace(next) || next == '*' || next == '<' ||
          next == '"') {
        return pos + 1;
      }
    }
    for (const std::string_view stop : {"。", "！", "？", "।", "؟"}) {
      if (c == stop[0] && text.substr(pos, stop.size()) == stop) {
        return pos + stop.size();
      }
    }
    ++pos;
  }
  return text.size();
}

}  // namespace rewards::math
