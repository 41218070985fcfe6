"""A store as one file: its current generation, the texts and the fingerprint, in a compressed tar archive.

A generation is immutable, so a snapshot can be taken while the store is served and written to.
"""

import shutil
import tarfile
from pathlib import Path

from graph.errors import StoreError
from graph.store import fingerprint, generations, texts, version

GENERATION = "generation"


def backup(store: Path, archive: Path) -> None:
    """Writes the snapshot to `archive`, which is whole or not there."""
    draft = archive.with_name(f"{archive.name}.part")
    try:
        with tarfile.open(draft, "w:gz") as tar:
            tar.add(generations.current(store), GENERATION)
            for name in (texts.FOLDER, fingerprint.FILE, version.FILE):
                if (store / name).exists():
                    tar.add(store / name, name)
        draft.rename(archive)
    except OSError as error:
        raise StoreError(
            f"cannot be written: {error}", place=str(archive), remedy="check the path"
        ) from error
    finally:
        draft.unlink(missing_ok=True)


def restore(store: Path, archive: Path) -> None:
    """Makes the snapshot the next generation of `store`; on an error the store stays as it was."""
    try:
        with generations.writing(store, fresh=True) as folder, tarfile.open(archive, "r:gz") as tar:
            unpacked = folder.with_name(f"{folder.name}-restored")
            shutil.rmtree(unpacked, ignore_errors=True)
            # The filter refuses members that would land outside, and device files.
            tar.extractall(unpacked, filter="data")
            if not (unpacked / GENERATION).is_dir():
                raise StoreError("is no snapshot of a store", place=str(archive), remedy="name another file")
            version.check(unpacked)
            folder.rmdir()
            (unpacked / GENERATION).rename(folder)
            _adopt(store, unpacked)
    except (tarfile.TarError, EOFError, FileNotFoundError) as error:
        raise StoreError(f"cannot be read: {error}", place=str(archive), remedy="name a snapshot") from error
    finally:
        shutil.rmtree(store / generations.FOLDER / f"{generations.STAGING}-restored", ignore_errors=True)


def _adopt(store: Path, unpacked: Path) -> None:
    """Takes over the texts and the fingerprint; texts are named by their content, so none is overwritten."""
    folder = unpacked / texts.FOLDER
    for file in folder.iterdir() if folder.is_dir() else ():
        texts.write(store, file.stem, file.read_bytes().decode("utf-8"))
    if (unpacked / fingerprint.FILE).exists():
        fingerprint.keep(store, (unpacked / fingerprint.FILE).read_text(encoding="ascii"))
