#include "trainer/checkpoint/jsonl_log.h"

#include <fcntl.h>

#include <algorithm>
#include <boost/json/object.hpp>
#include <cerrno>
#include <optional>
#include <utility>

#include "verifier/protocol/strict_json.h"

namespace trainer {
namespace {

struct LineFields {
  std::optional<std::int64_t> step{};  // where it has one
  std::optional<std::string> stage{};
};

// `text` without its line end. `where` is for error texts.
CheckpointResult<LineFields> ReadLine(std::string_view text,
                                      const std::string& where) {
  if (text.size() > kMaxLogLineBytes) {
    return CheckpointError(where, "a line over the limit of " +
                                      std::to_string(kMaxLogLineBytes) +
                                      " bytes");
  }
  // JSON may hold line ends between its tokens; a line may not.
  if (text.find('\n') != std::string_view::npos) {
    return CheckpointError(where, "a line end within a line");
  }
  const auto value = verifier::protocol::ParseStrictJson(text);
  if (!value) {
    return CheckpointError(where, "not a JSON object: " + value.error().detail);
  }
  if (!value->is_object()) return CheckpointError(where, "not a JSON object");
  LineFields fields;
  const boost::json::value* stage = value->get_object().if_contains("stage");
  if (stage != nullptr && stage->is_string()) {
    fields.stage = std::string(stage->get_string());
  }
  const boost::json::value* step = value->get_object().if_contains("step");
  if (step == nullptr) return fields;
  if (!step->is_int64()) {
    return CheckpointError(where, "\"step\" must be an integer");
  }
  fields.step = step->get_int64();
  return fields;
}

std::string Where(const std::string& path, std::size_t number) {
  return path + ":" + std::to_string(number);
}

// Where the whole lines of `text` end. An error: one is no JSON object.
CheckpointResult<std::size_t> CheckLines(std::string_view text,
                                         const std::string& path,
                                         std::size_t& number) {
  std::size_t begin = 0;
  number = 1;
  while (true) {
    const std::size_t end = text.find('\n', begin);
    if (end == std::string_view::npos) return begin;
    const auto line =
        ReadLine(text.substr(begin, end - begin), Where(path, number));
    if (!line) return line.error();
    begin = end + 1;
    ++number;
  }
}

}  // namespace

JsonlLog::JsonlLog(FileSystem& fs, std::string path, LogSync sync,
                   OpenFile file, std::uint64_t size)
    : fs_(&fs),
      path_(std::move(path)),
      sync_(sync),
      file_(std::move(file)),
      size_(size) {}

CheckpointResult<JsonlLog> JsonlLog::Open(const std::string& path,
                                          std::vector<std::string>* notices,
                                          LogSync sync, FileSystem& fs) {
  auto file =
      OpenFile::Open(fs, path, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW);
  if (!file) return file.error();
  const auto bytes = ReadWholeFile(fs, path);
  if (!bytes) return bytes.error();
  const std::string_view text = AsText(*bytes);
  std::size_t number = 0;
  const auto whole = CheckLines(text, path, number);
  if (!whole) return whole.error();
  JsonlLog log(fs, path, sync, std::move(*file), *whole);
  const std::string_view rest = text.substr(*whole);
  if (!rest.empty()) {
    std::string what = "the last line was torn, its " +
                       std::to_string(rest.size()) + " bytes are removed";
    CheckpointResult<void> done;
    if (ReadLine(rest, path)) {
      what = "the last line had no line end, it is added";
      done = log.file_.Write(AsBytes("\n"));
      log.size_ = text.size() + 1;
    } else {
      const int code = fs.Truncate(log.file_.fd(), *whole);
      if (code < 0) done = SystemError(path, "truncating", code);
    }
    if (done) done = log.file_.Fsync();
    if (!done) return done.error();
    if (notices != nullptr) {
      notices->push_back(CheckpointError(Where(path, number), what).ToString());
    }
  }
  if (auto done = SyncDirectory(fs, ParentOf(path)); !done) return done.error();
  return log;
}

CheckpointResult<void> JsonlLog::Append(std::string_view line) {
  if (broken_) {
    return CheckpointError(path_,
                           "an earlier write failed half way and could "
                           "not be taken back: open the log again");
  }
  if (const auto read = ReadLine(line, path_); !read) return read.error();
  const std::string text = std::string(line) + '\n';
  auto done = file_.Write(AsBytes(text));
  if (done && sync_ == LogSync::kEachLine) done = file_.Fsync();
  if (!done) {
    broken_ = fs_->Truncate(file_.fd(), size_) < 0;
    return done;
  }
  size_ += text.size();
  return {};
}

CheckpointResult<std::vector<JsonlLog::Line>> JsonlLog::Lines(
    std::string_view text) const {
  std::vector<Line> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = text.find('\n', begin);
    if (end == std::string_view::npos) {
      return CheckpointError(path_, "was changed by another program");
    }
    const std::string_view line = text.substr(begin, end - begin);
    auto fields = ReadLine(line, Where(path_, lines.size() + 1));
    if (!fields) return fields.error();
    lines.push_back({line, fields->step, std::move(fields->stage)});
    begin = end + 1;
  }
  return lines;
}

CheckpointResult<void> JsonlLog::Replace(std::string_view text) {
  if (auto done = ReplaceFile(*fs_, path_, AsBytes(text)); !done) {
    // The rename may have happened: then file_ is of the old log.
    broken_ = true;
    return done.error();
  }
  auto file = OpenFile::Open(*fs_, path_, O_WRONLY | O_APPEND | O_NOFOLLOW);
  if (!file) {
    broken_ = true;
    return file.error();
  }
  file_ = std::move(*file);
  size_ = text.size();
  broken_ = false;
  return {};
}

CheckpointResult<std::size_t> JsonlLog::TruncateAfterStep(std::int64_t step) {
  const auto bytes = ReadWholeFile(*fs_, path_);
  if (!bytes) return bytes.error();
  const std::string_view text = AsText(*bytes);
  const auto lines = Lines(text);
  if (!lines) return lines.error();
  const auto first = std::find_if(
      lines->begin(), lines->end(),
      [&](const Line& line) { return line.step && *line.step > step; });
  if (first == lines->end()) return std::size_t{0};
  const auto kept = static_cast<std::size_t>(first->text.data() - text.data());
  if (auto done = Replace(text.substr(0, kept)); !done) return done.error();
  return static_cast<std::size_t>(lines->end() - first);
}

CheckpointResult<std::vector<std::int64_t>> JsonlLog::RemoveStage(
    std::string_view stage) {
  const auto bytes = ReadWholeFile(*fs_, path_);
  if (!bytes) return bytes.error();
  const auto lines = Lines(AsText(*bytes));
  if (!lines) return lines.error();
  std::vector<std::int64_t> removed;
  std::string kept;
  for (const Line& line : *lines) {
    if (line.stage == stage) {
      removed.push_back(line.step.value_or(0));
    } else {
      kept += std::string(line.text) + '\n';
    }
  }
  if (removed.empty()) return removed;
  if (auto done = Replace(kept); !done) return done.error();
  return removed;
}

CheckpointResult<std::int64_t> JsonlLog::LastStep() const {
  const auto bytes = ReadWholeFile(*fs_, path_);
  if (!bytes) return bytes.error();
  const auto lines = Lines(AsText(*bytes));
  if (!lines) return lines.error();
  std::int64_t last = 0;
  for (const Line& line : *lines) last = std::max(last, line.step.value_or(0));
  return last;
}

}  // namespace trainer
