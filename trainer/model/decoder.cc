#include "trainer/model/decoder.h"

#include <ATen/CPUGeneratorImpl.h>
#include <torch/torch.h>

#include <cmath>
#include <stdexcept>

#include "trainer/model/packed_attention.h"

namespace trainer {
namespace {

// 0.022 at the 768 of GPT-2, which has 0.02: narrow models with that little
// learn several times slower.
constexpr double kInitScale = 0.6;
constexpr std::size_t kPiecesPerLayer = 6;

// Turns the pairs (i, i + d/2) of x [T, n, d] by angles [T, 1, d/2].
at::Tensor Turn(const at::Tensor& x, const at::Tensor& cosine,
                const at::Tensor& sine) {
  const std::vector<at::Tensor> half = x.chunk(2, -1);
  return at::cat(
      {half[0] * cosine - half[1] * sine, half[1] * cosine + half[0] * sine},
      -1);
}

at::Tensor SwiGlu(const at::Tensor& gate_up) {
  const std::vector<at::Tensor> half = gate_up.chunk(2, -1);
  return at::silu(half[0]) * half[1];
}

std::int64_t HeadRows(const ModelConfig& config) {
  return config.scores ? 1 : config.vocab_size;
}

bool EndsWith(const std::string& text, std::string_view end) {
  return text.size() >= end.size() &&
         text.compare(text.size() - end.size(), end.size(), end) == 0;
}

}  // namespace

Decoder::Decoder(const ModelConfig& config, at::ScalarType type,
                 at::Device device)
    : config_(config) {
  if (const auto wrong = config.Check()) throw std::logic_error(wrong->detail);
  if (type != at::kFloat && type != at::kBFloat16 && type != at::kDouble) {
    throw std::logic_error("Decoder: neither float32, bfloat16 nor float64");
  }
  std::int64_t total = 0;
  for (const Shape& shape : Shapes()) total += shape.size();
  flat_ = torch::zeros({total}, at::TensorOptions(type).device(device));
  flat_.requires_grad_(true);

  const std::int64_t dim = config_.head_dim();
  const at::Tensor exponent =
      torch::arange(0, dim, 2, at::kDouble) / static_cast<double>(dim);
  const at::Tensor angles =
      torch::outer(torch::arange(config_.max_positions, at::kDouble),
                   torch::pow(config_.rope_theta, -exponent));
  const at::ScalarType exact = type == at::kDouble ? type : at::kFloat;
  cosine_ = angles.cos().to(device, exact);
  sine_ = angles.sin().to(device, exact);
}

std::vector<Decoder::Shape> Decoder::Shapes() const {
  const ModelConfig& c = config_;
  const std::int64_t mixed = c.heads * c.head_dim();
  const std::int64_t keys = c.kv_heads * c.head_dim();
  std::vector<Shape> shapes{{c.vocab_size, c.hidden_size}};
  for (std::int64_t i = 0; i < c.layers; ++i) {
    shapes.insert(shapes.end(), {{c.hidden_size, 0},
                                 {mixed + 2 * keys, c.hidden_size},
                                 {c.hidden_size, mixed},
                                 {c.hidden_size, 0},
                                 {2 * c.intermediate_size, c.hidden_size},
                                 {c.hidden_size, c.intermediate_size}});
  }
  shapes.push_back({c.hidden_size, 0});
  if (!c.tie_embeddings) shapes.push_back({HeadRows(c), c.hidden_size});
  return shapes;
}

std::vector<std::pair<std::string, at::Tensor>> Decoder::named() const {
  const at::Tensor flat = flat_.detach();
  std::vector<std::pair<std::string, at::Tensor>> all;
  std::int64_t begin = 0;
  const auto add = [&](const std::string& name, const Shape& shape) {
    const at::Tensor piece = flat.narrow(0, begin, shape.size());
    begin += shape.size();
    all.emplace_back(name, shape.columns == 0
                               ? piece
                               : piece.view({shape.rows, shape.columns}));
  };
  const ModelConfig& c = config_;
  const Shape query{c.heads * c.head_dim(), c.hidden_size};
  const Shape key{c.kv_heads * c.head_dim(), c.hidden_size};
  const Shape wide{c.intermediate_size, c.hidden_size};
  add("model.embed_tokens.weight", {c.vocab_size, c.hidden_size});
  for (std::int64_t i = 0; i < c.layers; ++i) {
    const std::string layer = "model.layers." + std::to_string(i) + ".";
    add(layer + "input_layernorm.weight", {c.hidden_size, 0});
    add(layer + "self_attn.q_proj.weight", query);
    add(layer + "self_attn.k_proj.weight", key);
    add(layer + "self_attn.v_proj.weight", key);
    add(layer + "self_attn.o_proj.weight", {query.columns, query.rows});
    add(layer + "post_attention_layernorm.weight", {c.hidden_size, 0});
    add(layer + "mlp.gate_proj.weight", wide);
    add(layer + "mlp.up_proj.weight", wide);
    add(layer + "mlp.down_proj.weight", {wide.columns, wide.rows});
  }
  add("model.norm.weight", {c.hidden_size, 0});
  if (!c.tie_embeddings) {
    add(c.scores ? "score.weight" : "lm_head.weight",
        {HeadRows(c), c.hidden_size});
  }
  return all;
}

void Decoder::Init(std::uint64_t seed) {
  const torch::NoGradGuard no_grad;
  at::Generator generator = at::make_generator<at::CPUGeneratorImpl>(seed);
  const double plain =
      kInitScale / std::sqrt(static_cast<double>(config_.hidden_size));
  const double added =
      plain / std::sqrt(2.0 * static_cast<double>(config_.layers));
  for (auto& [name, tensor] : named()) {
    if (EndsWith(name, "norm.weight")) {
      tensor.fill_(1.0);
      continue;
    }
    const bool adds =
        EndsWith(name, "o_proj.weight") || EndsWith(name, "down_proj.weight");
    at::Tensor drawn = torch::empty(tensor.sizes(), at::kFloat);
    drawn.normal_(0.0, adds ? added : plain, generator);
    tensor.copy_(drawn);
  }
}

at::Tensor Decoder::head() const {
  const std::int64_t rows = HeadRows(config_);
  const std::int64_t size = rows * config_.hidden_size;
  const std::int64_t begin = config_.tie_embeddings ? 0 : flat_.size(0) - size;
  return flat_.narrow(0, begin, size).view({rows, config_.hidden_size});
}

at::Tensor Decoder::Norm(const at::Tensor& x, const at::Tensor& w) const {
  return at::rms_norm(x, {config_.hidden_size}, w, config_.norm_eps);
}

at::Tensor Decoder::Mix(const Layer& layer, std::int64_t number,
                        const at::Tensor& x, const at::Tensor& cosine,
                        const at::Tensor& sine,
                        const Attention& attention) const {
  const std::int64_t heads = config_.heads;
  const std::int64_t kv_heads = config_.kv_heads;
  const at::Tensor qkv =
      at::linear(Norm(x, layer.input_norm), layer.qkv)
          .view({x.size(0), heads + 2 * kv_heads, config_.head_dim()});
  const at::Tensor turned =
      Turn(qkv.narrow(1, 0, heads + kv_heads), cosine, sine);
  const at::Tensor mixed = attention(number, turned.narrow(1, 0, heads),
                                     turned.narrow(1, heads, kv_heads),
                                     qkv.narrow(1, heads + kv_heads, kv_heads));
  return at::linear(mixed, layer.output);
}

at::Tensor Decoder::Run(const at::Tensor& tokens, const at::Tensor& positions,
                        const Attention& attention) const {
  // One split, whose gradient is one concatenation.
  std::vector<std::int64_t> sizes;
  const std::vector<Shape> shapes = Shapes();
  for (const Shape& shape : shapes) sizes.push_back(shape.size());
  std::vector<at::Tensor> pieces = flat_.split_with_sizes(sizes);
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (shapes[i].columns == 0) continue;
    pieces[i] = pieces[i].view({shapes[i].rows, shapes[i].columns});
  }

