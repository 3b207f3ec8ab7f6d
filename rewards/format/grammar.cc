#include "rewards/format/grammar.h"

#include <algorithm>
#include <array>
#include <vector>

#include "rewards/format/tags.h"
#include "rewards/format/text.h"

namespace rewards::format {
namespace {

constexpr std::size_t kTagKinds = 4;

std::size_t Index(Tag tag) { return static_cast<std::size_t>(tag); }

bool Opens(Tag tag) { return tag == Tag::kOpen || tag == Tag::kAnswerOpen; }

Tag CloserOf(Tag tag) {
  return tag == Tag::kOpen ? Tag::kClose : Tag::kAnswerClose;
}

std::vector<Tag> Wanted(const Template& tmpl) {
  std::vector<Tag> wanted;
  if (!tmpl.prefill) wanted.push_back(Tag::kOpen);
  wanted.push_back(Tag::kClose);
  if (tmpl.has_answer_tags()) {
    wanted.push_back(Tag::kAnswerOpen);
    wanted.push_back(Tag::kAnswerClose);
  }
  return wanted;
}

Reason JudgeThought(std::string_view thought, const Template& tmpl) {
  if (tmpl.thought == Thought::kOff) {
    return IsHollow(thought) ? Reason::kOk : Reason::kTextBetween;
  }
  return IsHollow(thought) && !tmpl.empty_think ? Reason::kEmptyThink
                                                : Reason::kOk;
}

// Follows the tags of a text through the order that the template wants.
class Walk {
 public:
  Walk(std::string_view text, const Template& tmpl)
      : text_(text), tags_(FindTags(text, tmpl)), wanted_(Wanted(tmpl)) {
    for (std::size_t i = 0; i < tags_.size(); ++i) {
      last_[Index(tags_[i].tag)] = i + 1;
      ++count_[Index(tags_[i].tag)];
    }
    seen_[Index(Tag::kOpen)] = tmpl.prefill;
    while (matched_ < tags_.size() && matched_ < wanted_.size() &&
           tags_[matched_].tag == wanted_[matched_]) {
      seen_[Index(tags_[matched_].tag)] = true;
      ++matched_;
    }
  }

  [[nodiscard]] const std::vector<TagAt>& tags() const { return tags_; }

  // kOk where every wanted tag is there, in order, and no other.
  [[nodiscard]] Reason Judge() const {
    if (matched_ < tags_.size()) return Misplaced(tags_[matched_]);
    if (matched_ == wanted_.size()) return Reason::kOk;
    return Inside() ? Reason::kTruncated : Reason::kMissingOpen;
  }

  [[nodiscard]] double Credit() const {
    const auto once = std::count_if(
        tags_.begin(), tags_.begin() + static_cast<std::ptrdiff_t>(matched_),
        [this](const TagAt& at) { return Once(at); });
    return Share(static_cast<std::size_t>(once));
  }

  [[nodiscard]] double Ladder(const Template& tmpl) const {
    std::size_t begin = 0;  // of the piece before the tag
    std::size_t steps = 0;
    for (; steps < matched_; ++steps) {
      const TagAt& at = tags_[steps];
      const std::string_view piece = text_.substr(begin, at.begin - begin);
      if (!Once(at) || !LeadsTo(at.tag, piece, tmpl)) break;
      begin = at.end;
    }
    return Share(steps);
  }

 private:
  // Whether `piece`, which stands before `tag`, is as it should be.
  static bool LeadsTo(Tag tag, std::string_view piece, const Template& tmpl) {
    if (Opens(tag)) return IsBlank(piece);
    if (tag == Tag::kAnswerClose) return !IsHollow(piece);
    return JudgeThought(piece, tmpl) == Reason::kOk;
  }

  [[nodiscard]] bool Once(const TagAt& at) const {
    return count_[Index(at.tag)] == 1;
  }

  [[nodiscard]] double Share(std::size_t steps) const {
    return static_cast<double>(steps) / static_cast<double>(wanted_.size() + 1);
  }

