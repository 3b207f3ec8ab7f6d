#include "trainer/serve/model_thread.h"

#include <algorithm>
#include <exception>
#include <stdexcept>

namespace trainer::serve {
namespace {

bool Joins(const Job& first, const Job& other) {
  if (first.is_reward != other.is_reward || first.model != other.model) {
    return false;
  }
  return first.is_reward || first.sampling == other.sampling;
}

void Finish(Job& job) {
  job.done = true;
  if (job.wake) job.wake();
}

void Fail(Job& job, const BackendError& error) {
  job.logit = error;
  job.texts.assign(job.prompts.size(), error);
  Finish(job);
}

}  // namespace

std::vector<std::pair<std::size_t, Token>> Job::TakeTokens() {
  const std::lock_guard lock(mutex_);
  return std::exchange(tokens_, {});
}

void Job::AddToken(std::size_t index, const Token& token) {
  {
    const std::lock_guard lock(mutex_);
    tokens_.emplace_back(index, token);
  }
  if (wake) wake();
}

ModelThread::ModelThread(Backends& backends, std::size_t queue,
                         std::size_t batch)
    : backends_(backends),
      most_waiting_(queue),
      most_batched_(batch),
      thread_([this] { Run(); }) {}

ModelThread::~ModelThread() { Join(); }

void ModelThread::Join() {
  Stop();
  if (thread_.joinable()) thread_.join();
}

bool ModelThread::Submit(std::shared_ptr<Job> job) {
  {
    const std::lock_guard lock(mutex_);
    std::erase_if(waiting_,
                  [](const auto& one) { return one->abandoned.load(); });
    if (stopped_ || waiting_.size() >= most_waiting_) return false;
    waiting_.push_back(std::move(job));
  }
  changed_.notify_one();
  return true;
}

void ModelThread::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  changed_.notify_one();
}

ModelThread::Batch ModelThread::NextBatch() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return stopped_ || !waiting_.empty(); });
  Batch batch;
  std::size_t size = 0;
  for (auto at = waiting_.begin(); at != waiting_.end();) {
    Job& job = **at;
    const bool fits = batch.empty() || (size + job.size() <= most_batched_ &&
                                        Joins(*batch.front(), job));
    if (!job.abandoned && !fits) {
      ++at;
      continue;
    }
    if (!job.abandoned) {
      size += job.size();
      batch.push_back(*at);
    }
    at = waiting_.erase(at);
  }
  return batch;
}

void ModelThread::Run() {
  while (true) {
    const Batch batch = NextBatch();
    if (batch.empty() && stopped_) return;
    if (batch.empty()) continue;
    try {
      if (stopped_) {
        for (const auto& job : batch) {
          Fail(*job, {BackendErrorKind::kStopped, "the server ends"});
        }
      } else {
        Call(batch);
      }
    } catch (const std::exception& error) {
      for (const auto& job : batch) {
        if (job->done) continue;
        Fail(*job, {BackendErrorKind::kFailed, error.what()});
      }
    }
  }
}

void ModelThread::Call(const Batch& batch) {
  if (batch.front()->is_reward) {
    Score(batch);
  } else {
    Generate(batch);
  }
}

void ModelThread::Score(const Batch& batch) {
  std::vector<RewardRequest> requests;
  for (const auto& job : batch) requests.push_back(std::move(job->pair));
  auto logits = backends_.rewards.at(batch.front()->model)->Score(requests);
  if (logits.size() != batch.size()) {
    throw std::logic_error("the model gave another number of rewards");
  }
  for (std::size_t i = 0; i < batch.size(); ++i) {
    batch[i]->logit = std::move(logits[i]);
    Finish(*batch[i]);
  }
}

void ModelThread::Generate(const Batch& batch) {
  std::vector<GenerateRequest> requests;
  std::vector<std::pair<Job*, std::size_t>> owners;  // and the index in it
  for (const auto& job : batch) {
    for (std::size_t i = 0; i < job->prompts.size(); ++i) {
      requests.push_back(job->prompts[i]);
      owners.emplace_back(job.get(), i);
    }
  }
  const auto wanted = [&] {
    return !stopped_ &&
           std::any_of(batch.begin(), batch.end(),
                       [](const auto& j) { return !j->abandoned; });
  };
  auto texts = backends_.texts.at(batch.front()->model)
                   ->Generate(requests, batch.front()->sampling,
                              [&](std::size_t index, const Token& token) {
                                auto [job, at] = owners.at(index);
                                if (job->stream) job->AddToken(at, token);
                                return wanted();
                              });
  if (texts.size() != requests.size()) {
    throw std::logic_error("the model gave another number of completions");
  }
  for (std::size_t i = 0; i < texts.size(); ++i) {
    owners[i].first->texts.push_back(std::move(texts[i]));
  }
  for (const auto& job : batch) Finish(*job);
}

}  // namespace trainer::serve
