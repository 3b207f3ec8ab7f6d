# CUDA, where ASSAY_CUDA is on: the language, and assay_link_torch_cuda() for
# what needs the GPU half of the LibTorch wheel and NCCL. Included from the top,
# because a target that links CUDA code needs the language too.
#
# libtorch_cuda needs more libraries of NVIDIA than the toolkit has (cuSPARSELt,
# NVSHMEM, cuFile). They are not needed to link, by --allow-shlib-undefined; to
# run, they must be where the loader looks:
#   pip install nvidia-cusparselt-cu13==0.8.0 nvidia-nvshmem-cu13==3.4.5 \
#     nvidia-cufile==1.15.1.6
option(ASSAY_CUDA "Build the CUDA kernels" OFF)

# assay_link_torch_cuda(<target>): the GPU half of LibTorch, privately.
function(assay_link_torch_cuda target)
  if(NOT ASSAY_CUDA)
    return()
  endif()
  target_compile_definitions(${target} PRIVATE ASSAY_CUDA USE_C10D_NCCL)
  target_include_directories(${target} SYSTEM PRIVATE
    ${CUDAToolkit_INCLUDE_DIRS} ${NCCL_INCLUDE_DIR})
  if(NOT Torch_DIR)
    target_link_libraries(${target} PRIVATE
      ${torch_lib}/libtorch_cuda.so ${torch_lib}/libc10_cuda.so)
  endif()
  target_link_libraries(${target} PRIVATE CUDA::cudart ${NCCL_LIBRARY})
endfunction()

if(NOT ASSAY_CUDA)
  return()
endif()
if(NOT ASSAY_TRAINER)
  message(FATAL_ERROR "ASSAY_CUDA needs ASSAY_TRAINER=ON")
endif()

# Tests are listed when they are run: the machine that builds may lack what
# libtorch_cuda loads.
set(CMAKE_GTEST_DISCOVER_TESTS_DISCOVERY_MODE PRE_TEST)

# Machine code for A100 and H100 and their families, PTX for what comes after.
if(NOT CMAKE_CUDA_ARCHITECTURES)
  set(CMAKE_CUDA_ARCHITECTURES "80-real;90")
endif()
set(CMAKE_CUDA_RUNTIME_LIBRARY Shared)  # the one that LibTorch has
enable_language(CUDA)
find_package(CUDAToolkit 13 REQUIRED)
find_path(NCCL_INCLUDE_DIR nccl.h HINTS ${CUDAToolkit_INCLUDE_DIRS} REQUIRED)
find_library(NCCL_LIBRARY nccl HINTS ${CUDAToolkit_LIBRARY_DIR} REQUIRED)

# ncclConfig_t is a member of a class of c10d that we construct: it must have
# the layout that the wheel was built with.
file(STRINGS ${NCCL_INCLUDE_DIR}/nccl.h nccl_lines REGEX "define NCCL_(MAJOR|MINOR) ")
string(REGEX REPLACE "[^0-9;]" "" nccl_version "${nccl_lines}")
string(REPLACE ";" "." nccl_version "${nccl_version}")
if(NOT Torch_DIR AND NOT nccl_version STREQUAL "2.28")
  message(FATAL_ERROR "LibTorch 2.11.0 was built with NCCL 2.28; "
    "${NCCL_INCLUDE_DIR}/nccl.h is ${nccl_version}")
endif()
