#include "rewards/math/extract/reader.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "rewards/math/extract/anchors.h"
#include "rewards/math/extract/boxes.h"
#include "rewards/math/extract/spans.h"
#include "rewards/math/marks.h"
#include "rewards/math/statement.h"

namespace rewards::math {
namespace {

constexpr std::string_view kList = "a list of answers, not one";
constexpr std::string_view kHedged = "hedged: several different final answers";

Reading Unreadable(std::string_view extracted, std::string reason) {
  Reading reading;
  reading.extracted = extracted;
  reading.reason = std::move(reason);
  return reading;
}

std::string Describe(const ReadError& error) {
  return error.what + " at byte " + std::to_string(error.offset);
}

Reading ReadText(std::string_view text, const Limits& limits) {
  text = Trim(text);
  Read<Value> value = ReadStatement(text, limits);
  if (!value) return Unreadable(text, Describe(value.error()));
  Reading reading;
  reading.readable = true;
  reading.value = *std::move(value);
  reading.extracted = text;
  return reading;
}

bool SameAnswer(const Value& a, const Value& b) {
  return a.exactness == Exactness::kExact && b.exactness == Exactness::kExact &&
         a.number == b.number && a.percent == b.percent;
}

// Adds `next` to what was read so far; answers that differ are `conflict`.
void Merge(Reading next, std::string_view conflict,
           std::optional<Reading>* merged) {
  if (!*merged) {
    *merged = std::move(next);
    return;
  }
  if (!(*merged)->readable) return;
  if (!next.readable || SameAnswer((*merged)->value, next.value)) {
    *merged = std::move(next);
    return;
  }
  *merged = Unreadable(next.extracted, std::string(conflict));
}

// What follows an anchor, without the marks that are left over from around it:
// "**Answer:** 42" leaves "** 42". A mark that a space follows closes, and is
// left over; any other opens, and belongs to the answer.
std::string_view SkipLeftovers(std::string_view rest) {
  constexpr std::string_view kBetween = " \t\r\n:#";
  while (true) {
    rest.remove_prefix(std::min(rest.find_first_not_of(kBetween), rest.size()));
    const std::size_t marks =
        std::min(rest.find_first_not_of("*_"), rest.size());
    const bool opens = marks < rest.size() &&
                       kBetween.find(rest[marks]) == std::string_view::npos;
    if (marks == 0 || opens) return rest;
    rest.remove_prefix(marks);
  }
}

class Reader {
 public:
  Reader(std::string_view text, Extract extract, const Limits& limits)
      : text_(text), extract_(extract), limits_(limits) {}

  Reading Run() const {
    if (extract_ == Extract::kBare) {
      return In("whole text", ReadText(text_, limits_));
    }
    if (std::optional<Reading> boxed = FromBoxes()) {
      return In("box", *std::move(boxed));
    }
    if (extract_ == Extract::kBoxed) return Unreadable({}, "no box");
    if (std::optional<Reading> told = FromAnchors()) {
      return In("announced answer", *std::move(told));
    }
    if (extract_ == Extract::kStrict)
      return Unreadable({}, "no box, no anchor");
    return FromText();
  }

 private:
  static Reading In(std::string_view found, Reading reading) {
    reading.found = found;
    return reading;
  }

  std::optional<Reading> FromBoxes() const {
    const Boxes boxes = FindBoxes(text_);
    if (boxes.cut_off) return Unreadable({}, "cut off inside a box");
    if (boxes.closed.empty()) return std::nullopt;
    const std::vector<Box> group =
        LastGroup(text_, boxes.closed, limits_.boxes);
    if (group.size() > limits_.boxes) {
      return Unreadable(group.back().inside, std::string(kList));
    }
    std::optional<Reading> merged;
    for (const Box& box : group) {
      Reading reading = ReadText(box.inside, limits_);
      if (reading.readable) ApplyPercent(box, &reading.value);
      Merge(std::move(reading), kList, &merged);
    }
    return merged;
  }

  // \boxed{28} percent: the sign belongs to the answer.
  void ApplyPercent(const Box& box, Value* value) const {
    if (value->percent || !value->unit.empty()) return;
    if (!PercentFollows(text_, box)) return;
    value->percent = true;
    value->number = value->number / Rational(100);
    if (value->last_place) *value->last_place -= 2;
    value->repairs.emplace_back("percent sign after the box");
  }

  std::optional<Reading> FromAnchors() const {
    const std::vector<Anchor> anchors = FindAnchors(text_, limits_.anchors);
    if (anchors.size() > limits_.anchors) {
      return Unreadable({}, std::string(kHedged));
    }
    std::optional<Reading> merged;
    for (std::size_t i = 0; i < anchors.size(); ++i) {
      const std::size_t end =
          i + 1 < anchors.size() ? anchors[i + 1].begin : text_.size();
      std::optional<Reading> told =
          FromAnnounced(text_.substr(anchors[i].end, end - anchors[i].end));
      if (told) Merge(*std::move(told), kHedged, &merged);
    }
    return merged;
  }

