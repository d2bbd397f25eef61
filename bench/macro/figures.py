#!/usr/bin/env python3
"""Measures the whole program on a generated archive and prints one table.

Every figure is the median of some runs (5 unless told), with the least and the greatest beside
it. Runs that are compared alternate, after one warm-up of each, so that a change of the
machine's mood meets both. The archive comes from mkcorpus with a fixed seed and is kept.

Figures:
  cpu ratio    CPU time of a scan with one thread / CPU time of mailassay-floor, which only
               hashes and verifies
  threads      wall time with one thread / with two
  memory       peak RSS on a 400 MiB mbox and, with --large, on one of 4 GiB
  live dns     wall time with a server that answers 20 ms late / with recorded DNS
"""

import argparse
import json
import os
import pathlib
import platform
import re
import selectors
import shutil
import statistics
import subprocess
import sys
import time

MIB = 1024 * 1024
BLOCK = 4 * MIB


class BenchError(Exception):
    """Something that makes the figures impossible; its text is for the reader."""


class Run:
    """One finished process: wall and CPU seconds, peak RSS in octets, what it printed."""

    def __init__(self, command):
        started = time.monotonic()
        process = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self.peak_rss = self._watch(process.pid)
        self.output = process.stdout.read()
        process.stdout.close()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        self.wall = time.monotonic() - started
        self.cpu = usage.ru_utime + usage.ru_stime
        if process.returncode != 0:
            line = " ".join(str(part) for part in command)
            raise BenchError(f"ended with {process.returncode}: {line}")

    @staticmethod
    def _watch(pid):
        """Waits for the end and gives the peak RSS. ru_maxrss will not do: it begins with the
        size of this interpreter. What is printed has to fit into a pipe."""
        peak = 0
        while os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
            try:
                status = pathlib.Path(f"/proc/{pid}/status").read_text(encoding="ascii")
            except OSError:
                break
            match = re.search(r"VmHWM:\s*(\d+)", status)
            peak = max(peak, int(match[1]) * 1024 if match else 0)
            time.sleep(0.01)
        return peak


def median_and_spread(values, form="{:.2f}"):
    shown = [form.format(value) for value in (statistics.median(values), min(values), max(values))]
    return f"{shown[0]}  ({shown[1]} - {shown[2]})"


def cache_entries(build):
    cache = build / "CMakeCache.txt"
    if not cache.exists():
        raise BenchError(f"{cache} is not there; build with the preset 'bench' first")
    entries = {}
    for line in cache.read_text(encoding="utf-8").splitlines():
        match = re.match(r"([A-Za-z0-9_]+):[A-Z]+=(.*)", line)
        if match:
            entries[match[1]] = match[2]
    return entries


def refuse_unoptimised(entries):
    if entries.get("CMAKE_BUILD_TYPE") != "Release":
        raise BenchError("the build type is '%s', not Release" % entries.get("CMAKE_BUILD_TYPE"))
    if entries.get("MAILASSAY_SANITIZE"):
        raise BenchError("the build has sanitizers")
    if entries.get("MAILASSAY_DEVELOPER_MODE") == "ON":
        raise BenchError("the build has assertions (MAILASSAY_DEVELOPER_MODE)")


def first_line(command):
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return "unknown"
    return done.stdout.splitlines()[0].strip() if done.stdout else "unknown"


def machine_facts(entries):
    cpu = platform.processor() or platform.machine()
    try:
        for line in pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                cpu = line.split(":", 1)[1].strip()
                break
    except OSError:
        pass
    system = platform.platform(terse=True)
    try:
        system = platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        pass
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    cores = len(os.sched_getaffinity(0))
    return [
        ("CPU", cpu),
        ("cores usable", str(cores)),
        ("memory", f"{pages / MIB / 1024:.1f} GiB"),
        ("system", f"{system}, Linux {platform.release()}"),
        ("compiler", first_line([entries.get("CMAKE_CXX_COMPILER", "c++"), "--version"])),
        ("OpenSSL", first_line(["pkg-config", "--modversion", "libcrypto"])),
        ("build type", entries["CMAKE_BUILD_TYPE"]),
        ("load before", "%.2f" % os.getloadavg()[0]),
    ]


def make_corpus(binaries, folder, messages, seed):
    """Makes the archive unless the same one is there already."""
    stamp = folder / "made-by.json"
    wanted = {"messages": messages, "seed": seed}
    if stamp.exists() and json.loads(stamp.read_text(encoding="utf-8")) == wanted:
        return
    print(f"making {messages} messages in {folder} ...", file=sys.stderr)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    Run([binaries / "mkcorpus", "--messages", messages, "--seed", seed, "--out", folder])
    stamp.write_text(json.dumps(wanted), encoding="utf-8")


