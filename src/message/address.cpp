#include "message/address.h"

#include <cstddef>
#include <utility>

#include "base/ascii.h"
#include "base/cursor.h"
#include "base/octet_set.h"
#include "message/encoded_word.h"

namespace mailassay::message {
namespace {

/// Octets that have no meaning of their own in an address list, the at sign aside.
constexpr OctetSet kPlain = OctetSet::of([](char c) {
  constexpr std::string_view kSpecial = "()<>[]:;@\\,\"";
  return !ascii::is_fws_octet(c) && kSpecial.find(c) == std::string_view::npos;
});

class AddressListReader {
 public:
  AddressListReader(std::string_view value, std::size_t most) noexcept
      : value_(value), cursor_(value), most_(most) {}

  std::vector<Address> read() {
    while (!cursor_.at_end() && addresses_.size() < most_) step();
    if (addresses_.size() < most_) finish_mailbox();
    return std::move(addresses_);
  }

 private:
  void step() {
    const char c = cursor_.peek();
    if (kPlain(c)) {
      append(cursor_.take_while(kPlain));
    } else if (ascii::is_fws_octet(c)) {
      cursor_.skip_fws();
      has_gap_ = true;
    } else if (c == '(') {
      skip_comment();
      has_gap_ = true;
    } else if (c == '"') {
      take_delimited('"');
    } else if (c == '[') {
      take_delimited(']');
    } else if (c == '<') {
      if (in_angle_) {
        end_part();
      } else {
        display_name_ = ascii::trim(value_.substr(begin_, here() - begin_));
      }
      cursor_.take('<');
      in_angle_ = true;
      forget_text();
    } else if (c == '>') {
      cursor_.take('>');
      finish_mailbox();
      is_behind_angle_ = true;
    } else if (c == ',' || c == ';') {
      cursor_.take(c);
      // Inside an angle a comma belongs to a source route. [RFC5322 4.4 obs-route]
      if (in_angle_ && c == ',') {
        end_part();
      } else {
        finish_mailbox();
      }
    } else if (c == ':') {
      cursor_.take(':');
      end_part();  // the name of a group, or a source route
      if (!in_angle_) begin_ = here();
    } else {
      append(cursor_.take_up_to(1));
    }
  }

  /// Forgets what is no address. An address does not vanish because of an octet that is not allowed
  /// behind it: readers may be shown that one.
  void end_part() {
    const bool in_angle = in_angle_;
    if (at_ != std::string::npos && at_ > 0) finish_mailbox();
    in_angle_ = in_angle;
    forget_text();
  }

  /// The first `@` ends the local part, so that a domain with one in it is no domain.
  void append(std::string_view text) {
    if (text == "@" && at_ == std::string::npos) at_ = spec_.size();
    // Nor do blanks join two names to one. [RFC5322 4.4 obs-domain]
    const bool is_apart = has_gap_ && at_ != std::string::npos && at_ < spec_.size() &&
                          spec_.back() != '@' && spec_.back() != '.' && text.front() != '@' &&
                          text.front() != '.';
    if (is_apart) spec_.push_back(' ');
    has_gap_ = false;
    spec_.append(text);
  }

  /// Takes a quoted string or a domain literal as it stands, with its delimiters.
  void take_delimited(char close) {
    std::string taken(cursor_.take_up_to(1));
    while (!cursor_.at_end()) {
      const std::string_view c = cursor_.take_up_to(1);
      if (c == "\r" || c == "\n") continue;
      taken.append(c);
      if (c == "\\") {
        taken.append(cursor_.take_up_to(1));
      } else if (c[0] == close) {
        break;
      }
    }
    append(taken);
  }

  void skip_comment() {
    std::size_t depth = 0;
    while (!cursor_.at_end()) {
      const char c = cursor_.take_up_to(1)[0];
      if (c == '\\') {
        cursor_.take_up_to(1);
      } else if (c == '(') {
        ++depth;
      } else if (c == ')' && --depth == 0) {
        return;
      }
    }
  }

  void forget_text() {
    spec_.clear();
    at_ = std::string::npos;
    has_gap_ = false;
  }

  void finish_mailbox() {
    // Behind an angle stands junk, unless it is an address.
    if (!spec_.empty() && !(is_behind_angle_ && at_ == std::string::npos)) {
      Address address;
      if (at_ != std::string::npos) {
        address.domain = to_valid_utf8(ascii::lower(std::string_view(spec_).substr(at_ + 1)));
      }
      address.address = to_valid_utf8(spec_);
      address.display_name = display_name_;
      addresses_.push_back(std::move(address));
    }
    forget_text();
    in_angle_ = false;
    is_behind_angle_ = false;
    display_name_ = {};
    begin_ = here();
  }

  std::size_t here() const noexcept { return cursor_.position(); }

  std::string_view value_;
  Cursor cursor_;
  std::size_t most_;
  std::vector<Address> addresses_;
  std::string spec_;
  std::size_t at_ = std::string::npos;  ///< first `@` outside of quotes
  std::size_t begin_ = 0;               ///< of this mailbox
  std::string_view display_name_;
  bool in_angle_ = false;
  bool is_behind_angle_ = false;
  bool has_gap_ = false;  ///< white space or a comment since the last text
};

}  // namespace

std::vector<Address> parse_address_list(std::string_view value, std::size_t most) {
  return AddressListReader(value, most).read();
}

}  // namespace mailassay::message
