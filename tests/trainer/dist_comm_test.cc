// Tests trainer/dist/comm.h: one rank in this process, two in processes of
// their own that meet at a store which this process holds, as torchrun's agent
// does, or at one that rank 0 holds.

#include <ATen/ATen.h>
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>
#include <thread>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>
#include <vector>

#include "tests/trainer/device.h"
#include "trainer/dist/comm.h"
#include "trainer/dist/process_group.h"

namespace trainer {
namespace {

using testing::HasSubstr;

// Longest life of a rank; one over it is killed, and its test fails.
constexpr std::chrono::seconds kLife{60};

// One rank. Killed, if need be, on destruction.
class Rank {
 public:
  Rank(const std::string& scenario, int rank, int port, bool agent_store) {
    output_ = testing::TempDir() + "dist_rank_" + std::to_string(::getpid()) +
              "_" + std::to_string(rank);
    std::vector<std::string> variables = {
        "RANK=" + std::to_string(rank),        "WORLD_SIZE=2",
        "LOCAL_RANK=" + std::to_string(rank),  "MASTER_ADDR=127.0.0.1",
        "MASTER_PORT=" + std::to_string(port), "OMP_NUM_THREADS=1"};
    if (agent_store) variables.push_back("TORCHELASTIC_USE_AGENT_STORE=True");
    std::vector<char*> environment;
    for (std::string& variable : variables) {
      environment.push_back(variable.data());
    }
    environment.push_back(nullptr);
    std::string binary = DIST_RANK_BINARY;
    std::string argument = scenario;
    std::array<char*, 3> arguments = {binary.data(), argument.data(), nullptr};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output_.c_str(),
                                     O_WRONLY | O_CREAT | O_TRUNC, 0600);
    EXPECT_EQ(posix_spawn(&pid_, binary.c_str(), &actions, nullptr,
                          arguments.data(), environment.data()),
              0);
    posix_spawn_file_actions_destroy(&actions);
  }
  Rank(const Rank&) = delete;
  Rank& operator=(const Rank&) = delete;
  ~Rank() {
    Kill();
    ::unlink(output_.c_str());
  }

  void Kill() {
    if (pid_ <= 0) return;
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
    pid_ = 0;
  }

  // The exit status, or 128 + the signal; none within kLife: -1.
  int Wait() {
    const auto deadline = std::chrono::steady_clock::now() + kLife;
    while (std::chrono::steady_clock::now() < deadline) {
      int status = 0;
      if (::waitpid(pid_, &status, WNOHANG) == pid_) {
        pid_ = 0;
        return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return -1;
  }

  [[nodiscard]] std::string Output() const {
    std::ostringstream text;
    text << std::ifstream(output_).rdbuf();
    return text.str();
  }

 private:
  std::string output_;
  pid_t pid_ = 0;
};

// A port that was free a moment ago.
int FreePort() {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  EXPECT_EQ(::bind(fd, reinterpret_cast<sockaddr*>(&address), size), 0);
  EXPECT_EQ(::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size), 0);
  ::close(fd);
  return ntohs(address.sin_port);
}

class TwoRanks : public testing::Test {
 protected:
  TwoRanks() {
    c10d::TCPStoreOptions options;
    options.port = 0;
    options.isServer = true;
    options.waitWorkers = false;
    store_ = c10::make_intrusive<c10d::TCPStore>("127.0.0.1", options);
  }

  void Start(const std::string& scenario) {
    for (std::size_t i = 0; i < ranks_.size(); ++i) {
      ranks_[i].emplace(scenario, static_cast<int>(i), store_->getPort(),
                        /*agent_store=*/true);
    }
  }

  void ExpectGood(const std::string& scenario) {
    Start(scenario);
    for (auto& rank : ranks_) EXPECT_EQ(rank->Wait(), 0) << rank->Output();
  }

