#include "rewards/code/wire.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace rewards::code {
namespace {

using Kind = Value::Kind;

constexpr std::string_view kPlain = "NTF";
constexpr std::string_view kText = "isbB";
constexpr std::string_view kNumbered = "HKR";
constexpr std::string_view kItems = "ltSZQ";
constexpr std::string_view kPairs = "DCEO";
constexpr std::string_view kHashable = "NTFidcsbtZHB";
// In the order of the letters in kItems and kPairs.
constexpr std::string_view kContainers = "ltSZQDCEO";

bool Has(std::string_view letters, char tag) {
  return letters.find(tag) != std::string_view::npos;
}

bool IsHex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

bool IsInt(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  if (text.empty() || text.size() > kMaxIntDigits) return false;
  if (text[0] == '0' && (negative || text.size() > 1)) return false;
  return std::all_of(text.begin(), text.end(), IsHex);
}

// The bytes of the character that `text` begins with; 0: it begins with none.
// As in UTF-8, but surrogates count.
std::size_t CharacterBytes(std::string_view text) {
  const auto byte = [text](std::size_t i) {
    return static_cast<unsigned char>(text[i]);
  };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < size) return 0;
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
  }
  const unsigned second = byte(1);
  const bool over_long =
      (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
  return over_long || (first == 0xF4 && second > 0x8F) ? 0 : size;
}

bool IsString(std::string_view text) {
  while (!text.empty()) {
    const std::size_t size = CharacterBytes(text);
    if (size == 0) return false;
    text.remove_prefix(size);
  }
  return true;
}

std::uint32_t Number(std::string_view bytes) {
  std::uint32_t number = 0;
  for (std::size_t i = 4; i-- > 0;) {
    number = number << 8 | static_cast<unsigned char>(bytes[i]);
  }
  return number;
}

double Real(std::string_view bytes) {
  std::uint64_t bits = 0;
  for (std::size_t i = 8; i-- > 0;) {
    bits = bits << 8 | static_cast<unsigned char>(bytes[i]);
  }
  return std::bit_cast<double>(bits);
}

void AddNumber(std::uint64_t number, std::size_t bytes, std::string* to) {
  for (std::size_t i = 0; i < bytes; ++i) {
    *to += static_cast<char>(number >> (8 * i) & 0xFF);
  }
}

// Takes tokens off the bytes.
class Reader {
 public:
  explicit Reader(std::string_view rest) : rest_(rest) {}

  [[nodiscard]] bool AtEnd() const { return rest_.empty(); }

  // False: there is none.
  [[nodiscard]] bool Next(WireToken* token) {
    token->tag = rest_[0];
    rest_.remove_prefix(1);
    if (Has(kPlain, token->tag)) return true;
    if (token->tag == 'd') return Take(8, &token->data);
    if (token->tag == 'c') return Take(16, &token->data);
    std::string_view number;
    if (!Take(4, &number)) return false;
    token->count = Number(number);
    if (Has(kNumbered, token->tag)) return true;
    if (Has(kContainers, token->tag)) return token->count <= kMaxFrameNodes;
    return Has(kText, token->tag) && Take(token->count, &token->data) &&
           IsWell(*token);
  }

 private:
  [[nodiscard]] bool Take(std::size_t size, std::string_view* bytes) {
    if (rest_.size() < size) return false;
    *bytes = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return true;
  }

  static bool IsWell(const WireToken& token) {
    if (token.tag == 'i') return IsInt(token.data);
    return token.tag == 'b' || IsString(token.data);
  }

  std::string_view rest_;
};

// A container that is not full yet.
struct Open {
  std::size_t left = 0;
  bool keys = false;      // every second value is a key, the first among them
  bool hashable = false;  // every value has to be
};

bool WantsHashable(const Open& open) {
  return open.hashable || (open.keys && open.left % 2 == 0);
}

Value Leaf(const WireToken& token) {
  switch (token.tag) {
    case 'N':
      return {.kind = Kind::kNone};
    case 'T':
      return {.kind = Kind::kTrue};
    case 'F':
      return {.kind = Kind::kFalse};
    case 'd':
      return FloatValue(Real(token.data));
    case 'c':
      return {.kind = Kind::kComplex,
              .real = Real(token.data),
              .imag = Real(token.data.substr(8))};
    case 'i':
      return {.kind = Kind::kInt, .text = std::string(token.data)};
    case 's':
      return StringValue(token.data);
    case 'b':
      return {.kind = Kind::kBytes, .text = std::string(token.data)};
    default:
      break;
  }
  const std::size_t place = kContainers.find(token.tag);
  if (place == std::string_view::npos) return {};
  return {.kind =
              static_cast<Kind>(static_cast<std::size_t>(Kind::kList) + place)};
}

