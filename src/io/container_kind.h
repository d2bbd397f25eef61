// What kind of container or compression begins with given octets. Content decides, never a name.
#ifndef MAILASSAY_IO_CONTAINER_KIND_H
#define MAILASSAY_IO_CONTAINER_KIND_H

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace mailassay::io {

/// Octets that sniff_container() wants to see of a file that has so many: a tar header.
inline constexpr std::size_t kContainerSniffBytes = 512;

enum class ContainerKind : std::uint8_t {
  none,       ///< no container that we know
  gzip,       ///< one compressed file (RFC 1952)
  zstd,       ///< one compressed file (RFC 8878)
  xz,         ///< one compressed file
  bzip2,      ///< one compressed file
  lz4,        ///< one compressed file
  tar,        ///< members; v7, ustar, pax, GNU
  cpio,       ///< members
  zip,        ///< members
  seven_zip,  ///< members; needs to be read out of order
  pst,        ///< Outlook data file (PST, OST): mail that a program of its own reads
};

ContainerKind sniff_container(std::string_view head);

/// True if it holds one file without a name.
bool is_compression(ContainerKind kind);

/// What people call it.
std::string_view name_of(ContainerKind kind);

/// The dictionary or window that reading needs, in octets, where the first octets tell.
///
/// Demands: `head` is the begin of a file of this kind.
std::optional<std::uint64_t> dictionary_bytes(ContainerKind kind, std::string_view head);

}  // namespace mailassay::io

#endif  // MAILASSAY_IO_CONTAINER_KIND_H
