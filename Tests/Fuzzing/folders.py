"""Changes to the files of a folder that leave their contents alone."""

import os
import shutil


class FolderMutation:
    """Draws what stands in the place of a file."""

    def __init__(self, random, outside):
        self.random = random
        self.outside = outside

    def replace(self, path, others):
        """Puts something else in the place of a file; returns what, in words."""
        change = self.random.choice([
            self.remove, self.empty, self.link, self.link_to_itself, self.dangle, self.device,
            self.pipe, self.folder, self.other])
        return change(path, others)

    def remove(self, path, _):
        path.unlink()
        return "removed"

    def empty(self, path, _):
        path.write_bytes(b"")
        return "empty"

    def link(self, path, _):
        path.unlink()
        target = self.random.choice(["victim", "folder"])
        path.symlink_to(self.outside / target)
        return f"a link to {target} outside"

    def link_to_itself(self, path, _):
        path.unlink()
        path.symlink_to(path.name)
        return "a link to itself"

    def dangle(self, path, _):
        path.unlink()
        path.symlink_to(self.outside / "absent")
        return "a link to nothing"

    def device(self, path, _):
        path.unlink()
        device = self.random.choice(["/dev/zero", "/dev/null", "/dev/full", "/dev/tty"])
        path.symlink_to(device)
        return f"a link to {device}"

    def pipe(self, path, _):
        path.unlink()
        os.mkfifo(path)
        return "a named pipe"

    def folder(self, path, _):
        path.unlink()
        path.mkdir()
        return "a folder"

    def other(self, path, others):
        source = self.random.choice(others)
        if source != path:
            shutil.copyfile(source, path)
        return f"{source.name}'s contents"

    def plant(self, folder):
        """Adds a link where a run may want to write; returns which."""
        name = self.random.choice([
            "lock", "log.txt", "metrics.csv.tmp", "summary.json", "summary.json.tmp",
            "commands.json.tmp", "events.jsonl.tmp", "environment.json.tmp", "checkpoints/other",
            "checkpoints/full/step-8.partial", "checkpoints/full/step-8", "checkpoints/full/step-900"])
        path = folder / name
        if path.is_symlink() or path.is_file():
            path.unlink()
        elif path.exists():
            shutil.rmtree(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to(self.outside / self.random.choice(["victim", "folder", "absent"]))
        return f"{name} a link outside"
