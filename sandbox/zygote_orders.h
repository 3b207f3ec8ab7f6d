// ZygoteOrders: how a zygote, of whatever interpreter, takes the orders of its
// agent, and how its forks become programs. One thread of the zygote. Never
// destroyed: in a fork its descriptors are closed already, and their numbers
// are the program's.

#ifndef SANDBOX_ZYGOTE_ORDERS_H_
#define SANDBOX_ZYGOTE_ORDERS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "sandbox/fd.h"
#include "sandbox/orders.h"
#include "sandbox/zygote.h"

namespace sandbox {

class ZygoteOrders {
 public:
  // Where the agent's socket lies when a zygote starts.
  static constexpr int kFirstFd = 3;

  // Tells the agent that forks can be had. False: it does not know that.
  // Borrows `socket`.
  [[nodiscard]] bool GetReady(int socket);

  // Waits for an order. True: the next fork is to be a program. Otherwise there
  // is none any more.
  [[nodiscard]] bool Take();

  // In that fork: it becomes the program, or ends with kFailed. Returns what
  // the program gets beside the first `own_words` of its command line, each
  // with a NUL behind it.
  [[nodiscard]] std::string Become(std::uint32_t own_words);

  // In the zygote: waits for the end of `program` and says how it was.
  void Watch(long program);

 private:
  int socket_ = -1;
  ZygoteSetup setup_;
  RunOrder order_;
  std::vector<Fd> fds_;
};

}  // namespace sandbox

#endif  // SANDBOX_ZYGOTE_ORDERS_H_
