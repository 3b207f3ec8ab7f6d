// What a result of the program is in a frame.
namespace assay_host {

// Results. Into<T>::Put(value, out) adds `value`; what is no value is opaque.
// kKey: it can be a key of a frame.
inline void PutOpaque(std::string* out) {
  *out += 'H';
  PutSize(0, out);
}

template <class T, class = void>
struct Into {
  static constexpr bool kKey = true;
  static void Put(const T&, std::string* out) { PutOpaque(out); }
};

template <class T>
void Put(const T& value, std::string* out) {
  Into<T>::Put(value, out);
}

template <>
struct Into<bool> {
  static constexpr bool kKey = true;
  static void Put(bool value, std::string* out) { *out += value ? 'T' : 'F'; }
};
template <class T>
struct Into<T, std::enable_if_t<kNumber<T> && std::is_integral_v<T>>> {
  static constexpr bool kKey = true;
  static void Put(T value, std::string* out) {
    auto number = static_cast<unsigned __int128>(value);
    const bool negative = value < 0;
    if (negative) number = 0 - number;
    std::string digits;
    do {
      digits += "0123456789abcdef"[static_cast<unsigned>(number & 15)];
      number >>= 4;
    } while (number != 0);
    if (negative) digits += '-';
    std::reverse(digits.begin(), digits.end());
    PutText('i', digits, out);
  }
};
template <class T>
struct Into<T, std::enable_if_t<std::is_floating_point_v<T>>> {
  static constexpr bool kKey = true;
  static void Put(T value, std::string* out) {
    const double real = static_cast<double>(value);
    char bytes[8];
    std::memcpy(bytes, &real, 8);
    *out += 'd';
    out->append(bytes, 8);
  }
};

struct IntoText {
  static constexpr bool kKey = true;
  static void Put(std::string_view value, std::string* out) {
    PutText('s', value, out);
  }
};
template <>
struct Into<std::string> : IntoText {};
template <>
struct Into<std::string_view> : IntoText {};
template <>
struct Into<char> {
  static constexpr bool kKey = true;
  static void Put(char value, std::string* out) {
    PutText('s', std::string_view(&value, 1), out);
  }
};
template <>
struct Into<const char*> {
  static constexpr bool kKey = true;
  static void Put(const char* value, std::string* out) {
    value == nullptr ? void(*out += 'N') : PutText('s', value, out);
  }
};
template <>
struct Into<char*> : Into<const char*> {};

struct IntoNothing {
  static constexpr bool kKey = true;
  template <class T>
  static void Put(const T&, std::string* out) {
    *out += 'N';
  }
};
template <>
struct Into<std::nullopt_t> : IntoNothing {};
template <>
struct Into<std::nullptr_t> : IntoNothing {};
template <>
struct Into<std::monostate> : IntoNothing {};

template <class Container>
struct IntoList {
  static constexpr bool kKey = false;
  static void Put(const Container& value, std::string* out) {
    *out += 'l';
    PutSize(value.size(), out);
    for (const typename Container::value_type& item : value) {
      assay_host::Put<typename Container::value_type>(item, out);
    }
  }
};
template <class T>
struct Into<std::vector<T>> : IntoList<std::vector<T>> {};
template <class T>
struct Into<std::deque<T>> : IntoList<std::deque<T>> {};
template <class T>
struct Into<std::list<T>> : IntoList<std::list<T>> {};
template <class T>
struct Into<std::multiset<T>> : IntoList<std::multiset<T>> {};
template <class T, std::size_t kSize>
struct Into<std::array<T, kSize>> : IntoList<std::array<T, kSize>> {};

template <class Set>
struct IntoSet {
  static constexpr bool kKey = false;
  static void Put(const Set& value, std::string* out) {
    using T = typename Set::value_type;
    *out += 'S';
    PutSize(value.size(), out);
    for (const T& item : value) {
      Into<T>::kKey ? assay_host::Put<T>(item, out) : PutOpaque(out);
    }
  }
};
template <class T>
struct Into<std::set<T>> : IntoSet<std::set<T>> {};
template <class T>
struct Into<std::unordered_set<T>> : IntoSet<std::unordered_set<T>> {};

template <class... T>
struct Into<std::tuple<T...>> {
  static constexpr bool kKey = (Into<T>::kKey && ...);
  static void Put(const std::tuple<T...>& value, std::string* out) {
    *out += 't';
    PutSize(sizeof...(T), out);
    std::apply(
        [out](const T&... items) { (assay_host::Put<T>(items, out), ...); },
        value);
  }
};
template <class A, class B>
struct Into<std::pair<A, B>> {
  static constexpr bool kKey = Into<A>::kKey && Into<B>::kKey;
  static void Put(const std::pair<A, B>& value, std::string* out) {
    *out += 't';
    PutSize(2, out);
    assay_host::Put<A>(value.first, out);
    assay_host::Put<B>(value.second, out);
  }
};

template <class Map>
struct IntoMap {
  static constexpr bool kKey = false;
  static void Put(const Map& value, std::string* out) {
    using K = typename Map::key_type;
    *out += 'D';
    PutSize(value.size(), out);
    for (const auto& [key, item] : value) {
      if constexpr (kNumber<K>) {
        char digits[64];
        PutText('s',
                std::string_view(
                    digits,
                    static_cast<std::size_t>(
                        std::to_chars(digits, digits + 64, key).ptr - digits)),
                out);
      } else {
        Into<K>::kKey ? assay_host::Put<K>(key, out) : PutOpaque(out);
      }
      assay_host::Put<typename Map::mapped_type>(item, out);
    }
  }
};
template <class K, class V>
struct Into<std::map<K, V>> : IntoMap<std::map<K, V>> {};
template <class K, class V>
struct Into<std::unordered_map<K, V>> : IntoMap<std::unordered_map<K, V>> {};

template <class T>
struct Into<std::optional<T>> {
  static constexpr bool kKey = Into<T>::kKey;
  static void Put(const std::optional<T>& value, std::string* out) {
    value ? assay_host::Put<T>(*value, out) : void(*out += 'N');
  }
};
template <class... T>
struct Into<std::variant<T...>> {
  static constexpr bool kKey = (Into<T>::kKey && ...);
  static void Put(const std::variant<T...>& value, std::string* out) {
    std::visit([out](const auto& one) { assay_host::Put(one, out); }, value);
  }
};
template <>
struct Into<std::any> {
  static constexpr bool kKey = false;
  template <class T>
  static bool PutAs(const std::any& value, std::string* out) {
    const T* const one = std::any_cast<T>(&value);
    if (one != nullptr) assay_host::Put<T>(*one, out);
    return one != nullptr;
  }
  template <class... T>
  static bool PutAsOneOf(const std::any& value, std::string* out) {
    return (PutAs<T>(value, out) || ...);
  }
  static void Put(const std::any& value, std::string* out) {
    if (!value.has_value()) {
      *out += 'N';
    } else if (!PutAsOneOf<bool, char, int, unsigned, long, unsigned long,
                           long long, unsigned long long, float, double,
                           std::string, const char*, std::vector<std::any>,
                           std::map<std::string, std::any>>(value, out)) {
      PutOpaque(out);
    }
  }
};

}  // namespace assay_host
