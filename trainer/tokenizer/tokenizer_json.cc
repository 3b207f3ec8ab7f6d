// tokenizer.json, written and read.

#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <string>
#include <utility>

#include "trainer/tokenizer/tokenizer.h"

namespace trainer {
namespace {

namespace json = boost::json;

// The character that stands for each byte in a byte-level vocabulary: itself
// where it is printable Latin-1, else the next of U+0100, U+0101, ...
std::array<std::string, 256> ByteCharacters() {
  std::array<std::string, 256> characters;
  unsigned next = 0x100;
  for (unsigned byte = 0; byte < 256; ++byte) {
    const bool printable = (byte >= 0x21 && byte <= 0x7E) ||
                           (byte >= 0xA1 && byte <= 0xAC) || byte >= 0xAE;
    const unsigned code = printable ? byte : next++;
    std::string& text = characters[byte];
    if (code < 0x80) {
      text = static_cast<char>(code);
    } else {
      text = static_cast<char>(0xC0U | code >> 6U);
      text += static_cast<char>(0x80U | (code & 0x3FU));
    }
  }
  return characters;
}

json::object AddedToken(std::int32_t id, std::string_view content,
                        bool special) {
  return {{"id", id},          {"content", content}, {"single_word", false},
          {"lstrip", false},   {"rstrip", false},    {"normalized", false},
          {"special", special}};
}

json::object ByteLevel() {
  return {{"type", "ByteLevel"},
          {"add_prefix_space", false},
          {"trim_offsets", true},
          {"use_regex", false}};
}

json::object Bpe() {
  json::object vocabulary;
  int id = 0;
  for (const std::string& character : ByteCharacters()) {
    vocabulary[character] = id++;
  }
  return {{"type", "BPE"},
          {"dropout", nullptr},
          {"unk_token", nullptr},
          {"continuing_subword_prefix", nullptr},
          {"end_of_word_suffix", nullptr},
          {"fuse_unk", false},
          {"byte_fallback", false},
          {"ignore_merges", false},
          {"vocab", std::move(vocabulary)},
          {"merges", json::array()}};
}

TokenizerError Unlike(const std::string& place, const std::string& what) {
  return TokenizerError{"tokenizer.json: " + place + ": " + what};
}

// The value at `pointer`, or null where there is none.
const json::value* Find(const json::value& root, std::string_view pointer) {
  boost::system::error_code error;
  return root.find_pointer(pointer, error);
}

bool Has(const json::value& root, std::string_view pointer,
         const json::value& want) {
  const json::value* const found = Find(root, pointer);
  return found != nullptr && *found == want;
}

// The first place outside the added tokens that is not ours, or empty.
std::string FirstDifference(const json::value& root) {
  const std::pair<const char*, json::value> wants[] = {
      {"/model/type", "BPE"},
      {"/model/vocab", Bpe()["vocab"]},
      {"/model/merges", json::array()},
      {"/pre_tokenizer/type", "ByteLevel"},
      {"/pre_tokenizer/add_prefix_space", false},
      {"/decoder/type", "ByteLevel"},
  };
  for (const auto& [pointer, want] : wants) {
    if (!Has(root, pointer, want)) return pointer;
  }
  const json::value* const normalizer = Find(root, "/normalizer");
  return normalizer == nullptr || normalizer->is_null() ? "" : "/normalizer";
}

}  // namespace

std::string Tokenizer::ToJson() const {
  json::array tokens{AddedToken(kBos, "<|bos|>", true),
                     AddedToken(kEos, "<|eos|>", true)};
  std::int32_t id = kFirstAdded;
  for (const std::string& text : added_) {
    tokens.push_back(AddedToken(id++, text, false));
  }
  const json::object root{{"version", "1.0"},
                          {"truncation", nullptr},
                          {"padding", nullptr},
                          {"added_tokens", std::move(tokens)},
                          {"normalizer", nullptr},
                          {"pre_tokenizer", ByteLevel()},
                          {"post_processor", nullptr},
                          {"decoder", ByteLevel()},
                          {"model", Bpe()}};
  return json::serialize(root);
}

Tokenizer::Result Tokenizer::FromJson(std::string_view text) {
  boost::system::error_code error;
  const json::value root = json::parse(text, error);
  if (error) return Unlike("not JSON", error.message());
  if (const std::string place = FirstDifference(root); !place.empty()) {
    return Unlike(place, "is not a byte-level tokenizer of ours");
  }
  const json::value* const tokens = Find(root, "/added_tokens");
  if (tokens == nullptr || !tokens->is_array()) {
    return Unlike("/added_tokens", "is not an array");
  }
  std::vector<std::string> added;
  std::int32_t id = kBos;
  for (const json::value& token : tokens->get_array()) {
    const std::string place = "/added_tokens/" + std::to_string(id - kBos);
    if (!Has(token, "/id", id)) {
      return Unlike(place + "/id", "is not " + std::to_string(id));
    }
    const json::value* const content = Find(token, "/content");
    if (content == nullptr || !content->is_string()) {
      return Unlike(place + "/content", "is not a string");
    }
    const std::string string(content->get_string());
    if (id < kFirstAdded && string != (id == kBos ? "<|bos|>" : "<|eos|>")) {
      return Unlike(place + "/content", "is not the special");
    }
    if (id >= kFirstAdded) added.push_back(string);
    ++id;
  }
  if (id < kFirstAdded) return Unlike("/added_tokens", "lacks bos and eos");
  Result made = Make(std::move(added));
  if (!made) return Unlike("/added_tokens", made.error().detail);
  return made;
}

}  // namespace trainer
