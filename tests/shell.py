"""The command line, run as a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

from tests.forks import run_forked


class Shell:
    """Runs `attache` as a process of its own on one database."""

    def __init__(self, url: str, folder: Path) -> None:
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "PYTHONPATH": str(Path(__file__).parent.parent),
            "PYTHONUTF8": "1",
            "ATTACHE_DATABASE_URL": url,
            "COLUMNS": "200",
        }
        self.folder = folder

    def hidden(self, module: str) -> Path:
        """A folder that, first on the path, makes a package look as if it were not installed."""
        folder = self.folder / "hidden"
        folder.mkdir()
        (folder / f"{module}.py").write_text("raise ImportError", encoding="utf-8")
        return folder

    def __call__(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        if "PYTHONPATH" in environment:  # other modules than those that are imported already
            done = self._interpreter(*arguments, **environment)
        else:
            done = run_forked(arguments, self.environment | environment, self.folder)
        assert "Traceback" not in done.stderr + done.stdout
        return done

    def _interpreter(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603 - our own command
            [sys.executable, "-m", "bot", *arguments],
            env=self.environment | environment,
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
