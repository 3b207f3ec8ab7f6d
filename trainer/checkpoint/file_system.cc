#include "trainer/checkpoint/file_system.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <string_view>

namespace trainer {
namespace {

// Calls `call` until it is not interrupted; -1 becomes -errno.
template <typename Call>
auto Repeat(Call call) -> decltype(call()) {
  while (true) {
    const auto result = call();
    if (result >= 0) return result;
    if (errno != EINTR) return -errno;
  }
}

class OperatingSystem final : public FileSystem {
 public:
  int Open(const std::string& path, int flags) override {
    return Repeat([&] { return open(path.c_str(), flags | O_CLOEXEC, 0666); });
  }
  // Never repeated: on Linux the descriptor is gone after EINTR as well.
  int Close(int fd) override {
    return close(fd) == 0 || errno == EINTR ? 0 : -errno;
  }
  ssize_t Read(int fd, std::span<std::byte> into) override {
    return Repeat([&] { return read(fd, into.data(), into.size()); });
  }
  ssize_t Write(int fd, std::span<const std::byte> bytes) override {
    return Repeat([&] { return write(fd, bytes.data(), bytes.size()); });
  }
  int Fsync(int fd) override {
    return Repeat([&] { return fsync(fd); });
  }
  int Truncate(int fd, std::uint64_t size) override {
    return Repeat([&] { return ftruncate(fd, static_cast<off_t>(size)); });
  }
  std::int64_t Size(int fd) override {
    struct stat info = {};
    if (fstat(fd, &info) != 0) return -errno;
    return S_ISREG(info.st_mode) ? info.st_size : -EINVAL;
  }
  int MakeDirectory(const std::string& path) override {
    return Repeat([&] { return mkdir(path.c_str(), 0777); });
  }
  int RemoveDirectory(const std::string& path) override {
    return Repeat([&] { return rmdir(path.c_str()); });
  }
  int Remove(const std::string& path) override {
    return Repeat([&] { return unlink(path.c_str()); });
  }
  int Rename(const std::string& from, const std::string& to) override {
    return Repeat([&] { return rename(from.c_str(), to.c_str()); });
  }
  int Exchange(const std::string& one, const std::string& other) override {
    return Repeat([&] {
      return renameat2(AT_FDCWD, one.c_str(), AT_FDCWD, other.c_str(),
                       RENAME_EXCHANGE);
    });
  }
  int List(const std::string& path, std::vector<std::string>& names) override {
    names.clear();
    DIR* folder = opendir(path.c_str());
    if (folder == nullptr) return -errno;
    errno = 0;
    while (const dirent* entry = readdir(folder)) {
      const std::string_view name = entry->d_name;
      if (name != "." && name != "..") names.emplace_back(name);
    }
    const int error = errno;
    closedir(folder);
    std::sort(names.begin(), names.end());
    return -error;
  }
};

}  // namespace

FileSystem& RealFileSystem() {
  static OperatingSystem system;
  return system;
}

}  // namespace trainer
