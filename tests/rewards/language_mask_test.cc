#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "rewards/language/brackets.h"
#include "rewards/language/characters.h"
#include "rewards/language/mask.h"
#include "rewards/language/script.h"

namespace rewards::language {
namespace {

// `text` with every masked run shown as one #.
std::string Shown(std::u16string_view text) {
  std::string shown;
  for (const char16_t c : Masked(text)) {
    if (c == 0xFFFC) {
      if (!shown.ends_with('#')) shown += '#';
    } else {
      shown += c < 0x80 ? static_cast<char>(c) : '~';
    }
  }
  return shown;
}

struct Row {
  std::string_view name;
  std::u16string_view text;
  std::string_view shown;
};

class MaskTest : public testing::TestWithParam<Row> {};

TEST_P(MaskTest, Masks) { EXPECT_EQ(Shown(GetParam().text), GetParam().shown); }

std::string Name(const testing::TestParamInfo<Row>& test) {
  return std::string(test.param.name);
}

INSTANTIATE_TEST_SUITE_P(
    Markup, MaskTest,
    testing::Values(
        Row{"Plain", u"so it is", "so it is"},
        Row{"Inline", u"so $x+y$ is", "so # is"},
        Row{"Spaced", u"so $ x^2 $ is", "so # is"},
        Row{"ShortNames", u"let $ab$ be", "let # be"},
        Row{"Display", u"so $$\\frac{a}{b}$$ is", "so # is"},
        Row{"Round", u"so \\(f(x) = y\\) is", "so # is"},
        Row{"Square", u"so \\[x\n=\ny\\] is", "so # is"},
        Row{"Environment", u"so \\begin{align} a &= b \\end{align} is",
            "so # is"},
        Row{"NestedEnvironment",
            u"so \\begin{a} x \\begin{b} y \\end{b} z \\end{a} is", "so # is"},
        Row{"Command", u"so \\frac{1}{2} is", "so # is"},
        Row{"Boxed", u"so \\boxed{\\text{yes}} is", "so # is"},
        Row{"Fence", u"so\n```python\nprint(x)\n```\nis", "so\n#\nis"},
        Row{"InlineCode", u"so `len` is", "so # is"},
        Row{"Url", u"see https://a.org/some/path, then", "see #, then"},
        Row{"Email", u"to a.b@example.org now", "to # now"},
        Row{"Encoded", u"key aGVsbG8gd29ybGQhIHRoaXM9 is", "key # is"},
        Row{"Hex", u"at 0x7fffffff is", "at # is"},
        Row{"Snake", u"the left_pointer is", "the # is"},
        Row{"Camel", u"the rightPointer is", "the # is"},
        Row{"Call", u"then sum(xs) is", "then # is"},
        Row{"DottedCall", u"then np.array([1, 2]) is", "then # is"},
        Row{"Number", u"is 42 now", "is # now"},
        Row{"Unit", u"is 42 km now", "is # now"},
        Row{"Tag", u"so <think>yes</think> is", "so #yes# is"}),
    Name);

INSTANTIATE_TEST_SUITE_P(
    Prose, MaskTest,
    testing::Values(
        Row{"Dollars", u"costs $five and $six more",
            "costs $five and $six more"},
        Row{"Amounts", u"costs $5 and then $7 more",
            "costs $# and then $# more"},
        Row{"AmountThenName", u"costs $5 and so $x now",
            "costs $# and so $x now"},
        Row{"Paragraph", u"a $x\n\ny=$ b", "a $x\n\ny=$ b"},
        Row{"UnclosedDollar", u"a $x = `y", "a $x = `y"},
        Row{"UnclosedFence", u"a\n```\nprint(x)", "a\n```\n#"},
        Row{"UnclosedRound", u"a \\( so it is", "a # so it is"},
        Row{"UnclosedEnvironment", u"\\begin{a} so it is", "# so it is"},
        Row{"UnclosedBrace", u"\\text{so it is", "#{so it is"},
        Row{"Plural", u"the integer(s) are", "the integer(s) are"},
        Row{"Aside", u"the sum (so far) is", "the sum (so far) is"},
        Row{"NoSpaceAfterAStop", u"value.First we", "value.First we"},
        Row{"CamelNeedsLower", u"SO IT IS", "SO IT IS"},
        Row{"Less", u"if a < b then", "if a < b then"}),
    Name);

INSTANTIATE_TEST_SUITE_P(
    GivenBack, MaskTest,
    testing::Values(
        Row{"FourWords", u"`now we go on`", "#"},
        Row{"FiveWords", u"`now we go on again`", "#now we go on again#"},
        Row{"Comment", u"```\nx = 1  # now we go on again\n```",
            "#now we go on again#"},
        Row{"Text", u"$x = \\text{if and only if this}$",
            "#if and only if this#"},
        Row{"SevenHan", u"`一二三四五六七`", "#"},
        Row{"EightHan", u"`一二三四五六七八`", "#~~~~~~~~#"},
        Row{"HanOverComments", u"```\n# 一二三四\n# 五六七八\n```",
            "#~~~~\n# ~~~~#"},
        Row{"Cyrillic", u"`раз два три четыре пять`",
            "#~~~ ~~~ ~~~ ~~~~~~ ~~~~#"},
        Row{"CommentOfCode",
            u"```\nx = f(1, 2)\ny = g(x)  # now we go on again\nz = x + y\n```",
            "#"},
        Row{"LongCommentOfCode",
            u"```\nx = f(1, 2); y = g(x); z = x + y; u = h(x, y, z, 1, 2, 3)\n"
            u"# a one two three four five six seven eight nine ten eleven\n```",
            "#one two three four five six seven eight nine ten eleven#"},
        Row{"CommentsOverCode",
            u"```\nx = 1  # now we go on again\n# and so we do this\n```",
            "#now we go on again#and so we do this#"},
        Row{"CodeIsNot", u"`for i in range(n) if x not in y`", "#"}),
    Name);

TEST(MaskWork, HostileOpenersAreSearchedOnce) {
  const auto repeat = [](std::u16string_view piece, std::size_t times) {
    std::u16string text;
    for (std::size_t i = 0; i < times; ++i) text += piece;
    return text;
  };
  for (const std::u16string_view piece :
       {u"$", u"$$ ", u"`", u"``` ", u"\\( ", u"\\[ ", u"\\begin{a", u"\\a{",
        u"{", u"a.", u"a@", u"a(", u"<a", u"a/", u"$a "}) {
    const std::u16string text = repeat(piece, 200'000);
    EXPECT_EQ(Masked(text).size(), text.size());
  }
}

TEST(Brackets, PairsWhatBelongsTogether) {
  const std::u16string_view text = u"{a{b}\\}c}}{";
  const Brackets brackets(text);
  EXPECT_EQ(brackets.EndOf(0), 9U);
  EXPECT_EQ(brackets.EndOf(2), 5U);
  EXPECT_EQ(brackets.EndOf(1), Brackets::npos);
  EXPECT_EQ(brackets.EndOf(10), Brackets::npos);
}

TEST(Characters, ReadTextFoldsAndDrops) {
  EXPECT_EQ(ReadText("\xEF\xBB\xBF"
                     "a\xE2\x80\x8B"
                     "b")
                .units,
            u"ab");
  EXPECT_EQ(ReadText("ＡＢ１，").units, u"AB1，");
  EXPECT_EQ(ReadText("a\xFF"
                     "b")
                .units,
            u"a\xFFFD"
            "b");
  EXPECT_EQ(ReadText("").units, u"");
}

TEST(Characters, ScriptOf) {
  EXPECT_EQ(ScriptOf(U'a'), Script::kLatin);
  EXPECT_EQ(ScriptOf(U'é'), Script::kLatin);
  EXPECT_EQ(ScriptOf(U'\U0001D400'), Script::kLatin);
  EXPECT_EQ(ScriptOf(U'中'), Script::kHan);
  EXPECT_EQ(ScriptOf(U'\U00020000'), Script::kHan);
  EXPECT_EQ(ScriptOf(U'の'), Script::kKana);
  EXPECT_EQ(ScriptOf(U'ท'), Script::kThai);
  EXPECT_EQ(ScriptOf(U'ж'), Script::kCyrillic);
  EXPECT_EQ(ScriptOf(U'\u13A0'), Script::kOther);  // Cherokee
  EXPECT_EQ(ScriptOf(U'1'), Script::kNone);
  EXPECT_EQ(ScriptOf(U'。'), Script::kNone);
}

}  // namespace
}  // namespace rewards::language
