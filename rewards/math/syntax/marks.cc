#include "rewards/math/syntax/marks.h"

#include <cstddef>
#include <optional>

namespace rewards::math::syntax {
namespace {

constexpr auto kNone = std::string_view::npos;

// How often a pair of marks is taken off, one inside the other.
constexpr int kMaxLayers = 24;

struct Pair {
  std::string_view open;
  std::string_view close;
};
constexpr Pair kPairs[] = {{"$$", "$$"},   {"$", "$"},      {"\\(", "\\)"},
                           {"\\[", "\\]"}, {"**", "**"},    {"__", "__"},
                           {"*", "*"},     {"`", "`"},      {"\"", "\""},
                           {"“", "”"},     {"\\\"", "\\\""}};

// True for what may follow a mark: words, percent, a full stop. A digit or an
// operator may not.
bool IsPlainTail(std::string_view tail) {
  return tail.find_first_of("0123456789+-*/=<>^{}()[],;:|&_!?#@") == kNone &&
         tail.find("\\frac") == kNone;
}

struct Layer {
  std::string_view inner;
  std::string_view tail;
};

std::optional<Layer> PairLayer(std::string_view text) {
  for (const Pair& pair : kPairs) {
    if (!text.starts_with(pair.open)) continue;
    const std::size_t begin = pair.open.size();
    const std::size_t close = text.find(pair.close, begin);
    if (close == kNone || close == begin) return std::nullopt;
    // A dollar sign that is escaped is no delimiter.
    if (pair.open[0] == '$' && text[close - 1] == '\\') return std::nullopt;
    return Layer{text.substr(begin, close - begin),
                 text.substr(close + pair.close.size())};
  }
  return std::nullopt;
}

std::string_view TrimEnd(std::string_view text) {
  text = Trim(text);
  // A full stop after the answer, and a line break of LaTeX.
  if (text.ends_with("。")) text.remove_suffix(std::string_view("。").size());
  // Two stops or more are an ellipsis, which is no mark.
  if (text.ends_with('.') && !text.ends_with("..") &&
      !text.ends_with("\\right.")) {
    text.remove_suffix(1);
  }
  while (text.ends_with('\\') || text.ends_with(',')) text.remove_suffix(1);
  return Trim(text);
}

}  // namespace

std::string_view Trim(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kSpace);
  if (first == kNone) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

std::string StripMarks(std::string_view text) {
  std::string kept(TrimEnd(text));
  for (int i = 0; i < kMaxLayers; ++i) {
    std::optional<Layer> layer = PairLayer(kept);
    if (!layer || !IsPlainTail(layer->tail)) break;
    std::string next(TrimEnd(layer->inner));
    if (!Trim(layer->tail).empty()) next += " " + std::string(layer->tail);
    kept = TrimEnd(next);
  }
  return kept;
}

std::size_t SkipBraces(std::string_view text, std::size_t open) {
  std::size_t depth = 0;
  for (std::size_t i = open; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == '{') {
      ++depth;
    } else if (text[i] == '}' && --depth == 0) {
      return i + 1;
    }
  }
  return std::string_view::npos;
}

}  // namespace rewards::math::syntax
