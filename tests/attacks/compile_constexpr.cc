// Work at compile time, within the limit on steps, again and again.
template <int kSeed>
constexpr int Loop() {
  unsigned value = kSeed;
  for (int i = 0; i < 250000; ++i) value = value * 1103515245u + 12345u;
  return static_cast<int>(value & 1);
}
template <int kCount>
constexpr int Many() {
  if constexpr (kCount == 0) {
    return 0;
  } else {
    return Loop<kCount>() + Many<kCount - 1>();
  }
}
constexpr int kAll = Many<800>();
int main() { return kAll; }
