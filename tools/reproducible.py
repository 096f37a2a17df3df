"""Build the source distribution and the wheel, twice and under different circumstances; they must be the same bytes.

Usage: python tools/reproducible.py OUT
Needs: hatchling. OUT receives the two archives. It also looks at what is in them: nothing but what belongs there, no
path of the machine that built it, and no address of a registry.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path, PurePosixPath
from zipfile import ZipFile

ROOT = Path(__file__).parents[1]
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", ".*_cache", "__pycache__", "build", "dist", "site")
EPOCH = "1700000000"
"""Both builds tell this as their date, whatever the clock and the files say."""
CIRCUMSTANCES = (
    (0o022, {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "1"}),
    (0o077, {"TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2"}),
)
IN_A_WHEEL = {".csv.gz", ".py", ".toml", ".typed"}
IN_DIST_INFO = {"METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE"}
HOMES = re.compile(rb"(?<![\w/.])/(?:root|home/\w+|tmp|Users/\w+)/[\w.-]+")
"""A path into somebody's home or working folder."""
REGISTRIES = re.compile(rb"(?i)\b(?:[\w-]+\.)*(?:py[p]i|python[h]osted|np[m]js)\.(?:org|io|com)\b")
CACHES = re.compile(r"(?:^|/)(?:__pycache__|\.[a-z_]*cache|\.hypothesis|\.venv|build|dist|site)(?:/|$)|\.py[co]$")


def build(source: Path, out: Path, umask: int, environment: dict[str, str], *kinds: str) -> list[Path]:
    """The archives that are built of a folder."""
    targets = [word for kind in kinds for word in ("-t", kind)]
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", str(out), *targets],
        cwd=source,
        env={**os.environ, "SOURCE_DATE_EPOCH": EPOCH, **environment},
        umask=umask,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(done.stderr)
    return sorted(out.iterdir())


def digest(path: Path) -> str:
    """Its SHA-256."""
    return sha256(path.read_bytes()).hexdigest()


def contents(archive: Path) -> Iterator[tuple[str, bytes]]:
    """The files of an archive, without its top folder if it has one."""
    if archive.suffix == ".whl":
        with ZipFile(archive) as zipped:
            yield from ((name, zipped.read(name)) for name in zipped.namelist())
        return
    with tarfile.open(archive) as packed:
        for member in packed:
            if not member.isfile():
                yield member.name, b""
            elif (file := packed.extractfile(member)) is not None:
                yield member.name.partition("/")[2], file.read()


def strange_in_wheel(name: str) -> bool:
    """Whether a wheel has no business with such a file."""
    top, _, rest = name.partition("/")
    if top.endswith(".dist-info"):
        return rest not in IN_DIST_INFO
    return top != "svcstd" or "".join(PurePosixPath(rest).suffixes[-2:]) not in IN_A_WHEEL


def faults(archive: Path) -> Iterator[str]:
    """What should not be in an archive."""
    for name, held in contents(archive):
        if CACHES.search(name) or (archive.suffix == ".whl" and strange_in_wheel(name)):
            yield f"{archive.name}: {name} does not belong there"
        for pattern, what in ((HOMES, "a path of a machine"), (REGISTRIES, "an address of a registry")):
            found = pattern.search(held)
            if found:
                yield f"{archive.name}: {name} names {what}, {found[0].decode(errors='replace')}"


def differences(first: Iterable[Path], second: Iterable[Path]) -> Iterator[str]:
    """Which archives of the same name are not the same bytes."""
    for one, other in zip(first, second, strict=True):
        if one.name != other.name or digest(one) != digest(other):
            yield f"{one.name} differs between two builds"


def wrong(out: Path, work: Path) -> Iterator[str]:
    """Build everything, and tell what is wrong with it."""
    (umask, here), (other_umask, there) = CIRCUMSTANCES
    built = build(ROOT, out, umask, here, "sdist", "wheel")
    wheel, sdist = sorted(built, key=lambda path: path.suffix != ".whl")
    copy = shutil.copytree(ROOT, work / "copy", ignore=LEFT_OUT, copy_function=shutil.copyfile)
    yield from differences(built, build(copy, work / "again", other_umask, there, "sdist", "wheel"))
    with tarfile.open(sdist) as packed:
        packed.extractall(work / "sdist", filter="data")
    (unpacked,) = (work / "sdist").iterdir()
    yield from differences([wheel], build(unpacked, work / "of-sdist", other_umask, there, "wheel"))
    for archive in built:
        yield from faults(archive)
        print(f"{digest(archive)}  {archive.name}  {archive.stat().st_size:,} bytes")


def main() -> int:
    """Build into the folder that is named; 1 if anything is wrong."""
    out = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as work:
        found = list(wrong(out, Path(work)))
    print("\n".join(found) or "the same bytes twice; the wheel of the source distribution is the wheel")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
