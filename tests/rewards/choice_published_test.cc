// The choice and text checkers on published questions of science and logic,
// where ASSAY_DATA says they are: every option named in every way, with the
// option's own words beside it.

#include <gtest/gtest.h>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "datasets/suites/choice_item.h"
#include "rewards/choice_checker.h"
#include "rewards/text_checker.h"

namespace rewards {
namespace {

// # stands for the letter, @ for the option's words.
constexpr std::string_view kForms[] = {
    "\\boxed{#}",
    "So it is $\\boxed{\\text{#}}$.",
    "\\boxed{(#)}",
    "\\boxed{\\text{(#) @}}",
    "The answer is #.",
    "The correct answer is **(#)**.",
    "Answer: #",
    "**Answer:** #. @",
    "The final answer is (#) @",
    "The answer is option #, because of what we said.",
    "所以答案是#。",
    "答案：#",
    "Ответ: #",
    "(#)",
    "#. @",
};

std::string Filled(std::string_view form, char letter, std::string_view words) {
  std::string text;
  for (const char c : form) {
    if (c == '#') {
      text.push_back(letter);
    } else if (c == '@') {
      text += words;
    } else {
      text.push_back(c);
    }
  }
  return text;
}

std::string Lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

Outcome OutcomeOf(const Check& check, const std::string& response) {
  Submission submission;
  submission.response = response;
  return check.Judge(submission, Budget{}).outcome;
}

struct Tally {
  long right = 0;    // responses that name the right option
  long correct = 0;  // of them, paid
  long wrong = 0;    // responses that name another
  long paid = 0;     // of them, paid
};

void Show(const char* what, const datasets::ChoiceItem& item,
          const std::string& response) {
  std::cout << what << " gold " << item.gold << ": " << response << "\n";
}

Tally TryChoice(const datasets::ChoiceItem& item) {
  static const std::unique_ptr<const Checker> kChecker = MakeChoiceChecker();
  const auto check = kChecker->Prepare(
      {{"gold", item.gold},
       {"options", static_cast<std::int64_t>(item.options.size())}});
  Tally tally;
  if (!check) {
    ADD_FAILURE() << check.error().detail;
    return tally;
  }
  for (std::size_t i = 0; i < item.options.size(); ++i) {
    const char letter = datasets::LetterOf(i);
    const bool right = item.gold[0] == letter;
    for (const std::string_view form : kForms) {
      const std::string response = Filled(form, letter, item.options[i]);
      const bool paid = OutcomeOf(**check, response) == Outcome::kCorrect;
      ++(right ? tally.right : tally.wrong);
      if (paid) ++(right ? tally.correct : tally.paid);
      if (paid && !right) Show("paid", item, response);
      if (!paid && right && tally.right < 2) Show("missed", item, response);
    }
  }
  return tally;
}

// The option's own words, as a `text` gold: met by them alone.
Tally TryText(const datasets::ChoiceItem& item) {
  static const std::unique_ptr<const Checker> kChecker = MakeTextChecker();
  Tally tally;
  const auto gold = static_cast<std::size_t>(item.gold[0] - 'A');
  const auto check = kChecker->Prepare({{"gold", item.options[gold]}});
  if (!check) return tally;
  for (std::size_t i = 0; i < item.options.size(); ++i) {
    // By default case says nothing, and some questions offer one option twice.
    const bool same = Lower(item.options[i]) == Lower(item.options[gold]);
    if (i != gold && same) continue;
    const std::string response = "The answer is: " + item.options[i];
    const bool paid = OutcomeOf(**check, response) == Outcome::kCorrect;
    ++(i == gold ? tally.right : tally.wrong);
    if (paid) ++(i == gold ? tally.correct : tally.paid);
    if (paid && i != gold) Show("text paid", item, response);
  }
  return tally;
}

struct File {
  const char* name;
  datasets::ChoiceItems (*read)(const std::string& path);
  const char* path;
};

constexpr File kFiles[] = {
    {"Biology", datasets::ReadAgieval, "stem/gaokao-biology.jsonl"},
    {"Chemistry", datasets::ReadAgieval, "stem/gaokao-chemistry.jsonl"},
    {"Physics", datasets::ReadAgieval, "stem/gaokao-physics.jsonl"},
    {"Mmlu", datasets::ReadMmlu, "stem/mmlu_stem.jsonl"},
    {"Sat", datasets::ReadAgieval, "stem/sat-math.jsonl"},
    {"Lsat", datasets::ReadAgieval, "logic/lsat-ar.jsonl"},
};

class ChoicePublished : public testing::TestWithParam<File> {
 protected:
  void SetUp() override {
    const char* data = std::getenv("ASSAY_DATA");
    if (data == nullptr) GTEST_SKIP() << "ASSAY_DATA is not set";
    auto items =
        GetParam().read(std::string(data) + "/data/" + GetParam().path);
    ASSERT_TRUE(items) << items.error().ToString();
    items_ = *std::move(items);
  }
  std::vector<datasets::ChoiceItem> items_;
};

TEST_P(ChoicePublished, OnlyTheRightOptionPays) {
  Tally choice;
  Tally text;
  for (const datasets::ChoiceItem& item : items_) {
    if (item.gold.size() != 1) continue;
    for (auto [all, one] : {std::pair(&choice, TryChoice(item)),
                            std::pair(&text, TryText(item))}) {
      all->right += one.right;
      all->correct += one.correct;
      all->wrong += one.wrong;
      all->paid += one.paid;
    }
  }
  std::cout << GetParam().name << ": choice " << choice.correct << " of "
            << choice.right << " paid, " << choice.paid << " of "
            << choice.wrong << " wrong ones paid; text " << text.correct
            << " of " << text.right << ", " << text.paid << " of " << text.wrong
            << "\n";
  EXPECT_EQ(choice.paid, 0);
  EXPECT_EQ(text.paid, 0);
  EXPECT_GE(choice.correct * 100, choice.right * 99);
}

INSTANTIATE_TEST_SUITE_P(All, ChoicePublished, testing::ValuesIn(kFiles),
                         [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace rewards