  // The next wanted tag closes a block that is open.
  [[nodiscard]] bool Inside() const {
    return matched_ < wanted_.size() && !Opens(wanted_[matched_]);
  }

  [[nodiscard]] bool Later(Tag tag) const {
    return last_[Index(tag)] > matched_;
  }

  [[nodiscard]] Reason Misplaced(const TagAt& at) const {
    if (Inside()) {
      const Tag closer = wanted_[matched_];
      if (Opens(at.tag) && CloserOf(at.tag) == closer) {
        const std::size_t begin = matched_ > 0 ? tags_[matched_ - 1].end : 0;
        const bool doubled = IsBlank(text_.substr(begin, at.begin - begin));
        return doubled ? Reason::kDuplicateOpen : Reason::kNested;
      }
      if (!Later(closer)) return Reason::kMissingClose;
      return Opens(at.tag) ? Reason::kNested : Reason::kOrder;
    }
    if (seen_[Index(at.tag)]) {
      return Opens(at.tag) ? Reason::kDuplicateOpen : Reason::kDuplicateClose;
    }
    return Later(wanted_[matched_]) ? Reason::kOrder : Reason::kMissingOpen;
  }

  std::string_view text_;
  std::vector<TagAt> tags_;
  std::vector<Tag> wanted_;
  std::size_t matched_ = 0;  // tags that are as wanted, from the first one
  std::array<bool, kTagKinds> seen_{};
  std::array<std::size_t, kTagKinds> last_{};  // one past its last index, or 0
  std::array<std::size_t, kTagKinds> count_{};
};

// The pieces of a response whose tags are all in place.
struct Pieces {
  std::string_view before{};
  std::string_view thought{};
  std::string_view between{};
  std::string_view answer{};
  std::string_view after{};
};

Pieces Cut(std::string_view text, const Template& tmpl,
           const std::vector<TagAt>& tags) {
  const auto piece = [text](std::size_t begin, std::size_t end) {
    return text.substr(begin, end - begin);
  };
  Pieces cut;
  std::size_t next = 0;
  std::size_t thought = 0;
  if (!tmpl.prefill) {
    cut.before = piece(0, tags[next].begin);
    thought = tags[next++].end;
  }
  const TagAt& close = tags[next++];
  cut.thought = piece(thought, close.begin);
  if (!tmpl.has_answer_tags()) {
    cut.answer = text.substr(close.end);
    return cut;
  }
  cut.between = piece(close.end, tags[next].begin);
  cut.answer = piece(tags[next].end, tags[next + 1].begin);
  cut.after = text.substr(tags[next + 1].end);
  return cut;
}

Reason JudgeContent(const Pieces& cut, const Template& tmpl) {
  if (!IsBlank(cut.before)) return Reason::kTextBefore;
  if (!IsBlank(cut.between)) return Reason::kTextBetween;
  if (!IsBlank(cut.after) && !tmpl.text_after) return Reason::kTextAfter;
  const Reason thought = JudgeThought(cut.thought, tmpl);
  if (thought != Reason::kOk) return thought;
  return IsHollow(cut.answer) ? Reason::kEmptyAnswer : Reason::kOk;
}

// A block's inner side: a new line after its opening tag (where `opened`) and
// another before its closing one.
Reason JudgeLines(std::string_view inner, bool opened) {
  if (opened && !inner.starts_with('\n')) return Reason::kMissingOpen;
  return inner.ends_with('\n') ? Reason::kOk : Reason::kMissingClose;
}

// Requires: JudgeContent says kOk.
Reason JudgeStrictly(const Pieces& cut, const Template& tmpl) {
  if (!cut.before.empty()) return Reason::kTextBefore;
  const Reason thought = JudgeLines(cut.thought, !tmpl.prefill);
  if (thought != Reason::kOk) return thought;
  if (!tmpl.has_answer_tags()) {
    const bool apart = cut.answer.starts_with("\n\n") &&
                       cut.answer.size() > 2 && !IsSpace(cut.answer[2]);
    if (!apart) return Reason::kTextBetween;
    return IsSpace(cut.answer.back()) ? Reason::kTextAfter : Reason::kOk;
  }
  if (cut.between != "\n") return Reason::kTextBetween;
  const Reason answer = JudgeLines(cut.answer, true);
  if (answer != Reason::kOk) return answer;
  return cut.after.empty() || tmpl.text_after ? Reason::kOk
                                              : Reason::kTextAfter;
}

Reason JudgeBox(std::string_view answer) {
  switch (LastBox(answer)) {
    case Box::kFull:
      return Reason::kOk;
    case Box::kEmpty:
      return Reason::kEmptyAnswer;
    case Box::kNone:
    case Box::kUnbalanced:
      break;
  }
  return Reason::kNoBoxed;
}

std::string_view TrimEnd(std::string_view text) {
  while (!text.empty() && IsSpace(text.back())) text.remove_suffix(1);
  return text;
}

Reason Judge(std::string_view text, const Template& tmpl, const Walk& walk) {
  Pieces cut;
  const bool off = tmpl.thought == Thought::kOff && walk.tags().empty();
  if (off) {
    cut.answer = text;  // the prompt held the empty block, or nothing did
  } else {
    const Reason tags = walk.Judge();
    if (tags != Reason::kOk) return tags;
    cut = Cut(text, tmpl, walk.tags());
  }
  Reason reason = JudgeContent(cut, tmpl);
  if (reason == Reason::kOk && tmpl.whitespace == Whitespace::kStrict && !off) {
    reason = JudgeStrictly(cut, tmpl);
  }
  if (reason == Reason::kOk && tmpl.boxed) reason = JudgeBox(cut.answer);
  return reason;
}

}  // namespace

std::string_view ReasonName(Reason reason) noexcept {
  switch (reason) {
    case Reason::kOk:
      return "ok";
    case Reason::kMissingOpen:
      return "missing_open";
    case Reason::kMissingClose:
      return "missing_close";
    case Reason::kDuplicateOpen:
      return "duplicate_open";
    case Reason::kDuplicateClose:
      return "duplicate_close";
    case Reason::kOrder:
      return "order";
    case Reason::kNested:
      return "nested";
    case Reason::kTextBefore:
      return "text_before";
    case Reason::kTextBetween:
      return "text_between";
    case Reason::kTextAfter:
      return "text_after";
    case Reason::kEmptyThink:
      return "empty_think";
    case Reason::kEmptyAnswer:
      return "empty_answer";
    case Reason::kEosInside:
      return "eos_inside";
    case Reason::kTruncated:
      return "truncated";
    case Reason::kNoBoxed:
      return "no_boxed";
  }
  return "missing_open";
}

std::string_view StripEos(std::string_view text,
                          std::span<const std::string> eos, bool strict) {
  for (bool again = true; again;) {
    again = false;
    const std::string_view bare = strict ? text : TrimEnd(text);
    for (const std::string& token : eos) {
      if (token.empty() || !bare.ends_with(token)) continue;
      text = bare.substr(0, bare.size() - token.size());
      again = true;
      break;
    }
  }
  return text;
}

Finding CheckFormat(std::string_view response, const Template& tmpl,
                    std::span<const std::string> eos) {
  const bool strict = tmpl.whitespace == Whitespace::kStrict;
  const std::string_view text = StripEos(response, eos, strict);
  Finding finding;
  finding.blank = IsHollow(text);
  const Walk walk(text, tmpl);
  const bool eos_inside =
      std::any_of(eos.begin(), eos.end(), [text](const std::string& token) {
        return !token.empty() && text.find(token) != std::string_view::npos;
      });
  finding.reason = eos_inside ? Reason::kEosInside : Judge(text, tmpl, walk);
  finding.credit = finding.ok() ? 1.0 : walk.Credit();
  finding.ladder = finding.ok() ? 1.0 : walk.Ladder(tmpl);
  return finding;
}

}  // namespace rewards::format
