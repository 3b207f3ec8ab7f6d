// Decoder: a Llama style language model: RMSNorm, rotary positions (the two
// halves of a head turn together, as Hugging Face's do), grouped-query
// attention, SwiGLU. Any size; float32 or bfloat16 (float64 for tests); any
// device.
//
// All parameters are views of one flat leaf tensor: an optimizer, a broadcast
// or a copy sees one tensor, and one gradient in flat().grad().
//
// Computes in the type of the parameters; norms and softmax in float32.
//
// Threads: const methods may run at once; nothing may run beside a change of
// the parameters. Copying a Decoder shares its parameters: see Clone. Sizes:
// T tokens, H hidden, V vocabulary, d = H / heads.

#ifndef TRAINER_MODEL_DECODER_H_
#define TRAINER_MODEL_DECODER_H_

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "trainer/model/config.h"
#include "trainer/model/packed_batch.h"

namespace trainer {

class Decoder {
 public:
  // How a layer mixes tokens: layer number, q [T, heads, d], k and v
  // [T, kv_heads, d], turned to their positions -> [T, heads * d].
  using Attention =
      std::function<at::Tensor(std::int64_t layer, const at::Tensor& q,
                               const at::Tensor& k, const at::Tensor& v)>;

  // Parameters are zero until Init, or until they are loaded through named().
  // Throws std::logic_error where config.Check() refuses or `type` is none of
  // float32, bfloat16 and float64.
  Decoder(const ModelConfig& config, at::ScalarType type, at::Device device);

  // Normal with deviation 0.6 / sqrt(hidden_size), divided by sqrt(2 * layers)
  // where a layer adds to the residual; norms 1. The same for a seed on every
  // device.
  void Init(std::uint64_t seed);

  [[nodiscard]] const ModelConfig& config() const { return config_; }
  [[nodiscard]] at::Device device() const { return flat_.device(); }
  [[nodiscard]] at::ScalarType type() const { return flat_.scalar_type(); }

  // [N]: a contiguous leaf that requires a gradient.
  [[nodiscard]] at::Tensor& flat() { return flat_; }
  [[nodiscard]] const at::Tensor& flat() const { return flat_; }

  // Hugging Face's names, in their order, with views of flat() (no gradient):
  // write to them to load. A tied head has no entry.
  [[nodiscard]] std::vector<std::pair<std::string, at::Tensor>> named() const;

  // The hidden states after the final norm, [T, H]. Throws
  // std::invalid_argument where a sequence is over max_positions.
  [[nodiscard]] at::Tensor Forward(const PackedBatch& batch) const;

  // [V, H], or [1, H] of a reward model: logits are hidden x head^T.
  [[nodiscard]] at::Tensor head() const;

  // Forward with other attention. `tokens` and `positions`: [T] int64, each
  // position below max_positions (not checked).
  [[nodiscard]] at::Tensor Run(const at::Tensor& tokens,
                               const at::Tensor& positions,
                               const Attention& attention) const;

  // A decoder of its own with the same parameters, without gradient.
  [[nodiscard]] Decoder Clone() const;

 private:
  // [rows, columns], or [rows] where columns is 0.
  struct Shape {
    std::int64_t rows;
    std::int64_t columns;
    [[nodiscard]] std::int64_t size() const {
      return columns == 0 ? rows : rows * columns;
    }
  };
  struct Layer {
    at::Tensor input_norm;  // [H]
    at::Tensor qkv;         // [(heads + 2 kv_heads) * d, H]
    at::Tensor output;      // [H, heads * d]
    at::Tensor post_norm;   // [H]
    at::Tensor gate_up;     // [2 * intermediate, H]
    at::Tensor down;        // [H, intermediate]
  };

  // Of the pieces of flat_, in order: embedding, each layer's, norm, head.
  [[nodiscard]] std::vector<Shape> Shapes() const;
  [[nodiscard]] at::Tensor Mix(const Layer& layer, std::int64_t number,
                               const at::Tensor& x, const at::Tensor& cosine,
                               const at::Tensor& sine,
                               const Attention& attention) const;
  [[nodiscard]] at::Tensor Norm(const at::Tensor& x, const at::Tensor& w) const;

  ModelConfig config_;
  at::Tensor flat_;
  at::Tensor cosine_;  // [max_positions, d / 2] float32 or float64
  at::Tensor sine_;
};

}  // namespace trainer

#endif  // TRAINER_MODEL_DECODER_H_
