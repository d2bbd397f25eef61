"""A small corpus and a scan of it, for the tests beside this file."""
import json
import pathlib
import shutil
import subprocess


def make_corpus(mkcorpus, folder, messages, seed, *flags):
    """Writes a fresh corpus to `folder`."""
    folder = pathlib.Path(folder)
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run(
        [mkcorpus, "--messages", str(messages), "--seed", str(seed), "--out", str(folder), *flags],
        check=True,
    )
    return folder


def scan(program, corpus, dns, *flags):
    """Scans the corpus with one of its DNS files; gives the rows and the run record."""
    rows = corpus / "rows.ndjson"
    subprocess.run(
        [program, "scan", "--quiet", "--dns", corpus / dns, "--output", rows, *flags]
        + [corpus / "mail.mbox"],
        check=True,
    )
    record = json.loads((corpus / "rows.ndjson.run.json").read_text(encoding="utf-8"))
    return read_rows(rows), record


def read_rows(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
