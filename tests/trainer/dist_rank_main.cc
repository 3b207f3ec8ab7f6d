// One rank of the tests in dist_comm_test.cc: `dist_rank <scenario>`, launched
// with torchrun's variables. Exit 0: all as expected; 1: an expectation failed
// (the text says which); 3: CommError; 4: no group.

#include <ATen/ATen.h>
#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>

#include "trainer/dist/comm.h"

namespace {

using trainer::Comm;

void Expect(bool holds, const char* what) {
  if (!holds) throw std::runtime_error(std::string("expected: ") + what);
}

void SumsAndCopies(Comm& comm) {
  at::Tensor sum = at::full({5}, comm.rank() + 1.0);
  comm.AllReduceSum(sum);
  Expect(at::equal(sum, at::full({5}, 3.0)), "1 + 2 = 3");

  at::Tensor half = at::full({3}, 0.5, at::kBFloat16);
  comm.AllReduceSum(half);
  Expect(at::equal(half, at::full({3}, 1.0, at::kBFloat16)), "bf16 sums");

  at::Tensor leaf = at::full({2}, 1.0).set_requires_grad(true);
  comm.AllReduceSum(leaf);
  Expect(at::equal(leaf, at::full({2}, 2.0)), "a leaf sums in place");

  for (int root = 0; root < 2; ++root) {
    at::Tensor copy = at::full({4}, static_cast<double>(comm.rank()));
    comm.Broadcast(copy, root);
    Expect(at::equal(copy, at::full({4}, static_cast<double>(root))),
           "the root's values");
  }
  comm.Barrier();
}

void AveragesGradients(Comm& comm) {
  at::manual_seed(static_cast<std::uint64_t>(comm.rank()) + 1);
  constexpr std::int64_t kElements = 10'007;
  at::Tensor gradient = at::randn({kElements});
  at::Tensor expected = at::zeros({kElements});
  for (std::uint64_t seed = 1; seed <= 2; ++seed) {
    at::manual_seed(seed);
    expected += at::randn({kElements});
  }
  expected /= 2;
  comm.AllReduceSum(gradient);
  gradient /= comm.world_size();
  Expect(at::allclose(gradient, expected, 0, 1e-6), "the mean gradient");
  const std::string bits(static_cast<const char*>(gradient.const_data_ptr()),
                         static_cast<std::size_t>(gradient.nbytes()));
  Expect(!comm.CheckSame("gradient", bits), "the same bits on both ranks");
}

void FlagsAndDigests(Comm& comm) {
  Expect(comm.AnyRank(comm.rank() == 1), "a flag of rank 1 reaches all");
  Expect(!comm.AnyRank(false), "no flag");
  Expect(comm.AllReduceMax(-7 + comm.rank()) == -6, "the largest");
  const auto all = comm.AllGather(comm.rank() == 0 ? "" : "longer");
  Expect(all.size() == 2 && all[0].empty() && all[1] == "longer", "by rank");
  Expect(!comm.CheckSame("recipe", "abc"), "equal digests");
  const auto error = comm.CheckSame("recipe", comm.rank() == 0 ? "abc" : "def");
  Expect(error && error->detail ==
                      "rank " + std::to_string(comm.rank()) +
                          " of 2: recipe differs between the ranks: abc on "
                          "rank 0, def on rank 1",
         "a difference names both");
}

// The rest fail on rank 0, by what rank 1 does.

void PeerLeaves(Comm& comm, bool in_peace) {
  comm.SetStep(12);
  comm.Barrier();
  if (comm.rank() == 1) {
    std::fflush(stdout);
    if (in_peace) _exit(0);
    ::kill(::getpid(), SIGKILL);
  }
  at::Tensor tensor = at::ones({3});
  comm.AllReduceSum(tensor);
}

void PeerHangs(Comm& comm) {
  comm.SetStep(12);
  comm.Barrier();
  if (comm.rank() == 1) {
    ::raise(SIGSTOP);  // until the test kills it
    return;
  }
  const auto start = std::chrono::steady_clock::now();
  try {
    comm.Barrier();
  } catch (const trainer::CommError&) {
    const auto waited = std::chrono::steady_clock::now() - start;
    if (waited < std::chrono::seconds(2)) std::puts("fired too early");
    throw;
  }
}

void PeerDrifts(Comm& comm, const std::string& how) {
  comm.SetStep(how == "step" && comm.rank() == 1 ? 13 : 12);
  at::Tensor tensor = at::ones({how == "shape" && comm.rank() == 1 ? 4 : 3});
  if (how == "type" && comm.rank() == 1) tensor = tensor.to(at::kDouble);
  if (how == "call" && comm.rank() == 1) {
    comm.Barrier();
  } else if (how == "root") {
    comm.Broadcast(tensor, comm.rank());
  } else {
    comm.AllReduceSum(tensor);
  }
}

int Run(const std::string& scenario) {
  // Both ranks come up within the longer time on a loaded machine.
  trainer::CommOptions options;
  options.rendezvous_timeout = std::chrono::seconds(40);
  options.timeout = std::chrono::seconds(scenario == "hang" ? 2 : 30);
  if (scenario == "alone") options.rendezvous_timeout = std::chrono::seconds(2);
  auto comm = Comm::FromEnvironment(at::kCPU, options);
  if (!comm) {
    std::puts(comm.error().detail.c_str());
    return 4;
  }
  Expect(comm->world_size() == 2, "two ranks");
  if (scenario == "sums") SumsAndCopies(*comm);
  if (scenario == "gradients") AveragesGradients(*comm);
  if (scenario == "flags") FlagsAndDigests(*comm);
  if (scenario == "exit") PeerLeaves(*comm, /*in_peace=*/true);
  if (scenario == "kill") PeerLeaves(*comm, /*in_peace=*/false);
  if (scenario == "hang") PeerHangs(*comm);
  if (scenario.starts_with("drift-")) PeerDrifts(*comm, scenario.substr(6));
  comm->Barrier();
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return Run(argc == 2 ? argv[1] : "");
  } catch (const trainer::CommError& error) {
    std::puts(error.what());
    return 3;
  } catch (const std::exception& error) {
    std::puts(error.what());
    return 1;
  }
}
