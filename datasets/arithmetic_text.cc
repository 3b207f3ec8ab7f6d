#include "datasets/arithmetic_text.h"

#include <algorithm>
#include <array>

#include "datasets/phrase.h"

namespace datasets {
namespace {

using Phrasings = std::array<std::string_view, kPhrasings>;

// What stands for the numbers. In a chain `+` and `-` before {b} and {c} come
// from the row of the signs.
constexpr Phrasings kAdd[] = {
    {"Compute {a}+{b}", "What is {a} plus {b}?",
     "Tom has {a} apples and gets {b} more. How many apples does he have?"},
    {"计算{a}+{b}", "{a}加{b}等于多少？",
     "小明有{a}个苹果，又买了{b}个，一共有多少个？"}};
constexpr Phrasings kSubtract[] = {
    {"Compute {a}-{b}", "What is {a} minus {b}?",
     "Tom has {a} apples and gives away {b}. How many apples are left?"},
    {"计算{a}-{b}", "{a}减{b}等于多少？",
     "小明有{a}个苹果，送出{b}个，还剩多少个？"}};
constexpr Phrasings kEquation[] = {
    {"Solve x+{a}={b}", "Which number plus {a} makes {b}?",
     "After getting {a} apples Tom has {b}. How many did he have before?"},
    {"解方程x+{a}={b}", "哪个数加{a}等于{b}？",
     "小明买了{a}个苹果后有{b}个，原来有多少个？"}};
constexpr Phrasings kMultiply[] = {
    {"Compute {a}*{b}", "What is {a} times {b}?",
     "A box holds {a} apples. How many apples are in {b} boxes?"},
    {"计算{a}*{b}", "{a}乘{b}等于多少？",
     "一箱有{a}个苹果，{b}箱一共有多少个？"}};

// {p} and {q}: the two signs, as words where kChainSigns says so.
constexpr Phrasings kChain[] = {
    {"Compute {a}{p}{b}{q}{c}", "What is {a}{p}{b}{q}{c}?",
     "Tom has {a} apples,{p}{b},{q}{c}. How many apples are left?"},
    {"计算{a}{p}{b}{q}{c}", "{a}{p}{b}{q}{c}等于多少？",
     "小明有{a}个苹果，{p}{b}个，{q}{c}个，还剩多少个？"}};
struct Signs {
  std::string_view plus;
  std::string_view minus;
};
constexpr std::array<Signs, kPhrasings> kChainSigns[] = {
    {{{"+", "-"}, {" plus ", " minus "}, {" gets ", " gives away "}}},
    {{{"+", "-"}, {"加", "减"}, {"买了", "送出"}}}};

std::string_view Phrase(ArithmeticKind kind, std::size_t language,
                        std::size_t phrasing) {
  switch (kind) {
    case ArithmeticKind::kAdd2:
    case ArithmeticKind::kAdd3:
      return kAdd[language][phrasing];
    case ArithmeticKind::kSub2:
    case ArithmeticKind::kSub3:
      return kSubtract[language][phrasing];
    case ArithmeticKind::kEq:
      return kEquation[language][phrasing];
    case ArithmeticKind::kChain:
      return kChain[language][phrasing];
    case ArithmeticKind::kMul:
      break;
  }
  return kMultiply[language][phrasing];
}

constexpr std::string_view kLabelTexts[][kLabels] = {
    {"ones", "tens", "hundreds", "so", "then"},
    {"个位", "十位", "百位", "所以", "然后"}};

}  // namespace

std::string Question(const ArithmeticProblem& problem) {
  const auto language = static_cast<std::size_t>(problem.language);
  const Signs& signs = kChainSigns[language][problem.phrasing];
  return FillPhrase(
      Phrase(problem.kind, language, problem.phrasing), [&](char slot) {
        switch (slot) {
          case 'a':
            return std::to_string(problem.a);
          case 'b':
            return std::to_string(problem.b);
          case 'p':
            return std::string(problem.first_plus ? signs.plus : signs.minus);
          case 'q':
            return std::string(problem.second_plus ? signs.plus : signs.minus);
          default:
            return std::to_string(problem.c);
        }
      });
}

std::string_view LabelText(Label label, Language language) {
  return kLabelTexts[static_cast<std::size_t>(language)]
                    [static_cast<std::size_t>(label)];
}

std::vector<std::string> QuestionPieces() {
  std::vector<std::string> pieces;
  const auto add = [&pieces](std::string_view piece) {
    if (std::find(pieces.begin(), pieces.end(), piece) == pieces.end()) {
      pieces.emplace_back(piece);
    }
  };
  for (std::size_t language = 0; language < 2; ++language) {
    for (std::size_t i = 0; i < kPhrasings; ++i) {
      for (std::size_t kind = 0; kind < kArithmeticKinds; ++kind) {
        WalkPhrase(Phrase(static_cast<ArithmeticKind>(kind), language, i), add,
                   [](char) {});
      }
      add(kChainSigns[language][i].plus);
      add(kChainSigns[language][i].minus);
    }
  }
  return pieces;
}

}  // namespace datasets
