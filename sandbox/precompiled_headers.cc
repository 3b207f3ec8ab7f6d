#include "sandbox/precompiled_headers.h"

#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <system_error>
#include <utility>

#include "sandbox/compile_counts.h"
#include "sandbox/compiled.h"
#include "sandbox/until.h"

namespace sandbox {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFolderName = "assay-precompiled-";
// Where compilers see it.
constexpr const char* kPlace = "/precompiled";
// What g++ looks for beside a header.
constexpr const char* kEnding = ".gch";

// Its own making is no candidate's compile.
constexpr std::chrono::minutes kMakingTime{5};
constexpr std::int64_t kMakingMemory = 4096 * kMiB;

// The command line that compiles the header alone, as `language` compiles.
Program HeaderCompiler(const Language& language) {
  const std::string source = "header.h";
  Program compiler;
  for (const std::string& word : language.compile) {
    compiler.argv.push_back(word == "{sources}" ? source : word);
  }
  compiler.files = {
      {.name = source, .content = "#include <" + language.precompiled + ">\n"}};
  compiler.wanted = {std::string(kArtifact)};
  compiler.needs = language.compile_needs;
  compiler.language = language.counted_compile;
  return compiler;
}

RunLimits MakingLimits(const Language& language) {
  RunLimits limits = language.compile_limits;
  limits.cpu = kMakingTime;
  limits.wall = kMakingTime;
  limits.memory_bytes = std::max(limits.memory_bytes, kMakingMemory);
  limits.file_bytes = std::max(limits.file_bytes, 2 * kPrecompiledBytes);
  limits.returned_bytes = kPrecompiledBytes;
  return limits;
}

// Below `root`, to be read by the users of a jail.
std::string WriteFile(const fs::path& root, const fs::path& path,
                      const std::string& content) {
  std::error_code error;
  const fs::path folder = path.parent_path();
  fs::create_directories(folder, error);
  for (fs::path at = folder; !error && at != root; at = at.parent_path()) {
    fs::permissions(at, fs::perms(0755), error);
  }
  if (error) return folder.native() + ": " + error.message();
  std::ofstream file(path, std::ios::binary);
  file.write(content.data(), static_cast<std::streamsize>(content.size()));
  file.close();
  if (!file) return "cannot write " + path.native();
  fs::permissions(path, fs::perms(0444), error);
  return error ? path.native() + ": " + error.message() : "";
}

// Past blanks and comments.
std::string_view SkipComments(std::string_view text) {
  constexpr std::string_view kBom = "\xEF\xBB\xBF";
  if (text.starts_with(kBom)) text.remove_prefix(kBom.size());
  for (;;) {
    const std::size_t first = text.find_first_not_of(" \t\r\n\f\v");
    text.remove_prefix(std::min(first, text.size()));
    const bool line = text.starts_with("//");
    if (!line && !text.starts_with("/*")) return text;
    const std::size_t end = text.find(line ? "\n" : "*/", 2);
    if (end == std::string_view::npos) return {};
    text.remove_prefix(end + (line ? 1 : 2));
  }
}

}  // namespace

bool BeginsByIncluding(std::string_view source, std::string_view header) {
  const auto take = [&source](std::string_view word) {
    source.remove_prefix(
        std::min(source.find_first_not_of(" \t"), source.size()));
    const bool there = source.starts_with(word);
    if (there) source.remove_prefix(word.size());
    return there;
  };
  source = SkipComments(source);
  if (header.empty() || !take("#") || !take("include")) return false;
  const bool angle = take("<");
  if (!angle && !take("\"")) return false;
  if (!source.starts_with(header)) return false;
  source.remove_prefix(header.size());
  return source.starts_with(angle ? '>' : '"');
}

PrecompiledHeaders::PrecompiledHeaders(
    std::shared_ptr<const Jail> jail,
    std::function<void(const std::string& line)> log)
    : jail_(std::move(jail)), log_(std::move(log)) {}

