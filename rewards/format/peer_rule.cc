#include "rewards/format/peer_rule.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace rewards::format {
namespace {

constexpr std::size_t kNone = std::string_view::npos;
constexpr std::string_view kThink = "<think>";
constexpr std::string_view kThinkEnd = "</think>";
constexpr std::string_view kAnswer = "<answer>";
constexpr std::string_view kAnswerEnd = "</answer>";
constexpr std::string_view kBoxed = "\\boxed{";

// White space as Python has it beyond ASCII, in UTF-8.
constexpr auto kWideSpaces = std::to_array<std::string_view>(
    {"\u0085", "\u00A0", "\u1680", "\u2000", "\u2001", "\u2002", "\u2003",
     "\u2004", "\u2005", "\u2006", "\u2007", "\u2008", "\u2009", "\u200A",
     "\u2028", "\u2029", "\u202F", "\u205F"});

// Bytes of the white space that `text` begins with, one character; 0: none.
std::size_t SpaceBytes(std::string_view text) {
  if (text.empty()) return 0;
  const auto first = static_cast<unsigned char>(text[0]);
  if (first < 0x80) {
    const bool space = first == ' ' || (first >= '\t' && first <= '\r') ||
                       (first >= 0x1C && first <= 0x1F);
    return space ? 1 : 0;
  }
  if (text.starts_with("\u3000")) return 3;
  const auto wide =
      std::find_if(kWideSpaces.begin(), kWideSpaces.end(),
                   [text](std::string_view s) { return text.starts_with(s); });
  return wide == kWideSpaces.end() ? 0 : wide->size();
}

std::string_view SkipSpace(std::string_view text) {
  while (const std::size_t bytes = SpaceBytes(text)) text.remove_prefix(bytes);
  return text;
}

std::size_t Count(std::string_view text, std::string_view tag) {
  std::size_t count = 0;
  for (std::size_t at = text.find(tag); at != kNone;
       at = text.find(tag, at + tag.size())) {
    ++count;
  }
  return count;
}

// What follows the first `tag` in `text`; the end where there is none.
struct After {
  bool found = false;
  std::string_view rest{};
};

After Skip(std::string_view text, std::string_view tag) {
  const std::size_t at = text.find(tag);
  if (at == kNone) return {};
  return {true, text.substr(at + tag.size())};
}

// The blocks `open` ... `close` of a text, none overlapping, each as short as
// it can be; `content` is the first one's.
struct Blocks {
  std::size_t count = 0;
  std::string_view content{};
};

Blocks FindBlocks(std::string_view text, std::string_view open,
                  std::string_view close) {
  Blocks blocks;
  for (After next = Skip(text, open); next.found; next = Skip(text, open)) {
    const std::size_t end = next.rest.find(close);
    if (end == kNone) break;
    if (blocks.count++ == 0) blocks.content = next.rest.substr(0, end);
    text = next.rest.substr(end + close.size());
  }
  return blocks;
}

// The text after the first `</think>` that an `<answer>` follows over white
// space alone.
After AnswerAfterThought(std::string_view text) {
  for (After next = Skip(text, kThinkEnd); next.found;
       next = Skip(next.rest, kThinkEnd)) {
    const std::string_view rest = SkipSpace(next.rest);
    if (rest.starts_with(kAnswer)) return {true, rest.substr(kAnswer.size())};
  }
  return {};
}

// A pattern's `.*\boxed\{.*\}`.
bool HoldsBox(std::string_view text) {
  const After box = Skip(text, kBoxed);
  return box.found && box.rest.find('}') != kNone;
}

bool OpenR1(std::string_view text) {
  if (!text.starts_with("<think>\n")) return false;
  After rest = Skip(text.substr(8), "\n</think>\n<answer>\n");
  if (!rest.found) return false;
  for (rest = Skip(rest.rest, "\n</answer>"); rest.found;
       rest = Skip(rest.rest, "\n</answer>")) {
    if (rest.rest.empty() || rest.rest[0] == '\n') return true;
  }
  return false;
}

double TagCount(std::string_view text) {
  constexpr std::array<std::string_view, 4> kTags = {
      "<think>\n", "\n</think>\n", "\n<answer>\n", "\n</answer>"};
  const auto once = std::count_if(kTags.begin(), kTags.end(), [text](auto tag) {
    return Count(text, tag) == 1;
  });
  return static_cast<double>(once) / 4.0;
}

bool Trl(std::string_view text) {
  if (!text.starts_with(kThink)) return false;
  text.remove_prefix(kThink.size());
  return text.find(kThink) == kNone && text.find(kThinkEnd) != kNone;
}

bool VerlGeo3k(std::string_view text) {
  if (!text.starts_with(kThink)) return false;
  const After rest = Skip(text.substr(kThink.size()), kThinkEnd);
  return rest.found && HoldsBox(rest.rest);
}

bool NemoRlMath(std::string_view text) {
  if (!text.starts_with(kThink) || Count(text, kAnswer) != 1 ||
      Count(text, kAnswerEnd) != 1) {
    return false;
  }
  const After rest = Skip(text.substr(kThink.size()), "</think>\n<answer>");
  if (!rest.found) return false;
  return rest.rest.ends_with(kAnswerEnd) || rest.rest.ends_with("</answer>\n");
}

bool NemoRlGeo3k(std::string_view text) {
  const After rest = Skip(text, kThinkEnd);
  return rest.found && HoldsBox(rest.rest);
}

bool OpenInstructSoft(std::string_view text) {
  const After rest = AnswerAfterThought(text);
  return rest.found && rest.rest.find(kAnswerEnd) != kNone;
}

bool ReasoningGym(std::string_view text) {
  const std::string_view start = SkipSpace(text);
  if (!start.starts_with(kThink) ||
      !OpenInstructSoft(start.substr(kThink.size()))) {
    return false;
  }
  const auto holds_tag = [](std::string_view content) {
    return content.find(kThink) != kNone || content.find(kAnswer) != kNone;
  };
  const Blocks thoughts = FindBlocks(text, kThink, kThinkEnd);
  const Blocks answers = FindBlocks(text, kAnswer, kAnswerEnd);
  return thoughts.count == 1 && answers.count == 1 &&
         !holds_tag(thoughts.content) && !holds_tag(answers.content);
}

bool SimpleRl(std::string_view text) {
  const Blocks thoughts = FindBlocks(text, kThink, kThinkEnd);
  const Blocks answers = FindBlocks(text, kAnswer, kAnswerEnd);
  return !SkipSpace(thoughts.content).empty() &&
         !SkipSpace(answers.content).empty();
}

bool Verifiers(std::string_view text) {
  return SkipSpace(text).starts_with(kThink) && Count(text, kThink) == 1 &&
         Count(text, kThinkEnd) == 1 && !text.ends_with(kThinkEnd);
}

template <bool (*kRule)(std::string_view)>
double OneOrZero(std::string_view text) {
  return kRule(text) ? 1.0 : 0.0;
}

constexpr std::array<PeerRule, 10> kRules = {{
    {"open-r1", OneOrZero<OpenR1>},
    {"tag-count", TagCount},
    {"trl", OneOrZero<Trl>},
    {"verl-geo3k", OneOrZero<VerlGeo3k>},
    {"nemo-rl-math", OneOrZero<NemoRlMath>},
    {"nemo-rl-geo3k", OneOrZero<NemoRlGeo3k>},
    {"open-instruct-soft", OneOrZero<OpenInstructSoft>},
    {"reasoning-gym", OneOrZero<ReasoningGym>},
    {"simplerl", OneOrZero<SimpleRl>},
    {"verifiers", OneOrZero<Verifiers>},
}};

}  // namespace

std::span<const PeerRule> PeerRules() noexcept { return kRules; }

const PeerRule* FindPeerRule(std::string_view name) noexcept {
  const auto found =
      std::find_if(kRules.begin(), kRules.end(),
                   [name](const PeerRule& rule) { return rule.name == name; });
  return found == kRules.end() ? nullptr : &*found;
}

}  // namespace rewards::format