// As deep as the values are: kMaxValueDepth at most.
Value Build(const std::vector<WireToken>& tokens, std::size_t* place) {
  const WireToken& token = tokens[(*place)++];
  Value value = Leaf(token);
  const std::size_t count = ValuesIn(token);
  value.items.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    value.items.push_back(Build(tokens, place));
  }
  return value;
}

}  // namespace

std::size_t ValuesIn(const WireToken& token) noexcept {
  if (Has(kPairs, token.tag)) return std::size_t{2} * token.count;
  return Has(kItems, token.tag) ? token.count : 0;
}

std::optional<std::vector<WireToken>> Scan(std::string_view bytes,
                                           std::string_view refused) {
  if (bytes.size() > kMaxFrameBytes) return std::nullopt;
  std::vector<WireToken> tokens;
  std::vector<Open> open;
  for (Reader reader(bytes); !reader.AtEnd();) {
    WireToken token;
    if (!reader.Next(&token) || Has(refused, token.tag)) return std::nullopt;
    if (tokens.size() == kMaxFrameNodes || open.size() > kMaxValueDepth) {
      return std::nullopt;
    }
    bool hashable = false;
    if (!open.empty()) {
      hashable = WantsHashable(open.back());
      if (hashable && !Has(kHashable, token.tag)) return std::nullopt;
      --open.back().left;
    }
    tokens.push_back(token);
    if (Has(kContainers, token.tag)) {
      open.push_back(
          {.left = ValuesIn(token),
           .keys = Has(kPairs, token.tag),
           .hashable = hashable || token.tag == 'S' || token.tag == 'Z'});
    }
    while (!open.empty() && open.back().left == 0) open.pop_back();
  }
  if (!open.empty()) return std::nullopt;
  return tokens;
}

std::string Roots(const std::vector<WireToken>& tokens) {
  std::string roots;
  std::vector<std::size_t> left;
  for (const WireToken& token : tokens) {
    if (left.empty()) {
      roots += token.tag;
    } else {
      --left.back();
    }
    left.push_back(ValuesIn(token));
    while (!left.empty() && left.back() == 0) left.pop_back();
  }
  return roots;
}

Value ValueOf(const std::vector<WireToken>& tokens) {
  std::size_t place = 0;
  return tokens.empty() ? Value() : Build(tokens, &place);
}

void Encode(const Value& value, std::string* bytes) {
  switch (value.kind) {
    case Kind::kOpaque:
    case Kind::kNone:
      *bytes += 'N';
      return;
    case Kind::kFalse:
      *bytes += 'F';
      return;
    case Kind::kTrue:
      *bytes += 'T';
      return;
    case Kind::kFloat:
    case Kind::kComplex:
      *bytes += value.kind == Kind::kFloat ? 'd' : 'c';
      AddNumber(std::bit_cast<std::uint64_t>(value.real), 8, bytes);
      if (value.kind == Kind::kFloat) return;
      AddNumber(std::bit_cast<std::uint64_t>(value.imag), 8, bytes);
      return;
    case Kind::kInt:
    case Kind::kString:
    case Kind::kBytes:
      *bytes += value.kind == Kind::kInt      ? 'i'
                : value.kind == Kind::kString ? 's'
                                              : 'b';
      AddNumber(value.text.size(), 4, bytes);
      *bytes += value.text;
      return;
    default:
      break;
  }
  *bytes += kContainers[static_cast<std::size_t>(value.kind) -
                        static_cast<std::size_t>(Kind::kList)];
  AddNumber(value.items.size() / (value.IsMapping() ? 2 : 1), 4, bytes);
  for (const Value& item : value.items) Encode(item, bytes);
}

std::string Framed(std::string_view payload) {
  std::string frame;
  frame.reserve(payload.size() + 4);
  AddNumber(payload.size(), 4, &frame);
  frame += payload;
  return frame;
}

}  // namespace rewards::code
