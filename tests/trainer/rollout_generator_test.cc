// Tests trainer/rollout/generator.h against the packed forward.

#include <gtest/gtest.h>
#include <torch/torch.h>

#include <cmath>
#include <cstdint>
#include <map>
#include <ostream>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/trainer/model_small.h"
#include "trainer/rollout/generator.h"

namespace trainer {
namespace {

using Ids = std::vector<std::int32_t>;

constexpr double kLogprobTolerance = 1e-4;

Tokenizer Bytes() {
  std::vector<std::string> added;
  for (char c = 'a'; c <= 'l'; ++c) added.push_back(std::string("<") + c);
  return Tokenizer::Make(added).value();
}

// `count` prompts of lengths 3.., each `repeat` times in a row.
std::vector<Prompt> Prompts(std::size_t count, std::size_t repeat) {
  std::vector<Prompt> prompts;
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t j = 0; j < repeat; ++j) {
      Ids ids{Tokenizer::kBos};
      for (std::size_t k = 0; k < 2 + i % 5; ++k) {
        ids.push_back(static_cast<std::int32_t>((i * 31 + k * 7) % 256));
      }
      prompts.push_back({ids, i * 1'000 + j});
    }
  }
  return prompts;
}

// Log-probs of each token of `completion` by the packed forward, in fp64 from
// the logits on.
std::vector<double> PackedLogprobs(const Decoder& decoder, const Prompt& prompt,
                                   const Completion& completion,
                                   double temperature) {
  Ids sequence = prompt.tokens;
  sequence.insert(sequence.end(), completion.tokens.begin(),
                  completion.tokens.end());
  const torch::NoGradGuard no_grad;
  const at::Tensor hidden =
      decoder.Forward(Pack(std::vector<Ids>{sequence}, TestDevice()));
  const at::Tensor all =
      (at::linear(hidden, decoder.head()).to(at::kDouble) / temperature)
          .log_softmax(-1)
          .cpu();
  std::vector<double> logprobs;
  for (std::size_t i = 0; i < completion.tokens.size(); ++i) {
    const auto before = static_cast<std::int64_t>(prompt.tokens.size() + i) - 1;
    logprobs.push_back(all[before][completion.tokens[i]].item<double>());
  }
  return logprobs;
}

struct GeneratorCase {
  const char* name;
  std::int64_t max_sequences;
  std::int64_t poll_every;
  double temperature;
  double top_p;
  at::ScalarType type;
};

void PrintTo(const GeneratorCase& c, std::ostream* os) { *os << c.name; }

class Generate : public ::testing::TestWithParam<GeneratorCase> {};

TEST_P(Generate, RecordsTheLogprobsOfThePackedForward) {
  const GeneratorCase& c = GetParam();
  const Decoder decoder = SmallDecoder(SmallConfig(), c.type);
  const Tokenizer tokenizer = Bytes();
  const Generator generator(decoder, tokenizer,
                            {c.max_sequences, c.poll_every});
  const std::vector<Prompt> prompts = Prompts(9, 3);
  SamplingParams params;
  params.temperature = c.temperature;
  params.top_p = c.top_p;
  params.max_new_tokens = 17;
  const std::vector<Completion> completions =
      generator.Generate(prompts, params);
  ASSERT_EQ(completions.size(), prompts.size());
  const double under = c.temperature == 0.0 ? 1.0 : c.temperature;
  const double tolerance = c.type == at::kFloat ? kLogprobTolerance : 0.1;
  std::size_t ended = 0;
  for (std::size_t i = 0; i < prompts.size(); ++i) {
    const Completion& done = completions[i];
    ASSERT_EQ(done.index, i);
    ASSERT_EQ(done.tokens.size(), done.logprobs.size());
    const bool eos = done.tokens.back() == Tokenizer::kEos;
    EXPECT_EQ(done.finish, eos ? FinishReason::kEos : FinishReason::kLength);
    if (!eos) {
      EXPECT_EQ(done.tokens.size(), 17U);
    }
    ended += eos ? 1U : 0U;
    const std::vector<double> expected =
        PackedLogprobs(decoder, prompts[i], done, under);
    for (std::size_t t = 0; t < expected.size(); ++t) {
      EXPECT_NEAR(done.logprobs[t], expected[t], tolerance) << i << ' ' << t;
    }
  }
  if (c.temperature == 1.0 && c.top_p == 1.0) {
    EXPECT_GT(ended, 0U);  // sequences left early, others took their rows
  }
}

INSTANTIATE_TEST_SUITE_P(
    Cases, Generate,
    testing::Values(GeneratorCase{"AllAtOnce", 64, 1, 1.0, 1.0, at::kFloat},
                    GeneratorCase{"FewRows", 4, 1, 1.0, 1.0, at::kFloat},
                    GeneratorCase{"OneRow", 1, 1, 1.0, 1.0, at::kFloat},
                    GeneratorCase{"PolledRarely", 5, 8, 1.0, 1.0, at::kFloat},
                    GeneratorCase{"Cooler", 64, 1, 0.6, 1.0, at::kFloat},
                    GeneratorCase{"TopP", 64, 1, 1.0, 0.8, at::kFloat},
                    GeneratorCase{"Greedy", 64, 1, 0.0, 1.0, at::kFloat},
                    GeneratorCase{"Bfloat16", 64, 1, 1.0, 1.0, at::kBFloat16}),
    [](const auto& one) { return std::string(one.param.name); });

class Generation : public ::testing::Test {
 protected:
  std::vector<Completion> Run(const std::vector<Prompt>& prompts,
                              const SamplingParams& params,
                              const GeneratorOptions& options = {}) const {
    return Generator(decoder_, tokenizer_, options).Generate(prompts, params);
  }
  static SamplingParams Short(std::int64_t most = 12) {
    SamplingParams params;
    params.max_new_tokens = most;
    return params;
  }

