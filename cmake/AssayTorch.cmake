# LibTorch as assay::torch, and assay_torch_library() for what links it.
#
# Where Torch_DIR is set, find_package(Torch) of that LibTorch. Otherwise the
# wheel that cmake/libtorch.sh unpacked: its own CMake files demand a CUDA
# toolkit, so libtorch_cpu and libc10 are imported here by hand.

find_package(OpenMP QUIET)
set(ASSAY_TORCH_CUDA OFF)
if(Torch_DIR OR DEFINED ENV{Torch_DIR})
  if(NOT Torch_DIR)
    set(Torch_DIR $ENV{Torch_DIR})
  endif()
  find_package(Torch REQUIRED)
  set(torch_libraries ${TORCH_LIBRARIES})
  set(torch_includes ${TORCH_INCLUDE_DIRS})
else()
  execute_process(COMMAND ${PROJECT_SOURCE_DIR}/cmake/libtorch.sh --where
    OUTPUT_VARIABLE torch_root OUTPUT_STRIP_TRAILING_WHITESPACE
    COMMAND_ERROR_IS_FATAL ANY)
  if(NOT EXISTS ${torch_root}/complete)
    message(FATAL_ERROR "LibTorch is not in ${torch_root}: run ./setup.sh, set "
      "Torch_DIR, or configure with -DASSAY_TRAINER=OFF")
  endif()
  set(torch_lib ${torch_root}/torch/lib)
  set(torch_libraries ${torch_lib}/libtorch_cpu.so ${torch_lib}/libc10.so)
  set(torch_includes ${torch_root}/torch/include
    ${torch_root}/torch/include/torch/csrc/api/include)
endif()

add_library(assay_torch INTERFACE)
add_library(assay::torch ALIAS assay_torch)
target_include_directories(assay_torch SYSTEM INTERFACE ${torch_includes})
target_link_libraries(assay_torch INTERFACE ${torch_libraries} Threads::Threads)
# What LibTorch itself needs and keeps for itself: found at run time by its own
# search path.
target_link_options(assay_torch INTERFACE -Wl,--allow-shlib-undefined
  $<$<NOT:$<BOOL:${ASSAY_SANITIZE}>>:-Wl,--no-as-needed>)
# LibTorch ships the headers of a newer fmt, which come first, without its library.
target_compile_definitions(assay_torch INTERFACE
  USE_C10D_GLOO USE_DISTRIBUTED FMT_HEADER_ONLY=1)

# One precompiled header for every library that links LibTorch.
add_library(assay_torch_pch OBJECT ${PROJECT_SOURCE_DIR}/cmake/torch_pch.cc)
target_link_libraries(assay_torch_pch PRIVATE assay::build_flags assay::torch)
target_precompile_headers(assay_torch_pch PRIVATE <torch/torch.h>)

# The same arguments as assay_library().
function(assay_torch_library name)
  assay_library(${name} ${ARGN})
  target_link_libraries(${name} PUBLIC assay::torch)
  target_precompile_headers(${name} REUSE_FROM assay_torch_pch)
endfunction()
