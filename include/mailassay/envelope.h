// The SMTP envelope that a stored message still tells of: client address, HELO, MAIL FROM and time
// of receipt. [RFC5321 4.4]
//
// Two steps. At digest the trace fields become TransitFacts (envelope/transit_reader.h in src);
// nothing is believed there. At judge recover() walks the hops from the top and finds the border:
// the hop by which the message came in from outside. What stands above was written by the
// receiver; the border hop and all below it is the client's word, but for what the receiver itself
// wrote into that hop.
#ifndef MAILASSAY_ENVELOPE_H
#define MAILASSAY_ENVELOPE_H

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mailassay/recorded.h"

namespace mailassay::envelope {

/// How a hop came about, as its Received field shows it.
enum class HopKind : std::uint8_t {
  smtp,        ///< a client is named: from clause, with or without an address
  authorised,  ///< the client authenticated itself: a submission, no border
  local,       ///< no client: handed in on the machine itself, or passed on within one system
  delivery,    ///< LMTP or the like: from a mail system into a mailbox
  fetched,     ///< fetched from a mailbox by POP or IMAP
  unreadable,  ///< neither a from nor a by clause was found
};

/// One Received field. Strings are empty if the field does not tell; each is cut at
/// Limits::transit_value_bytes.
struct Hop {
  std::uint32_t position = 0;  ///< index of the field in the header block, 0 on top
  HopKind kind = HopKind::unreadable;
  std::string helo;                ///< as the client gave it; its word, whoever wrote the field
  std::string rdns;                ///< lower case; name that the receiver looked up for the address
  bool rdns_is_confirmed = false;  ///< the writer's form says that the name leads back to it
  std::string client_ip;           ///< 4 or 16 octets; IPv4-mapped addresses are IPv4
  std::string by;                  ///< lower case, name or address
  std::string by_ip;               ///< 4 or 16 octets
  std::string with;                ///< upper case
  std::string id;
  std::string recipient;                     ///< the for clause, without brackets
  std::optional<std::string> envelope_from;  ///< "" is the null sender
  std::optional<std::chrono::sys_seconds> date;

  friend bool operator==(const Hop&, const Hop&) = default;
};

/// Other trace fields. Each is kept at its position, believed or not.
enum class MarkKind : std::uint8_t {
  return_path,       ///< Return-Path: address without brackets, "" is the null sender
  envelope_from,     ///< X-Envelope-From and the like
  envelope_to,       ///< Delivered-To, X-Original-To, Envelope-To, X-Envelope-To
  forefront_ip,      ///< CIP of X-Forefront-Antispam-Report, 4 or 16 octets
  forefront_helo,    ///< H of the same
  forefront_rdns,    ///< PTR of the same
  exchange_auth_as,  ///< X-MS-Exchange-Organization-AuthAs: Internal, Anonymous, ...
};

struct Mark {
  MarkKind kind = MarkKind::return_path;
  std::uint32_t position = 0;  ///< index of the field in the header block, 0 on top
  std::string value;

  friend bool operator==(const Mark&, const Mark&) = default;
};

/// Cuts that were made in reading the trace. What is on top is kept.
enum class TransitNote : std::uint8_t {
  hops_cut,     ///< more Received fields than Limits::transit_hops
  results_cut,  ///< more fields with results than Limits::transit_results, or one is over a limit
  marks_cut,    ///< more other trace fields than Limits::transit_marks
  field_cut,    ///< a field over Limits::transit_field_bytes: only its front was read
  value_cut,    ///< a string over Limits::transit_value_bytes
};

/// What the trace fields of one message say. All lists from the top down.
struct TransitFacts {
  std::vector<Hop> hops;
  std::vector<Mark> marks;
  /// Authentication-Results and Received-SPF. The ARC ones are in arc::SetFacts: read their text
  /// with read_authentication_results().
  std::vector<Recorded> recorded;
  std::vector<TransitNote> notes;  ///< each at most once

  friend bool operator==(const TransitFacts&, const TransitFacts&) = default;
};

/// An address block.
struct Network {
  std::string address;  ///< 4 or 16 octets
  unsigned prefix = 0;  ///< bits

