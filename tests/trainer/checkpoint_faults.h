// A file system that fails on purpose, and a folder to fail in.

#ifndef TESTS_TRAINER_CHECKPOINT_FAULTS_H_
#define TESTS_TRAINER_CHECKPOINT_FAULTS_H_

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "trainer/checkpoint/file_system.h"
#include "trainer/checkpoint/store.h"

namespace trainer {

// A folder of its own for one test, removed with everything in it.
class TestFolder {
 public:
  TestFolder();
  ~TestFolder();
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;

  [[nodiscard]] std::string Path(std::string_view name) const;

 private:
  std::string path_;
};

void WriteText(const std::string& path, std::string_view text);
[[nodiscard]] std::string ReadText(const std::string& path);
[[nodiscard]] std::vector<std::string> Names(const std::string& folder);

// Two safetensors files and one of plain bytes, other ones for each step.
[[nodiscard]] std::vector<CheckpointFile> FilesOf(std::int64_t step);
[[nodiscard]] boost::json::object FieldsOf(std::int64_t step);

enum class Fault {
  kNoSpace,     // the k-th operation: ENOSPC
  kIoError,     // the k-th operation: EIO
  kShortWrite,  // the k-th operation, where a write: half of it, then ENOSPC
  kDead,        // the k-th operation and all after it: EIO, as after kill -9
  kPowerLoss,   // the same, and LosePower() undoes what was not synced
  kNoExchange,  // every swap: EINVAL; nothing else
};

class FaultyFileSystem final : public FileSystem {
 public:
  FaultyFileSystem(Fault fault, std::size_t k) : fault_(fault), k_(k) {}

  // How many operations were asked for. Up to k: nothing has failed yet.
  [[nodiscard]] std::size_t operations() const { return log_.size(); }
  // What was asked for, e.g. "rename step_000003".
  [[nodiscard]] const std::vector<std::string>& log() const { return log_; }
  // The disk as it may be found after the power is back.
  void LosePower();

  int Open(const std::string& path, int flags) override;
  int Close(int fd) override;
  ssize_t Read(int fd, std::span<std::byte> into) override;
  ssize_t Write(int fd, std::span<const std::byte> bytes) override;
  int Fsync(int fd) override;
  int Truncate(int fd, std::uint64_t size) override;
  std::int64_t Size(int fd) override;
  int MakeDirectory(const std::string& path) override;
  int RemoveDirectory(const std::string& path) override;
  int Remove(const std::string& path) override;
  int Rename(const std::string& from, const std::string& to) override;
  int Exchange(const std::string& one, const std::string& other) override;
  int List(const std::string& path, std::vector<std::string>& names) override;

 private:
  struct Move {
    std::string from;
    std::string to;
    bool exchange = false;
  };

  // 0, or the error that this operation is to have.
  int Next(std::string_view name, const std::string& path);
  void MoveNames(const std::string& from, const std::string& to);

  Fault fault_;
  std::size_t k_;
  bool dead_ = false;
  bool full_ = false;
  std::vector<std::string> log_;
  std::map<int, std::string> open_;
  std::set<std::string> unsynced_;  // files with bytes that were not synced
  std::set<std::string> unnamed_;   // files whose folder was not synced
  std::vector<Move> moves_;         // renames whose folder was not synced
};

}  // namespace trainer

#endif  // TESTS_TRAINER_CHECKPOINT_FAULTS_H_
