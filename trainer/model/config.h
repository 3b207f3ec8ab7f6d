// ModelConfig: the sizes of a Llama style decoder, and its config.json. Plain
// values; any thread.

#ifndef TRAINER_MODEL_CONFIG_H_
#define TRAINER_MODEL_CONFIG_H_

#include <boost/assert/source_location.hpp>
#include <boost/system/result.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace trainer {

// Largest value of any size in a configuration: a slip, not a model, is over.
inline constexpr std::int64_t kMaxModelSize = 1'000'000;

// Why a configuration is refused: names the field.
struct ModelConfigError {
  std::string detail;
};

// What result::value() does with an error: a defect of the caller, who must ask
// first. Throws std::logic_error.
[[noreturn]] void throw_exception_from_error(const ModelConfigError& error,
                                             const boost::source_location&);

// The defaults are the miniature's: 334k parameters at a vocabulary of 152.
struct ModelConfig {
  std::int64_t vocab_size = 0;  // must be set
  std::int64_t hidden_size = 96;
  std::int64_t layers = 3;
  std::int64_t heads = 4;
  std::int64_t kv_heads = 2;  // heads / kv_heads queries share keys and values
  std::int64_t intermediate_size = 256;
  std::int64_t max_positions = 4096;  // longest sequence, in tokens
  double rope_theta = 1e4;
  double norm_eps = 1e-5;
  bool tie_embeddings = false;  // the head is the embedding
  // The head is one row, "score.weight": a reward model. Never tied.
  bool scores = false;

  [[nodiscard]] std::int64_t head_dim() const { return hidden_size / heads; }

  // What is wrong with the sizes: one not in [1, kMaxModelSize], heads that do
  // not divide, an odd head_dim. None: a Decoder can be made of them.
  [[nodiscard]] std::optional<ModelConfigError> Check() const;

  // config.json of Hugging Face's LlamaForCausalLM, or of their
  // LlamaForSequenceClassification with one label. `dtype`: e.g. "float32".
  [[nodiscard]] std::string ToJson(std::string_view dtype = "float32") const;

  // Reads a config.json of theirs. Refused is what Decoder does not compute:
  // another model_type or activation, rope_scaling, biases, a head_dim that is
  // not hidden_size / num_attention_heads; and what Check refuses.
  [[nodiscard]] static boost::system::result<ModelConfig, ModelConfigError>
  FromJson(std::string_view json);

  bool operator==(const ModelConfig&) const = default;
};

}  // namespace trainer

#endif  // TRAINER_MODEL_CONFIG_H_