  Decoder decoder_ = SmallDecoder();
  Tokenizer tokenizer_ = Bytes();
};

TEST_F(Generation, WhatIsBesideASequenceDoesNotChangeIt) {
  const std::vector<Prompt> prompts = Prompts(8, 2);
  const auto together = Run(prompts, Short());
  for (const GeneratorOptions options :
       {GeneratorOptions{3, 1}, GeneratorOptions{256, 8}}) {
    const auto other = Run(prompts, Short(), options);
    for (std::size_t i = 0; i < prompts.size(); ++i) {
      EXPECT_EQ(other[i].tokens, together[i].tokens) << i;
    }
  }
  for (std::size_t i = 0; i < prompts.size(); ++i) {
    EXPECT_EQ(Run({prompts[i]}, Short())[0].tokens, together[i].tokens) << i;
  }
}

TEST_F(Generation, TheSameCallGivesTheSameBits) {
  const auto one = Run(Prompts(6, 4), Short());
  const auto two = Run(Prompts(6, 4), Short());
  for (std::size_t i = 0; i < one.size(); ++i) {
    EXPECT_EQ(one[i].tokens, two[i].tokens);
    EXPECT_EQ(one[i].logprobs, two[i].logprobs);
  }
}

TEST_F(Generation, SeedsMakeTheDifference) {
  std::vector<Prompt> prompts(40, Prompts(1, 1)[0]);
  for (std::size_t i = 0; i < prompts.size(); ++i) prompts[i].seed = i;
  std::map<Ids, int> seen;
  for (const Completion& c : Run(prompts, Short())) ++seen[c.tokens];
  EXPECT_GT(seen.size(), 35U);
}

TEST_F(Generation, SaysWhenEachOneEndsOnce) {
  const std::vector<Prompt> prompts = Prompts(7, 3);
  std::map<std::size_t, Ids> heard;
  const auto all = Generator(decoder_, tokenizer_, {4, 1})
                       .Generate(prompts, Short(), [&](const Completion& c) {
                         EXPECT_TRUE(heard.emplace(c.index, c.tokens).second);
                       });
  ASSERT_EQ(heard.size(), prompts.size());
  for (const Completion& c : all) EXPECT_EQ(heard.at(c.index), c.tokens);
}

TEST_F(Generation, TellsOfEachTokenAsItIsDrawn) {
  const std::vector<Prompt> prompts = Prompts(7, 2);
  for (const std::int64_t poll : {1, 8}) {
    std::map<std::size_t, Completion> heard;
    const Generator generator(decoder_, tokenizer_, {4, poll});
    const auto all = generator.Generate(
        prompts, Short(), {},
        [&](std::size_t index, std::int32_t token, float logprob) {
          heard[index].tokens.push_back(token);
          heard[index].logprobs.push_back(logprob);
        });
    for (const Completion& c : all) {
      EXPECT_EQ(heard.at(c.index).tokens, c.tokens);
      EXPECT_EQ(heard.at(c.index).logprobs, c.logprobs);
    }
  }
  const Generator generator(decoder_, tokenizer_);
  int tokens = 0;
  EXPECT_THROW((void)generator.Generate(prompts, Short(), {},
                                        [&](auto...) {
                                          if (++tokens == 3) throw tokens;
                                        }),
               int);
  EXPECT_EQ(tokens, 3);
}

TEST_F(Generation, AStopStringEndsACompletion) {
  const std::vector<Prompt> prompts = Prompts(6, 4);
  const auto plain = Run(prompts, Short(40));
  // A string over two tokens of the first completion that is long enough.
  const std::string text = tokenizer_.Decode(plain[0].tokens);
  ASSERT_GE(text.size(), 6U);
  SamplingParams params = Short(40);
  params.stop = {"not to be found", text.substr(3, 2)};
  const auto stopped = Run(prompts, params);
  EXPECT_EQ(stopped[0].finish, FinishReason::kStop);
  for (std::size_t i = 0; i < prompts.size(); ++i) {
    const std::string got = tokenizer_.Decode(stopped[i].tokens);
    const std::size_t at = got.find(params.stop[1]);
    EXPECT_EQ(at != std::string::npos,
              stopped[i].finish == FinishReason::kStop);
    const Ids begin(plain[i].tokens.begin(),
                    plain[i].tokens.begin() +
                        static_cast<std::ptrdiff_t>(stopped[i].tokens.size()));
    EXPECT_EQ(stopped[i].tokens, begin);
    Ids shorter = stopped[i].tokens;
    shorter.pop_back();
    EXPECT_EQ(tokenizer_.Decode(shorter).find(params.stop[1]),
              std::string::npos);
  }
}

TEST_F(Generation, TokenAtTheLimitIsTheLast) {
  const ModelConfig config = SmallConfig();
  Prompt prompt{Ids(static_cast<std::size_t>(config.max_positions) - 5, 65), 3};
  for (const std::int64_t poll : {1, 8}) {
    const auto done = Run({prompt}, Short(5), {256, poll});
    EXPECT_LE(done[0].tokens.size(), 5U);
  }
  EXPECT_THROW(Run({prompt}, Short(6)), std::invalid_argument);
}

TEST_F(Generation, WhatCannotBeIsRefused) {
  const std::vector<Prompt> prompts = Prompts(1, 1);
  SamplingParams params = Short();
  EXPECT_TRUE(Run({}, params).empty());
  EXPECT_THROW(Run({Prompt{}}, params), std::invalid_argument);
  params.stop = {""};
  EXPECT_THROW(Run(prompts, params), std::invalid_argument);
  params = Short(0);
  EXPECT_THROW(Run(prompts, params), std::invalid_argument);
  params = Short();
  params.top_p = 0.0;
  EXPECT_THROW(Run(prompts, params), std::invalid_argument);
  params.top_p = 1.0;
  params.temperature = -0.1;
  EXPECT_THROW(Run(prompts, params), std::invalid_argument);
}

}  // namespace
}  // namespace trainer
