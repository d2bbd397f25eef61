# cmake -D MODULE_DIR=... -P join_paths_test.cmake
include(${MODULE_DIR}/MailassayJoinPaths.cmake)

function(expect folder expected)
  mailassay_join_paths(joined "\${prefix}" "${folder}")
  if(NOT joined STREQUAL expected)
    message(SEND_ERROR "'${folder}' gave '${joined}', not '${expected}'")
  endif()
endfunction()

expect("lib" "\${prefix}/lib")
expect("lib/x86_64-linux-gnu" "\${prefix}/lib/x86_64-linux-gnu")
expect("/usr/lib64" "/usr/lib64")
expect("/nix/store/x-dev/include" "/nix/store/x-dev/include")
