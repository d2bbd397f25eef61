"""The files of the project, for the policy tests: what git would call sources, without git."""

import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDERS = ("include", "src", "tests", "tools", "bench", ".ci")
SOURCE_SUFFIXES = (".h", ".cpp")
# Data is not source: messages and zones are octets as somebody sent them.
DATA_FOLDERS = ("tests/data/", "tests/fuzz/corpus/", "tests/conformance/vectors/")


# Files that tools write beside the sources (.gitignore has them too).
WRITTEN_BY_TOOLS = (".git", "compile_commands.json", "CMakeUserPresets.json")


def relative(path):
    return path.relative_to(ROOT).as_posix()


def all_files():
    """Every file below the project's folders and the small files beside them, sorted."""
    found = [
        path for path in ROOT.iterdir() if path.is_file() and path.name not in WRITTEN_BY_TOOLS
    ]
    for folder in FOLDERS:
        found += [path for path in (ROOT / folder).rglob("*") if path.is_file()]
    return sorted(path for path in found if "__pycache__" not in path.parts)


def is_data(path):
    return relative(path).startswith(DATA_FOLDERS)


def code_files():
    """C++ headers and sources."""
    return [path for path in all_files() if path.suffix in SOURCE_SUFFIXES and not is_data(path)]
