#include "tests/trainer/checkpoint_faults.h"

#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "trainer/checkpoint/files.h"
#include "trainer/checkpoint/safetensors.h"

namespace trainer {

TestFolder::TestFolder() {
  std::string name =
      (std::filesystem::temp_directory_path() / "assay-XXXXXX").string();
  path_ = mkdtemp(name.data());
}

TestFolder::~TestFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string TestFolder::Path(std::string_view name) const {
  return path_ + "/" + std::string(name);
}

void WriteText(const std::string& path, std::string_view text) {
  std::ofstream(path, std::ios::binary) << text;
}

std::string ReadText(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file),
          std::istreambuf_iterator<char>()};
}

std::vector<std::string> Names(const std::string& folder) {
  std::vector<std::string> names;
  RealFileSystem().List(folder, names);
  return names;
}

std::vector<CheckpointFile> FilesOf(std::int64_t step) {
  std::vector<float> weights(96);
  for (std::size_t i = 0; i < weights.size(); ++i) {
    weights[i] = static_cast<float>(step) + static_cast<float>(i) / 7;
  }
  const auto bytes = std::as_bytes(std::span(weights));
  const std::vector<TensorBlob> model{
      {"model.embed.weight", Dtype::kF32, {16, 4}, bytes.first(256)},
      {"model.norm.weight", Dtype::kBF16, {32}, bytes.subspan(256, 64)},
      {"model.head.weight", Dtype::kF32, {16}, bytes.last(64)}};
  const std::vector<TensorBlob> optimizer{
      {"m", Dtype::kF32, {48}, bytes.first(192)},
      {"v", Dtype::kF64, {24}, bytes.last(192)}};
  const auto rng = AsBytes("streams of step ");
  std::vector<CheckpointFile> files{
      {"model.safetensors", *SafetensorsBytes(model)},
      {"optimizer.safetensors", *SafetensorsBytes(optimizer)},
      {"rng.bin", Bytes(rng.begin(), rng.end())}};
  files.back().bytes.push_back(static_cast<std::byte>(step));
  return files;
}

boost::json::object FieldsOf(std::int64_t step) {
  return {{"cursor", step * 64}, {"world_size", 2}, {"version", "0.1.0"}};
}

int FaultyFileSystem::Next(std::string_view name, const std::string& path) {
  const std::size_t index = log_.size();
  log_.push_back(std::string(name) + " " +
                 path.substr(path.find_last_of('/') + 1));
  if (dead_) return -EIO;
  if (full_ && name == "write") return -ENOSPC;
  if (index != k_) return 0;
  switch (fault_) {
    case Fault::kNoSpace:
      return -ENOSPC;
    case Fault::kIoError:
      return -EIO;
    case Fault::kDead:
    case Fault::kPowerLoss:
      dead_ = true;
      return -EIO;
    case Fault::kShortWrite:
      full_ = name == "write";
      return 0;
    case Fault::kNoExchange:
      return 0;
  }
  return 0;
}

int FaultyFileSystem::Open(const std::string& path, int flags) {
  if (const int code = Next("open", path); code < 0) return code;
  const bool is_new = (flags & O_CREAT) != 0 && !std::filesystem::exists(path);
  const int fd = RealFileSystem().Open(path, flags);
  if (fd < 0) return fd;
  open_[fd] = path;
  if (is_new) unnamed_.insert(path);
  return fd;
}

// Closes for good whatever it says: a test must not run out of descriptors.
int FaultyFileSystem::Close(int fd) {
  const int code = Next("close", open_[fd]);
  open_.erase(fd);
  const int closed = RealFileSystem().Close(fd);
  return code < 0 ? code : closed;
}

ssize_t FaultyFileSystem::Read(int fd, std::span<std::byte> into) {
  if (const int code = Next("read", open_[fd]); code < 0) return code;
  return RealFileSystem().Read(fd, into);
}

ssize_t FaultyFileSystem::Write(int fd, std::span<const std::byte> bytes) {
  if (const int code = Next("write", open_[fd]); code < 0) return code;
  unsynced_.insert(open_[fd]);
  if (full_) bytes = bytes.first(bytes.size() / 2);
  if (bytes.empty()) return -ENOSPC;
  return RealFileSystem().Write(fd, bytes);
}

int FaultyFileSystem::Fsync(int fd) {
  const std::string path = open_[fd];
  if (const int code = Next("fsync", path); code < 0) return code;
  unsynced_.erase(path);
  std::erase_if(unnamed_,
                [&](const auto& name) { return ParentOf(name) == path; });
  std::erase_if(moves_,
                [&](const Move& move) { return ParentOf(move.to) == path; });
  return RealFileSystem().Fsync(fd);
}

int FaultyFileSystem::Truncate(int fd, std::uint64_t size) {
  if (const int code = Next("truncate", open_[fd]); code < 0) return code;
  return RealFileSystem().Truncate(fd, size);
}

std::int64_t FaultyFileSystem::Size(int fd) {
  if (const int code = Next("size", open_[fd]); code < 0) return code;
  return RealFileSystem().Size(fd);
}

int FaultyFileSystem::MakeDirectory(const std::string& path) {
  if (const int code = Next("mkdir", path); code < 0) return code;
  return RealFileSystem().MakeDirectory(path);
}

int FaultyFileSystem::RemoveDirectory(const std::string& path) {
  if (const int code = Next("rmdir", path); code < 0) return code;
  return RealFileSystem().RemoveDirectory(path);
}

int FaultyFileSystem::Remove(const std::string& path) {
  if (const int code = Next("remove", path); code < 0) return code;
  unsynced_.erase(path);
  unnamed_.erase(path);
  return RealFileSystem().Remove(path);
}

int FaultyFileSystem::Rename(const std::string& from, const std::string& to) {
  if (const int code = Next("rename", to); code < 0) return code;
  const int code = RealFileSystem().Rename(from, to);
  if (code < 0) return code;
  MoveNames(from, to);
  moves_.push_back({from, to, false});
  return 0;
}

int FaultyFileSystem::Exchange(const std::string& one,
                               const std::string& other) {
  if (const int code = Next("exchange", other); code < 0) return code;
  if (fault_ == Fault::kNoExchange) return -EINVAL;
  const int code = RealFileSystem().Exchange(one, other);
  if (code < 0) return code;
  const std::string middle = one + ".middle";
  MoveNames(one, middle);
  MoveNames(other, one);
  MoveNames(middle, other);
  moves_.push_back({one, other, true});
  return 0;
}

int FaultyFileSystem::List(const std::string& path,
                           std::vector<std::string>& names) {
  if (const int code = Next("list", path); code < 0) return code;
  return RealFileSystem().List(path, names);
}

void FaultyFileSystem::MoveNames(const std::string& from,
                                 const std::string& to) {
  for (auto* names : {&unsynced_, &unnamed_}) {
    std::set<std::string> moved;
    for (const std::string& name : *names) {
      const bool inside = name == from || name.starts_with(from + "/");
      moved.insert(inside ? to + name.substr(from.size()) : name);
    }
    *names = std::move(moved);
  }
}

void FaultyFileSystem::LosePower() {
  namespace fs = std::filesystem;
  std::error_code ignored;
  for (const std::string& name : unsynced_) {
    fs::resize_file(name, 0, ignored);
  }
  for (const std::string& name : unnamed_) fs::remove(name, ignored);
  for (auto move = moves_.rbegin(); move != moves_.rend(); ++move) {
    if (move->exchange) {
      RealFileSystem().Exchange(move->to, move->from);
    } else {
      RealFileSystem().Rename(move->to, move->from);
    }
  }
}

}  // namespace trainer
