// What checkpoints do with files: read one whole, write one so that a crash
// leaves the old or the new, remove a folder. Blocks on the disk.

#ifndef TRAINER_CHECKPOINT_FILES_H_
#define TRAINER_CHECKPOINT_FILES_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "trainer/checkpoint/checkpoint_error.h"
#include "trainer/checkpoint/file_system.h"

namespace trainer {

using Bytes = std::vector<std::byte>;

[[nodiscard]] std::span<const std::byte> AsBytes(std::string_view text);
[[nodiscard]] std::string_view AsText(std::span<const std::byte> bytes);

// `text` in quotes, escaped as JSON and cut at 100 bytes: for error texts.
[[nodiscard]] std::string Quoted(std::string_view text);

// An error for `path` in the words of the system. `code` is a negative errno.
[[nodiscard]] CheckpointError SystemError(const std::string& path,
                                          std::string_view doing, int code);

// An open descriptor, closed at the end. Move-only.
class OpenFile {
 public:
  [[nodiscard]] static CheckpointResult<OpenFile> Open(FileSystem& fs,
                                                       const std::string& path,
                                                       int flags);
  OpenFile(OpenFile&& other) noexcept;
  OpenFile& operator=(OpenFile&& other) noexcept;
  ~OpenFile();

  [[nodiscard]] int fd() const noexcept { return fd_; }
  // All of `bytes`, in as many writes as it takes.
  [[nodiscard]] CheckpointResult<void> Write(std::span<const std::byte> bytes);
  [[nodiscard]] CheckpointResult<void> Fsync();
  // What a late write error comes with; the destructor would drop it.
  [[nodiscard]] CheckpointResult<void> Close();

 private:
  OpenFile(FileSystem& fs, std::string path, int fd);

  FileSystem* fs_;
  std::string path_;
  int fd_;
};

// The bytes of a regular file (no symbolic link), at most `most_bytes`.
[[nodiscard]] CheckpointResult<Bytes> ReadWholeFile(
    FileSystem& fs, const std::string& path,
    std::uint64_t most_bytes = UINT64_MAX);

// Creates or replaces `path` (not for a file being replaced by others too):
// written, synced, closed. No rename: for files of a folder that is renamed.
[[nodiscard]] CheckpointResult<void> WriteAndSync(
    FileSystem& fs, const std::string& path, std::span<const std::byte> bytes);

// Makes the names in folder `path` durable.
[[nodiscard]] CheckpointResult<void> SyncDirectory(FileSystem& fs,
                                                   const std::string& path);

// Replaces `path` by way of `path`.tmp, rename and sync of its folder: after a
// crash at any point the old or the new content is there, whole.
[[nodiscard]] CheckpointResult<void> ReplaceFile(
    FileSystem& fs, const std::string& path, std::span<const std::byte> bytes);

// Removes a folder and the files in it. An error where it holds folders.
[[nodiscard]] CheckpointResult<void> RemoveFolder(FileSystem& fs,
                                                  const std::string& path);

// "a/b" -> "a"; "b" -> ".".
[[nodiscard]] std::string ParentOf(const std::string& path);

}  // namespace trainer

#endif  // TRAINER_CHECKPOINT_FILES_H_
