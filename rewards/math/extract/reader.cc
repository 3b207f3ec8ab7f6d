#include "rewards/math/extract/reader.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "rewards/math/extract/anchors.h"
#include "rewards/math/extract/boxes.h"
#include "rewards/math/extract/delimiters.h"
#include "rewards/math/extract/gather.h"
#include "rewards/math/extract/phrases.h"
#include "rewards/math/extract/spans.h"
#include "rewards/math/syntax/marks.h"
#include "rewards/math/syntax/read.h"

namespace rewards::math {
namespace {

constexpr std::string_view kHedged = "hedged: several different final answers";

Reading Unreadable(std::string_view extracted, std::string reason) {
  Reading reading;
  reading.extracted = extracted;
  reading.reason = std::move(reason);
  return reading;
}

// `text` as it stands in the response; `written` is what is read in its place.
Reading ReadAs(std::string_view text, std::string_view written,
               const Limits& limits) {
  Read<Tree> tree = ReadTree(written, limits);
  if (!tree) {
    return Unreadable(text, tree.error().what + " at byte " +
                                std::to_string(tree.error().offset));
  }
  Reading reading;
  reading.tree = *std::move(tree);
  reading.extracted = text;
  return reading;
}

Reading ReadText(std::string_view text, const Limits& limits) {
  text = syntax::Trim(text);
  return ReadAs(text, text, limits);
}

Kind RootKind(const Reading& reading) {
  return reading.tree.at(reading.tree.root()).kind;
}

// True where words were read that have mathematics among them, in delimiters:
// prose, in which an answer is still to be found. Words in delimiters
// ($\text{Even}$) are no mathematics.
bool IsProse(const Reading& reading) {
  if (!reading.readable()) return false;
  const std::vector<Term>& terms = reading.tree.terms;
  if (std::none_of(terms.begin(), terms.end(),
                   [](const Term& term) { return term.kind == Kind::kText; })) {
    return false;
  }
  const std::string_view text = reading.extracted;
  constexpr std::size_t kMarks = 8;  // around delimiters of the whole text
  Delimiters scan(text);
  for (std::size_t pos = 0; pos < text.size(); ++pos) {
    if (text[pos] != '$' && text[pos] != '\\') continue;
    const std::size_t end = scan.Skip(pos);
    if (end == pos) continue;
    const std::string_view inside = text.substr(pos, end - pos);
    const bool words = inside.find("\\text") != std::string_view::npos ||
                       inside.find("\\mathrm") != std::string_view::npos;
    if (!words && inside.size() + kMarks < text.size()) return true;
    pos = end - 1;
  }
  return false;
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
    if (extract_ == Extract::kStrict) {
      return Unreadable({}, "no box, no anchor");
    }
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
      return Unreadable(group.back().inside, "too long a list of boxes");
    }
    Gather gather;
    for (const Box& box : group) gather.Add(ReadBox(box, group.size() > 1));
    return gather.List();
  }

  // One of several boxes is read with what names it: y_2 = \boxed{3}.
  Reading ReadBox(const Box& box, bool one_of_several) const {
    Reading reading;
    if (one_of_several && !box.label.empty()) {
      const std::string named =
          std::string(box.label) + "=" + std::string(box.inside);
      reading = ReadAs(box.inside, named, limits_);
    }
    if (!reading.readable()) reading = ReadText(box.inside, limits_);
    // \boxed{28} percent: the sign belongs to the answer.
    if (reading.readable() && IsScalarKind(RootKind(reading)) &&
        RootKind(reading) != Kind::kPercent &&
        RootKind(reading) != Kind::kQuantity && PercentFollows(text_, box)) {
      const TermId root = reading.tree.root();
      reading.tree.Add(Kind::kPercent, {&root, 1});
      reading.tree.repairs.emplace_back("percent sign after the box");
    }
    return reading;
  }

  std::optional<Reading> FromAnchors() const {
    const std::vector<Anchor> anchors = FindAnchors(text_, limits_.anchors);
    if (anchors.size() > limits_.anchors) {
      return Unreadable({}, std::string(kHedged));
    }
    Gather gather;
    for (std::size_t i = 0; i < anchors.size(); ++i) {
      const std::size_t end =
          i + 1 < anchors.size() ? anchors[i + 1].begin : text_.size();
      std::optional<Reading> told =
          FromAnnounced(text_.substr(anchors[i].end, end - anchors[i].end));
      if (told) gather.AddAnnounced(*std::move(told));
    }
    return gather.One();
  }

