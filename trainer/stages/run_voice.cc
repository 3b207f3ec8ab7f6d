#include "trainer/stages/run_voice.h"

#include <chrono>

namespace trainer {

RunVoice::RunVoice(const RunOptions& options, int rank)
    : options_(options), mute_(rank != 0 || !options.write) {}

void RunVoice::Say(const std::string& line) {
  if (mute_) return;
  const std::scoped_lock lock(mutex_);
  options_.write(printer_ ? printer_->Note(line) : line + '\n');
}

void RunVoice::SayAll(const std::vector<std::string>& lines) {
  for (const std::string& line : lines) Say(line);
}

void RunVoice::Begin(const std::string& header, const std::string& title) {
  if (mute_) return;
  const std::scoped_lock lock(mutex_);
  printer_.emplace(options_.output, header, title);
}

void RunVoice::Update(const std::string& line, const StepProgress& progress) {
  if (mute_) return;
  const std::scoped_lock lock(mutex_);
  if (!printer_) return;
  // Without a line there is nothing to show but the bar.
  if (line.empty() && !options_.output.terminal) return;
  options_.write(
      printer_->Update(line, progress, std::chrono::steady_clock::now()));
}

void RunVoice::End() {
  if (mute_) return;
  const std::scoped_lock lock(mutex_);
  if (!printer_) return;
  options_.write(printer_->Clear());
  printer_.reset();
}

}  // namespace trainer
