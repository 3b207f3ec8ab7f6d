#include "trainer/checkpoint/files.h"

#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include "verifier/protocol/json_text.h"

namespace trainer {
namespace {

// Linux moves at most about 2 GiB a call.
constexpr std::size_t kMostBytesPerCall = std::size_t{1} << 30;

}  // namespace

std::span<const std::byte> AsBytes(std::string_view text) {
  return std::as_bytes(std::span(text));
}

std::string_view AsText(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string Quoted(std::string_view text) {
  constexpr std::size_t kMostBytes = 100;
  std::string quoted;
  verifier::protocol::AppendJsonString(text.substr(0, kMostBytes), quoted);
  if (text.size() > kMostBytes) quoted += "...";
  return quoted;
}

CheckpointError SystemError(const std::string& path, std::string_view doing,
                            int code) {
  return {path, std::string(doing) +
                    " failed: " + std::generic_category().message(-code)};
}

OpenFile::OpenFile(FileSystem& fs, std::string path, int fd)
    : fs_(&fs), path_(std::move(path)), fd_(fd) {}

OpenFile::OpenFile(OpenFile&& other) noexcept
    : fs_(other.fs_),
      path_(std::move(other.path_)),
      fd_(std::exchange(other.fd_, -1)) {}

OpenFile& OpenFile::operator=(OpenFile&& other) noexcept {
  std::swap(fs_, other.fs_);
  std::swap(path_, other.path_);
  std::swap(fd_, other.fd_);
  return *this;
}

OpenFile::~OpenFile() {
  if (fd_ >= 0) fs_->Close(fd_);
}

CheckpointResult<OpenFile> OpenFile::Open(FileSystem& fs,
                                          const std::string& path, int flags) {
  const int fd = fs.Open(path, flags);
  if (fd < 0) return SystemError(path, "opening", fd);
  return OpenFile(fs, path, fd);
}

CheckpointResult<void> OpenFile::Write(std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t put =
        fs_->Write(fd_, bytes.first(std::min(bytes.size(), kMostBytesPerCall)));
    if (put < 0) return SystemError(path_, "writing", static_cast<int>(put));
    if (put == 0) return SystemError(path_, "writing", -EIO);
    bytes = bytes.subspan(static_cast<std::size_t>(put));
  }
  return {};
}

CheckpointResult<void> OpenFile::Fsync() {
  const int code = fs_->Fsync(fd_);
  if (code < 0) return SystemError(path_, "fsync", code);
  return {};
}

CheckpointResult<void> OpenFile::Close() {
  const int code = fs_->Close(std::exchange(fd_, -1));
  if (code < 0) return SystemError(path_, "closing", code);
  return {};
}

CheckpointResult<Bytes> ReadWholeFile(FileSystem& fs, const std::string& path,
                                      std::uint64_t most_bytes) {
  // O_NONBLOCK: opening a named pipe must not wait for a writer.
  auto file = OpenFile::Open(fs, path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  if (!file) return file.error();
  const std::int64_t size = fs.Size(file->fd());
  if (size == -EINVAL) return CheckpointError(path, "is not a regular file");
  if (size < 0) return SystemError(path, "reading", static_cast<int>(size));
  if (static_cast<std::uint64_t>(size) > most_bytes) {
    return CheckpointError(path, "has " + std::to_string(size) +
                                     " bytes, over the limit of " +
                                     std::to_string(most_bytes));
  }
  Bytes bytes(static_cast<std::size_t>(size));
  std::span<std::byte> rest = bytes;
  while (!rest.empty()) {
    const ssize_t got = fs.Read(
        file->fd(), rest.first(std::min(rest.size(), kMostBytesPerCall)));
    if (got < 0) return SystemError(path, "reading", static_cast<int>(got));
    if (got == 0) return CheckpointError(path, "became shorter while read");
    rest = rest.subspan(static_cast<std::size_t>(got));
  }
  return bytes;
}

CheckpointResult<void> WriteAndSync(FileSystem& fs, const std::string& path,
                                    std::span<const std::byte> bytes) {
  auto file =
      OpenFile::Open(fs, path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW);
  if (!file) return file.error();
  if (auto done = file->Write(bytes); !done) return done;
  if (auto done = file->Fsync(); !done) return done;
  return file->Close();
}

CheckpointResult<void> SyncDirectory(FileSystem& fs, const std::string& path) {
  auto folder = OpenFile::Open(fs, path, O_RDONLY | O_DIRECTORY);
  if (!folder) return folder.error();
  if (auto done = folder->Fsync(); !done) return done;
  return folder->Close();
}

CheckpointResult<void> ReplaceFile(FileSystem& fs, const std::string& path,
                                   std::span<const std::byte> bytes) {
  const std::string temporary = path + ".tmp";
  auto done = WriteAndSync(fs, temporary, bytes);
  if (done) {
    const int code = fs.Rename(temporary, path);
    if (code < 0) done = SystemError(path, "renaming to it", code);
  }
  if (!done) {
    fs.Remove(temporary);
    return done;
  }
  return SyncDirectory(fs, ParentOf(path));
}

CheckpointResult<void> RemoveFolder(FileSystem& fs, const std::string& path) {
  std::vector<std::string> names;
  int code = fs.List(path, names);
  if (code < 0) return SystemError(path, "listing", code);
  for (const std::string& name : names) {
    code = fs.Remove(path + "/" + name);
    if (code < 0) return SystemError(path + "/" + name, "removing", code);
  }
  code = fs.RemoveDirectory(path);
  if (code < 0) return SystemError(path, "removing", code);
  return {};
}

std::string ParentOf(const std::string& path) {
  const auto parent = std::filesystem::path(path).parent_path();
  return parent.empty() ? "." : parent.string();
}

}  // namespace trainer
