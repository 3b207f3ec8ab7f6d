#include "trainer/checkpoint/run_directory.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <random>
#include <system_error>
#include <utility>

namespace trainer {
namespace {

constexpr std::string_view kLockName = "run.lock";
constexpr std::string_view kIdName = "run_id";
constexpr std::size_t kIdDigits = 32;
constexpr std::string_view kHexDigits = "0123456789abcdef";
constexpr std::uint64_t kMostLockBytes = 64;

std::string NewId() {
  std::random_device device;
  std::string id;
  while (id.size() < kIdDigits) id += kHexDigits[device() % 16];
  return id;
}

bool IsId(std::string_view text) {
  return text.size() == kIdDigits &&
         text.find_first_not_of(kHexDigits) == std::string_view::npos;
}

// ", by process 123" or nothing.
std::string HolderOf(const std::string& lock_path) {
  const auto bytes = ReadWholeFile(RealFileSystem(), lock_path, kMostLockBytes);
  if (!bytes) return "";
  const std::string_view text = AsText(*bytes);
  const std::string_view digits = text.substr(0, text.find('\n'));
  if (digits.empty() ||
      digits.find_first_not_of("0123456789") != std::string_view::npos) {
    return "";
  }
  return ", by process " + std::string(digits);
}

CheckpointResult<OpenFile> Lock(const std::string& folder) {
  FileSystem& fs = RealFileSystem();
  const std::string path = folder + "/" + std::string(kLockName);
  auto file = OpenFile::Open(fs, path, O_RDWR | O_CREAT | O_NOFOLLOW);
  if (!file) {
    return CheckpointError(
        folder, "the run's folder is not writable: " + file.error().ToString());
  }
  while (flock(file->fd(), LOCK_EX | LOCK_NB) != 0) {
    if (errno == EINTR) continue;
    if (errno != EWOULDBLOCK) return SystemError(path, "flock", -errno);
    return CheckpointError(folder, "is in use" + HolderOf(path) +
                                       ": two runs cannot share one folder");
  }
  const std::string holder = std::to_string(getpid()) + "\n";
  const int code = fs.Truncate(file->fd(), 0);
  if (code < 0) return SystemError(path, "truncating", code);
  if (auto done = file->Write(AsBytes(holder)); !done) return done.error();
  return file;
}

CheckpointResult<std::string> ReadOrMakeId(const std::string& folder) {
  FileSystem& fs = RealFileSystem();
  const std::string path = folder + "/" + std::string(kIdName);
  std::error_code error;
  if (!std::filesystem::exists(std::filesystem::symlink_status(path, error))) {
    const std::string id = NewId();
    if (auto done = ReplaceFile(fs, path, AsBytes(id + "\n")); !done) {
      return done.error();
    }
    return id;
  }
  const auto bytes = ReadWholeFile(fs, path, kIdDigits + 1);
  if (!bytes) return bytes.error();
  const std::string_view text = AsText(*bytes);
  if (!text.ends_with('\n') || !IsId(text.substr(0, text.size() - 1))) {
    return CheckpointError(path, "must hold 32 hexadecimal digits");
  }
  return std::string(text.substr(0, kIdDigits));
}

}  // namespace

RunDirectory::RunDirectory(OpenFile lock, std::string path, std::string run_id)
    : lock_(std::move(lock)),
      path_(std::move(path)),
      run_id_(std::move(run_id)) {}

CheckpointResult<RunDirectory> RunDirectory::Open(const std::string& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) {
    return CheckpointError(
        path, "the run's folder cannot be made: " + error.message());
  }
  const std::string folder = std::filesystem::canonical(path, error).string();
  if (error) return CheckpointError(path, error.message());
  auto lock = Lock(folder);
  if (!lock) return lock.error();
  auto id = ReadOrMakeId(folder);
  if (!id) return id.error();
  return RunDirectory(std::move(*lock), folder, std::move(*id));
}

std::string RunDirectory::Path(std::string_view name) const {
  return path_ + "/" + std::string(name);
}

}  // namespace trainer