  c10::intrusive_ptr<c10d::TCPStore> store_;
  std::array<std::optional<Rank>, 2> ranks_;
};

TEST_F(TwoRanks, SumAndBroadcastAndMeet) { ExpectGood("sums"); }
TEST_F(TwoRanks, AverageAFlatGradientToTheSameBits) { ExpectGood("gradients"); }
TEST_F(TwoRanks, ShareFlagsAndCompareDigests) { ExpectGood("flags"); }

TEST(RankZero, HoldsTheStore) {
  const int port = FreePort();
  Rank zero("sums", 0, port, /*agent_store=*/false);
  Rank one("sums", 1, port, /*agent_store=*/false);
  EXPECT_EQ(zero.Wait(), 0) << zero.Output();
  EXPECT_EQ(one.Wait(), 0) << one.Output();
}

TEST(RankZero, AloneGivesUp) {
  Rank zero("alone", 0, FreePort(), /*agent_store=*/false);
  EXPECT_EQ(zero.Wait(), 4);
  EXPECT_THAT(zero.Output(), HasSubstr("rank 0 of 2: no meeting at 127.0.0.1"));
}

TEST(RankZero, NamesAPortThatIsTaken) {
  c10d::TCPStoreOptions options;
  options.port = 0;
  options.isServer = true;
  options.waitWorkers = false;
  const c10d::TCPStore taken("127.0.0.1", options);
  Rank zero("alone", 0, taken.getPort(), /*agent_store=*/false);
  EXPECT_EQ(zero.Wait(), 4);
  EXPECT_THAT(zero.Output(), HasSubstr(std::to_string(taken.getPort())));
}

TEST_F(TwoRanks, OneThatExitsEarlyFailsTheOther) {
  Start("exit");
  EXPECT_EQ(ranks_[1]->Wait(), 0) << ranks_[1]->Output();
  EXPECT_EQ(ranks_[0]->Wait(), 3);
  EXPECT_THAT(ranks_[0]->Output(),
              HasSubstr("rank 0 of 2: all_reduce_sum at step 12 failed after"));
}

TEST_F(TwoRanks, OneThatIsKilledFailsTheOther) {
  Start("kill");
  EXPECT_EQ(ranks_[1]->Wait(), 128 + SIGKILL);
  EXPECT_EQ(ranks_[0]->Wait(), 3);
  EXPECT_THAT(ranks_[0]->Output(),
              HasSubstr("rank 0 of 2: all_reduce_sum at step 12 failed after"));
}

TEST_F(TwoRanks, OneThatHangsFailsTheOtherAtTheLimitAndNotBefore) {
  Start("hang");
  EXPECT_EQ(ranks_[0]->Wait(), 3);
  EXPECT_THAT(ranks_[0]->Output(),
              HasSubstr("rank 0 of 2: barrier at step 12 failed after"));
  EXPECT_THAT(ranks_[0]->Output(), HasSubstr("(limit 2.0 s)"));
  EXPECT_THAT(ranks_[0]->Output(), Not(HasSubstr("too early")));
}

struct Drift {
  const char* how;
  const char* error;
};

TEST_F(TwoRanks, ThatDriftApartAreTold) {
  for (const Drift& row : std::initializer_list<Drift>{
           {"shape", "elements is 3 here, and 3 to 4 over all ranks"},
           {"type", "element type is 6 here, and 6 to 7 over all ranks"},
           {"call", "collective is 1 here, and 1 to 3 over all ranks"},
           {"root", "root is 0 here, and 0 to 1 over all ranks"},
           {"step", "step is 12 here, and 12 to 13 over all ranks"}}) {
    SCOPED_TRACE(row.how);
    c10d::TCPStoreOptions options;  // no keys of the row before
    options.port = 0;
    options.isServer = true;
    options.waitWorkers = false;
    store_ = c10::make_intrusive<c10d::TCPStore>("127.0.0.1", options);
    Start(std::string("drift-") + row.how);
    EXPECT_EQ(ranks_[0]->Wait(), 3);
    EXPECT_EQ(ranks_[1]->Wait(), 3);
    EXPECT_THAT(ranks_[0]->Output(), HasSubstr(row.error));
    EXPECT_THAT(ranks_[0]->Output(), HasSubstr("at step 12"));
  }
}

// What a single rank can show of a backend: Gloo, or NCCL where TestDevice is
// a GPU.
TEST(ProcessGroup, OfOneRankGivesEachTensorBack) {
  RankEnvironment environment;
  environment.master_address = "127.0.0.1";
  environment.master_port = static_cast<std::uint16_t>(FreePort());
  constexpr std::chrono::seconds kLimit{30};
  auto group = MakeProcessGroup(environment, TestDevice(), kLimit, kLimit);
  ASSERT_TRUE(group.has_value()) << group.error().detail;
  c10d::Backend& backend = **group;
  for (const at::ScalarType type : {at::kFloat, at::kBFloat16, at::kLong}) {
    const at::Tensor expected = OnDevice(at::arange(5).to(type));
    std::vector<at::Tensor> tensors{expected.clone()};
    WaitFor(backend, *backend.allreduce(tensors), TestDevice(), kLimit);
    EXPECT_TRUE(tensors[0].equal(expected)) << type;
    WaitFor(backend, *backend.broadcast(tensors), TestDevice(), kLimit);
    EXPECT_TRUE(tensors[0].equal(expected)) << type;
    std::vector<std::vector<at::Tensor>> gathered{{at::zeros_like(expected)}};
    WaitFor(backend, *backend.allgather(gathered, tensors), TestDevice(),
            kLimit);
    EXPECT_TRUE(gathered[0][0].equal(expected)) << type;
  }
}

TEST(SingleComm, DoesNothingToATensor) {
  Comm comm = Comm::Single();
  at::Tensor tensor = at::arange(4);
  comm.AllReduceSum(tensor);
  comm.Broadcast(tensor, 0);
  comm.Barrier();
  EXPECT_TRUE(at::equal(tensor, at::arange(4)));
  EXPECT_EQ(comm.rank(), 0);
  EXPECT_EQ(comm.world_size(), 1);
  EXPECT_EQ(comm.AllReduceMax(-3), -3);
  EXPECT_TRUE(comm.AnyRank(true));
  EXPECT_FALSE(comm.AnyRank(false));
  EXPECT_FALSE(comm.CheckSame("recipe", "abc"));
}

TEST(SingleComm, GathersUpToTheLimit) {
  Comm comm = Comm::Single();
  const std::string most(kMaxGatherBytes, 'x');
  EXPECT_THAT(comm.AllGather(most), testing::ElementsAre(most));
  EXPECT_THROW((void)comm.AllGather(most + "x"), std::invalid_argument);
}

TEST(SingleComm, RefusesWhatItCannotSend) {
  Comm comm = Comm::Single();
  at::Tensor across = at::ones({2, 3}).t();
  EXPECT_THROW(comm.AllReduceSum(across), std::invalid_argument);
  at::Tensor none;
  EXPECT_THROW(comm.AllReduceSum(none), std::invalid_argument);
  at::Tensor tensor = at::ones({2});
  EXPECT_THROW(comm.Broadcast(tensor, 1), std::invalid_argument);
  EXPECT_THROW(comm.Broadcast(tensor, -1), std::invalid_argument);
}

}  // namespace
}  // namespace trainer
