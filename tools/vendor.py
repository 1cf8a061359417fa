"""`make vendor`: the page assets that are committed, brought anew by npm at exactly the pinned versions.

npm checks what it brings against the hashes in package-lock.json; vendor.json records each committed
file with its version, licence and SHA-384, and a test holds the files to it.
"""

import hashlib
import json
import shutil
import subprocess
import sys
from base64 import b64encode
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HERE = ROOT / "tools" / "page_assets"
STATIC = ROOT / "bot" / "web" / "static" / "vendor"
TESTS = ROOT / "tests" / "browser" / "vendor"
WANTED = {
    "htmx.org": (STATIC, ("dist/htmx.min.js", "LICENSE")),
    "@picocss/pico": (STATIC, ("css/pico.min.css", "LICENSE.md")),
    "axe-core": (TESTS, ("axe.min.js", "LICENSE", "LICENSE-3RD-PARTY.txt")),
}


def main() -> None:
    """Bring, copy, record."""
    if shutil.which("npm") is None:
        sys.exit("npm is needed: sudo apt-get install npm (macOS: brew install node)")
    subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=HERE, check=True)
    for folder in (STATIC, TESTS):
        shutil.rmtree(folder, ignore_errors=True)
    records: dict[Path, dict[str, object]] = {STATIC: {}, TESTS: {}}
    for name, (folder, files) in WANTED.items():
        records[folder][name] = copied(name, folder, files)
    for folder, record in records.items():
        (folder / "vendor.json").write_text(json.dumps(record, indent=2) + "\n", "utf-8")
    shutil.rmtree(HERE / "node_modules")


def copied(name: str, folder: Path, files: tuple[str, ...]) -> dict[str, object]:
    """Copy the files of one package; gives what vendor.json says of it."""
    source = HERE / "node_modules" / name
    about = json.loads((source / "package.json").read_text("utf-8"))
    target = folder / name.rpartition("/")[2].partition(".")[0]
    target.mkdir(parents=True)
    hashes = {}
    for file in files:
        content = (source / file).read_bytes()
        (target / Path(file).name).write_bytes(content)
        hashes[f"{target.name}/{Path(file).name}"] = sri(content)
    return {"version": about["version"], "license": about["license"], "files": hashes}


def sri(content: bytes) -> str:
    """As the integrity attribute of HTML takes it."""
    return f"sha384-{b64encode(hashlib.sha384(content).digest()).decode()}"


if __name__ == "__main__":
    main()
