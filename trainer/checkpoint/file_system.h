// FileSystem: the system calls that checkpoints and logs are made of, behind an
// interface, so that a test can let the k-th of them fail.
//
// Every call returns what the system call returns, with the negative errno in
// place of -1 (e.g. -ENOSPC). EINTR is not reported: the call is repeated.
// Thread-safe: no state. Calls block on the disk.

#ifndef TRAINER_CHECKPOINT_FILE_SYSTEM_H_
#define TRAINER_CHECKPOINT_FILE_SYSTEM_H_

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace trainer {

class FileSystem {
 public:
  virtual ~FileSystem() = default;

  // open(2), mode 0666 less the umask, always with O_CLOEXEC. A descriptor.
  virtual int Open(const std::string& path, int flags) = 0;
  virtual int Close(int fd) = 0;

  // May move fewer bytes than asked, like the system calls.
  virtual ssize_t Read(int fd, std::span<std::byte> into) = 0;
  virtual ssize_t Write(int fd, std::span<const std::byte> bytes) = 0;

  virtual int Fsync(int fd) = 0;
  virtual int Truncate(int fd, std::uint64_t size) = 0;
  // The size in bytes; -EINVAL for what is not a regular file.
  virtual std::int64_t Size(int fd) = 0;

  virtual int MakeDirectory(const std::string& path) = 0;
  virtual int RemoveDirectory(const std::string& path) = 0;
  virtual int Remove(const std::string& path) = 0;
  virtual int Rename(const std::string& from, const std::string& to) = 0;
  // Swaps two names at once; -EINVAL or -ENOSYS where the disk cannot.
  virtual int Exchange(const std::string& one, const std::string& other) = 0;

  // The names in a folder, sorted, without "." and "..".
  virtual int List(const std::string& path,
                   std::vector<std::string>& names) = 0;
};

// The operating system's. Lives as long as the program.
[[nodiscard]] FileSystem& RealFileSystem();

}  // namespace trainer

#endif  // TRAINER_CHECKPOINT_FILE_SYSTEM_H_
