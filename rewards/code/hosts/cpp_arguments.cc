// What a parameter of the program gets for an argument of a test.
namespace assay_host {

// An argument that is no value of its parameter's type.
struct Refused {
  const char* name;
};
[[noreturn]] inline void RefuseType() { throw Refused{"ArgumentTypeError"}; }
[[noreturn]] inline void RefuseRange() { throw Refused{"ArgumentRangeError"}; }

// Arguments. From<T>::Make(node) is the T that `node` is.
template <class T>
inline constexpr bool kNever = false;
template <class T>
inline constexpr bool kNumber =
    std::is_arithmetic_v<T> && !std::is_same_v<T, bool> &&
    !std::is_same_v<T, char>;

template <class T, class = void>
struct From {
  static_assert(kNever<T>, "no value of a test is a parameter of this type");
  static T Make(const Node& node);
};

template <>
struct From<bool> {
  static bool Make(const Node& node) {
    if (node.tag != 'T' && node.tag != 'F') RefuseType();
    return node.tag == 'T';
  }
};

template <>
struct From<char> {
  static char Make(const Node& node) {
    if (node.tag != 's') RefuseType();
    if (node.text.size() != 1) RefuseRange();
    return node.text[0];
  }
};

template <class T>
struct From<T, std::enable_if_t<kNumber<T> && std::is_integral_v<T>>> {
  static T Make(const Node& node) {
    using Limits = std::numeric_limits<T>;
    if (node.tag == 'd') {
      const double end = std::ldexp(1.0, Limits::digits);
      const double least = Limits::is_signed ? -end : 0;
      if (node.real != std::trunc(node.real)) RefuseType();
      if (!(node.real >= least && node.real < end)) RefuseRange();
      return static_cast<T>(node.real);
    }
    if (node.tag != 'i') RefuseType();
    const bool negative = node.text[0] == '-';
    if (node.text.size() > 32) RefuseRange();
    unsigned __int128 number = 0;
    for (const char c : node.text.substr(negative ? 1 : 0)) {
      number = number << 4 |
               static_cast<unsigned>(c <= '9' ? c - '0' : c - 'a' + 10);
    }
    auto most = static_cast<unsigned __int128>(Limits::max());
    if (negative) most = Limits::is_signed ? most + 1 : 0;
    if (number > most) RefuseRange();
    return static_cast<T>(negative ? 0 - number : number);
  }
};

template <class T>
struct From<T, std::enable_if_t<std::is_floating_point_v<T>>> {
  static T Make(const Node& node) {
    long double real = node.real;
    if (node.tag == 'i') {
      const bool negative = node.text[0] == '-';
      real = std::strtold(("0x" + node.text.substr(negative ? 1 : 0)).c_str(),
                          nullptr);
      if (negative) real = -real;
    } else if (node.tag != 'd') {
      RefuseType();
    }
    const T made = static_cast<T>(real);
    if (std::isinf(made)) RefuseRange();
    return made;
  }
};

template <>
struct From<std::string> {
  static std::string Make(const Node& node) {
    if (node.tag != 's') RefuseType();
    return node.text;
  }
};

// Of arguments that only point to their text.
inline const std::string& Kept(const Node& node) {
  static std::deque<std::string> texts;
  return texts.emplace_back(From<std::string>::Make(node));
}
template <>
struct From<const char*> {
  static const char* Make(const Node& node) { return Kept(node).c_str(); }
};
template <>
struct From<char*> {
  static char* Make(const Node& node) {
    return const_cast<char*>(Kept(node).c_str());
  }
};
template <>
struct From<std::string_view> {
  static std::string_view Make(const Node& node) { return Kept(node); }
};

inline const std::vector<Node>& ItemsOf(const Node& node) {
  if (node.tag != 'l' && node.tag != 't') RefuseType();
  return node.items;
}

template <class Container>
struct FromItems {
  static Container Make(const Node& node) {
    Container made;
    for (const Node& item : ItemsOf(node)) {
      made.insert(made.end(), From<typename Container::value_type>::Make(item));
    }
    return made;
  }
};
template <class T>
struct From<std::vector<T>> : FromItems<std::vector<T>> {};
template <class T>
struct From<std::deque<T>> : FromItems<std::deque<T>> {};
template <class T>
struct From<std::list<T>> : FromItems<std::list<T>> {};
template <class T>
struct From<std::set<T>> : FromItems<std::set<T>> {};
template <class T>
struct From<std::multiset<T>> : FromItems<std::multiset<T>> {};
template <class T>
struct From<std::unordered_set<T>> : FromItems<std::unordered_set<T>> {};

template <class T, std::size_t kSize>
struct From<std::array<T, kSize>> {
  static std::array<T, kSize> Make(const Node& node) {
    if (ItemsOf(node).size() != kSize) RefuseRange();
    std::array<T, kSize> made{};
    for (std::size_t i = 0; i < kSize; ++i) {
      made[i] = From<T>::Make(node.items[i]);
    }
    return made;
  }
};

template <class... T>
struct From<std::tuple<T...>> {
  static std::tuple<T...> Make(const Node& node) {
    if (ItemsOf(node).size() != sizeof...(T)) RefuseRange();
    return Make(node, std::index_sequence_for<T...>());
  }
  template <std::size_t... kI>
  static std::tuple<T...> Make(const Node& node, std::index_sequence<kI...>) {
    return std::tuple<T...>{From<T>::Make(node.items[kI])...};
  }
};
template <class A, class B>
struct From<std::pair<A, B>> {
  static std::pair<A, B> Make(const Node& node) {
    if (ItemsOf(node).size() != 2) RefuseRange();
    return {From<A>::Make(node.items[0]), From<B>::Make(node.items[1])};
  }
};

// The keys of JSON are text: a number is its digits.
template <class T>
T KeyFrom(const Node& key) {
  if constexpr (!kNumber<T>) {
    return From<T>::Make(key);
  } else {
    Node number{'d'};
    const char* const end = key.text.data() + key.text.size();
    if constexpr (std::is_integral_v<T>) {
      long long whole = 0;
      const auto read = std::from_chars(key.text.data(), end, whole);
      if (read.ec != std::errc() || read.ptr != end) RefuseType();
      number = {'i'};
      char digits[20];
      number.text.assign(digits,
                         std::to_chars(digits, digits + 20, whole, 16).ptr);
    } else {
      const auto read = std::from_chars(key.text.data(), end, number.real);
      if (read.ec != std::errc() || read.ptr != end) RefuseType();
    }
    return From<T>::Make(number);
  }
}
template <class Map>
struct FromPairs {
  static Map Make(const Node& node) {
    if (node.tag != 'D') RefuseType();
    Map made;
    for (std::size_t i = 0; i + 1 < node.items.size(); i += 2) {
      made.emplace(KeyFrom<typename Map::key_type>(node.items[i]),
                   From<typename Map::mapped_type>::Make(node.items[i + 1]));
    }
    return made;
  }
};
template <class K, class V>
struct From<std::map<K, V>> : FromPairs<std::map<K, V>> {};
template <class K, class V>
struct From<std::unordered_map<K, V>> : FromPairs<std::unordered_map<K, V>> {};

template <class T>
struct From<std::optional<T>> {
  static std::optional<T> Make(const Node& node) {
    if (node.tag == 'N') return std::nullopt;
    return From<T>::Make(node);
  }
};

// As the first of its types that it can be.
template <class... T>
struct From<std::variant<T...>> {
  static std::variant<T...> Make(const Node& node) {
    std::optional<std::variant<T...>> made;
    (Try<T>(node, &made), ...);
    if (!made) RefuseType();
    return *made;
  }
  template <class One>
  static void Try(const Node& node, std::optional<std::variant<T...>>* made) {
    if (made->has_value()) return;
    try {
      *made = From<One>::Make(node);
    } catch (const Refused&) {
    }
  }
};
template <>
struct From<std::monostate> {
  static std::monostate Make(const Node& node) {
    if (node.tag != 'N') RefuseType();
    return {};
  }
};

// As literals are: int where it fits, else long; double; text is std::string.
template <>
struct From<std::any> {
  static std::any Make(const Node& node) {
    switch (node.tag) {
      case 'N':
        return {};
      case 'T':
      case 'F':
        return node.tag == 'T';
      case 'd':
        return node.real;
      case 's':
        return node.text;
      case 'D':
        return From<std::map<std::string, std::any>>::Make(node);
      case 'i':
        break;
      default:
        return From<std::vector<std::any>>::Make(node);
    }
    const long number = From<long>::Make(node);
    if (number == static_cast<int>(number)) return static_cast<int>(number);
    return number;
  }
};

}  // namespace assay_host
