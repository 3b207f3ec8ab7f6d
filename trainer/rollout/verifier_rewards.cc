#include "trainer/rollout/verifier_rewards.h"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/json/object.hpp>
#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <thread>
#include <utility>

#include "trainer/rollout/score_item.h"
#include "verifier/client/endpoint.h"
#include "verifier/client/score_client.h"

namespace trainer {
namespace {

namespace asio = boost::asio;
namespace client = verifier::client;
namespace protocol = verifier::protocol;
using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds kStopPoll{100};

client::ClientOptions OptionsOf(const VerifierRewardsOptions& options) {
  client::ClientOptions client;
  client.attempts = 2;  // what remains is asked again here
  client.batch_items = options.batch_items;
  return client;
}

std::string SecondsText(Clock::duration time) {
  return std::to_string(
             std::chrono::duration_cast<std::chrono::seconds>(time).count()) +
         " s";
}

}  // namespace

// Everything below `mutex_` is guarded by it; the rest belongs to the thread,
// which runs all handlers, the client's too: none is run after it has ended.
class VerifierRewards::Core {
 public:
  Core(const VerifierRewardsOptions& options, client::Endpoint endpoint,
       Notice notice)
      : options_(options),
        notice_(std::move(notice)),
        linger_(context_),
        retry_(context_),
        work_(context_.get_executor()),
        client_(std::make_unique<client::ScoreClient>(
            context_.get_executor(), std::move(endpoint), OptionsOf(options))),
        thread_([this] { context_.run(); }) {}

  ~Core() {
    context_.stop();
    thread_.join();
    client_.reset();
  }

  std::optional<client::ClientError> CheckReady(milliseconds timeout) {
    std::promise<client::ClientResult<bool>> promise;
    auto future = promise.get_future();
    asio::co_spawn(
        context_,
        [this, timeout, &promise]() -> asio::awaitable<void> {
          promise.set_value(co_await client_->Ready(Clock::now() + timeout));
        },
        asio::detached);
    const client::ClientResult<bool> ready = future.get();
    if (ready.has_error()) return ready.error();
    if (*ready) return std::nullopt;
    return client::ClientError(client::ClientErrorCode::kOverloaded,
                               "it is up and takes no work yet");
  }

  // One request, again until it is answered.
  client::Equalities Equal(const std::vector<client::AnswerPair>& pairs,
                           const std::function<bool()>& stop) {
    const Clock::time_point begin = Clock::now();
    for (;;) {
      std::promise<client::ClientResult<client::Equalities>> promise;
      auto future = promise.get_future();
      asio::co_spawn(
          context_,
          [this, &pairs, &promise]() -> asio::awaitable<void> {
            promise.set_value(co_await client_->Equal(pairs));
          },
          asio::detached);
      client::ClientResult<client::Equalities> equal = future.get();
      if (equal.has_value()) return *std::move(equal);
      const std::string why =
          "assayd at " + options_.server +
          " does not compare answers: " + equal.error().detail;
      if (!IsOutage(equal.error().code) ||
          Clock::now() - begin > options_.wait_limit) {
        throw RewardUnavailable(why);
      }
      if (stop && stop()) throw RewardStopped("stopped while " + why);
      std::this_thread::sleep_for(options_.retry_every);
    }
  }

  void Submit(std::size_t index, ScoreTask task) {
    bool full = false;
    {
      const std::lock_guard lock(mutex_);
      if (index >= scores_.size()) {
        scores_.resize(index + 1);
        given_.resize(index + 1, false);
      }
      if (given_[index]) {
        throw std::invalid_argument("VerifierRewards: index " +
                                    std::to_string(index) + " is there");
      }
      given_[index] = true;
      ++outstanding_;
      queue_.push_back({round_, index, ItemOf(task)});
      full = queue_.size() >= options_.batch_items;
    }
    asio::post(context_, [this, full] { full ? Send() : Linger(); });
  }

