// From a file to the members in it, through every container and compression around them.
//
//   mail.zip           members a.mbox and old.tar.gz
//   old.tar.gz         is found by its first octets to be compressed, and what is in it to be a tar
//   old.tar.gz!/b.eml  the name of a member of that tar
//
// One thread runs this from the front to the end; layers read from each other, so that memory is
// that of one decompressor for each depth. What cannot be read is reported and passed over.
#ifndef MAILASSAY_IO_UNPACKING_H
#define MAILASSAY_IO_UNPACKING_H

#include <atomic>
#include <optional>
#include <stop_token>
#include <string>

#include "io/container_kind.h"
#include "io/file_reader.h"
#include "io/layer_stream.h"
#include "io/member_channel.h"
#include "io/member_source.h"
#include "io/record_reader.h"
#include "mailassay/problem.h"

namespace mailassay::io {

/// Stands between the name of a container and that of a member in it.
inline constexpr std::string_view kMemberJoin = "!/";

/// Works through one file. Threads: one.
class Unpacking {
 public:
  /// `read_bytes` is told how far the file is read.
  Unpacking(MemberChannel& out, const UnpackLimits& limits, const RecordFields& fields,
            std::stop_token stop, std::atomic<std::uint64_t>& read_bytes)
      : out_(out),
        limits_(limits),
        fields_(fields),
        stop_(std::move(stop)),
        read_bytes_(read_bytes) {}

  /// `head` was read of `file` already, if it cannot be read again.
  void run(FileReader& file, std::string head);

 private:
  class EntryStream;
  class CountedFile;

  bool unpack(LayerStream& layer, FileReader* seekable, const std::string& member, unsigned depth);
  bool open_container(LayerStream& layer, FileReader* seekable, ContainerKind kind,
                      const std::string& member, unsigned depth);
  bool open_pst(LayerStream& layer, const FileReader* seekable, const std::string& member,
                unsigned depth);
  IoError memory_error(ContainerKind kind, std::uint64_t needed) const;
  std::optional<IoError> seven_zip_error(const FileReader& file) const;
  bool take_entries(MemberSource& reader, bool compression, const std::string& member,
                    unsigned depth);
  void take_entry(MemberSource& reader, const Entry& entry, const std::string& name, unsigned depth,
                  bool compression);
  bool take_records(LayerStream& layer, RecordForm form, const std::string& member, unsigned depth);
  void deliver(LayerStream& layer, const std::string& member);
  void deliver_record(const Record& record, const std::string& member);
  bool has_end_mark(const LayerStream& layer, const std::string& member);
  bool has_all_members(LayerStream& layer, const MemberSource& reader, const std::string& member);
  void account_for(LayerStream& layer, bool whole, unsigned depth);
  void reject(LayerStream& layer, IoError error, const std::string& member, unsigned depth);
  void report(IoError error, const std::string& member);
  void name_place(IoError& error, const std::string& member) const;
  bool may_expand();
  std::uint64_t admitted_octets() const;
  bool is_over() const { return over_ || out_.is_closed(); }

  MemberChannel& out_;
  const UnpackLimits& limits_;
  const RecordFields& fields_;
  std::stop_token stop_;
  std::atomic<std::uint64_t>& read_bytes_;
  std::string path_;
  std::optional<std::uint64_t> file_size_;
  std::uint64_t file_taken_ = 0;  ///< octets read of it so far
  UnpackCounts counts_;
  std::optional<MessageNote> note_;  ///< of each message at hand
  bool out_of_order_ = false;        ///< the file has an index at its end that was gone by
  bool over_ = false;                ///< the file gives no more: a limit for all of it was reached
};

}  // namespace mailassay::io

#endif  // MAILASSAY_IO_UNPACKING_H
