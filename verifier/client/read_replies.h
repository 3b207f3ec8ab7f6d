// What a service's reply to one small request is worth. Trusts nothing.
// Thread-safe: no state.

#ifndef VERIFIER_CLIENT_READ_REPLIES_H_
#define VERIFIER_CLIENT_READ_REPLIES_H_

#include <boost/json/value.hpp>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "verifier/client/client_error.h"
#include "verifier/client/connection.h"

namespace verifier::client {

// Two answers to compare, and whether they are equal: none where the service
// could not say.
using AnswerPair = std::pair<std::string, std::string>;
using Equalities = std::vector<std::optional<bool>>;

// The error that a status other than 200 means.
[[nodiscard]] ClientError FromStatus(const HttpReply& reply);

// A whole 200 that is strict JSON.
[[nodiscard]] ClientResult<boost::json::value> ReadJson(const HttpReply& reply);

// Of /readyz: 200 or 503.
[[nodiscard]] ClientResult<bool> ReadReady(const HttpReply& reply);

// Of POST /v1/equal: the body that asks, and the reply to `count` pairs.
[[nodiscard]] std::string EqualBody(const std::vector<AnswerPair>& pairs);
[[nodiscard]] ClientResult<Equalities> ReadEqualities(const HttpReply& reply,
                                                      std::size_t count);

}  // namespace verifier::client

#endif  // VERIFIER_CLIENT_READ_REPLIES_H_
