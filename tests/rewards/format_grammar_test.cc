#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rewards/format/grammar.h"
#include "rewards/format/tags.h"

namespace rewards::format {
namespace {

using std::string_view_literals::operator""sv;

struct Row {
  std::string_view name;
  std::string_view template_name;
  std::string_view response;
  Reason reason = Reason::kOk;
};

class GrammarTest : public testing::TestWithParam<Row> {};

TEST_P(GrammarTest, Judges) {
  const Row& row = GetParam();
  const Template* tmpl = FindTemplate(row.template_name);
  ASSERT_NE(tmpl, nullptr);
  const Finding got = CheckFormat(row.response, *tmpl);
  EXPECT_EQ(ReasonName(got.reason), ReasonName(row.reason));
  EXPECT_EQ(got.ok(), got.credit == 1.0);
}

std::string Name(const testing::TestParamInfo<Row>& test) {
  return std::string(test.param.name);
}

INSTANTIATE_TEST_SUITE_P(
    Zero, GrammarTest,
    testing::Values(
        Row{"Plain", "r1-zero", "<think>a</think><answer>4</answer>"},
        Row{"SpaceAround", "r1-zero",
            " \n<think>\na\n</think>\t<answer> 4 </answer>\r\n"},
        Row{"ManyLines", "r1-zero",
            "<think>a\n\n$$x$$\n</think>\n<answer>4\n5</answer>"},
        Row{"AngleBrackets", "r1-zero",
            "<think>a<b, b>c, <answ</think><answer>4</answer>"},
        Row{"Chinese", "r1-zero", "<think>二</think>\n<answer>四</answer>"},
        Row{"NulInTheThought", "r1-zero",
            "<think>a\0b</think><answer>4</answer>"sv},
        Row{"Empty", "r1-zero", "", Reason::kMissingOpen},
        Row{"NoTags", "r1-zero", "4", Reason::kMissingOpen},
        Row{"NoThinkOpen", "r1-zero", "a</think><answer>4</answer>",
            Reason::kMissingOpen},
        Row{"NoThinkClose", "r1-zero", "<think>a<answer>4</answer>",
            Reason::kMissingClose},
        Row{"NoAnswerOpen", "r1-zero", "<think>a</think>4</answer>",
            Reason::kMissingOpen},
        Row{"NoAnswer", "r1-zero", "<think>a</think>", Reason::kMissingOpen},
        Row{"AnswerCut", "r1-zero", "<think>a</think><answer>4",
            Reason::kTruncated},
        Row{"ThoughtCut", "r1-zero", "<think>a", Reason::kTruncated},
        Row{"TwoAnswers", "r1-zero",
            "<think>a</think><answer>3</answer><answer>4</answer>",
            Reason::kDuplicateOpen},
        Row{"TwoThoughts", "r1-zero",
            "<think>a</think><think>b</think><answer>4</answer>",
            Reason::kDuplicateOpen},
        Row{"OpenDoubled", "r1-zero",
            "<think> <think>a</think><answer>4</answer>",
            Reason::kDuplicateOpen},
        Row{"ClosedTwice", "r1-zero",
            "<think>a</think></think><answer>4</answer>",
            Reason::kDuplicateClose},
        Row{"AnswerClosedTwice", "r1-zero",
            "<think>a</think><answer>4</answer></answer>",
            Reason::kDuplicateClose},
        Row{"ThoughtInTheThought", "r1-zero",
            "<think>a<think>b</think></think><answer>4</answer>",
            Reason::kNested},
        Row{"AnswerInTheThought", "r1-zero",
            "<think>a<answer>4</answer></think>", Reason::kNested},
        Row{"ThoughtInTheAnswer", "r1-zero",
            "<think>a</think><answer><think>b</think>4</answer>",
            Reason::kNested},
        Row{"AnswerFirst", "r1-zero", "<answer>4</answer><think>a</think>",
            Reason::kOrder},
        Row{"Crossed", "r1-zero", "<think>a</answer>b</think><answer>4",
            Reason::kOrder},
        Row{"TextBefore", "r1-zero", "So <think>a</think><answer>4</answer>",
            Reason::kTextBefore},
        Row{"TextBetween", "r1-zero", "<think>a</think>so<answer>4</answer>",
            Reason::kTextBetween},
        Row{"TextAfter", "r1-zero", "<think>a</think><answer>4</answer>!",
            Reason::kTextAfter},
        Row{"NulAfter", "r1-zero", "<think>a</think><answer>4</answer>\0"sv,
            Reason::kTextAfter},
        Row{"NoBreakSpaceIsText", "r1-zero",
            "<think>a</think>\xC2\xA0<answer>4</answer>", Reason::kTextBetween},
        Row{"EosLeft", "r1-zero", "<think>a</think><answer>4</answer><|end|>",
            Reason::kTextAfter},
        Row{"EmptyThought", "r1-zero", "<think></think><answer>4</answer>",
            Reason::kEmptyThink},
        Row{"InvisibleThought", "r1-zero",
            "<think>\xE2\x80\x8B\xC2\xA0\xE3\x80\x80</think>"
            "<answer>4</answer>",
            Reason::kEmptyThink},
        Row{"NulThought", "r1-zero", "<think>\0</think><answer>4</answer>"sv,
            Reason::kEmptyThink},
        Row{"EmptyAnswer", "r1-zero", "<think>a</think><answer> \n</answer>",
            Reason::kEmptyAnswer},
        Row{"Capitals", "r1-zero", "<THINK>a</THINK><answer>4</answer>",
            Reason::kMissingOpen},
        Row{"BlankInTheTag", "r1-zero", "<think >a</think ><answer>4</answer>",
            Reason::kMissingOpen},
        Row{"OtherName", "r1-zero", "<thinking>a</thinking><answer>4</answer>",
            Reason::kMissingOpen},
        Row{"Fenced", "r1-zero", "```\n<think>a</think><answer>4</answer>\n```",
            Reason::kTextBefore}),
    Name);

INSTANTIATE_TEST_SUITE_P(
    Chat, GrammarTest,
    testing::Values(
        Row{"Plain", "r1", "<think>\na\n</think>\n\nIt is 4."},
        Row{"AnswerTagsAreText", "r1", "<think>a</think><answer>4"},
        Row{"Skipped", "r1", "<think>\n\n</think>\n\n4", Reason::kEmptyThink},
        Row{"NoSummary", "r1", "<think>a</think>\n", Reason::kEmptyAnswer},
        Row{"Cut", "r1", "<think>a", Reason::kTruncated},
        Row{"NoOpen", "r1", "a</think>4", Reason::kMissingOpen},
        Row{"OpenAfter", "r1", "<think>a</think>4<think>",
            Reason::kDuplicateOpen},
        Row{"CloseAfter", "r1", "<think>a</think>4</think>",
            Reason::kDuplicateClose},
        Row{"CloseFirst", "r1", "a</think>b<think>c", Reason::kOrder},
        Row{"QwenThinking", "qwen3-think", "<think>\na\n</think>\n\n4"},
        Row{"QwenSkipped", "qwen3-think", "<think>\n\n</think>\n\n4",
            Reason::kEmptyThink},
        Row{"Prefill", "r1-prefill", "a\n</think>\n\n4"},
        Row{"PrefillCut", "r1-prefill", "a 4", Reason::kTruncated},
        Row{"PrefillSkipped", "r1-prefill", "</think>4", Reason::kEmptyThink},
        Row{"PrefillNoSummary", "r1-prefill", "a</think>",
            Reason::kEmptyAnswer},
        Row{"PrefillDoubled", "r1-prefill", "<think>\na</think>4",
            Reason::kDuplicateOpen},
        Row{"PrefillNested", "r1-prefill", "a<think>b</think>4",
            Reason::kNested},
        Row{"PrefillTwice", "r1-prefill", "a</think>b</think>c",
            Reason::kDuplicateClose},
        Row{"PrefillReopened", "r1-prefill", "a</think>b<think>c",
            Reason::kDuplicateOpen},
        Row{"ZeroPrefill", "r1-zero-prefill", "a</think><answer>4</answer>"},
        Row{"ZeroPrefillNoClose", "r1-zero-prefill", "a<answer>4</answer>",
            Reason::kMissingClose},
        Row{"ZeroPrefillAfter", "r1-zero-prefill",
            "a</think><answer>4</answer>ok", Reason::kTextAfter},
        Row{"Off", "qwen3-nothink", "4"},
        Row{"OffWithTheEmptyBlock", "qwen3-nothink",
            "<think>\n\n</think>\n\n4"},
        Row{"OffButThinks", "qwen3-nothink", "<think>a</think>4",
            Reason::kTextBetween},
        Row{"OffAndSilent", "qwen3-nothink", " ", Reason::kEmptyAnswer},
        Row{"OffAndSilentBlock", "qwen3-nothink", "<think></think>",
            Reason::kEmptyAnswer},
        Row{"OffStrayClose", "qwen3-nothink", "a</think>4",
            Reason::kMissingOpen}),
    Name);

INSTANTIATE_TEST_SUITE_P(
    Strict, GrammarTest,
    testing::Values(Row{"Plain", "openr1-strict",
                        "<think>\na\n</think>\n<answer>\n4\n</answer>"},
                    Row{"Inline", "openr1-strict",
                        "<think>a</think>\n<answer>4</answer>",
                        Reason::kMissingOpen},
                    Row{"ThoughtEndsInline", "openr1-strict",
                        "<think>\na</think>\n<answer>\n4\n</answer>",
                        Reason::kMissingClose},
                    Row{"AnswerStartsInline", "openr1-strict",
                        "<think>\na\n</think>\n<answer>4\n</answer>",
                        Reason::kMissingOpen},
                    Row{"AnswerEndsInline", "openr1-strict",
                        "<think>\na\n</think>\n<answer>\n4</answer>",
                        Reason::kMissingClose},
                    Row{"BlankLine", "openr1-strict",
                        "<think>\na\n</think>\n\n<answer>\n4\n</answer>",
                        Reason::kTextBetween},
                    Row{"LeadingLine", "openr1-strict",
                        "\n<think>\na\n</think>\n<answer>\n4\n</answer>",
                        Reason::kTextBefore},
                    Row{"TrailingLine", "openr1-strict",
                        "<think>\na\n</think>\n<answer>\n4\n</answer>\n",
                        Reason::kTextAfter},
                    Row{"Junk", "openr1-strict",
                        "<think>\na\n</think>\n<answer>\n4\n</answer>\nx",
                        Reason::kTextAfter}),
    Name);

INSTANTIATE_TEST_SUITE_P(
    Boxed, GrammarTest,
    testing::Values(
        Row{"Plain", "boxed", "<think>a</think>So \\boxed{4}."},
        Row{"Nested", "boxed", "<think>a</think>\\boxed {\\frac{1}{2}}"},
        Row{"EscapedBrace", "boxed", "<think>a</think>\\boxed{\\{1\\}}"},
        Row{"StrayClosingBrace", "boxed", "<think>a</think>} \\boxed{4}"},
        Row{"None", "boxed", "<think>a</think>4", Reason::kNoBoxed},
        Row{"InTheThoughtOnly", "boxed", "<think>\\boxed{4}</think>4",
            Reason::kNoBoxed},
        Row{"Unbalanced", "boxed", "<think>a</think>$\\boxed{4$",
            Reason::kNoBoxed},
        Row{"LastUnbalanced", "boxed", "<think>a</think>\\boxed{4} \\boxed{5",
            Reason::kNoBoxed},
        Row{"EscapedClose", "boxed", "<think>a</think>\\boxed{4\\}",
            Reason::kNoBoxed},
        Row{"EscapedBackslash", "boxed", "<think>a</think>\\\\boxed{4}",
            Reason::kNoBoxed},
        Row{"Hollow", "boxed", "<think>a</think>\\boxed{ }",
            Reason::kEmptyAnswer},
        Row{"NoBrace", "boxed", "<think>a</think>\\boxed 4", Reason::kNoBoxed},
        Row{"NoThought", "boxed", "\\boxed{4}", Reason::kMissingOpen}),
    Name);

// Every tag dropped, doubled, or swapped with another makes a good response a
// bad one, under every template with required tags.
TEST(GrammarProperty, EveryTagMutationIsRefused) {
  const std::pair<const char*, std::string> good[] = {
      {"r1-zero", "<think>a</think>\n<answer>4</answer>"},
      {"r1", "<think>a</think>\n\n4"},
      {"qwen3-think", "<think>a</think>\n\n4"},
      {"r1-prefill", "a</think>\n\n4"},
      {"r1-zero-prefill", "a</think>\n<answer>4</answer>"},
      {"openr1-strict", "<think>\na\n</think>\n<answer>\n4\n</answer>"},
      {"boxed", "<think>a</think>\\boxed{4}"},
  };
  for (const auto& [name, text] : good) {
    const Template& tmpl = *FindTemplate(name);
    ASSERT_TRUE(CheckFormat(text, tmpl).ok()) << text;
    const std::vector<TagAt> tags = FindTags(text, tmpl);
    const auto bad = [&](const std::string& mutant) {
      if (mutant == text) return;
      const Finding got = CheckFormat(mutant, tmpl);
      EXPECT_FALSE(got.ok()) << name << ": " << mutant;
      EXPECT_LT(got.credit, 1.0) << name << ": " << mutant;
    };
    for (const TagAt& a : tags) {
      const std::string tag = text.substr(a.begin, a.end - a.begin);
      bad(text.substr(0, a.begin) + text.substr(a.end));      // dropped
      bad(text.substr(0, a.end) + tag + text.substr(a.end));  // doubled
      bad(text.substr(0, a.end - 1) + text.substr(a.end));    // bitten
      for (std::size_t i = 0; i <= text.size(); ++i) {        // once more
        const bool torn = std::any_of(
            tags.begin(), tags.end(),
            [i](const TagAt& at) { return i > at.begin && i < at.end; });
        if (!torn) bad(text.substr(0, i) + tag + text.substr(i));
      }
      for (const TagAt& b : tags) {  // swapped
        if (b.begin <= a.begin) continue;
        const std::string other = text.substr(b.begin, b.end - b.begin);
        bad(text.substr(0, a.begin) + other +
            text.substr(a.end, b.begin - a.end) + tag + text.substr(b.end));
      }
    }
  }
}

// Cutting a good response short anywhere makes it a bad one where a tag ends
// it, and never a better one.
TEST(GrammarProperty, EveryPrefixOfZeroIsRefused) {
  const std::string text = "<think>a</think>\n<answer>4</answer>";
  for (std::size_t n = 0; n < text.size(); ++n) {
    EXPECT_FALSE(CheckFormat(text.substr(0, n), *FindTemplate("r1-zero")).ok())
        << n;
  }
}

TEST(GrammarEos, OnlyAtTheEnd) {
  const Template& zero = *FindTemplate("r1-zero");
  const std::string good = "<think>a</think><answer>4</answer>";
  const std::vector<std::string> eos = {"<|im_end|>", "</s>"};
  EXPECT_TRUE(CheckFormat(good + "<|im_end|>", zero, eos).ok());
  EXPECT_TRUE(CheckFormat(good + "</s>\n<|im_end|></s>\n", zero, eos).ok());
  EXPECT_EQ(CheckFormat(good + "</s>", zero).reason, Reason::kTextAfter);
  EXPECT_EQ(CheckFormat(good + "</s>x", zero, eos).reason, Reason::kEosInside);
  EXPECT_EQ(
      CheckFormat("<think>a</s></think><answer>4</answer>", zero, eos).reason,
      Reason::kEosInside);
  const Template& strict = *FindTemplate("openr1-strict");
  const std::string lines = "<think>\na\n</think>\n<answer>\n4\n</answer>";
  EXPECT_TRUE(CheckFormat(lines + "</s></s>", strict, eos).ok());
  EXPECT_EQ(CheckFormat(lines + "\n</s>", strict, eos).reason,
            Reason::kTextAfter);
}

TEST(GrammarStrict, ChatAndPrefill) {
  Template chat = *FindTemplate("r1");
  chat.whitespace = Whitespace::kStrict;
  EXPECT_TRUE(CheckFormat("<think>\na\n</think>\n\n4", chat).ok());
  EXPECT_EQ(CheckFormat("<think>\na\n</think>\n4", chat).reason,
            Reason::kTextBetween);
  EXPECT_EQ(CheckFormat("<think>\na\n</think>\n\n\n4", chat).reason,
            Reason::kTextBetween);
  EXPECT_EQ(CheckFormat("<think>\na\n</think>\n\n4\n", chat).reason,
            Reason::kTextAfter);
  EXPECT_EQ(CheckFormat("<think>a\n</think>\n\n4", chat).reason,
            Reason::kMissingOpen);
  chat.prefill = true;
  EXPECT_TRUE(CheckFormat("a\n</think>\n\n4", chat).ok());
  EXPECT_EQ(CheckFormat("a</think>\n\n4", chat).reason, Reason::kMissingClose);
}

TEST(GrammarCredit, CountsTagsInPlaceOnce) {
  const Template& zero = *FindTemplate("r1-zero");
  const auto credit = [&](std::string_view text) {
    return CheckFormat(text, zero).credit;
  };
  EXPECT_EQ(credit("<think>a</think><answer>4</answer>"), 1.0);
  EXPECT_EQ(credit("<think>a</think><answer>4</answer> x"), 0.8);
  EXPECT_EQ(credit("<think>a</think><answer>4"), 0.6);
  EXPECT_EQ(credit("<think>a</think>"), 0.4);
  EXPECT_EQ(credit("4"), 0.0);
  EXPECT_EQ(credit("<think>a</think><think>a</think>"), 0.0);
  EXPECT_EQ(credit("</answer><answer></think><think>"), 0.0);
}

TEST(GrammarFinding, DefaultFailsClosed) {
  EXPECT_FALSE(Finding().ok());
  EXPECT_EQ(Finding().credit, 0.0);
}

TEST(GrammarFinding, BlankIsNothingButInvisible) {
  const Template& chat = *FindTemplate("r1");
  EXPECT_TRUE(CheckFormat("", chat).blank);
  EXPECT_TRUE(CheckFormat(" \n\xE2\x80\x8B", chat).blank);
  EXPECT_TRUE(
      CheckFormat("</s>", chat, std::vector<std::string>{"</s>"}).blank);
  EXPECT_FALSE(CheckFormat("<think>", chat).blank);
}

// Sizes that a quadratic scan would not come back from.
TEST(GrammarWork, HostileSizes) {
  const auto repeat = [](std::string_view piece, std::size_t times) {
    std::string text;
    for (std::size_t i = 0; i < times; ++i) text += piece;
    return text;
  };
  const std::size_t kMany = 300'000;
  EXPECT_EQ(CheckFormat(repeat("<think>", 3'000), *FindTemplate("r1")).reason,
            Reason::kDuplicateOpen);
  EXPECT_FALSE(CheckFormat(repeat("<think>", kMany), *FindTemplate("r1")).ok());
  EXPECT_FALSE(CheckFormat(repeat("<think>a</think><answer>4</answer>", kMany),
                           *FindTemplate("r1-zero"))
                   .ok());
  EXPECT_FALSE(
      CheckFormat("<think>\n" + repeat("\n</think>\n<answer>\n", kMany),
                  *FindTemplate("openr1-strict"))
          .ok());
  EXPECT_EQ(CheckFormat("<think>a</think>" + repeat("\\boxed{", kMany),
                        *FindTemplate("boxed"))
                .reason,
            Reason::kNoBoxed);
  EXPECT_EQ(CheckFormat("<think>a</think>" + repeat("\\boxed ", kMany),
                        *FindTemplate("boxed"))
                .reason,
            Reason::kNoBoxed);
  EXPECT_TRUE(CheckFormat("<think>" + repeat("why not ", 5'000) +
                              "</think><answer>4</answer>",
                          *FindTemplate("r1-zero"))
                  .ok());
}

TEST(GrammarTags, LongerTagWins) {
  Template tmpl;
  tmpl.open = "[T]";
  tmpl.close = "[T]]";
  const std::vector<TagAt> tags = FindTags("[T]a[T]]", tmpl);
  ASSERT_EQ(tags.size(), 2U);
  EXPECT_EQ(tags[0].tag, Tag::kOpen);
  EXPECT_EQ(tags[1].tag, Tag::kClose);
}

}  // namespace
}  // namespace rewards::format
