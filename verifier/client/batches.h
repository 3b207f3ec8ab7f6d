// SplitIntoBatches: which items travel in one request. Thread-safe: no state.

#ifndef VERIFIER_CLIENT_BATCHES_H_
#define VERIFIER_CLIENT_BATCHES_H_

#include <cstddef>
#include <string>
#include <vector>

#include "verifier/client/client_options.h"
#include "verifier/protocol/score_request.h"

namespace verifier::client {

// Indices into a vector of items, ascending.
using Indices = std::vector<std::size_t>;

// Splits the items at `indices` into requests within batch_items and
// batch_bytes (an item over batch_bytes goes alone), in their order. Two equal
// ids never share a request.
[[nodiscard]] std::vector<Indices> SplitIntoBatches(
    const std::vector<protocol::Item>& items, const Indices& indices,
    const ClientOptions& options);

// `{"items":[...]}` of the items at `indices`.
[[nodiscard]] std::string RequestBody(const std::vector<protocol::Item>& items,
                                      const Indices& indices);

// About how many bytes `item` takes on the wire, before escapes.
[[nodiscard]] std::size_t WireBytes(const protocol::Item& item);

}  // namespace verifier::client

#endif  // VERIFIER_CLIENT_BATCHES_H_
