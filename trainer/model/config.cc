#include "trainer/model/config.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <boost/json/value_to.hpp>
#include <cmath>
#include <stdexcept>
#include <utility>

#include "trainer/tokenizer/tokenizer.h"

namespace trainer {
namespace {

namespace json = boost::json;

constexpr const char* kCausal = "LlamaForCausalLM";
constexpr const char* kScoring = "LlamaForSequenceClassification";

ModelConfigError Wrong(std::string_view field, const std::string& what) {
  return {"config.json: " + std::string(field) + ": " + what};
}

// The fields of a config.json, each read once; keeps the first error.
class Reader {
 public:
  explicit Reader(const json::object& root) : root_(root) {}

  void Size(std::string_view field, std::int64_t& value) {
    const json::value* const found = Find(field);
    if (found == nullptr) return Fail(field, "is missing");
    if (!found->is_int64()) return Fail(field, "is not an integer");
    value = found->get_int64();
  }

  // Where it is absent or null, `value` stays.
  void OptionalSize(std::string_view field, std::int64_t& value) {
    if (Find(field) != nullptr) Size(field, value);
  }

  void OptionalNumber(std::string_view field, double& value) {
    const json::value* const found = Find(field);
    if (found == nullptr) return;
    if (!found->is_number()) return Fail(field, "is not a number");
    value = found->to_number<double>();
  }

  void OptionalBool(std::string_view field, bool& value) {
    const json::value* const found = Find(field);
    if (found == nullptr) return;
    if (!found->is_bool()) return Fail(field, "is not true or false");
    value = found->get_bool();
  }

  // Anything but `only` is refused; absent and null count as `only`.
  void Only(std::string_view field, const json::value& only) {
    const json::value* const found = Find(field);
    if (found != nullptr && *found != only) {
      Fail(field, "only " + json::serialize(only) + " is supported");
    }
  }

  [[nodiscard]] const std::optional<ModelConfigError>& error() const {
    return error_;
  }

 private:
  const json::value* Find(std::string_view field) const {
    const json::value* const found = root_.if_contains(field);
    return found == nullptr || found->is_null() ? nullptr : found;
  }

  void Fail(std::string_view field, const std::string& what) {
    if (!error_) error_ = Wrong(field, what);
  }

  const json::object& root_;
  std::optional<ModelConfigError> error_;
};

}  // namespace

void throw_exception_from_error(const ModelConfigError& error,
                                const boost::source_location&) {
  throw std::logic_error("model: " + error.detail);
}

std::optional<ModelConfigError> ModelConfig::Check() const {
  const std::pair<const char*, std::int64_t> sizes[] = {
      {"vocab_size", vocab_size},
      {"hidden_size", hidden_size},
      {"num_hidden_layers", layers},
      {"num_attention_heads", heads},
      {"num_key_value_heads", kv_heads},
      {"intermediate_size", intermediate_size},
      {"max_position_embeddings", max_positions}};
  for (const auto& [field, size] : sizes) {
    if (size < 1 || size > kMaxModelSize) {
      return Wrong(field, "is not in [1, " + std::to_string(kMaxModelSize) +
                              "]: " + std::to_string(size));
    }
  }
  if (hidden_size % heads != 0 || head_dim() % 2 != 0) {
    return Wrong("hidden_size", "is not an even multiple of the heads");
  }
  if (heads % kv_heads != 0) {
    return Wrong("num_key_value_heads", "does not divide the heads");
  }
  if (scores && tie_embeddings) {
    return Wrong("tie_word_embeddings", "a head of one row cannot be tied");
  }
  if (!std::isfinite(rope_theta) || rope_theta <= 0) {
    return Wrong("rope_theta", "is not positive");
  }
  if (!std::isfinite(norm_eps) || norm_eps <= 0) {
    return Wrong("rms_norm_eps", "is not positive");
  }
  return std::nullopt;
}

std::string ModelConfig::ToJson(std::string_view dtype) const {
  json::object root{{"architectures", json::array{scores ? kScoring : kCausal}},
                    {"model_type", "llama"},
                    {"vocab_size", vocab_size},
                    {"hidden_size", hidden_size},
                    {"intermediate_size", intermediate_size},
                    {"num_hidden_layers", layers},
                    {"num_attention_heads", heads},
                    {"num_key_value_heads", kv_heads},
                    {"head_dim", head_dim()},
                    {"max_position_embeddings", max_positions},
                    {"rope_theta", rope_theta},
                    {"rope_scaling", nullptr},
                    {"rms_norm_eps", norm_eps},
                    {"hidden_act", "silu"},
                    {"attention_bias", false},
                    {"mlp_bias", false},
                    {"tie_word_embeddings", tie_embeddings},
                    {"bos_token_id", Tokenizer::kBos},
                    {"eos_token_id", Tokenizer::kEos},
                    {"torch_dtype", dtype}};
  if (scores) root["num_labels"] = 1;
  return json::serialize(root);
}

boost::system::result<ModelConfig, ModelConfigError> ModelConfig::FromJson(
    std::string_view text) {
  boost::system::error_code error;
  const json::value root = json::parse(text, error);
  if (error) return Wrong("not JSON", error.message());
  if (!root.is_object()) return Wrong("/", "is not an object");
  Reader reader(root.get_object());
  reader.Only("model_type", "llama");
  reader.Only("hidden_act", "silu");
  reader.Only("rope_scaling", nullptr);
  reader.Only("attention_bias", false);
  reader.Only("mlp_bias", false);
  ModelConfig config;
  reader.Size("vocab_size", config.vocab_size);
  reader.Size("hidden_size", config.hidden_size);
  reader.Size("intermediate_size", config.intermediate_size);
  reader.Size("num_hidden_layers", config.layers);
  reader.Size("num_attention_heads", config.heads);
  config.kv_heads = config.heads;
  reader.OptionalSize("num_key_value_heads", config.kv_heads);
  reader.OptionalSize("max_position_embeddings", config.max_positions);
  reader.OptionalNumber("rope_theta", config.rope_theta);
  reader.OptionalNumber("rms_norm_eps", config.norm_eps);
  reader.OptionalBool("tie_word_embeddings", config.tie_embeddings);
  const json::value* architectures =
      root.get_object().if_contains("architectures");
  config.scores =
      architectures != nullptr && *architectures == json::array{kScoring};
  if (config.scores) reader.Only("num_labels", 1);
  if (reader.error()) return *reader.error();
  if (auto wrong = config.Check()) return *wrong;
  reader.Only("head_dim", config.head_dim());
  if (reader.error()) return *reader.error();
  return config;
}

}  // namespace trainer
