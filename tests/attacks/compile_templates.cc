// Doubles at every level, within the limit on depth.
template <int kDepth, unsigned long kPath>
struct Bomb {
  static constexpr unsigned long kValue =
      Bomb<kDepth - 1, kPath * 2>::kValue +
      Bomb<kDepth - 1, kPath * 2 + 1>::kValue;
};
template <unsigned long kPath>
struct Bomb<0, kPath> {
  static constexpr unsigned long kValue = kPath;
};
int main() { return static_cast<int>(Bomb<60, 1>::kValue); }