  // What an anchor announces: the rest of its sentence. Nothing where there is
  // no mathematics in it.
  std::optional<Reading> FromAnnounced(std::string_view rest) const {
    rest = SkipLeftovers(rest);
    if (rest.empty()) return std::nullopt;
    Delimiters scan(rest);
    std::string_view sentence =
        syntax::Trim(rest.substr(0, SentenceEnd(&scan, 0)));
    Reading whole = ReadText(sentence, limits_);
    if (!whole.readable()) {
      // "**Answer: 42**." closes after the answer what began before it.
      if (sentence.ends_with("**.")) sentence.remove_suffix(1);
      if (sentence.ends_with("**")) sentence.remove_suffix(2);
      whole = ReadText(sentence, limits_);
    }
    if (whole.readable() && !IsProse(whole)) return whole;

    const std::vector<std::string_view> spans =
        FindSpans(sentence, limits_.spans);
    if (spans.size() > limits_.spans) {
      return Unreadable(sentence, std::string(kHedged));
    }
    if (IsExplained(sentence, spans)) return ReadText(spans.front(), limits_);
    Gather gather;
    for (const std::string_view span : spans) {
      gather.Add(ReadText(span, limits_));
    }
    return gather.One();
  }

  // "The answer is $34$, because $2 \cdot 17 = 34$." The first counts, unless a
  // word for "or" comes after it.
  static bool IsExplained(std::string_view sentence,
                          const std::vector<std::string_view>& spans) {
    if (spans.size() < 2 || spans.front().data() != sentence.data()) {
      return false;
    }
    if (!GivesReason(Between(spans[0], spans[1]))) return false;
    for (std::size_t i = 1; i < spans.size(); ++i) {
      if (IsAlternative(Between(spans[i - 1], spans[i]), sentence.size())) {
        return false;
      }
    }
    return true;
  }

  Reading FromText() const {
    Reading whole = ReadText(text_, limits_);
    if (whole.readable() && !IsProse(whole) &&
        (RootKind(whole) != Kind::kText || IsShort())) {
      return In("whole text", std::move(whole));
    }
    if (text_.size() > limits_.tail_bytes) return FromConclusion();
    const std::vector<std::string_view> spans = FindSpans(text_, 1);
    if (spans.empty()) return Unreadable({}, "no answer");
    if (spans.size() == 1 && IsOnlyMathematics(spans.front())) {
      Reading only = ReadText(spans.front(), limits_);
      if (only.readable()) return In("only mathematics", std::move(only));
    }
    return FromConclusion();
  }
  // True where no command or operator of mathematics stands around `span`.
  bool IsOnlyMathematics(std::string_view span) const {
    const auto at = static_cast<std::size_t>(span.data() - text_.data());
    return !HoldsMathematics(text_.substr(0, at)) &&
           !HoldsMathematics(After(span, text_));
  }

  // True for a text that may be an answer in words: one short sentence.
  bool IsShort() const {
    const std::string_view text = syntax::Trim(text_);
    Delimiters scan(text);
    return text.size() <= limits_.words_bytes &&
           SentenceEnd(&scan, 0) == text.size();
  }

  // A span of a sentence. Where a bare chain begins with what is no number, as
  // in `60g * 4/5 = 240g/5 = 48`, its last readable parts are read. An equation
  // in delimiters is left whole: `$a + 3z = 0$` does not say 0.
  Reading ReadSpan(std::string_view span) const {
    Reading reading = ReadText(span, limits_);
    const bool delimited = span.starts_with('$') || span.starts_with('\\');
    constexpr int kMaxParts = 8;
    for (int i = 0; i < kMaxParts && !reading.readable() && !delimited; ++i) {
      const std::size_t equals = span.find('=');
      if (equals == std::string_view::npos) break;
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
    const bool prose = syntax::Trim(last) != FindSpans(last, 0).front();
    if (!prose || (!alone && !IsComplete(text_) && !Concludes(last))) {
      return Unreadable({}, "no final answer: no box, anchor or conclusion");
    }
    return In("concluding sentence", FromSentence(last));
  }

  // The last span of a sentence; where it is one of several that are joined,
  // all of them, if they read as one answer ("x = 2 or x = 3").
  Reading FromSentence(std::string_view sentence) const {
    const std::vector<std::string_view> spans =
        FindSpans(sentence, limits_.spans);
    if (spans.size() > limits_.spans) {
      return Unreadable({}, std::string(kHedged));
    }
    constexpr std::size_t kShortGap = 48;  // bytes
    std::size_t first = spans.size() - 1;
    while (first > 0 &&
           IsAlternative(Between(spans[first - 1], spans[first]), kShortGap)) {
      --first;
    }
    if (HoldsMathematics(After(spans.back(), sentence))) {
      return Unreadable(spans.back(), "other mathematics stands after it");
    }
    if (first + 1 == spans.size()) return ReadSpan(spans.back());
    const std::string_view joined = Hull(spans[first], spans.back());
    Reading list = ReadText(joined, limits_);
    if (list.readable() && RootKind(list) != Kind::kText) return list;
    return Unreadable(joined, std::string(kHedged));
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
