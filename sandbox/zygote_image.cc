#include "sandbox/zygote_image.h"

#include <cstddef>

asm(".pushsection .rodata\n"
    "assay_hook_begin:\n"
    ".incbin \"" ASSAY_ZYGOTE_HOOK
    "\"\n"
    "assay_hook_end:\n"
    ".balign 16\n"
    "assay_library_begin:\n"
    ".incbin \"" ASSAY_ZYGOTE_LIBRARY
    "\"\n"
    "assay_library_end:\n"
    ".balign 16\n"
    "assay_node_begin:\n"
    ".incbin \"" ASSAY_ZYGOTE_NODE
    "\"\n"
    "assay_node_end:\n"
    ".popsection\n");
extern "C" const char assay_hook_begin[];
extern "C" const char assay_hook_end[];
extern "C" const char assay_library_begin[];
extern "C" const char assay_library_end[];
extern "C" const char assay_node_begin[];
extern "C" const char assay_node_end[];

namespace sandbox {

std::string_view ZygoteHook() {
  return {assay_hook_begin,
          static_cast<std::size_t>(assay_hook_end - assay_hook_begin)};
}

std::string_view ZygoteLibrary() {
  return {assay_library_begin,
          static_cast<std::size_t>(assay_library_end - assay_library_begin)};
}

std::string_view NodeLibrary() {
  return {assay_node_begin,
          static_cast<std::size_t>(assay_node_end - assay_node_begin)};
}

}  // namespace sandbox
