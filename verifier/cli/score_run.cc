#include "verifier/cli/score_run.h"

namespace verifier::cli {

namespace {
constexpr int kIdleMilliseconds = 100;
}  // namespace

ScoreRun::ScoreRun(ItemReader& reader, int input_fd, Scorer& scorer,
                   Wakeup& wakeup)
    : reader_(reader), input_fd_(input_fd), scorer_(scorer), wakeup_(wakeup) {}

bool ScoreRun::MayRead() const {
  return !at_end_ && window_.size() < kWindowItems &&
         window_bytes_ < kWindowBytes;
}

void ScoreRun::StartBatch() {
  if (batch_.empty()) return;
  const std::uint64_t first = first_ + window_.size() - batch_.size();
  std::vector<protocol::Item> items;
  items.swap(batch_);
  scorer_.Start(std::move(items),
                [inbox = inbox_, first, &wakeup = wakeup_](
                    std::size_t index, protocol::ScoreResult result) {
                  const std::lock_guard lock(inbox->mutex);
                  inbox->results.emplace_back(first + index, std::move(result));
                  if (inbox->results.size() == 1) wakeup.Wake();
                });
}

bool ScoreRun::Read() {
  while (MayRead()) {
    if (left_ == 0) {
      at_end_ = true;
      break;
    }
    ItemLine line;
    const ItemReader::State state = reader_.Next(line);
    if (state == ItemReader::State::kFailed) {
      error_ = reader_.error();
      return false;
    }
    if (state == ItemReader::State::kEnd) at_end_ = true;
    if (state != ItemReader::State::kLine) break;
    --left_;
    window_.push_back({line.number, line.bytes, std::nullopt});
    window_bytes_ += line.bytes;
    batch_.push_back(std::move(line.item));
    if (batch_.size() >= scorer_.batch_items()) {
      StartBatch();
      return true;  // hand results out between batches
    }
  }
  StartBatch();
  return true;
}

void ScoreRun::TakeResults() {
  std::vector<std::pair<std::uint64_t, protocol::ScoreResult>> results;
  {
    const std::lock_guard lock(inbox_->mutex);
    results.swap(inbox_->results);
  }
  for (auto& [number, result] : results) {
    window_[static_cast<std::size_t>(number - first_)].result =
        std::move(result);
  }
}

bool ScoreRun::HandOut(const Events& events) {
  while (!window_.empty() && window_.front().result) {
    const Slot& slot = window_.front();
    if (!events.on_result(slot.line, *slot.result)) return false;
    window_bytes_ -= slot.bytes;
    bytes_done_ += slot.bytes;
    window_.pop_front();
    ++first_;
  }
  return true;
}

ScoreRun::End ScoreRun::Run(std::size_t limit, const Events& events) {
  left_ = limit;
  while (true) {
    if (!Read()) return End::kReadFailed;
    TakeResults();
    if (!HandOut(events)) return End::kSinkFailed;
    if (Wakeup::interrupted()) return End::kInterrupted;
    error_ = scorer_.failure();
    if (!error_.empty()) return End::kServerFailed;
    const bool done = at_end_ && window_.empty();
    // A regular file can always be read: then this only looks for results.
    if (!events.on_idle(bytes_done_)) return End::kSinkFailed;
    if (done) return End::kDone;
    wakeup_.Wait(MayRead() ? input_fd_ : -1, kIdleMilliseconds);
  }
}

}  // namespace verifier::cli