  const at::Tensor cosine =
      cosine_.index_select(0, positions).unsqueeze(1).to(type());
  const at::Tensor sine =
      sine_.index_select(0, positions).unsqueeze(1).to(type());
  at::Tensor x = at::embedding(pieces[0], tokens);
  for (std::int64_t i = 0; i < config_.layers; ++i) {
    const at::Tensor* const piece =
        &pieces[1 + static_cast<std::size_t>(i) * kPiecesPerLayer];
    const Layer layer{piece[0], piece[1], piece[2],
                      piece[3], piece[4], piece[5]};
    x = x + Mix(layer, i, x, cosine, sine, attention);
    const at::Tensor wide = at::linear(Norm(x, layer.post_norm), layer.gate_up);
    x = x + at::linear(SwiGlu(wide), layer.down);
  }
  const std::size_t norm =
      1 + static_cast<std::size_t>(config_.layers) * kPiecesPerLayer;
  return Norm(x, pieces[norm]);
}

at::Tensor Decoder::Forward(const PackedBatch& batch) const {
  for (const std::int64_t length : batch.lengths) {
    if (length > config_.max_positions) {
      throw std::invalid_argument("Decoder: a sequence of " +
                                  std::to_string(length) +
                                  " tokens is over max_positions " +
                                  std::to_string(config_.max_positions));
    }
  }
  const PackedAttention attention(batch.lengths, device());
  return Run(batch.tokens, batch.positions,
             [&](std::int64_t, const at::Tensor& q, const at::Tensor& k,
                 const at::Tensor& v) { return attention(q, k, v); });
}

Decoder Decoder::Clone() const {
  Decoder copy = *this;
  copy.flat_ = flat_.detach().clone().requires_grad_(true);
  return copy;
}

}  // namespace trainer