  ScoreReport Wait(const std::function<bool()>& stop) {
    const Clock::time_point begin = Clock::now();
    std::unique_lock lock(mutex_);
    while (outstanding_ > 0 && !unavailable_) {
      settled_.wait_for(lock, kStopPoll);
      if (gone_since_ && stop && stop()) {
        Forget();
        throw RewardStopped("stopped while assayd at " + options_.server +
                            " does not answer");
      }
    }
    if (unavailable_) {
      const std::string why = *unavailable_;
      Forget();
      throw RewardUnavailable(why);
    }
    if (std::find(given_.begin(), given_.end(), false) != given_.end()) {
      Forget();
      throw std::logic_error("VerifierRewards: an index is missing");
    }
    ScoreReport report;
    report.scores = std::move(scores_);
    Forget();
    for (const Scored& scored : report.scores) {
      report.dropped += scored.reward ? 0U : 1U;
      report.rescored += scored.attempts > 1 ? 1U : 0U;
    }
    report.exposed_seconds =
        std::chrono::duration<double>(Clock::now() - begin).count();
    return report;
  }

 private:
  struct Entry {
    std::uint64_t round;  // of Waits: an answer to an older one is dropped
    std::size_t index;
    protocol::Item item;
    int attempts = 0;
  };
  using Entries = std::vector<Entry>;

  // Requires the lock.
  void Forget() {
    ++round_;
    outstanding_ = 0;
    scores_.clear();
    given_.clear();
    queue_.clear();
    unavailable_.reset();
    gone_since_.reset();
  }

  void Linger() {
    if (lingering_) return;
    lingering_ = true;
    linger_.expires_after(options_.linger);
    linger_.async_wait([this](boost::system::error_code error) {
      lingering_ = false;
      if (!error) Send();
    });
  }

  // All that is queued, in requests of batch_items.
  void Send() {
    if (waiting_) return;  // for the service; it will all be sent then
    for (;;) {
      Entries batch;
      {
        const std::lock_guard lock(mutex_);
        while (!queue_.empty() && batch.size() < options_.batch_items) {
          batch.push_back(std::move(queue_.front()));
          queue_.pop_front();
        }
      }
      if (batch.empty()) return;
      std::vector<protocol::Item> items;
      for (const Entry& entry : batch) items.push_back(entry.item);
      client_->Score(
          std::move(items), std::nullopt,
          [this, batch = std::move(batch)](client::ScoreReply reply) mutable {
            Take(std::move(batch), std::move(reply));
          });
    }
  }

  void Take(Entries batch, client::ScoreReply reply) {
    std::vector<const client::ClientError*> failures(batch.size(), nullptr);
    for (const client::ItemFailure& failure : reply.failures) {
      failures.at(failure.index) = &failure.error;
    }
    const auto is_outage = [](const client::ClientError* error) {
      return error != nullptr && IsOutage(error->code);
    };
    const auto outage =
        std::find_if(failures.begin(), failures.end(), is_outage);
    // Before the verdicts count: with the last of them Wait returns, and what
    // is known of the outage is forgotten.
    if (outage == failures.end()) Back();
    {
      const std::lock_guard lock(mutex_);
      for (std::size_t i = 0; i < batch.size(); ++i) {
        Entry& entry = batch[i];
        if (entry.round != round_) continue;
        if (is_outage(failures[i])) {
          queue_.push_back(std::move(entry));
        } else {
          Judge(entry, reply.results.at(i), failures[i]);
        }
      }
    }
    settled_.notify_all();
    if (outage != failures.end()) return Gone(**outage);
    Send();  // what is to be asked again
  }

  // Requires the lock.
  void Judge(Entry& entry, protocol::ScoreResult& result,
             const client::ClientError* failure) {
    Scored& scored = scores_[entry.index];
    scored.attempts = ++entry.attempts;
    const bool judged = failure == nullptr && result.reward.has_value();
    const bool invalid = result.status == protocol::Status::kInvalid;
    if (!judged) {
      scored.detail = failure != nullptr
                          ? std::string(ClientErrorName(failure->code)) + ": " +
                                failure->detail
                          : WhyNot(result);
      scored.checks = std::move(result.checks);
      if (!invalid && entry.attempts <= options_.rescores) {
        queue_.push_back(std::move(entry));
        return;
      }
    } else {
      scored.reward = result.reward;
      scored.checks = std::move(result.checks);
      scored.detail.clear();
    }
    --outstanding_;
  }

