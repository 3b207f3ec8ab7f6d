#include "trainer/stages/batch_dump.h"

#include <fmt/format.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cmath>
#include <filesystem>
#include <system_error>

#include "trainer/checkpoint/files.h"
#include "trainer/stages/run_error.h"

namespace trainer {
namespace {

boost::json::value OrNull(double number) {
  return std::isfinite(number) ? boost::json::value(number)
                               : boost::json::value(nullptr);
}

}  // namespace

std::string ToJsonLine(const DumpedExample& dumped) {
  boost::json::array tokens;
  for (const std::int32_t token : dumped.example.tokens) {
    tokens.push_back(token);
  }
  boost::json::array logprobs;
  for (const float logprob : dumped.logprobs) {
    logprobs.push_back(OrNull(static_cast<double>(logprob)));
  }
  const boost::json::object line{
      {"update", dumped.update},
      {"prompt_length", dumped.example.prompt_length},
      {"tokens", std::move(tokens)},
      {"logprobs", std::move(logprobs)},
      {"advantage", dumped.advantage ? OrNull(*dumped.advantage) : nullptr}};
  return boost::json::serialize(line);
}

std::string WriteBatchDump(const std::string& folder, std::int64_t step,
                           int rank, const std::vector<DumpedExample>& dump) {
  std::string path = folder + "/dumps";
  std::error_code error;
  std::filesystem::create_directories(path, error);
  path += fmt::format("/step_{:06}_rank{}.jsonl", step, rank);
  if (error) {
    throw RunError(ExitCode::kResources,
                   path + ": cannot make its folder: " + error.message());
  }
  std::string text;
  for (const DumpedExample& one : dump) text += ToJsonLine(one) + '\n';
  const auto written = ReplaceFile(RealFileSystem(), path, AsBytes(text));
  if (written.has_error()) {
    throw RunError(ExitCode::kResources, written.error().ToString());
  }
  return path;
}

}  // namespace trainer