class Scan:
    """The commands that are measured."""

    def __init__(self, binaries, corpus):
        self.program = binaries / "mailassay"
        self.floor_program = binaries / "mailassay-floor"
        self.corpus = corpus
        self.mbox = corpus / "mail.mbox"
        self.recorded = ["--dns", corpus / "dns.ndjson"]

    def run(self, threads, dns=None, mbox=None, output="/dev/null", memory=None):
        command = [self.program, "scan", "--quiet", "--threads", threads]
        command += self.recorded if dns is None else dns
        command += [] if memory is None else ["--memory", memory]
        return Run(command + ["--output", output, mbox or self.mbox])

    def floor(self):
        return json.loads(Run([self.floor_program, self.corpus]).output)


def warm_page_cache(path):
    with open(path, "rb") as stream:
        while stream.read(BLOCK):
            pass


def measure_cpu_ratio(scan, repetitions, rows):
    scan.run(1)
    floor = scan.floor()
    scans, floors = [], []
    for _ in range(repetitions):
        scans.append(scan.run(1).cpu)
        floors.append(float(scan.floor()["cpu_seconds"]))
    messages = int(floor["messages"])
    for key in ("messages", "signatures", "verifications", "hashed_bytes"):
        rows.append((f"archive: {key}", str(floor.get(key, "not given"))))
    ratio = statistics.median(scans) / statistics.median(floors)
    pairs = [one / other for one, other in zip(scans, floors)]
    rows.append(("scan, 1 thread: CPU s", median_and_spread(scans)))
    rows.append(("floor: CPU s", median_and_spread(floors)))
    rows.append(("cpu ratio (at most 1.5)", f"{ratio:.2f}  ({min(pairs):.2f} - {max(pairs):.2f})"))
    rows.append(
        ("scan, 1 thread: messages per CPU s", f"{messages / statistics.median(scans):.0f}")
    )


def measure_threads(scan, repetitions, rows):
    if len(os.sched_getaffinity(0)) < 2:
        rows.append(("threads", "not measured: one core"))
        return
    scan.run(2)
    one_runs, two_runs = [], []
    for _ in range(repetitions):
        one_runs.append(scan.run(1))
        two_runs.append(scan.run(2))
    ones = [run.wall for run in one_runs]
    twos = [run.wall for run in two_runs]
    speedup = statistics.median(ones) / statistics.median(twos)
    pairs = [one / two for one, two in zip(ones, twos)]
    rows.append(("scan, 1 thread: wall s", median_and_spread(ones)))
    rows.append(("scan, 2 threads: wall s", median_and_spread(twos)))
    # Wall times say nothing on a busy machine; what the second thread costs in CPU time does.
    rows.append(("scan, 1 thread: CPU s", median_and_spread([run.cpu for run in one_runs])))
    rows.append(("scan, 2 threads: CPU s", median_and_spread([run.cpu for run in two_runs])))
    rows.append(("speed-up (at least 1.8)", f"{speedup:.2f}  ({min(pairs):.2f} - {max(pairs):.2f})"))


def write_mbox_of(source, target, size):
    """Repeats `source` to about `size` octets and ends with a whole message."""
    written = 0
    with open(target, "wb") as out:
        while written < size:
            with open(source, "rb") as stream:
                while written < size:
                    block = stream.read(BLOCK)
                    if not block:
                        break
                    if written + len(block) >= size:
                        # Cut before the last postmark of the block, not inside of a message.
                        cut = block.rfind(b"\n\nFrom ")
                        block = block[: cut + 2] if cut >= 0 else block
                        out.write(block)
                        return
                    out.write(block)
                    written += len(block)


def measure_memory(scan, repetitions, large, rows):
    """Rows go to a file here, as they do for a user."""
    sizes = [("400 MiB", 400 * MIB)] + ([("4 GiB", 4096 * MIB)] if large else [])
    settings = [(2, "512M"), (1, "512M"), (2, "64M"), (1, "64M")]
    peaks = {}
    target = scan.corpus / "memory.mbox"
    output = scan.corpus / "memory.ndjson"
    try:
        for name, size in sizes:
            if shutil.disk_usage(scan.corpus).free < size * 5 // 4 + 512 * MIB:
                raise BenchError(f"{scan.corpus} has no room for an mbox of {name}")
            write_mbox_of(scan.mbox, target, size)
            for threads, memory in settings:
                peaks[name, threads, memory] = [
                    scan.run(threads, mbox=target, output=output, memory=memory).peak_rss / MIB
                    for _ in range(1 if name == "4 GiB" else min(repetitions, 3))
                ]
    finally:
        for path in (target, output, output.with_name(output.name + ".run.json")):
            path.unlink(missing_ok=True)
    for threads, memory in settings:
        medians = []
        for name, _ in sizes:
            values = peaks[name, threads, memory]
            medians.append(statistics.median(values))
            label = f"peak RSS at {name}, --threads {threads} --memory {memory}: MiB"
            rows.append((label, median_and_spread(values, "{:.1f}")))
        if large:
            rows.append(("  growth (at most 64): MiB", f"{medians[1] - medians[0]:+.1f}"))
    if not large:
        rows.append(("peak RSS at 4 GiB", "not measured: --large"))


