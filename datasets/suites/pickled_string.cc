#include "datasets/suites/pickled_string.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <boost/beast/core/detail/base64.hpp>

namespace datasets {
namespace {

// Takes `bytes` bytes off `rest`, as a number, least first.
std::optional<std::uint64_t> TakeNumber(std::string_view& rest,
                                        std::size_t bytes) {
  if (rest.size() < bytes) return std::nullopt;
  std::uint64_t number = 0;
  for (std::size_t i = bytes; i-- > 0;) {
    number = number << 8U | static_cast<unsigned char>(rest[i]);
  }
  rest.remove_prefix(bytes);
  return number;
}

// The opcodes that may stand in a pickle of one string.
enum Opcode : unsigned char {
  kBinUnicode = 'X',  // 4 bytes of length
  kShortBinUnicode = 0x8c,
  kBinUnicode8 = 0x8d,
  kProto = 0x80,  // 1 byte
  kFrame = 0x95,  // 8 bytes
  kMemoize = 0x94,
  kBinPut = 'q',      // 1 byte
  kLongBinPut = 'r',  // 4 bytes
  kStop = '.',
};

std::optional<std::string> Inflate(std::string_view packed) {
  z_stream stream{};
  if (inflateInit(&stream) != Z_OK) return std::nullopt;
  // zlib does not write to its input.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  std::string text;
  std::array<char, 65'536> piece{};
  int code = Z_OK;
  while (code == Z_OK && text.size() <= kMaxUnpackedBytes) {
    stream.next_out = reinterpret_cast<Bytef*>(piece.data());
    stream.avail_out = static_cast<uInt>(piece.size());
    code = inflate(&stream, Z_NO_FLUSH);
    text.append(piece.data(), piece.size() - stream.avail_out);
  }
  inflateEnd(&stream);
  if (code != Z_STREAM_END || text.size() > kMaxUnpackedBytes) {
    return std::nullopt;
  }
  return text;
}

std::optional<std::string> DecodeBase64(std::string_view text) {
  namespace base64 = boost::beast::detail::base64;
  // decoded_size is short of what a text without its padding decodes to.
  std::string bytes(text.size(), '\0');
  const auto [written, read] =
      base64::decode(bytes.data(), text.data(), text.size());
  // It stops at the padding.
  if (text.find_first_not_of('=', read) != std::string_view::npos) {
    return std::nullopt;
  }
  bytes.resize(written);
  return bytes;
}

}  // namespace

std::optional<std::string> UnpickleString(std::string_view pickle) {
  std::string_view rest = pickle;
  std::optional<std::string> text;
  while (!rest.empty()) {
    const auto opcode = static_cast<unsigned char>(rest.front());
    rest.remove_prefix(1);
    std::size_t skipped = 0;
    std::size_t length_bytes = 0;
    switch (opcode) {
      case kStop:
        return rest.empty() ? text : std::nullopt;
      case kMemoize:
        break;
      case kProto:
      case kBinPut:
        skipped = 1;
        break;
      case kLongBinPut:
        skipped = 4;
        break;
      case kFrame:
        skipped = 8;
        break;
      case kShortBinUnicode:
        length_bytes = 1;
        break;
      case kBinUnicode:
        length_bytes = 4;
        break;
      case kBinUnicode8:
        length_bytes = 8;
        break;
      default:
        return std::nullopt;
    }
    if (rest.size() < skipped) return std::nullopt;
    rest.remove_prefix(skipped);
    if (length_bytes == 0) continue;
    const auto length = TakeNumber(rest, length_bytes);
    if (!length || *length > rest.size() || text) return std::nullopt;
    text = rest.substr(0, *length);
    rest.remove_prefix(*length);
  }
  return std::nullopt;
}

std::optional<std::string> UnpackTests(std::string_view text) {
  const auto packed = DecodeBase64(text);
  if (!packed) return std::nullopt;
  const auto pickle = Inflate(*packed);
  if (!pickle) return std::nullopt;
  return UnpickleString(*pickle);
}

}  // namespace datasets
