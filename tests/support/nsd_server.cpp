#include "support/nsd_server.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <sstream>
#include <thread>
#include <vector>

#include "dns/packet.h"

namespace mailassay::test {

namespace {

constexpr int kStartAttempts = 5;
constexpr std::chrono::seconds kPatience(20);
constexpr std::chrono::milliseconds kPause(50);

std::optional<std::filesystem::path> find_nsd() {
  std::vector<std::filesystem::path> folders = {"/usr/sbin", "/usr/local/sbin", "/sbin"};
  if (const char* path = std::getenv("PATH")) {
    std::istringstream list(path);
    for (std::string folder; std::getline(list, folder, ':');) folders.emplace_back(folder);
  }
  for (const auto& folder : folders) {
    if (access((folder / "nsd").c_str(), X_OK) == 0) return folder / "nsd";
  }
  return std::nullopt;
}

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

std::uint16_t free_port() {
  const int probe = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  // Where this fails, nsd will not answer.
  static_cast<void>(bind(probe, reinterpret_cast<const sockaddr*>(&address), size));
  getsockname(probe, reinterpret_cast<sockaddr*>(&address), &size);
  close(probe);
  return ntohs(address.sin_port);
}

std::string configuration(const std::filesystem::path& folder, std::uint16_t port,
                          const std::string& origin) {
  std::ostringstream out;
  out << "server:\n"
      << "  ip-address: 127.0.0.1@" << port << "\n"
      << "  port: " << port << "\n"
      << "  username: \"\"\n  chroot: \"\"\n  server-count: 1\n  rrl-ratelimit: 0\n"
      << "  zonesdir: \"" << folder.string() << "\"\n"
      << "  pidfile: \"" << (folder / "nsd.pid").string() << "\"\n"
      << "  logfile: \"" << (folder / "nsd.log").string() << "\"\n"
      << "  xfrdfile: \"" << (folder / "xfrd.state").string() << "\"\n"
      << "  zonelistfile: \"" << (folder / "zone.list").string() << "\"\n"
      << "  xfrdir: \"" << folder.string() << "\"\n"
      << "  database: \"\"\n"
      << "remote-control:\n  control-enable: no\n"
      << "zone:\n  name: \"" << origin << "\"\n  zonefile: \"test.zone\"\n";
  return out.str();
}

}  // namespace

bool NsdServer::is_installed() { return find_nsd().has_value(); }

Result<std::unique_ptr<NsdServer>, std::string> NsdServer::start(const std::string& origin,
                                                                 const std::string& zone_text) {
  const auto program = find_nsd();
  if (!program) return Unexpected(std::string("nsd is absent"));
  std::string pattern = (std::filesystem::temp_directory_path() / "mailassay-nsd-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) return Unexpected(std::string("no temporary folder"));
  std::unique_ptr<NsdServer> server(new NsdServer());
  server->folder_ = pattern;
  std::ofstream(server->folder_ / "test.zone") << zone_text;

  // Another program can take the port between our look and nsd's: then with another one.
  for (int attempt = 0; attempt < kStartAttempts; ++attempt) {
    const std::uint16_t port = free_port();
    server->address_ = {"127.0.0.1", port, false};
    const std::string file = (server->folder_ / "nsd.conf").string();
    std::ofstream(file) << configuration(server->folder_, port, origin);
    const std::string path = program->string();
    const pid_t child = fork();
    if (child == 0) {
      const int null = open("/dev/null", O_RDWR | O_CLOEXEC);
      dup2(null, STDOUT_FILENO);
      dup2(null, STDERR_FILENO);
      execl(path.c_str(), path.c_str(), "-d", "-c", file.c_str(), static_cast<char*>(nullptr));
      _exit(127);
    }
    server->process_ = child;
    const auto end = std::chrono::steady_clock::now() + kPatience;
    while (std::chrono::steady_clock::now() < end) {
      if (server->answers(origin)) return server;
      if (waitpid(child, nullptr, WNOHANG) == child) {
        server->process_ = -1;
        break;
      }
      std::this_thread::sleep_for(kPause);
    }
    if (server->process_ >= 0) break;
  }
  return Unexpected("nsd does not answer:\n" + server->log());
}

bool NsdServer::answers(const std::string& origin) const {
  const int probe = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = loopback(address_.port);
  // Where this fails, nothing is read below.
  static_cast<void>(connect(probe, reinterpret_cast<const sockaddr*>(&address), sizeof address));
  const std::string query = dns::build_query(1, {origin, dns::Type::soa}, false);
  std::array<char, 512> buffer{};
  ssize_t count = -1;
  if (send(probe, query.data(), query.size(), 0) > 0) {
    pollfd polled{probe, POLLIN, 0};
    if (poll(&polled, 1, static_cast<int>(kPause.count())) == 1) {
      count = recv(probe, buffer.data(), buffer.size(), 0);
    }
  }
  close(probe);
  if (count <= 0) return false;
  const auto packet = dns::parse_packet({buffer.data(), static_cast<std::size_t>(count)});
  return packet && packet->rcode == dns::kRcodeNoError && !packet->answers.empty();
}

std::string NsdServer::log() const {
  std::ostringstream text;
  text << std::ifstream(folder_ / "nsd.log").rdbuf();
  return text.str();
}

NsdServer::~NsdServer() {
  if (process_ > 0) {
    kill(process_, SIGTERM);
    waitpid(process_, nullptr, 0);
  }
  std::error_code ignored;
  if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
}

}  // namespace mailassay::test
