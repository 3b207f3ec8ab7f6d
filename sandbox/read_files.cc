#include "sandbox/read_files.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstddef>
#include <utility>

#include "sandbox/fd.h"

namespace sandbox {
namespace {

using State = ReturnedFile::State;

Fd Open(int folder, const std::string& name) {
  open_how how{};
  how.flags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS |
                RESOLVE_NO_XDEV;
  return Fd(static_cast<int>(
      syscall(SYS_openat2, folder, name.c_str(), &how, sizeof(how))));
}

State WhyNot(int error) {
  switch (error) {
    case ENOENT:
      return State::kMissing;
    case ELOOP:  // a link
    case ENXIO:  // a socket
      return State::kNotRegular;
    case EACCES:
      return State::kUnreadable;
    default:
      return State::kUnread;
  }
}

// All `size` bytes, which nobody can change.
bool ReadAll(int fd, std::size_t size, std::string* content) {
  content->resize(size);
  std::size_t done = 0;
  while (done < size) {
    const ssize_t got = read(fd, content->data() + done, size - done);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    done += static_cast<std::size_t>(got);
  }
  return true;
}

State ReadOne(int folder, const std::string& name, std::int64_t room,
              std::string* content) {
  const Fd file = Open(folder, name);
  if (!file) return WhyNot(errno);
  struct stat status {};
  if (fstat(file.get(), &status) != 0) return State::kUnread;
  if (!S_ISREG(status.st_mode)) return State::kNotRegular;
  if (status.st_nlink != 1) return State::kLinked;
  // As root we could: the answer must not depend on who we are.
  if ((status.st_mode & S_IRUSR) == 0) return State::kUnreadable;
  if (status.st_size > room) return State::kTooLarge;
  const auto size = static_cast<std::size_t>(status.st_size);
  return ReadAll(file.get(), size, content) ? State::kReturned : State::kUnread;
}

}  // namespace

std::vector<ReturnedFile> ReadFiles(int folder,
                                    const std::vector<std::string>& names,
                                    std::int64_t most_bytes) {
  std::vector<ReturnedFile> files;
  files.reserve(names.size());
  for (const std::string& name : names) {
    ReturnedFile file;
    file.name = name;
    if (folder >= 0) {
      file.state = ReadOne(folder, name, most_bytes, &file.content);
    }
    if (file.state == State::kReturned) {
      most_bytes -= static_cast<std::int64_t>(file.content.size());
    } else {
      file.content.clear();
    }
    files.push_back(std::move(file));
  }
  return files;
}

}  // namespace sandbox
