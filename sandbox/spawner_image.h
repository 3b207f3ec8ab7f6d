// SpawnerImage: the executable of spawner_main.cc, and how it is executed from
// a process with many threads.

#ifndef SANDBOX_SPAWNER_IMAGE_H_
#define SANDBOX_SPAWNER_IMAGE_H_

#include <span>

namespace sandbox {

// Static: it needs no file of the host.
[[nodiscard]] std::span<const char> SpawnerImage();

struct SpawnerStart {
  int image = -1;    // a file that holds the image
  int control = -1;  // becomes descriptor 3
  int service = -1;  // becomes descriptor 4
  const char* const* argv = nullptr;
};

// Executes it with an empty environment and no descriptor but /dev/null at 0 to
// 2 and the two. Returns its PID and a pidfd, or -errno of clone. It is a child
// as any other. Between clone and exec there are raw system calls only, as in
// child.h. Blocks until it is executed.
// Requires: every signal is blocked in the calling thread.
[[nodiscard]] long ExecuteSpawner(const SpawnerStart& start, int* pidfd);

}  // namespace sandbox

#endif  // SANDBOX_SPAWNER_IMAGE_H_
