# What every target of this project is compiled with. Nothing here reaches a consumer.

add_library(mailassay_build_options INTERFACE)
target_compile_options(
  mailassay_build_options
  INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wold-style-cast
            -Wcast-qual -Wnon-virtual-dtor -Woverloaded-virtual -Wformat=2
            # At -O3 GCC 12 sees null in a std::string that is moved into an optional.
            $<$<NOT:$<CONFIG:Release>>:-Wnull-dereference>
            # GCC 12 warns of overlapping copies in any "literal" + string (GCC bug 105651).
            $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
            $<$<BOOL:${MAILASSAY_WERROR}>:-Werror>)
target_compile_definitions(
  mailassay_build_options
  INTERFACE $<$<BOOL:${MAILASSAY_DEVELOPER_MODE}>:MAILASSAY_ASSERTIONS=1>
            $<$<AND:$<BOOL:${MAILASSAY_DEVELOPER_MODE}>,$<NOT:$<CONFIG:Release>>>:_GLIBCXX_ASSERTIONS>)

if(MAILASSAY_SANITIZE)
  target_compile_options(mailassay_build_options INTERFACE -fsanitize=${MAILASSAY_SANITIZE}
                                                           -fno-omit-frame-pointer)
  target_link_options(mailassay_build_options INTERFACE -fsanitize=${MAILASSAY_SANITIZE})
endif()
if(MAILASSAY_BUILD_FUZZ)
  target_compile_options(mailassay_build_options INTERFACE -fsanitize=fuzzer-no-link)
endif()

# Applies the project's settings to one target of ours.
function(mailassay_target_defaults target)
  target_compile_features(${target} PUBLIC cxx_std_20)
  set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF POSITION_INDEPENDENT_CODE ON)
  target_link_libraries(${target} PRIVATE $<BUILD_INTERFACE:mailassay_build_options>)
endfunction()
