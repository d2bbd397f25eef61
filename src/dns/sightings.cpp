#include "dns/sightings.h"

#include <algorithm>
#include <utility>

#include "dns/rdata.h"

namespace mailassay::dns {

namespace {

/// The window in which an alias chain so far, and then something at its end, were seen.
struct Window {
  std::optional<std::chrono::sys_seconds> first;
  std::optional<std::chrono::sys_seconds> last;
  bool wildcard = false;  ///< an alias of it came from a wildcard
};

Window joined(const Window& a, const Sighting& b) {
  const bool wildcard = a.wildcard || b.wildcard;
  if (!a.first || !a.last) return {b.first_seen, b.last_seen, wildcard};
  if (!b.first_seen || !b.last_seen) return {a.first, a.last, wildcard};
  const auto first = std::max(*a.first, *b.first_seen);
  return {first, std::max(first, std::min(*a.last, *b.last_seen)), wildcard};
}

class Follower {
 public:
  Follower(const SightingSource& source, const Question& question, Resolution& out)
      : source_(source), type_(question.type), out_(out) {}

  void follow(const std::string& name, const Window& window) {
    const Question question{name, type_};
    std::vector<Sighting> direct;
    source_.append_sightings(question, direct);
    std::vector<Sighting> aliases;
    if (type_ != Type::cname) source_.append_sightings({name, Type::cname}, aliases);
    std::erase_if(aliases, [](const Sighting& s) { return s.kind != AnswerKind::records; });
    if (direct.empty() && aliases.empty()) {
      if (std::find(out_.unknown.begin(), out_.unknown.end(), question) == out_.unknown.end()) {
        out_.unknown.push_back(question);
      }
      return;
    }
    for (Sighting& sighting : direct) add(std::move(sighting), window);
    path_.push_back(name);
    for (const Sighting& alias : aliases) follow_alias(alias, joined(window, alias));
    path_.pop_back();
  }

 private:
  void follow_alias(const Sighting& alias, const Window& window) {
    for (const std::string& rdata : alias.rdata) {
      const auto target = name_in_rdata(rdata);
      const bool loops = !target || std::find(path_.begin(), path_.end(), *target) != path_.end();
      if (loops || path_.size() > kMaxAliasDepth || ++steps_ > kMaxAliasSteps) {
        Sighting failure;
        failure.kind = AnswerKind::temporary_failure;
        failure.failure = Failure::servfail;
        failure.source = alias.source;
        add(std::move(failure), window);
      } else {
        follow(*target, window);
      }
    }
  }

  void add(Sighting sighting, const Window& window) {
    const Window both = joined(window, sighting);
    sighting.first_seen = both.first;
    sighting.last_seen = both.last;
    sighting.wildcard = both.wildcard && sighting.kind == AnswerKind::records;
    const auto& known = out_.sightings;
    if (!path_.empty() && std::find(known.begin(), known.end(), sighting) != known.end()) return;
    out_.sightings.push_back(std::move(sighting));
  }

  const SightingSource& source_;
  Type type_;
  Resolution& out_;
  std::vector<std::string> path_;
  std::size_t steps_ = 0;
};

}  // namespace

Resolution resolve_aliases(const SightingSource& source, const Question& question) {
  Resolution out;
  Follower(source, question, out).follow(question.name, {});
  return out;
}

void sort_rdata(std::vector<std::string>& rdata) {
  std::sort(rdata.begin(), rdata.end());
  rdata.erase(std::unique(rdata.begin(), rdata.end()), rdata.end());
}

}  // namespace mailassay::dns
