// Spawner: our end of the process that makes slots. It is executed afresh from
// an image in this library, so that nothing of this process is in it, however
// large and whatever its secrets. It ends with this object, or with this
// process, and all its slots with it. Thread-safe.

#ifndef SANDBOX_SPAWNER_H_
#define SANDBOX_SPAWNER_H_

#include <boost/system/result.hpp>
#include <memory>
#include <string>
#include <vector>

#include "sandbox/fd.h"
#include "sandbox/folder.h"
#include "sandbox/orders.h"
#include "sandbox/probe.h"

namespace sandbox {

class Spawner {
 public:
  // Its slots' programs see `folders` beside what every program sees. Blocks
  // for about a millisecond. The error names the call that failed.
  [[nodiscard]] static boost::system::result<std::unique_ptr<Spawner>,
                                             JailError>
  Start(Level level, const std::vector<Folder>& folders = {});

  // Ends it and every slot.
  ~Spawner();
  Spawner(const Spawner&) = delete;
  Spawner& operator=(const Spawner&) = delete;

  // A new slot: the socket that takes its orders (RunOrder). Waits for the slot
  // to be ready, some milliseconds, at most kSetUpTime. `group` holds the files
  // of its control group (group_member.h), or none.
  [[nodiscard]] boost::system::result<Fd, JailError> MakeSlot(
      const SlotOrder& order, const std::vector<Fd>& group = {}) const;

 private:
  Spawner() = default;

  std::string Why(const Trouble& trouble) const;

  std::vector<Folder> folders_;
  Fd control_;
  Fd pidfd_;
};

}  // namespace sandbox

#endif  // SANDBOX_SPAWNER_H_
