"""What the tests of the whole program share: calling it, making mail for it, reading its rows.

The program under test is named by MAILASSAY_PROGRAM, the generator by MAILASSAY_MKCORPUS.
"""

import base64
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

PROGRAM = os.environ["MAILASSAY_PROGRAM"]
MKCORPUS = os.environ["MAILASSAY_MKCORPUS"]
HERE = pathlib.Path(__file__).resolve().parent
SAMPLE = HERE.parent / "data" / "sample"
SAMPLE_MBOX = str(SAMPLE / "sample.mbox")
SAMPLE_DNS = str(SAMPLE / "sample.dns.ndjson")

POSTMARK = b"From alice@example.com Mon May  1 10:00:00 2023\n"
PLAIN = b"From: alice@example.com\nSubject: hello\n\nbody\n"


class Done:
    """What a finished call left behind."""

    def __init__(self, code, out, err):
        self.code = code
        self.out = out
        self.err = err.decode(errors="replace")

    def rows(self):
        return read_rows(self.out)


def read_rows(octets):
    """Rows as dicts; each line has to be complete JSON."""
    assert octets == b"" or octets.endswith(b"\n"), "the last row is cut off"
    return [json.loads(line) for line in octets.splitlines()]


def call(*arguments, stdin=b"", timeout=60, prefix=(), environment=None):
    done = subprocess.run([*prefix, PROGRAM, *map(str, arguments)], input=stdin, timeout=timeout,
                          capture_output=True, check=False,
                          env={**os.environ, **(environment or {})})
    return Done(done.returncode, done.stdout, done.stderr)


def mbox(*messages):
    """The messages as an mbox with LF line ends."""
    return b"".join(POSTMARK + message + b"\n" for message in messages)


class Case(unittest.TestCase):
    """Has a folder of its own for each test."""

    maxDiff = 4000

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="mailassay-cli-"))
        # Others than the owner may look: some tests give root up.
        self.folder.chmod(0o755)
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def path(self, name):
        return str(self.folder / name)

    def write(self, name, octets):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(octets)
        return str(path)

    def scan(self, *arguments, code=0, **how):
        """An offline scan with rows on standard output."""
        done = call("scan", "--offline", *arguments, **how)
        self.assertEqual(done.code, code, done.err)
        return done

    def run_record(self, *arguments, code=0, **how):
        """An offline scan; its rows and the record of the run."""
        record = self.path("run.json")
        done = self.scan("--run-record", record, *arguments, code=code, **how)
        return done.rows(), json.loads(pathlib.Path(record).read_text())


class Signer:
    """A DKIM signer of few lines that owes nothing to the product: rsa-sha256, simple/simple."""

    def __init__(self, folder):
        self.key = str(pathlib.Path(folder) / "key.pem")
        subprocess.run(["openssl", "genrsa", "-out", self.key, "2048"], check=True,
                       capture_output=True)

    def key_record(self):
        der = subprocess.run(["openssl", "rsa", "-in", self.key, "-pubout", "-outform", "DER"],
                             check=True, capture_output=True).stdout
        return "v=DKIM1; p=" + base64.b64encode(der).decode()

    def recording(self, name="s._domainkey.example.com"):
        """COF row that publishes the key."""
        return json.dumps({"rrname": name + ".", "rrtype": "TXT", "rdata": [self.key_record()],
                           "time_first": 0, "time_last": 2000000000}).encode() + b"\n"

    def sign(self, headers, body, extra=b""):
        """`headers` and `body` with CRLF; gives the whole message back with CRLF. [RFC6376 3.7]"""
        hashed = base64.b64encode(hashlib.sha256(body if not extra else self.cut(body, extra))
                                  .digest())
        names = b":".join(line.split(b":")[0] for line in headers.split(b"\r\n") if line)
        field = (b"DKIM-Signature: v=1; a=rsa-sha256; c=simple/simple; d=example.com; s=s;" + extra +
                 b" h=" + names + b"; bh=" + hashed + b"; b=")
        signed = subprocess.run(["openssl", "dgst", "-sha256", "-sign", self.key],
                                input=headers + field, check=True, capture_output=True).stdout
        return field + base64.b64encode(signed) + b"\r\n" + headers + b"\r\n" + body

    @staticmethod
    def cut(body, extra):
        """The part of the body that l= signs. [RFC6376 3.5]"""
        return body[:int(extra.split(b"l=")[1].split(b";")[0])]


if __name__ == "__main__":
    raise SystemExit("this is no test")
