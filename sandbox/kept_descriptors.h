// KeptDescriptors: what an event loop has open, its epolls, events and pipes,
// of which a fork needs its own: with those that it inherits, what one fork
// does the next would see.
//
// They are written down as they are made, until they are saved, in functions
// that take the place of the C library's. Any thread; Save and Restore with no
// other one.

#ifndef SANDBOX_KEPT_DESCRIPTORS_H_
#define SANDBOX_KEPT_DESCRIPTORS_H_

#include <sys/epoll.h>

namespace sandbox {

// As the calls of those names do.
[[nodiscard]] int MakeEpoll(int flags);
[[nodiscard]] int MakeEvent(unsigned count, int flags);
[[nodiscard]] int MakePipe(int* ends, int flags);
[[nodiscard]] int ChangeEpoll(int epoll, int operation, int fd,
                              epoll_event* event);

// Takes down what they hold. False where others are open above 2, but for
// `known`, or more than is known of.
[[nodiscard]] bool SaveDescriptors(int known);

// Makes them anew, under their numbers and as they were when saved. Requires:
// these are free. False: errno says why.
[[nodiscard]] bool RestoreDescriptors();

}  // namespace sandbox

#endif  // SANDBOX_KEPT_DESCRIPTORS_H_
