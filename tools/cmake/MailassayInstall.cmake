# What `cmake --install` puts where, and how others find it: a CMake package and a .pc file.

include(GNUInstallDirs)
include(CMakePackageConfigHelpers)
include(MailassayJoinPaths)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/mailassay)

target_sources(
  mailassay_core
  PUBLIC FILE_SET HEADERS
         BASE_DIRS ${PROJECT_SOURCE_DIR}/include
         FILES ${PROJECT_SOURCE_DIR}/include/mailassay/arc.h
               ${PROJECT_SOURCE_DIR}/include/mailassay/archive_form.h
               ${PROJECT_SOURCE_DIR}/include/mailassay/axes.h
               ${PROJECT_SOURCE_DIR}/include/mailassay/bulk_sender.h
               ${PROJECT_SOURCE_DIR}/include/mailassay/copies.h
               ${PROJECT_SOURCE_DIR}/include/mailassay/dmarc.h
               ${PROJECT_SOURCE_DIR}/include/mailassay/dns.h
               ${PROJECT_SOURCE_DIR}/include/mailassay/dossier.h
               ${PROJECT_SOURCE_DIR}/include/mailassay/enclosure.h
               ${PROJECT_SOURCE_DIR}/include/mailassay/envelope.h
               ${PROJECT_SOURCE_DIR}/include/mailassay/finding.h
               ${PROJECT_SOURCE_DIR}/include/mailassay/form.h
               ${PROJECT_SOURCE_DIR}/include/mailassay/impersonation.h
               ${PROJECT_SOURCE_DIR}/include/mailassay/kind.h
               ${PROJECT_SOURCE_DIR}/include/mailassay/kind_reports.h
               ${PROJECT_SOURCE_DIR}/include/mailassay/kind_traits.h
               ${PROJECT_SOURCE_DIR}/include/mailassay/limits.h
               ${PROJECT_SOURCE_DIR}/include/mailassay/message.h
               ${PROJECT_SOURCE_DIR}/include/mailassay/parties.h
               ${PROJECT_SOURCE_DIR}/include/mailassay/problem.h
               ${PROJECT_SOURCE_DIR}/include/mailassay/public_suffix_list.h
               ${PROJECT_SOURCE_DIR}/include/mailassay/records.h
               ${PROJECT_SOURCE_DIR}/include/mailassay/recorded.h
               ${PROJECT_SOURCE_DIR}/include/mailassay/result.h
               ${PROJECT_SOURCE_DIR}/include/mailassay/scan.h
               ${PROJECT_SOURCE_DIR}/include/mailassay/spf.h
               ${PROJECT_SOURCE_DIR}/include/mailassay/standing.h
               ${PROJECT_SOURCE_DIR}/include/mailassay/standing_evidence.h
               ${PROJECT_SOURCE_DIR}/include/mailassay/verdict.h
               ${PROJECT_SOURCE_DIR}/include/mailassay/version.h)

install(
  TARGETS mailassay_core mailassay_engine
  EXPORT mailassayTargets
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
  FILE_SET HEADERS DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
if(TARGET mailassay)
  install(TARGETS mailassay RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE ${PROJECT_SOURCE_DIR}/README.md
        DESTINATION ${CMAKE_INSTALL_DOCDIR})

install(
  EXPORT mailassayTargets
  NAMESPACE mailassay::
  DESTINATION ${package_dir})
configure_package_config_file(
  ${CMAKE_CURRENT_LIST_DIR}/mailassayConfig.cmake.in ${PROJECT_BINARY_DIR}/mailassayConfig.cmake
  INSTALL_DESTINATION ${package_dir}
  NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file(
  ${PROJECT_BINARY_DIR}/mailassayConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/mailassayConfig.cmake
              ${PROJECT_BINARY_DIR}/mailassayConfigVersion.cmake
              ${CMAKE_CURRENT_LIST_DIR}/Findmimetic.cmake
        DESTINATION ${package_dir})

# The prefix is left to pkg-config: the folder of the .pc file says where it is, so that a tree
# installed with `cmake --install --prefix` elsewhere still works. With absolute folders there is
# nothing to derive, and the prefix of the configuration stands.
if(IS_ABSOLUTE "${CMAKE_INSTALL_LIBDIR}")
  set(pc_prefix "${CMAKE_INSTALL_PREFIX}")
else()
  file(RELATIVE_PATH up_to_prefix "/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/")
  string(REGEX REPLACE "/$" "" up_to_prefix "${up_to_prefix}")
  set(pc_prefix "\${pcfiledir}/${up_to_prefix}")
endif()
mailassay_join_paths(pc_libdir "\${prefix}" "${CMAKE_INSTALL_LIBDIR}")
mailassay_join_paths(pc_includedir "\${prefix}" "${CMAKE_INSTALL_INCLUDEDIR}")
configure_file(${CMAKE_CURRENT_LIST_DIR}/mailassay.pc.in ${PROJECT_BINARY_DIR}/mailassay.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/mailassay.pc
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
