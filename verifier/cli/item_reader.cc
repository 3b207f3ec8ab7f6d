#include "verifier/cli/item_reader.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "verifier/protocol/strict_json.h"

namespace verifier::cli {
namespace {

constexpr std::size_t kReadBytes = std::size_t{256} << 10;

protocol::Item NoItem(std::string pointer, std::string detail) {
  protocol::Item item;
  item.error.emplace(std::move(pointer), std::move(detail));
  return item;
}

}  // namespace

ItemReader::ItemReader(int fd, const protocol::Limits& limits,
                       std::size_t line_bytes)
    : fd_(fd), limits_(limits), line_bytes_(line_bytes) {}

protocol::Item ItemReader::Parse(std::string_view text) const {
  constexpr std::size_t kAround = 2;  // {"items":[...]}
  const auto value = protocol::ParseStrictJson(
      text, {limits_.json_depth - kAround, limits_.json_members});
  if (!value) {
    return NoItem(value.error().pointer,
                  "not strict JSON: " + value.error().detail + " (at byte " +
                      std::to_string(value.error().offset) + ")");
  }
  return protocol::ParseItem(*value, limits_);
}

bool ItemReader::TakeLine(ItemLine& line, bool& is_item) {
  std::size_t end = buffer_.find('\n', searched_);
  if (end == std::string::npos) {
    searched_ = buffer_.size();
    const bool rest = start_ < buffer_.size() || dropped_ > 0;
    if (!at_end_ || !rest) return false;
    end = buffer_.size();
  }
  const std::string_view text =
      std::string_view(buffer_).substr(start_, end - start_);
  const std::size_t size = dropped_ + text.size();
  line.number = ++number_;
  line.bytes = size + 1;
  is_item = true;
  if (size > line_bytes_) {
    line.item = NoItem("", "the line has " + std::to_string(size) +
                               " bytes, over limit.line_bytes = " +
                               std::to_string(line_bytes_));
  } else if (text.find_first_not_of(" \t\r") == std::string_view::npos) {
    is_item = false;
  } else {
    line.item = Parse(text);
  }
  dropped_ = 0;
  start_ = std::min(end + 1, buffer_.size());
  searched_ = start_;
  return true;
}

ItemReader::State ItemReader::Fill() {
  if (at_end_) return State::kEnd;
  pollfd ready{fd_, POLLIN, 0};
  const int polled = poll(&ready, 1, 0);
  if (polled == 0 || (polled < 0 && errno == EINTR)) return State::kBlocked;
  buffer_.erase(0, start_);
  searched_ -= start_;
  start_ = 0;
  if (buffer_.size() > line_bytes_) {
    // No end in sight: only its length matters from here on.
    dropped_ += buffer_.size();
    buffer_.clear();
    searched_ = 0;
  }
  const std::size_t before = buffer_.size();
  buffer_.resize(before + kReadBytes);
  const ssize_t got = read(fd_, buffer_.data() + before, kReadBytes);
  buffer_.resize(before + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
  if (got > 0) return State::kLine;
  if (got == 0) {
    at_end_ = true;
    return State::kLine;
  }
  if (errno == EINTR || errno == EAGAIN) return State::kBlocked;
  error_ = std::strerror(errno);
  return State::kFailed;
}

ItemReader::State ItemReader::Next(ItemLine& line) {
  while (true) {
    bool is_item = false;
    while (TakeLine(line, is_item)) {
      if (is_item) return State::kLine;
    }
    const State state = Fill();
    if (state != State::kLine) return state;
  }
}

}  // namespace verifier::cli
