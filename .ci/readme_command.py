"""Print one of the README's two set-up commands: `rehearse` or `test`."""

import re
import sys
from pathlib import Path

ENDS = {"rehearse": "attache rehearse", "test": "pytest"}


def readme_command(name: str) -> str:
    readme = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
    lines = re.findall(r"^python3 -m venv .*$", readme, re.MULTILINE)
    (command,) = [line for line in lines if line.rstrip().endswith(ENDS[name])]
    return command


if __name__ == "__main__":
    print(readme_command(sys.argv[1]))
