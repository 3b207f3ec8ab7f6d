#include "rewards/language/words.h"

#include <algorithm>

#include "rewards/language/characters.h"
#include "rewards/language/segments.h"

namespace rewards::language {
namespace {

Gap GapOf(std::u16string_view gap) {
  if (gap == u" ") return Gap::kNone;  // most of them
  constexpr std::u16string_view kStops =
      u".!?\n\u3002\uFF01\uFF1F\uFF0E\u061F\u06D4\u0964";
  if (gap.find_first_of(kStops) != std::u16string_view::npos) {
    return Gap::kSentence;
  }
  const bool space = std::all_of(gap.begin(), gap.end(), [](char16_t c) {
    return IsSpace(c) || c == 0xA0 || c == u'-' || c == u'\'' || c == 0x2019;
  });
  return space ? Gap::kNone : Gap::kClause;
}

std::uint64_t Mixed(std::uint64_t hash, char16_t unit) {
  const std::uint64_t lower =
      IsUpper(unit) ? static_cast<std::uint64_t>(unit - u'A' + u'a') : unit;
  return (hash ^ lower) * 1099511628211U;  // FNV-1a
}

// Follows the letters of one segment.
class Reader {
 public:
  void Read(char32_t code) {
    const auto [script, upper] = LetterOf(code);
    if (script == Script::kNone) return;
    if (upper) {
      if (letters_ == 0) word_.letters = Case::kTitle;
      ++capitals_;
    }
    ++letters_;
    if (script == word_.script && !IsDense(script)) return;  // most of them
    word_.han += script == Script::kHan ? 1 : 0;
    word_.kana += script == Script::kKana ? 1 : 0;
    if (word_.script == Script::kNone) {
      word_.script = script;
    } else if (script != word_.script) {
      const bool cjk =
          IsDense(script) && IsDense(word_.script);  // kanji with okurigana
      word_.mixed = word_.mixed || !cjk;
      if (cjk && script == Script::kKana) word_.script = script;
    }
  }

  [[nodiscard]] Word Finish() {
    if (letters_ > 1 && capitals_ == letters_) word_.letters = Case::kCapitals;
    return word_;
  }

  [[nodiscard]] std::size_t letters() const noexcept { return letters_; }

 private:
  Word word_;
  std::size_t letters_ = 0;
  std::size_t capitals_ = 0;
};

// A word with what a letter alone needs to know of its neighbours.
struct Found {
  Word word;
  bool alone = false;  // one letter of an alphabet
  bool near = false;   // nothing but one space since the segment before
};

// Segments as they come.
class Collector {
 public:
  Collector(std::u16string_view text, std::size_t segments) : text_(text) {
    segments_.reserve(segments);
  }

  void Between(std::u16string_view gap) {
    gap_ = std::max(gap_, GapOf(gap));
    near_ = near_ && gap == u" ";
  }

  void Add(std::size_t begin, std::size_t end) {
    Reader reader;
    std::uint64_t hash = 14695981039346656037U;
    for (std::size_t at = begin; at < end;) {
      const Character next = CharacterAt(text_, at);
      reader.Read(next.code);
      for (std::size_t i = 0; i < next.units; ++i) {
        hash = Mixed(hash, text_[at + i]);
      }
      at += next.units;
    }
    Word word = reader.Finish();
    if (word.script == Script::kNone) return;
    word.begin = static_cast<std::uint32_t>(begin);
    word.end = static_cast<std::uint32_t>(end);
    word.hash = hash ^ (hash >> 29);
    if (gap_ == Gap::kSentence) ++sentence_;
    word.gap = gap_;
    word.sentence = sentence_;
    const bool alone = reader.letters() == 1 && !IsDense(word.script) &&
                       word.script != Script::kHangul;
    segments_.push_back({word, alone, near_});
    gap_ = Gap::kNone;
    near_ = true;
  }

  [[nodiscard]] std::vector<Word> Finish() const {
    std::vector<Word> words;
    words.reserve(segments_.size());
    Gap gap = Gap::kNone;
    for (std::size_t i = 0; i < segments_.size(); ++i) {
      gap = std::max(gap, segments_[i].word.gap);
      if (segments_[i].alone && !StaysAlone(i)) continue;
      words.push_back(segments_[i].word);
      words.back().gap = gap;
      gap = Gap::kNone;
    }
    return words;
  }

 private:
  // A letter alone is a word between two words of its script, and beside one
  // where no formula would use it.
  [[nodiscard]] bool StaysAlone(std::size_t i) const {
    const bool before = i > 0 && Joins(i - 1, i) && !segments_[i - 1].alone;
    const bool after =
        i + 1 < segments_.size() && Joins(i, i + 1) && !segments_[i + 1].alone;
    const char16_t letter = text_[segments_[i].word.begin];
    const bool article =
        letter == u'a' || letter == u'A' || letter == u'I' || letter >= 0x80;
    return article ? before || after : before && after;
  }

  [[nodiscard]] bool Joins(std::size_t a, std::size_t b) const {
    return segments_[b].near &&
           segments_[a].word.script == segments_[b].word.script;
  }

  std::u16string_view text_;
  std::vector<Found> segments_;
  std::uint32_t sentence_ = 0;
  Gap gap_ = Gap::kSentence;
  bool near_ = false;
};

}  // namespace

std::optional<std::vector<Word>> SplitWords(std::u16string_view text) {
  const std::optional<std::vector<Segment>> segments = FindSegments(text);
  if (!segments) return std::nullopt;
  Collector words(text, segments->size());
  std::size_t at = 0;
  for (const Segment& segment : *segments) {
    if (at < segment.begin) {
      words.Between(text.substr(at, segment.begin - at));
    }
    words.Add(segment.begin, segment.end);
    at = segment.end;
  }
  return words.Finish();
}

}  // namespace rewards::language
