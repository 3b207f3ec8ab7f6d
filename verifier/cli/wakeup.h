// Wakeup: a descriptor that wakes a poll, from any thread and from the handler
// of SIGINT.

#ifndef VERIFIER_CLI_WAKEUP_H_
#define VERIFIER_CLI_WAKEUP_H_

namespace verifier::cli {

class Wakeup {
 public:
  // Throws std::system_error where there are no descriptors left.
  Wakeup();
  ~Wakeup();

  Wakeup(const Wakeup&) = delete;
  Wakeup& operator=(const Wakeup&) = delete;

  // Wakes the poll on fd(), now or when it comes. Any thread.
  void Wake() const noexcept;

  // Waits until woken, until `other_fd` (where >= 0) can be read, or for
  // `timeout_ms` (where >= 0). One thread.
  void Wait(int other_fd, int timeout_ms) const;

  // From here on the first SIGINT wakes this object and makes interrupted()
  // true; a second one ends the process. At most one object at a time.
  void CatchInterrupt();

  [[nodiscard]] static bool interrupted() noexcept;

 private:
  int fd_;
  bool catches_ = false;
};

}  // namespace verifier::cli

#endif  // VERIFIER_CLI_WAKEUP_H_
