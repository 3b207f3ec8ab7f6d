#include "trainer/tokenizer/tokenizer.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <stdexcept>
#include <unordered_set>
#include <utility>

namespace trainer {
namespace {

std::uint64_t EdgeKey(std::uint32_t node, char byte) {
  return std::uint64_t{node} << 8U | static_cast<unsigned char>(byte);
}

bool IsUtf8(const std::string& text) {
  boost::system::error_code error;
  boost::json::parse(boost::json::serialize(boost::json::string_view(text)),
                     error);
  return !error;
}

// What is wrong with the added string, or empty.
std::string Fault(const std::string& text) {
  if (text.size() < 2) return "is shorter than two bytes";
  if (text.size() > kMaxAddedTokenBytes) {
    return "is over " + std::to_string(kMaxAddedTokenBytes) + " bytes";
  }
  if (text == "<|bos|>" || text == "<|eos|>") return "is a special";
  return IsUtf8(text) ? "" : "is not UTF-8";
}

}  // namespace

void throw_exception_from_error(const TokenizerError& error,
                                const boost::source_location&) {
  throw std::logic_error("tokenizer: " + error.detail);
}

Tokenizer::Result Tokenizer::Make(std::vector<std::string> added) {
  if (added.size() > kMaxAddedTokens) {
    return TokenizerError{"added: over " + std::to_string(kMaxAddedTokens) +
                          " strings"};
  }
  std::unordered_set<std::string_view> seen;
  for (std::size_t i = 0; i < added.size(); ++i) {
    std::string fault = Fault(added[i]);
    if (fault.empty() && !seen.insert(added[i]).second)
      fault = "is there twice";
    if (!fault.empty()) {
      return TokenizerError{"added[" + std::to_string(i) + "]: " + fault};
    }
  }
  Tokenizer tokenizer;
  std::int32_t id = kFirstAdded;
  for (const std::string& text : added) tokenizer.Insert(text, id++);
  tokenizer.added_ = std::move(added);
  return tokenizer;
}

void Tokenizer::Insert(std::string_view text, std::int32_t id) {
  std::uint32_t node = 0;
  for (const char byte : text) {
    const auto next = static_cast<std::uint32_t>(token_.size());
    const auto [edge, is_new] = edges_.try_emplace(EdgeKey(node, byte), next);
    if (is_new) token_.push_back(-1);
    node = edge->second;
  }
  token_[node] = id;
}

std::vector<std::int32_t> Tokenizer::Encode(std::string_view text) const {
  std::vector<std::int32_t> tokens;
  tokens.reserve(text.size());
  for (std::size_t begin = 0; begin < text.size();) {
    std::int32_t best = static_cast<unsigned char>(text[begin]);
    std::size_t best_end = begin + 1;
    std::uint32_t node = 0;
    for (std::size_t i = begin; i < text.size(); ++i) {
      const auto edge = edges_.find(EdgeKey(node, text[i]));
      if (edge == edges_.end()) break;
      node = edge->second;
      if (token_[node] < 0) continue;
      best = token_[node];
      best_end = i + 1;
    }
    tokens.push_back(best);
    begin = best_end;
  }
  return tokens;
}

std::string Tokenizer::Decode(std::span<const std::int32_t> tokens) const {
  std::string text;
  for (const std::int32_t token : tokens) {
    if (token >= 0 && token < kBos) {
      text += static_cast<char>(static_cast<unsigned char>(token));
    } else if (token >= kFirstAdded &&
               static_cast<std::size_t>(token) < size()) {
      text += added_[static_cast<std::size_t>(token - kFirstAdded)];
    }
  }
  return text;
}

}  // namespace trainer
