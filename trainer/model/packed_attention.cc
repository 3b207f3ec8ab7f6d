#include "trainer/model/packed_attention.h"

#include <torch/torch.h>

#include <algorithm>

namespace trainer {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

// Rows [T, ...] to [B * L, ...]; what pads is a copy of row 0. Its gradient is
// a gather, too: padding sits behind every row that counts, so causal attention
// gives it none.
struct PadRows : torch::autograd::Function<PadRows> {
  static at::Tensor forward(AutogradContext* context, const at::Tensor& rows,
                            const at::Tensor& to_padded,
                            const at::Tensor& to_packed) {
    context->save_for_backward({to_packed});
    return rows.index_select(0, to_padded);
  }

  static variable_list backward(AutogradContext* context,
                                const variable_list& gradients) {
    const at::Tensor to_packed = context->get_saved_variables()[0];
    return {gradients[0].index_select(0, to_packed), {}, {}};
  }
};

// Rows [B * L, ...] to [T, ...]; the gradient of what pads is zero.
struct PackRows : torch::autograd::Function<PackRows> {
  static at::Tensor forward(AutogradContext* context, const at::Tensor& rows,
                            const at::Tensor& to_packed) {
    context->save_for_backward({to_packed});
    context->saved_data["rows"] = rows.size(0);
    return rows.index_select(0, to_packed);
  }

  static variable_list backward(AutogradContext* context,
                                const variable_list& gradients) {
    const at::Tensor to_packed = context->get_saved_variables()[0];
    std::vector<std::int64_t> shape = gradients[0].sizes().vec();
    shape[0] = context->saved_data["rows"].toInt();
    at::Tensor padded = gradients[0].new_zeros(shape);
    return {padded.index_copy_(0, to_packed, gradients[0].contiguous()), {}};
  }
};

}  // namespace

PackedAttention::PackedAttention(const std::vector<std::int64_t>& lengths,
                                 at::Device device)
    : sequences_(static_cast<std::int64_t>(lengths.size())),
      longest_(*std::max_element(lengths.begin(), lengths.end())),
      padded_(*std::min_element(lengths.begin(), lengths.end()) != longest_) {
  if (!padded_) return;
  std::vector<std::int64_t> to_padded(
      static_cast<std::size_t>(sequences_ * longest_), 0);
  std::vector<std::int64_t> to_packed;
  std::int64_t begin = 0;
  for (const std::int64_t length : lengths) {
    for (std::int64_t i = 0; i < length; ++i) {
      to_padded[static_cast<std::size_t>(begin + i)] =
          static_cast<std::int64_t>(to_packed.size());
      to_packed.push_back(begin + i);
    }
    begin += longest_;
  }
  to_padded_ = torch::tensor(to_padded, at::kLong).to(device);
  to_packed_ = torch::tensor(to_packed, at::kLong).to(device);
}

at::Tensor PackedAttention::Unpack(const at::Tensor& packed,
                                   std::int64_t repeat) const {
  at::Tensor rows =
      padded_ ? PadRows::apply(packed, to_padded_, to_packed_) : packed;
  const std::int64_t heads = packed.size(1);
  const std::int64_t dim = packed.size(2);
  rows = rows.reshape({sequences_, longest_, heads, dim}).transpose(1, 2);
  if (repeat == 1) return rows;
  return rows.unsqueeze(2)
      .expand({sequences_, heads, repeat, longest_, dim})
      .reshape({sequences_, heads * repeat, longest_, dim});
}

at::Tensor PackedAttention::operator()(const at::Tensor& q, const at::Tensor& k,
                                       const at::Tensor& v) const {
  const std::int64_t repeat = q.size(1) / k.size(1);
  const at::Tensor mixed = at::scaled_dot_product_attention(
      Unpack(q, 1), Unpack(k, repeat), Unpack(v, repeat),
      /*attn_mask=*/{}, /*dropout_p=*/0.0, /*is_causal=*/true);
  const at::Tensor rows = mixed.transpose(1, 2).reshape(
      {sequences_ * longest_, q.size(1) * q.size(2)});
  return padded_ ? PackRows::apply(rows, to_packed_) : rows;
}

}  // namespace trainer