  friend bool operator==(const Network&, const Network&) = default;
};

/// Reads `192.0.2.0/24`, `2001:db8::/32`, or an address alone.
std::optional<Network> network_from_text(std::string_view text);

/// Mailbox providers whose trace fields are known.
enum class Provider : std::uint8_t { gmail, microsoft365, yahoo };

/// Whom the reader believes. Nothing here is taken from the message.
struct TrustOptions {
  std::vector<Network> networks;   ///< addresses of own servers and of relays that are believed
  std::vector<std::string> hosts;  ///< names of such servers; a domain covers all names below it
  std::vector<Provider> providers = {Provider::gmail, Provider::microsoft365, Provider::yahoo};
  /// Whose results are believed if they stand right; a domain covers all ids below it.
  std::vector<std::string> authserv_ids;
  /// The receivers remove results that claim their authserv-id, as [RFC8601 5] demands. Then
  /// results between the border hop and the next Received field below, where Postfix and Sendmail
  /// put those of their milters, are believed too, if they bear one of `authserv_ids` itself.
  bool receivers_strip_results = false;
  /// The message lies in another one: whoever wrote that one may have written the trace, so there
  /// is no border, and nobody in it is believed.
  bool is_enclosed = false;
  /// Gives the organizational domain of a lower-case name. Empty: its last two labels.
  std::function<std::string(std::string_view)> organizational_domain;
};

/// Adds one `--receiver` value: a network, a host name or a domain.
///
/// Result: false if it is none of these; nothing is added then.
bool add_receiver(TrustOptions& options, std::string_view text);

enum class Sureness : std::uint8_t {
  none,      ///< there is no border, or it cannot be told
  inferred,  ///< by what the fields say of themselves
  sure,      ///< by configuration, by a provider's profile, or confirmed by a believed result
};

/// Why the border is where it is, or why there is none.
enum class BorderReason : std::uint8_t {
  no_trace,           ///< none: no Received field
  own_hops_only,      ///< none: no hop has a client from outside
  submission,         ///< none: the client authenticated itself
  unreadable_hop,     ///< none: a field that would decide could not be read
  receiver,           ///< sure: all hops down to it were written by configured receivers
  provider,           ///< sure: the same with a provider's profile among them
  confirmed,          ///< sure: inferred, and a believed result names the same client
  first_outsider,     ///< inferred: the first client that is not of the top hop's organization
  inner_host,         ///< inferred: a provider's host that takes submissions, not its entrance
  below_unknown_hop,  ///< inferred: a hop above has a writer or client that is not configured
  below_submission,   ///< inferred: a hop above was handed in by an authenticated user
  filter_gateway,     ///< inferred: the client is a rented mail filter; of the sender or receiver?
  enclosed,           ///< none: it lies in another message, whose author wrote the trace
};

struct Border {
  Sureness sureness = Sureness::none;
  BorderReason reason = BorderReason::no_trace;
  std::optional<std::size_t> hop;    ///< index in TransitFacts::hops; empty if there is none
  std::optional<Provider> provider;  ///< whose profile knew the writer of the border hop
};

/// Where a value was taken from.
enum class ValueSource : std::uint8_t {
  received,                ///< the border hop
  return_path,             ///< Return-Path
  authentication_results,  ///< Authentication-Results above the border
  received_spf,            ///< Received-SPF above the border
  envelope_from,           ///< X-Envelope-From above the border
  forefront,               ///< X-Forefront-Antispam-Report
  newest_received,         ///< time only: the topmost plausible Received field; no border has one
};

enum class Confidence : std::uint8_t {
  weak,      ///< nobody who is known wrote it, or it stands where a stranger could
  inferred,  ///< written by the receiver, if the inferred border is right
  sure,      ///< written by a receiver that is believed
};

struct Value {
  std::string text;  ///< addresses: 4 or 16 octets; MAIL FROM: without brackets, "" if null
  ValueSource source = ValueSource::received;
  Confidence confidence = Confidence::weak;
  std::uint32_t position = 0;   ///< index of the field in the header block
  bool is_domain_only = false;  ///< MAIL FROM: only the domain was recorded

  friend bool operator==(const Value&, const Value&) = default;
};

struct ReceivedTime {
  std::chrono::sys_seconds time{};
  ValueSource source = ValueSource::received;  ///< received or newest_received
  Confidence confidence = Confidence::weak;
};

enum class ConflictSubject : std::uint8_t { client_ip, helo, mail_from, received_time };

/// A second value for something, which was not chosen. The source says who differs.
struct Conflict {
  ConflictSubject subject = ConflictSubject::client_ip;
  Value other;  ///< for received_time: `text` is the seconds since 1970 in decimal
};

/// Where a field with results stands.
enum class Place : std::uint8_t {
  no_border,     ///< there is no border: nobody knows who wrote it
  above_border,  ///< newer than the border hop: the receiver's side wrote it
  adjoining,     ///< below the border hop and above all other Received fields
  below_border,  ///< the client's word
};

/// How far one field with results is believed.
struct Witness {
  Place place = Place::no_border;
  bool trusted = false;  ///< its authserv-id is believed, and it stands where its owner writes
};

/// Schemes by which a MAIL FROM address carries another one.
enum class RewriteKind : std::uint8_t {
  srs,           ///< sender rewriting: SRS0, SRS1, and `+SRS=` of Microsoft
  batv,          ///< bounce address tag: prvs=, btv1==
  verp,          ///< the recipient's address in a list's or sender's bounce address
  gmail_forward  ///< `+caf_=` of Gmail's forwarding
};

struct Rewrite {
  RewriteKind kind = RewriteKind::srs;
  std::string address;  ///< that is carried, as far as it can be read; empty if it cannot
};

/// What is known of the SMTP session by which the message came in.
struct Envelope {
  Border border;
  std::optional<Value> client_ip;  ///< empty: SPF has no client address (`no-client-ip`)
  std::optional<Value> helo;
  std::optional<Value> rdns;
  std::optional<Value> mail_from;
  std::optional<ReceivedTime> received_at;  ///< T; empty: unknown
  std::vector<Conflict> conflicts;
  std::vector<Witness> witnesses;  ///< one for each of TransitFacts::recorded
  std::vector<Rewrite> rewrites;   ///< of mail_from
  /// Fields at this index and below it are the client's word, but for the border hop itself. Empty
  /// without a border.
  std::optional<std::uint32_t> clients_word_from;
};

/// Recovers the envelope from the facts, as far as `options` lets them be believed.
///
/// Cost: linear in the facts, which are bounded.
Envelope recover(const TransitFacts& facts, const TrustOptions& options);

}  // namespace mailassay::envelope

#endif  // MAILASSAY_ENVELOPE_H
