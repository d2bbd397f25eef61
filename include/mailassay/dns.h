// DNS as data: questions, dated answers, and the read-only view that the protocol code is given.
//
// Protocol code never asks the network. It looks into a View; where the answer is not there yet
// it adds the question to Needs and is called again once it is answered. Live DNS, a recording, a
// zone file and a test table all look the same from here.
//
// Rules that tests hold: a View does not change while an evaluation runs; an answer to another
// question never changes a finished verdict; a temporary failure is an answer.
#ifndef MAILASSAY_DNS_H
#define MAILASSAY_DNS_H

#include <chrono>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace mailassay::dns {

/// Record types that mailassay asks for. [RFC1035 3.2.2] [RFC3596 2.1]
enum class Type : std::uint16_t {
  a = 1,
  ns = 2,
  cname = 5,
  soa = 6,
  ptr = 12,
  mx = 15,
  txt = 16,
  aaaa = 28,
};

/// What is asked. `name` is in presentation form, lower case, without the final dot; octets that
/// need it are escaped as \DDD or \X [RFC1035 5.1].
struct Question {
  std::string name;
  Type type = Type::txt;

  friend bool operator==(const Question&, const Question&) = default;
  friend auto operator<=>(const Question&, const Question&) = default;
};

struct QuestionHash {
  std::size_t operator()(const Question& question) const noexcept {
    return std::hash<std::string_view>{}(question.name) * 31U +
           static_cast<std::size_t>(question.type);
  }
};

enum class AnswerKind : std::uint8_t {
  records,            ///< at least one record of the type
  no_data,            ///< the name exists, the type does not [RFC2308 2.2]
  no_such_name,       ///< NXDOMAIN [RFC2308 2.1]
  temporary_failure,  ///< the network or a server failed; says nothing about the name
  no_evidence,        ///< recorded DNS does not know; never the same as NXDOMAIN
};

/// Why a temporary failure came about.
enum class Failure : std::uint8_t {
  none,      ///< not a failure
  timeout,   ///< no server answered in time
  servfail,  ///< every server answered with an error (SERVFAIL, REFUSED, malformed, ...)
  deadline,  ///< the time allowed for one name was used up
};

/// One dated observation of how a question was answered.
struct Sighting {
  AnswerKind kind = AnswerKind::no_evidence;
  Failure failure = Failure::none;
  /// Wire-form RDATA of each record, sorted, without repetition. For TXT: length-prefixed
  /// character-strings [RFC1035 3.3.14]. Empty unless kind is `records`.
  std::vector<std::string> rdata;
  /// "live", "zone", "recorded", or the origin URI that a recording names.
  std::string source;
  /// When it was seen first and last. Both empty: undated, good for any time.
  std::optional<std::chrono::sys_seconds> first_seen;
  std::optional<std::chrono::sys_seconds> last_seen;
  /// A record of the name `*` answered for this one [RFC4592 2.1]. Only zone files tell it; one
  /// live answer does not.
  bool wildcard = false;

  friend bool operator==(const Sighting&, const Sighting&) = default;
};

/// All that is known about one question: at least one sighting, in the order of the sources.
struct Answer {
  std::vector<Sighting> sightings;

  friend bool operator==(const Answer&, const Answer&) = default;
};

/// What the protocol code may see of DNS.
///
/// Threads: find() may be called from any thread; while an evaluation runs, an answer that was
/// found stays what it was.
class View {
 public:
  virtual ~View() = default;

  /// Null if the answer is not known yet. The pointer lives as long as the view.
  virtual const Answer* find(const Question& question) const = 0;
};

/// The questions that an evaluation could not go on without; each once, in the order of asking.
class Needs {
 public:
  void add(const Question& question) {
    if (seen_.insert(question).second) questions_.push_back(question);
  }
  bool empty() const noexcept { return questions_.empty(); }
  std::span<const Question> questions() const noexcept { return questions_; }
  void clear() noexcept {
    questions_.clear();
    seen_.clear();
  }

 private:
  std::vector<Question> questions_;
  std::unordered_set<Question, QuestionHash> seen_;
};

/// Joins the character-strings of one TXT RDATA, nothing between them. [RFC6376 3.6.2.2]
///
/// Result: empty optional if a length octet points past the end.
std::optional<std::string> txt_text(std::string_view rdata);

}  // namespace mailassay::dns

#endif  // MAILASSAY_DNS_H