PrecompiledHeaders::~PrecompiledHeaders() {
  cancel_.Set();
  Wait();
  for (auto& [line, header] : headers_) {
    header.maker.join();
    CompileCounts::OfProcess().precompiled_bytes -= header.bytes;
  }
}

std::optional<PrecompiledHeaders::Use> PrecompiledHeaders::For(
    const Language& language, const Program& compiler) {
  if (language.precompiled.empty()) return std::nullopt;
  const ProgramFile* source = nullptr;
  for (const ProgramFile& file : compiler.files) {
    if (!IsSource(language, file)) continue;
    if (source != nullptr) return std::nullopt;
    source = &file;
  }
  if (source == nullptr ||
      !BeginsByIncluding(source->content, language.precompiled)) {
    return std::nullopt;
  }
  const std::lock_guard lock(mutex_);
  auto at = headers_.find(language.compile);
  if (at == headers_.end()) {
    if (headers_.size() == kMostPrecompiled || cancel_.is_set()) {
      return std::nullopt;
    }
    const std::size_t number = headers_.size();
    at = headers_.try_emplace(language.compile).first;
    Header* const header = &at->second;
    ++making_;
    header->maker = std::thread(
        [this, language, header, number] { Make(language, header, number); });
  }
  if (at->second.bytes == 0) return std::nullopt;
  Use use{.jail = compile_jail_, .compiler = compiler};
  use.compiler.argv.insert(use.compiler.argv.begin() + 1,
                           "-I" + at->second.folder);
  // It is mapped to be written to, by each compiler for itself.
  use.compiler.needs.memory_bytes += at->second.bytes;
  return use;
}

void PrecompiledHeaders::Wait() {
  std::unique_lock lock(mutex_);
  made_.wait(lock, [this] { return making_ == 0; });
}

void PrecompiledHeaders::Make(const Language& language, Header* header,
                              std::size_t number) {
  const std::string folder = "/" + std::to_string(number);
  std::int64_t bytes = 0;
  std::string problem = Prepare();
  if (problem.empty()) {
    problem = Compile(language, folder, &bytes);
  }
  if (cancel_.is_set()) bytes = 0;
  if (!problem.empty() && !cancel_.is_set() && log_) {
    log_(language.name() + " is compiled without a precompiled " +
         language.precompiled + ": " + problem);
  }
  const std::lock_guard lock(mutex_);
  header->folder = kPlace + folder;
  header->bytes = bytes;
  CompileCounts::OfProcess().precompiled_bytes += bytes;
  --making_;
  made_.notify_all();
}

std::string PrecompiledHeaders::Prepare() {
  const std::lock_guard preparing(preparing_);
  if (compile_jail_ != nullptr) return "";
  if (!scratch_) {
    auto scratch = ScratchFolder::Make(kFolderName);
    if (!scratch) return scratch.error().message;
    scratch_.emplace(*std::move(scratch));
  }
  const std::string source = scratch_->path() + kPlace;
  std::error_code error;
  fs::create_directories(source, error);
  if (!error) fs::permissions(source, fs::perms(0755), error);
  if (error) return source + ": " + error.message();
  auto jail = jail_->With({{.source = source, .target = kPlace}});
  if (!jail) return jail.error().message;
  const std::lock_guard lock(mutex_);
  compile_jail_ = *std::move(jail);
  return "";
}

std::string PrecompiledHeaders::Compile(const Language& language,
                                        const std::string& folder,
                                        std::int64_t* bytes) {
  const Compiled made =
      CompiledFrom(RunUntil(*jail_, HeaderCompiler(language),
                            MakingLimits(language), {.cancel = &cancel_}),
                   false);
  if (made.verdict != BuildVerdict::kReady) return ProblemOf(made);
  const fs::path root = scratch_->path() + kPlace;
  std::string problem = WriteFile(
      root, root.native() + folder + "/" + language.precompiled + kEnding,
      made.artifact);
  if (problem.empty()) *bytes = static_cast<std::int64_t>(made.artifact.size());
  return problem;
}

}  // namespace sandbox
