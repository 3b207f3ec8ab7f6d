#include "datasets/response_form.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>

namespace datasets {
namespace {

constexpr std::string_view kThinkOpen = "<think>";
constexpr std::string_view kThinkClose = "</think>";
constexpr std::string_view kAnswerOpen = "<answer>";
constexpr std::string_view kAnswerClose = "</answer>";
constexpr std::string_view kBoxOpen = "\\boxed{";
constexpr std::string_view kBoxClose = "}";
constexpr std::string_view kSpace = " \t\r\n";

struct Sentence {
  std::string_view begin;
  std::string_view end;
};
constexpr std::array<Sentence, 2> kSentences = {
    {{"The answer is ", "."}, {"答案是", "。"}}};

const Sentence& SentenceIn(Language language) {
  return kSentences[static_cast<std::size_t>(language)];
}

std::string Join(std::initializer_list<std::string_view> parts) {
  std::string joined;
  for (const std::string_view part : parts) joined += part;
  return joined;
}

std::string Boxed(std::string_view answer) {
  return Join({kBoxOpen, answer, kBoxClose});
}

std::string_view Trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kSpace);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpace) - begin + 1);
}

// What stands between `open`, with which `text` must begin, and the first
// `close`; `text` becomes what follows, both without the space around them.
std::optional<std::string_view> TakeBlock(std::string_view& text,
                                          std::string_view open,
                                          std::string_view close) {
  if (!text.starts_with(open)) return std::nullopt;
  text.remove_prefix(open.size());
  const std::size_t end = text.find(close);
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view block = Trim(text.substr(0, end));
  text = Trim(text.substr(end + close.size()));
  if (block.empty()) return std::nullopt;
  return block;
}

bool HoldsTag(std::string_view text) {
  constexpr std::array kTags = {kThinkOpen, kThinkClose, kAnswerOpen,
                                kAnswerClose};
  return std::any_of(kTags.begin(), kTags.end(), [text](std::string_view tag) {
    return text.find(tag) != std::string_view::npos;
  });
}

bool HoldsControl(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == 0x7F ||
           (byte < 0x20 && kSpace.find(c) == std::string_view::npos);
  });
}

bool IsPlainLine(std::string_view text) {
  return !text.empty() &&
         text.find_first_of("\\{}\r\n") == std::string_view::npos;
}

}  // namespace

std::string_view ResponseFormName(ResponseForm form) noexcept {
  if (form == ResponseForm::kPlain) return "plain";
  return form == ResponseForm::kR1Zero ? "r1-zero" : "r1";
}

std::string FormatResponse(ResponseForm form, Language language,
                           std::string_view thought, std::string_view answer,
                           AnswerStyle style) {
  const bool boxed = style == AnswerStyle::kBoxed;
  switch (form) {
    case ResponseForm::kPlain:
      return Join({thought, thought.empty() ? "" : " ", answer});
    case ResponseForm::kR1Zero:
      return Join({kThinkOpen, thought, kThinkClose, kAnswerOpen,
                   boxed ? Boxed(answer) : std::string(answer), kAnswerClose});
    case ResponseForm::kR1:
      break;
  }
  const Sentence& sentence = SentenceIn(language);
  return Join({kThinkOpen, "\n", thought, "\n", kThinkClose, "\n\n",
               boxed ? Join({sentence.begin, Boxed(answer), sentence.end})
                     : std::string(answer)});
}

std::optional<std::string> RefineToR1(std::string_view r1_zero_response,
                                      Language language) {
  std::string_view rest = Trim(r1_zero_response);
  const auto thought = TakeBlock(rest, kThinkOpen, kThinkClose);
  if (!thought) return std::nullopt;
  const auto block = TakeBlock(rest, kAnswerOpen, kAnswerClose);
  if (!block || !rest.empty()) return std::nullopt;
  std::string_view answer = *block;
  for (const std::string_view text : {*thought, answer}) {
    if (HoldsTag(text) || HoldsControl(text)) return std::nullopt;
  }
  const auto refined = [&](AnswerStyle style) {
    return FormatResponse(ResponseForm::kR1, language, *thought, answer, style);
  };
  if (answer.find("```") != std::string_view::npos) {
    return refined(AnswerStyle::kBare);
  }
  if (answer.starts_with(kBoxOpen) && answer.ends_with(kBoxClose)) {
    answer.remove_prefix(kBoxOpen.size());
    answer.remove_suffix(kBoxClose.size());
    answer = Trim(answer);
  }
  if (!IsPlainLine(answer)) return std::nullopt;
  return refined(AnswerStyle::kBoxed);
}

std::vector<std::string> ResponsePieces() {
  std::vector<std::string> pieces = {Join({kThinkOpen, "\n"}),
                                     Join({"\n", kThinkClose, "\n\n"})};
  for (const Sentence& sentence : kSentences) {
    pieces.push_back(Join({sentence.begin, kBoxOpen}));
    pieces.push_back(Join({kBoxClose, sentence.end}));
  }
  return pieces;
}

}  // namespace datasets
