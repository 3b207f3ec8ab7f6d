// Tests trainer/model/config.h.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <ostream>
#include <stdexcept>
#include <string>

#include "trainer/model/config.h"

namespace trainer {
namespace {

using ::testing::HasSubstr;

ModelConfig Odd() {
  ModelConfig config;
  config.vocab_size = 311;
  config.hidden_size = 64;
  config.layers = 5;
  config.heads = 8;
  config.kv_heads = 4;
  config.intermediate_size = 100;
  config.max_positions = 77;
  config.rope_theta = 5e5;
  config.norm_eps = 1e-6;
  config.tie_embeddings = true;
  return config;
}

TEST(ModelConfig, RoundTrip) {
  const auto read = ModelConfig::FromJson(Odd().ToJson());
  ASSERT_TRUE(read.has_value()) << read.error().detail;
  EXPECT_EQ(*read, Odd());
}

TEST(ModelConfig, HasTheHuggingFaceLayout) {
  const boost::json::value root = boost::json::parse(Odd().ToJson("bfloat16"));
  EXPECT_EQ(root.at_pointer("/architectures/0"), "LlamaForCausalLM");
  EXPECT_EQ(root.at("head_dim"), 8);
  EXPECT_EQ(root.at("num_key_value_heads"), 4);
  EXPECT_EQ(root.at("rms_norm_eps"), 1e-6);
  EXPECT_EQ(root.at("eos_token_id"), 257);
  EXPECT_EQ(root.at("torch_dtype"), "bfloat16");
}

TEST(ModelConfig, WhatIsAbsentHasTheirDefaults) {
  const auto read = ModelConfig::FromJson(
      R"({"vocab_size": 9, "hidden_size": 8, "intermediate_size": 3,
          "num_hidden_layers": 1, "num_attention_heads": 2,
          "head_dim": null})");
  ASSERT_TRUE(read.has_value()) << read.error().detail;
  EXPECT_EQ(read->kv_heads, 2);
  EXPECT_FALSE(read->tie_embeddings);
}

struct FieldCase {
  const char* name;
  const char* field;
  const char* value;
  const char* says;  // empty: taken
};

void PrintTo(const FieldCase& c, std::ostream* os) { *os << c.name; }

class Field : public ::testing::TestWithParam<FieldCase> {};

TEST_P(Field, IsTakenOrRefused) {
  const FieldCase& c = GetParam();
  boost::json::value root = boost::json::parse(Odd().ToJson());
  root.as_object()[c.field] = boost::json::parse(c.value);
  const auto read = ModelConfig::FromJson(boost::json::serialize(root));
  ASSERT_EQ(read.has_value(), std::string(c.says).empty());
  if (read) return;
  EXPECT_THAT(read.error().detail, HasSubstr(c.field));
  EXPECT_THAT(read.error().detail, HasSubstr(c.says));
  EXPECT_THROW((void)read.value(), std::logic_error);
}

constexpr FieldCase kFields[] = {
    {"SizeAtLimit", "vocab_size", "1000000", ""},
    {"SizePastLimit", "vocab_size", "1000001", "is not in [1, 1000000]"},
    {"SizeZero", "num_hidden_layers", "0", "is not in"},
    {"SizeNegative", "intermediate_size", "-1", "is not in"},
    {"SizeFraction", "hidden_size", "64.5", "is not an integer"},
    {"SizeMissing", "vocab_size", "null", "is missing"},
    {"HeadsDoNotDivide", "hidden_size", "60", "even multiple"},
    {"OddHead", "hidden_size", "24", "even multiple"},
    {"KeyHeads", "num_key_value_heads", "3", "does not divide"},
    {"OneKeyHead", "num_key_value_heads", "1", ""},
    {"HeadDim", "head_dim", "16", "only 8 is supported"},
    {"Qwen", "model_type", R"("qwen2")", "only \"llama\" is supported"},
    {"Gelu", "hidden_act", R"("gelu")", "only \"silu\""},
    {"Scaling", "rope_scaling", R"({"type": "linear"})", "only null"},
    {"Bias", "attention_bias", "true", "only false"},
    {"MlpBias", "mlp_bias", "true", "only false"},
    {"Theta", "rope_theta", "0", "is not positive"},
    {"IntegerTheta", "rope_theta", "10000", ""},
    {"ThetaText", "rope_theta", R"("1e4")", "is not a number"},
    {"Eps", "rms_norm_eps", "-1e-5", "is not positive"},
    {"Tied", "tie_word_embeddings", "1", "is not true or false"},
    {"Unknown", "pretraining_tp", "1", ""},
};

INSTANTIATE_TEST_SUITE_P(ModelConfig, Field, ::testing::ValuesIn(kFields),
                         [](const auto& test) { return test.param.name; });

TEST(ModelConfig, NotJson) {
  EXPECT_THAT(ModelConfig::FromJson("{").error().detail, HasSubstr("not JSON"));
  EXPECT_THAT(ModelConfig::FromJson("[]").error().detail,
              HasSubstr("is not an object"));
}

}  // namespace
}  // namespace trainer
