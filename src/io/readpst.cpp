#include "io/readpst.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <thread>

namespace mailassay::io {
namespace {

using Clock = std::chrono::steady_clock;
namespace fs = std::filesystem;

constexpr const char* kName = "readpst";
/// Descriptors below this one are standard input, output, and what a program may take for that.
constexpr int kFirstDescriptor = 10;
constexpr std::uint64_t kMebibyte = std::uint64_t{1} << 20U;
constexpr std::chrono::milliseconds kShortestWait(1);
constexpr std::chrono::milliseconds kLongestWait(100);
/// What it wrote is added up so often at most, and then takes this share of the time at most.
constexpr std::chrono::milliseconds kCheckEvery(500);
constexpr int kCheckShare = 20;

IoError error_of(ProblemReason reason, int error_number, std::string what) {
  IoError error{error_number, {}, 0, std::move(what)};
  error.reason = reason;
  return error;
}

/// Where the program is; empty if it is not installed.
std::string find_program() {
  const char* const path = std::getenv("PATH");
  std::string_view rest = path != nullptr ? path : "";
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(':'), rest.size());
    std::string candidate = std::string(rest.substr(0, end)) + '/' + kName;
    if (end > 0 && ::access(candidate.c_str(), X_OK) == 0) return candidate;
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return {};
}

/// One more than may be, so that what is cut off there is seen to be too much.
rlim_t most_octets_of_a_file(std::uint64_t most) {
  return most < RLIM_INFINITY - 1 ? most + 1 : RLIM_INFINITY;
}

struct Child {
  const char* program;
  char* const* arguments;
  int input;  ///< the PST
  int null;   ///< /dev/null
  rlim_t most_octets;
  rlim_t most_seconds;
};

void set_limit(int resource, rlim_t most) {
  const struct rlimit limit = {most, most};
  ::setrlimit(static_cast<__rlimit_resource_t>(resource), &limit);
}

/// Between fork and exec: nothing but system calls.
[[noreturn]] void become(const Child& child, pid_t parent) {
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  constexpr int kNotStarted = 127;
  if (::getppid() != parent) ::_exit(kNotStarted);
  set_limit(RLIMIT_FSIZE, child.most_octets);
  set_limit(RLIMIT_CPU, child.most_seconds);
  set_limit(RLIMIT_CORE, 0);
  for (const int standard : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::dup2(child.null, standard) < 0) ::_exit(kNotStarted);
  }
  ::fcntl(child.input, F_SETFD, 0);
  ::execv(child.program, child.arguments);
  ::_exit(kNotStarted);
}

std::uint64_t octets_below(const std::string& folder) {
  std::uint64_t octets = 0;
  std::error_code failed;
  for (fs::recursive_directory_iterator at(folder, failed), end; !failed && at != end;
       at.increment(failed)) {
    std::error_code gone;
    const std::uintmax_t size = at->is_regular_file(gone) ? at->file_size(gone) : 0;
    if (!gone) octets += size;
  }
  return octets;
}

/// Waits for the process, and watches what it writes.
class Watch {
 public:
  Watch(const ReadpstTask& task, pid_t process) : task_(task), process_(process) {}

  /// Fills `status`, or kills the process and says why.
  std::optional<IoError> wait(int& status) {
    auto pause = kShortestWait;
    Clock::time_point next_check = Clock::now() + kCheckEvery;
    while (true) {
      const pid_t ended = ::waitpid(process_, &status, WNOHANG);
      if (ended == process_) return std::nullopt;
      if (ended < 0 && errno != EINTR) {
        return error_of(ProblemReason::corrupt, errno, "readpst cannot be waited for");
      }
      if (task_.is_ended()) {
        return kill(error_of(ProblemReason::unreadable, ECANCELED, "reading was stopped"));
      }
      if (const auto now = Clock::now(); now >= next_check) {
        if (octets_below(task_.folder) > task_.most) return kill(too_much());
        const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - now);
        next_check = Clock::now() + std::max(kCheckEvery, took * kCheckShare);
      }
      std::this_thread::sleep_for(pause);
      pause = std::min(pause * 2, kLongestWait);
    }
  }

  IoError too_much() const {
    return error_of(ProblemReason::expands_too_much, 0,
                    fmt::format("expands to over {} octets; --max-expansion sets what is admitted",
                                task_.most));
  }

 private:
  IoError kill(IoError why) const {
    ::kill(-process_, SIGKILL);
    ::kill(process_, SIGKILL);
    int status = 0;
    while (::waitpid(process_, &status, 0) < 0 && errno == EINTR) {
    }
    return why;
  }

  const ReadpstTask& task_;
  pid_t process_;
};

struct Descriptor {
  explicit Descriptor(int value) : number(value) {}
  ~Descriptor() {
    if (number >= 0) ::close(number);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number;
};

}  // namespace

std::optional<IoError> run_readpst(const ReadpstTask& task) {
  std::string program = find_program();
  if (program.empty()) {
    return error_of(ProblemReason::unsupported, 0,
                    "it is an Outlook data file (PST); it is read with the program readpst, which "
                    "is not installed (package pst-utils or libpst)");
  }
  const Descriptor input(task.file.duplicate(kFirstDescriptor));
  const Descriptor null(::open("/dev/null", O_RDWR | O_CLOEXEC));
  if (input.number < 0 || null.number < 0) {
    return error_of(ProblemReason::unreadable, errno, "cannot hand it to readpst");
  }
  // Each mail as a file of its own, deleted ones too, in one process.
  std::string words[] = {program,
                         "-q",
                         "-e",
                         "-D",
                         "-t",
                         "e",
                         "-j",
                         "0",
                         "-o",
                         task.folder,
                         "/dev/fd/" + std::to_string(input.number)};
  char* arguments[std::size(words) + 1] = {};
  for (std::size_t i = 0; i < std::size(words); ++i) arguments[i] = words[i].data();
  const std::uint64_t size = task.file.size().value_or(0);
  const Child child = {program.c_str(),
                       arguments,
                       input.number,
                       null.number,
                       most_octets_of_a_file(task.most),
                       kReadpstSeconds + size / kMebibyte * kReadpstSecondsPerMebibyte};
  const pid_t parent = ::getpid();
  const pid_t process = ::fork();
  if (process < 0) return error_of(ProblemReason::unreadable, errno, "cannot start readpst");
  if (process == 0) become(child, parent);
  int status = 0;
  Watch watch(task, process);
  if (auto error = watch.wait(status)) return error;
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXFSZ) return watch.too_much();
  if (octets_below(task.folder) > task.most) return watch.too_much();
  if (WIFSIGNALED(status)) {
    return error_of(ProblemReason::corrupt, 0,
                    fmt::format("readpst was ended by signal {}", WTERMSIG(status)));
  }
  if (WEXITSTATUS(status) == 0) return std::nullopt;
  return error_of(ProblemReason::corrupt, 0,
                  fmt::format("readpst cannot read it: exit code {}", WEXITSTATUS(status)));
}

}  // namespace mailassay::io