class DelayedServer:
    """mailassay-testdns on a port of its own choice; its first line of output names the port."""

    def __init__(self, binaries, corpus, delay_ms):
        program = binaries / "mailassay-testdns"
        command = [program, corpus / "dns.ndjson", "--delay-ms", delay_ms]
        self.process = subprocess.Popen(
            [str(part) for part in command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE
        )
        with selectors.DefaultSelector() as selector:
            selector.register(self.process.stdout, selectors.EVENT_READ)
            ready = selector.select(timeout=30)
        line = self.process.stdout.readline().decode("ascii", "replace") if ready else ""
        match = re.search(r"(\d+)\s*$", line)
        if not match:
            self.stop()
            raise BenchError(f"mailassay-testdns named no port: '{line.strip()}'")
        self.address = f"127.0.0.1:{match[1]}"

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=10)


def measure_live(scan, binaries, repetitions, rows):
    if not (binaries / "mailassay-testdns").exists():
        rows.append(("live dns", "not measured: mailassay-testdns is not built"))
        return
    threads = len(os.sched_getaffinity(0))
    server = DelayedServer(binaries, scan.corpus, 20)
    try:
        live_dns = ["--resolver", server.address]
        scan.run(threads, live_dns)
        scan.run(threads)
        live, recorded = [], []
        for _ in range(repetitions):
            live.append(scan.run(threads, live_dns).wall)
            recorded.append(scan.run(threads).wall)
    finally:
        server.stop()
    ratio = statistics.median(live) / statistics.median(recorded)
    pairs = [one / other for one, other in zip(live, recorded)]
    rows.append((f"live, 20 ms late, {threads} threads: wall s", median_and_spread(live)))
    rows.append((f"recorded, {threads} threads: wall s", median_and_spread(recorded)))
    rows.append(("live / recorded (at most 1.3)", f"{ratio:.2f}  ({min(pairs):.2f} - {max(pairs):.2f})"))


def print_table(title, rows):
    width = max(len(name) for name, _ in rows)
    print(f"\n{title}")
    for name, value in rows:
        print(f"  {name:<{width}}  {value}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=pathlib.Path, default=pathlib.Path("build/release"))
    parser.add_argument("--corpus", type=pathlib.Path, default=pathlib.Path("build/bench-corpus"))
    parser.add_argument("--messages", type=int, default=50000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--repetitions", type=int, default=5)
    parser.add_argument("--large", action="store_true", help="memory at 4 GiB too")
    parser.add_argument(
        "--only",
        action="append",
        choices=["cpu", "threads", "memory", "live"],
        help="only this figure (repeatable)",
    )
    arguments = parser.parse_args()
    wanted = arguments.only or ["cpu", "threads", "memory", "live"]

    entries = cache_entries(arguments.build)
    refuse_unoptimised(entries)
    binaries = arguments.build / "bin"
    facts = machine_facts(entries)
    make_corpus(binaries, arguments.corpus, arguments.messages, arguments.seed)
    scan = Scan(binaries, arguments.corpus)
    warm_page_cache(scan.mbox)

    rows = [("archive: MiB", f"{scan.mbox.stat().st_size / MIB:.0f}")]
    if "cpu" in wanted:
        measure_cpu_ratio(scan, arguments.repetitions, rows)
    if "threads" in wanted:
        measure_threads(scan, arguments.repetitions, rows)
    if "memory" in wanted:
        measure_memory(scan, arguments.repetitions, arguments.large, rows)
    if "live" in wanted:
        measure_live(scan, binaries, arguments.repetitions, rows)

    print_table("Machine", facts)
    print_table(
        f"Figures: median of {arguments.repetitions} (least - greatest), page cache warm", rows
    )


if __name__ == "__main__":
    try:
        main()
    except BenchError as error:
        sys.exit(f"bench: {error}")
