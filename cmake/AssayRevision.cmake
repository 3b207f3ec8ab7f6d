# assay_git_commit: the commit this is built from; a new commit configures again.
execute_process(
  COMMAND git -C ${PROJECT_SOURCE_DIR} describe --always --dirty --exclude=*
  OUTPUT_VARIABLE assay_git_commit OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
execute_process(
  COMMAND git -C ${PROJECT_SOURCE_DIR} rev-parse --git-path logs/HEAD
  OUTPUT_VARIABLE assay_git_log OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
get_filename_component(assay_git_log "${assay_git_log}" ABSOLUTE
  BASE_DIR ${PROJECT_SOURCE_DIR})
if(assay_git_commit AND EXISTS "${assay_git_log}")
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${assay_git_log})
endif()
