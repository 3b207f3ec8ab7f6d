// Relay: passes bytes both ways between two programs that talk (two ends of
// streams), so that neither holds a descriptor of the other and what each says
// is counted.

#ifndef REWARDS_CODE_RELAY_H_
#define REWARDS_CODE_RELAY_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

namespace rewards::code {

// Not for sharing between threads.
class Relay {
 public:
  struct Side {
    int stream = -1;            // borrowed
    std::int64_t most_bytes{};  // that it may say
  };

  Relay(const Side& first, const Side& second);

  // Waits up to `timeout_ms` (-1: for ever) for something to pass on and passes
  // on what there is. What one side says and the other does not read is kept,
  // up to the side's most_bytes; the end of one is shown to the other. False:
  // both have ended, or one is over its bytes.
  [[nodiscard]] bool Step(int timeout_ms);

  // `side` is 0 or 1. Said all it will ever say.
  [[nodiscard]] bool ended(std::size_t side) const { return ways_[side].ended; }
  // Which side ended before it was shown the end of the other; the second where
  // both did at once; -1: none did.
  [[nodiscard]] int first() const { return first_; }
  // Said more than it may. Nothing is passed on from then on.
  [[nodiscard]] bool over(std::size_t side) const { return ways_[side].over; }

 private:
  // From one side to the other.
  struct Way {
    int from = -1;
    int to = -1;
    std::int64_t bytes_left = 0;
    std::string pending{};
    std::size_t sent = 0;  // of `pending`
    bool ended = false;
    bool shown = false;  // the end
    bool deaf = false;   // nobody reads any more
    bool over = false;
  };

  [[nodiscard]] static bool IsPassed(const Way& way) {
    return way.sent == way.pending.size();
  }
  static void Hear(Way* way);
  static void Pass(Way* way);

  std::array<Way, 2> ways_;
  int first_ = -1;
};

}  // namespace rewards::code

#endif  // REWARDS_CODE_RELAY_H_