  // What an anchor announces: the rest of its sentence. Nothing where there is
  // no mathematics in it.
  std::optional<Reading> FromAnnounced(std::string_view rest) const {
    rest = SkipLeftovers(rest);
    if (rest.empty()) return std::nullopt;
    Delimiters scan(rest);
    std::string_view sentence = Trim(rest.substr(0, SentenceEnd(&scan, 0)));
    Reading whole = ReadText(sentence, limits_);
    if (!whole.readable) {
      // "**Answer: 42**." closes after the answer what began before it.
      if (sentence.ends_with("**.")) sentence.remove_suffix(1);
      if (sentence.ends_with("**")) sentence.remove_suffix(2);
      whole = ReadText(sentence, limits_);
    }
    if (whole.readable) return whole;

    const std::vector<std::string_view> spans =
        FindSpans(sentence, limits_.spans);
    if (spans.size() > limits_.spans) {
      return Unreadable(sentence, std::string(kHedged));
    }
    std::optional<Reading> merged;
    for (const std::string_view span : spans) {
      Merge(ReadText(span, limits_), kHedged, &merged);
    }
    return merged;
  }

  Reading FromText() const {
    Reading whole = ReadText(text_, limits_);
    if (whole.readable) return In("whole text", std::move(whole));
    if (text_.size() > limits_.tail_bytes) return FromConclusion();
    const std::vector<std::string_view> spans = FindSpans(text_, 1);
    if (spans.empty()) return Unreadable({}, "no answer");
    if (spans.size() == 1) {
      Reading only = ReadText(spans.front(), limits_);
      if (only.readable) return In("only mathematics", std::move(only));
    }
    return FromConclusion();
  }

  // A span of a sentence. Where a bare chain begins with what is no number, as
  // in `60g * 4/5 = 240g/5 = 48`, its last readable parts are read. An equation
  // in delimiters is left whole: `$a + 3z = 0$` does not say 0.
  Reading ReadSpan(std::string_view span) const {
    Reading reading = ReadText(span, limits_);
    const bool delimited = span.starts_with('$') || span.starts_with('\\');
    constexpr int kMaxParts = 8;
    for (int i = 0; i < kMaxParts && !reading.readable && !delimited; ++i) {
      const std::size_t equals = span.find('=');
      if (equals == std::string_view::npos) break;
      if (reading.reason.starts_with("the two sides")) break;
      span.remove_prefix(equals + 1);
      reading = ReadText(span, limits_);
    }
    return reading;
  }

  Reading FromConclusion() const {
    Delimiters scan(text_);
    const bool alone = text_.size() <= limits_.tail_bytes &&
                       SentenceEnd(&scan, 0) == text_.size();
    std::size_t pos = text_.size() > limits_.tail_bytes
                          ? text_.size() - limits_.tail_bytes
                          : 0;
    if (pos > 0) pos = SentenceEnd(&scan, pos);
    std::string_view last;
    while (pos < text_.size()) {
      const std::size_t end = SentenceEnd(&scan, pos);
      const std::string_view sentence = text_.substr(pos, end - pos);
      if (!FindSpans(sentence, 0).empty()) last = sentence;
      pos = end;
    }
    if (last.empty()) return Unreadable({}, "no answer");
    const bool prose = Trim(last) != FindSpans(last, 0).front();
    if (!prose || (!alone && !IsComplete(text_) && !Concludes(last))) {
      return Unreadable({}, "no final answer: no box, anchor or conclusion");
    }
    return In("concluding sentence", FromSentence(last));
  }

  Reading FromSentence(std::string_view sentence) const {
    const std::vector<std::string_view> spans =
        FindSpans(sentence, limits_.spans);
    if (spans.size() > limits_.spans) {
      return Unreadable({}, std::string(kHedged));
    }
    Reading last = ReadSpan(spans.back());
    if (spans.size() > 1 && last.readable) {
      const std::string_view before = spans[spans.size() - 2];
      const char* gap = before.data() + before.size();
      const auto length = static_cast<std::size_t>(spans.back().data() - gap);
      if (IsAlternative({gap, length})) {
        return Unreadable(spans.back(), std::string(kHedged));
      }
    }
    return last;
  }

  // True where the text does not stop in the middle of a sentence.
  static bool IsComplete(std::string_view text) {
    text = Trim(text);
    constexpr std::array<std::string_view, 11> kEnds = {
        ".", "!", "?", "。", "！", "？", "।", "$", "\\)", "\\]", "**"};
    return std::any_of(kEnds.begin(), kEnds.end(), [text](std::string_view e) {
      return text.ends_with(e);
    });
  }

  // True for what joins two answers: only commas and marks, or a word for "or"
  // or "and" among few others.
  static bool IsAlternative(std::string_view gap) {
    constexpr std::array<std::string_view, 22> kJoints = {
        " or ", " and ",  " oder ", " und ",  " ou ",   " et ",
        " o ",  " y ",    " или ",  " и ",    "或",     "和",
        "、",   "または", " e ",    " veya ", " hoặc ", " atau ",
        " أو ", " या ",   " lub ",  " of "};
    const std::string padded = " " + std::string(gap) + " ";
    if (padded.find_first_not_of(" \t,&/;:") == std::string::npos) return true;
    constexpr std::size_t kShortGap = 48;  // bytes
    if (gap.size() > kShortGap) return false;
    if (gap.find("</") != std::string_view::npos) return true;  // answer tags
    return std::any_of(kJoints.begin(), kJoints.end(),
                       [&padded](std::string_view joint) {
                         return padded.find(joint) != std::string::npos;
                       });
  }

  std::string_view text_;
  Extract extract_;
  const Limits& limits_;
};

}  // namespace

Reading ReadAnswer(std::string_view response, Extract extract,
                   const Limits& limits) {
  return Reader(response, extract, limits).Run();
}

}  // namespace rewards::math