  void Say(const std::string& line) const {
    if (notice_) notice_(line);
  }

  void Gone(const client::ClientError& error) {
    const Clock::time_point now = Clock::now();
    bool first = false;
    Clock::duration gone{};
    {
      const std::lock_guard lock(mutex_);
      first = !gone_since_;
      if (first) gone_since_ = now;
      gone = now - *gone_since_;
      if (gone >= options_.wait_limit && !unavailable_) {
        unavailable_ = "assayd at " + options_.server + " did not answer for " +
                       SecondsText(gone) + " (" + error.detail + ")";
      }
    }
    settled_.notify_all();
    if (first || now - last_notice_ >= options_.notice_every) {
      last_notice_ = now;
      Say("assayd at " + options_.server + " does not answer (" + error.detail +
          "): training waits" + (first ? "" : ", since " + SecondsText(gone)) +
          ", up to " + SecondsText(options_.wait_limit) + "; nothing is lost");
    }
    if (waiting_) return;
    waiting_ = true;
    retry_.expires_after(options_.retry_every);
    retry_.async_wait([this](boost::system::error_code failed) {
      waiting_ = false;
      if (!failed) Send();
    });
  }

  void Back() {
    std::optional<Clock::time_point> since;
    {
      const std::lock_guard lock(mutex_);
      since = std::exchange(gone_since_, std::nullopt);
    }
    if (since) {
      Say("assayd at " + options_.server + " is back after " +
          SecondsText(Clock::now() - *since));
    }
  }

  const VerifierRewardsOptions options_;
  const Notice notice_;
  asio::io_context context_{1};
  asio::steady_timer linger_;
  asio::steady_timer retry_;
  asio::executor_work_guard<asio::io_context::executor_type> work_;
  std::unique_ptr<client::ScoreClient> client_;
  bool lingering_ = false;
  bool waiting_ = false;
  Clock::time_point last_notice_{};

  std::mutex mutex_;
  std::condition_variable settled_;
  std::uint64_t round_ = 0;
  std::size_t outstanding_ = 0;  // submitted, neither judged nor dropped
  std::vector<Scored> scores_;
  std::vector<bool> given_;
  std::deque<Entry> queue_;  // to be sent
  std::optional<Clock::time_point> gone_since_;
  std::optional<std::string> unavailable_;

  std::thread thread_;  // last: it uses all of the above
};

VerifierRewards::VerifierRewards(std::unique_ptr<Core> core)
    : core_(std::move(core)) {}

VerifierRewards::~VerifierRewards() = default;

client::ClientResult<std::unique_ptr<VerifierRewards>> VerifierRewards::Make(
    const VerifierRewardsOptions& options, Notice notice) {
  auto endpoint = client::ParseEndpoint(options.server);
  if (endpoint.has_error()) return endpoint.error();
  return std::unique_ptr<VerifierRewards>(
      new VerifierRewards(std::make_unique<Core>(options, *std::move(endpoint),
                                                 std::move(notice))));
}

std::optional<client::ClientError> VerifierRewards::CheckReady(
    milliseconds timeout) {
  return core_->CheckReady(timeout);
}

void VerifierRewards::Submit(std::size_t index, ScoreTask task) {
  core_->Submit(index, std::move(task));
}

ScoreReport VerifierRewards::Wait(const std::function<bool()>& stop) {
  return core_->Wait(stop);
}

std::vector<std::optional<bool>> VerifierRewards::Equal(
    const std::vector<std::pair<std::string, std::string>>& pairs,
    const std::function<bool()>& stop) {
  std::vector<std::optional<bool>> all;
  for (std::size_t begin = 0; begin < pairs.size(); begin += kPairsAtOnce) {
    const auto first = pairs.begin() + static_cast<std::ptrdiff_t>(begin);
    const auto count = std::min(kPairsAtOnce, pairs.size() - begin);
    const client::Equalities part =
        core_->Equal({first, first + static_cast<std::ptrdiff_t>(count)}, stop);
    all.insert(all.end(), part.begin(), part.end());
  }
  return all;
}

}  // namespace trainer
