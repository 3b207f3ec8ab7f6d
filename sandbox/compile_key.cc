#include "sandbox/compile_key.h"

#include <openssl/evp.h>
#include <sys/stat.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace sandbox {
namespace {

// Every part goes in with its length, so that no two lists read alike.
class Digest {
 public:
  Digest() : context_(EVP_MD_CTX_new(), &EVP_MD_CTX_free) {
    ok_ = context_ != nullptr &&
          EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) == 1;
  }

  void Add(std::int64_t number) { Take(&number, sizeof(number)); }

  void Add(std::string_view text) {
    Add(static_cast<std::int64_t>(text.size()));
    Take(text.data(), text.size());
  }

  void Add(const std::vector<std::string>& words) {
    Add(static_cast<std::int64_t>(words.size()));
    for (const std::string& word : words) Add(std::string_view(word));
  }

  void Add(const RunLimits& limits) {
    for (const std::int64_t number :
         {limits.cpu.count(), limits.wall.count(), limits.memory_bytes,
          limits.output_bytes, limits.file_bytes, limits.returned_bytes,
          std::int64_t{limits.processes}}) {
      Add(number);
    }
  }

  void Add(const RuntimeNeeds& needs) {
    for (const std::int64_t number :
         {needs.memory_bytes, needs.address_bytes, std::int64_t{needs.threads},
          std::int64_t{needs.processes}}) {
      Add(number);
    }
  }

  void AddTool(const std::string& path) {
    std::error_code ignored;
    Add(std::string_view(std::filesystem::canonical(path, ignored).native()));
    struct stat status {};
    if (stat(path.c_str(), &status) != 0) status = {};
    Add(static_cast<std::int64_t>(status.st_size));
    Add(static_cast<std::int64_t>(status.st_mtim.tv_sec));
    Add(static_cast<std::int64_t>(status.st_mtim.tv_nsec));
  }

  [[nodiscard]] std::optional<CompileKey> Take() {
    CompileKey key{};
    ok_ = ok_ && EVP_DigestFinal_ex(context_.get(), key.data(), nullptr) == 1;
    return ok_ ? std::optional(key) : std::nullopt;
  }

 private:
  void Take(const void* bytes, std::size_t size) {
    ok_ = ok_ && EVP_DigestUpdate(context_.get(), bytes, size) == 1;
  }

  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
  bool ok_ = false;
};

}  // namespace

std::optional<CompileKey> KeyOf(const Language& language,
                                const Program& compiler) {
  Digest digest;
  digest.Add(std::string_view(language.name()));
  digest.Add(compiler.argv);
  digest.Add(compiler.wanted);
  digest.Add(language.compile_limits);
  digest.Add(compiler.needs);
  digest.AddTool(compiler.argv.front());
  digest.Add(static_cast<std::int64_t>(language.tools.size()));
  for (const std::string& tool : language.tools) digest.AddTool(tool);
  digest.Add(static_cast<std::int64_t>(compiler.files.size()));
  for (const ProgramFile& file : compiler.files) {
    digest.Add(std::string_view(file.name));
    digest.Add(std::string_view(file.content));
    digest.Add(std::int64_t{file.executable});
  }
  return digest.Take();
}

}  // namespace sandbox
