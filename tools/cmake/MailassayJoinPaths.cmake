# Joins a prefix that pkg-config knows as a variable with an install folder.
#
#   mailassay_join_paths(RESULT PREFIX FOLDER)
#
# An absolute folder (CMAKE_INSTALL_LIBDIR=/usr/lib64 is legal) stands for itself: a plain
# "${prefix}/${folder}" would give "/usr//usr/lib64".
function(mailassay_join_paths result prefix folder)
  if(IS_ABSOLUTE "${folder}")
    set(${result} "${folder}" PARENT_SCOPE)
  else()
    set(${result} "${prefix}/${folder}" PARENT_SCOPE)
  endif()
endfunction()
