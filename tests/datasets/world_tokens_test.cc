#include "datasets/world_tokens.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "datasets/arithmetic_corpus.h"
#include "datasets/general_corpus.h"
#include "datasets/world_corpus.h"
#include "trainer/tokenizer/tokenizer.h"

namespace datasets {
namespace {

trainer::Tokenizer MakeTokenizer(std::vector<std::string> tokens) {
  return trainer::Tokenizer::Make(std::move(tokens)).value();
}

TEST(WorldTokens, BeginWithThoseOfArithmeticAndAreFew) {
  const std::vector<std::string> tokens = WorldTokens();
  const std::vector<std::string> arithmetic = ArithmeticTokens();
  ASSERT_GT(tokens.size(), arithmetic.size());
  EXPECT_EQ(std::vector<std::string>(
                tokens.begin(), tokens.begin() + static_cast<std::ptrdiff_t>(
                                                     arithmetic.size())),
            arithmetic);
  EXPECT_EQ(std::set<std::string>(tokens.begin(), tokens.end()).size(),
            tokens.size());
  for (const std::string& token : tokens) EXPECT_GE(token.size(), 2U) << token;
  // With bytes and specials; small models pay for each.
  EXPECT_LT(MakeTokenizer(tokens).size(), 910U);
}

TEST(WorldTokens, CutArithmeticAsItsOwnTokensDo) {
  const trainer::Tokenizer narrow = MakeTokenizer(ArithmeticTokens());
  const trainer::Tokenizer wide = MakeTokenizer(WorldTokens());
  CorpusOptions options;
  options.tagged_fraction = 0.5;
  ArithmeticCorpus corpus({}, options);
  for (int i = 0; i < 5000; ++i) {
    const Document document = corpus.Next();
    ASSERT_EQ(wide.Encode(document.prompt), narrow.Encode(document.prompt))
        << document.prompt;
    ASSERT_EQ(wide.Encode(document.completion),
              narrow.Encode(document.completion))
        << document.completion;
  }
}

struct Lengths {
  std::size_t prompt = 0;
  std::size_t completion = 0;
};

// The longest of `count` documents, each of which is cut into ASCII bytes and
// whole strings only.
template <typename Corpus>
Lengths Longest(Corpus& corpus, int count) {
  const trainer::Tokenizer tokenizer = MakeTokenizer(WorldTokens());
  Lengths longest;
  for (int i = 0; i < count; ++i) {
    const Document document = corpus.Next();
    const auto prompt = tokenizer.Encode(document.prompt);
    const auto completion = tokenizer.Encode(document.completion);
    longest.prompt = std::max(longest.prompt, prompt.size());
    longest.completion = std::max(longest.completion, completion.size());
    for (const auto& tokens : {prompt, completion}) {
      for (const std::int32_t token : tokens) {
        EXPECT_TRUE(token < 0x80 || token >= trainer::Tokenizer::kFirstAdded)
            << document.prompt << document.completion;
      }
    }
    if (testing::Test::HasFailure()) break;
  }
  return longest;
}

TEST(WorldTokens, MakePuzzlesShort) {
  for (const ResponseForm form : {ResponseForm::kR1Zero, ResponseForm::kR1}) {
    WorldOptions tasks;
    tasks.puzzle_weights.fill(2.0);
    WorldCorpus corpus(tasks, ColdStartOptions(PromptStyle::kR1Zero, form));
    const Lengths longest = Longest(corpus, 5000);
    EXPECT_LE(longest.prompt, 60U);
    EXPECT_LE(longest.completion, 70U);
  }
}

TEST(WorldTokens, MakeGeneralTalkShort) {
  GeneralCorpus good({}, {});
  Lengths longest = Longest(good, 5000);
  EXPECT_LE(longest.prompt, 12U);
  EXPECT_LE(longest.completion, 24U);
  GeneralCorpus noisy({}, GeneralPretrainOptions());
  longest = Longest(noisy, 5000);
  EXPECT_LE(longest.completion, 24U);
}

TEST(WorldTokens, NoTokenHidesALetterOfAPuzzlesWord) {
  const trainer::Tokenizer tokenizer = MakeTokenizer(WorldTokens());
  Random random(3);
  for (int i = 0; i < 5000; ++i) {
    const auto problem = DrawPuzzle(PuzzleKind::kCount, Language::kEnglish,
                                    Split::kTrain, random);
    const std::string& word = std::get<CountPuzzle>(problem.what).word;
    ASSERT_EQ(tokenizer.Encode(word).size(), word.size()) << word;
  }
}

}  // namespace
}  // namespace datasets
