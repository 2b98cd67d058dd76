"""The files under `bot/deploy`: they parse, fit the program, and ask for no more rights than it needs."""

import ast
import configparser
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.health import HOST
from bot.running import GOODBYE, USUAL
from bot.settings import Settings

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "bot" / "deploy"
UNITS = ("attache.service", "attache-backup.service", "attache-backup.timer")
SERVICES = UNITS[:2]

SETTINGS = {f"ATTACHE_{name}".upper() for name in Settings.model_fields}
FAREWELL = USUAL.farewell + GOODBYE + USUAL.patience
"""Seconds that the bot may take to end in good order."""


def text_of(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def seconds(text: str) -> int:
    number, unit = re.fullmatch(r"(\d+)(s|min|h)", text).groups()  # type: ignore[union-attr]
    return int(number) * {"s": 1, "min": 60, "h": 3600}[unit]


@pytest.mark.parametrize("path", sorted(FOLDER.iterdir()), ids=lambda path: path.name)
def test_every_setting_that_is_named_is_one(path: Path) -> None:
    """A variable that the program does not read would be set for nothing."""
    named = set(re.findall(r"\bATTACHE_[A-Z_]+\b", path.read_text(encoding="utf-8")))
    assert named - SETTINGS == set()


def test_no_secret_is_in_them() -> None:
    """Token and password come from a file that is not in the repository."""
    for path in FOLDER.iterdir():
        for name in ("ATTACHE_TOKEN", "POSTGRES_PASSWORD"):
            for value in re.findall(rf"^\s*{name}[ ]*[:=][ ]*(.*)$", path.read_text("utf-8"), re.MULTILINE):
                assert value == "" or value.startswith(f"${{{name}:?"), path.name


# Dockerfile --------------------------------------------------------------------------------------------------


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile's instructions in order, with continued lines joined."""
    lines = [line for line in text_of("Dockerfile").splitlines() if not line.startswith("#")]
    joined = re.sub(r"\\\n", " ", "\n".join(lines))
    return [
        (word, rest.strip())
        for word, _, rest in (line.partition(" ") for line in joined.splitlines())
        if word
    ]


def of(word: str) -> list[str]:
    return [rest for found, rest in instructions() if found == word]


def project() -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return found


def test_only_instructions_that_docker_knows() -> None:
    """And the last stage begins from a slim image of a Python that the project takes."""
    known = {
        "FROM", "WORKDIR", "COPY", "RUN", "ENV", "USER", "VOLUME", "STOPSIGNAL", "HEALTHCHECK", "ENTRYPOINT", "CMD",
    }  # fmt: skip
    assert {word for word, _ in instructions()} <= known
    images = {each.partition(" AS ")[0] for each in of("FROM")}
    [version] = {re.fullmatch(r"python:3\.(\d+)-slim", image)[1] for image in images}  # type: ignore[index]
    assert int(version) >= int(project()["requires-python"].removeprefix(">=3."))


def test_what_is_copied_is_there_and_is_all_that_is_needed() -> None:
    """Every source exists, is let in by the ignore file, and the packages of the wheel are among them."""
    sources = {
        source for each in of("COPY") if not each.startswith("--from=") for source in shlex.split(each)[:-1]
    }
    let_in = {line[1:] for line in text_of("Dockerfile.dockerignore").splitlines() if line.startswith("!")}
    assert sources == let_in
    assert all((ROOT / source).exists() for source in sources)
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]
    assert {*wheel["wheel"]["packages"], project()["readme"], *project()["license-files"]} <= sources


@pytest.mark.parametrize(
    "path", [".env", ".git/config", "registry.db", "attache.env", "bot/deploy/attache.env", "bot/.env"]
)
def test_what_is_secret_or_local_stays_out_of_the_image(path: str) -> None:
    """The last line of the ignore file that fits a path, or a folder above it, decides."""
    kept_out = False
    above = [path, *(str(folder) for folder in Path(path).parents)]
    for line in text_of("Dockerfile.dockerignore").splitlines():
        rule = line.removeprefix("!").replace("**/", "*")
        if line and not line.startswith("#") and any(fnmatch(each, rule) for each in above):
            kept_out = not line.startswith("!")
    assert kept_out


def test_the_extras_that_are_installed_exist() -> None:
    """`.[postgres,metrics]` and nothing that only tests or rehearsals need."""
    [command] = [each for each in of("RUN") if "pip install" in each]
    [extras] = re.findall(r"'\.\[([\w,]+)\]'", command)
    assert extras.split(",") == ["postgres", "metrics"]
    assert set(extras.split(",")) <= set(project()["optional-dependencies"])
    assert "--no-cache-dir" in command


def test_it_runs_as_nobody_in_particular() -> None:
    """By number, so that whoever asks for a user other than root sees it; before anything is started."""
    [user] = of("USER")
    uid, gid = user.split(":")
    assert int(uid) > 0
    assert int(gid) > 0
    assert f"--uid {uid} " in text_of("Dockerfile")
    words = [word for word, _ in instructions()]
    assert words.index("USER") > max(place for place, word in enumerate(words) if word in ("RUN", "COPY"))


def test_the_volume_is_where_the_database_is() -> None:
    """A container without a database address keeps its file when it is replaced."""
    [volume] = of("VOLUME")
    variables = dict(each.split("=", 1) for each in shlex.split(of("ENV")[0]))
    assert variables["ATTACHE_DATABASE_URL"].startswith(f"sqlite:///{volume}/")
    assert of("WORKDIR")[-1] == volume
    assert of("STOPSIGNAL") == ["SIGTERM"]
    assert (of("ENTRYPOINT"), of("CMD")) == (['["attache"]'], ['["run"]'])


def test_the_health_check_asks_where_the_bot_answers() -> None:
    """At its loopback address, at the port that is set, within Docker's own patience."""
    [check] = of("HEALTHCHECK")
    options, command = check.split(" CMD ")
    program, flag, code = ast.literal_eval(command.strip())
    assert (program, flag) == ("python", "-c")
    assert f"http://{HOST}:{{os.environ['ATTACHE_HEALTH_PORT']}}/healthz" in code
    compile(code, "healthcheck", "exec")
    limit = int(re.findall(r"timeout=(\d+)", code)[0])
    assert limit < seconds(re.findall(r"--timeout=(\w+)", options)[0])


# compose.yaml ------------------------------------------------------------------------------------------------


def compose() -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load(text_of("compose.yaml"))
    return document


@pytest.mark.parametrize("name", ["bot", "database"])
def test_each_service_is_closed_up(name: str) -> None:
    """No ports, no writing to its own image, no rights to gain, logs that end somewhere, and back after a crash."""
    service = compose()["services"][name]
    assert "ports" not in service
    assert "network_mode" not in service
    assert "privileged" not in service
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["restart"] == "unless-stopped"
    assert set(service["logging"]["options"]) == {"max-size", "max-file"}
    assert service["tmpfs"]


def test_what_is_written_is_in_named_volumes() -> None:
    """The database where PostgreSQL 18's image keeps it, and the bot's backups where the Dockerfile says."""
    document = compose()
    database, bot = document["services"]["database"], document["services"]["bot"]
    assert database["image"] == "postgres:18"
    assert database["volumes"] == ["database:/var/lib/postgresql"]
    assert bot["volumes"] == [f"state:{of('VOLUME')[0]}"]
    assert set(document["volumes"]) == {"database", "state"}


def test_the_bot_waits_for_a_database_that_only_it_can_reach() -> None:
    """Until its health check passes; on a network without a way out."""
    document = compose()
    database, bot = document["services"]["database"], document["services"]["bot"]
    assert bot["depends_on"] == {"database": {"condition": "service_healthy"}}
    assert database["healthcheck"]["test"][:2] == ["CMD", "pg_isready"]
    [inside] = database["networks"]
    assert document["networks"][inside] == {"internal": True}
    assert inside in bot["networks"]
    assert database["user"] == "postgres"


def test_the_bot_is_told_the_database_that_is_made() -> None:
    """Name, user, password and host agree, and each service has only the secrets that are its own."""
    document = compose()
    database, bot = (document["services"][name]["environment"] for name in ("database", "bot"))
    user, name = database["POSTGRES_USER"], database["POSTGRES_DB"]
    password = re.escape("${POSTGRES_PASSWORD:?") + r"[^}]+\}"
    assert re.fullmatch(rf"postgresql://{user}:{password}@database/{name}", bot["ATTACHE_DATABASE_URL"])
    assert set(bot) <= SETTINGS
    assert {key for key in database if "ATTACHE" in key} == set()


def test_what_compose_asks_for_is_in_the_example() -> None:
    """Every variable that has no default is in the env file to be filled in."""
    needed = set(re.findall(r"\$\{(\w+):\?", text_of("compose.yaml")))
    given = set(re.findall(r"^(\w+)=", text_of("attache.env.example"), re.MULTILINE))
    assert needed == {"ATTACHE_TOKEN", "POSTGRES_PASSWORD"}
    assert needed <= given


def test_what_is_built_is_the_dockerfile() -> None:
    """From the top of the clone, and given time to end."""
    bot = compose()["services"]["bot"]
    context = (FOLDER / bot["build"]["context"]).resolve()
    assert context == ROOT.resolve()
    assert (context / bot["build"]["dockerfile"]).samefile(FOLDER / "Dockerfile")
    assert seconds(bot["stop_grace_period"]) > FAREWELL


# systemd -----------------------------------------------------------------------------------------------------


def unit(name: str) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(strict=True, interpolation=None, delimiters=("=",))
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read_string(text_of(name))
    return parser


@pytest.mark.parametrize("name", SERVICES)
def test_each_unit_is_closed_up(name: str) -> None:
    """A user of its own, one folder to write to, and nothing of the machine."""
    service = unit(name)["Service"]
    for key in (
        "DynamicUser",
        "NoNewPrivileges",
        "PrivateTmp",
        "PrivateDevices",
        "ProtectHome",
        "RestrictSUIDSGID",
    ):
        assert service[key] == "yes", key
    assert service["ProtectSystem"] == "strict"
    assert service["CapabilityBoundingSet"] == ""
    assert "attache" in service["StateDirectory"].split()
    assert service["StateDirectoryMode"] == "0700"
    assert service["UMask"] == "0077"
    assert "EnvironmentFile" in service
    assert "ATTACHE_DATABASE_URL=sqlite:////var/lib/attache/" in service["Environment"]


def test_both_units_are_one_user_with_the_same_limits() -> None:
    """So that the backup reads the file that the bot writes."""
    bot, backup = (dict(unit(name)["Service"]) for name in SERVICES)
    own = {"Type", "ExecStart", "Environment", "StateDirectory", "TimeoutStartSec", "TimeoutStopSec"}
    own |= {"Restart", "RestartSec", "KillSignal"}
    assert {k: v for k, v in bot.items() if k not in own} == {k: v for k, v in backup.items() if k not in own}
    assert bot["User"] == "attache"


def test_the_bot_has_time_to_end_and_comes_back() -> None:
    """More than it takes to finish what is under way; not for ever against a wall."""
    found = unit("attache.service")
    assert seconds(found["Service"]["TimeoutStopSec"]) > FAREWELL
    assert found["Service"]["KillSignal"] == "SIGTERM"
    assert found["Service"]["Restart"] == "on-failure"
    assert seconds(found["Unit"]["StartLimitIntervalSec"]) > int(found["Unit"]["StartLimitBurst"]) * seconds(
        found["Service"]["RestartSec"]
    )


def test_the_timer_starts_the_backup_every_night() -> None:
    """Also the one that was slept through."""
    timer = unit("attache-backup.timer")["Timer"]
    assert re.fullmatch(r"\*-\*-\* \d\d:\d\d:\d\d", timer["OnCalendar"])
    assert timer["Persistent"] == "true"


@pytest.mark.proof
def test_the_nightly_command_makes_a_backup(tmp_path: Path, templates: dict[bool, Path]) -> None:
    """The very command of the unit, with systemd's escapes undone, on a database; two nights, one file a weekday."""
    command = unit("attache-backup.service")["Service"]["ExecStart"]
    shell, flag, script = shlex.split(command)
    script = script.replace("$$", "$").replace("%%", "%")
    script = script.replace("/opt/attache/bin/attache", f"{sys.executable} -m bot")
    database = tmp_path / "attache.db"
    shutil.copy(templates[True], database)
    for _ in range(2):
        subprocess.run(  # noqa: S603 - our own command
            [shell, flag, script],
            check=True,
            capture_output=True,
            timeout=120,
            env={
                "PATH": os.environ["PATH"],
                "HOME": str(tmp_path),
                "PYTHONPATH": str(ROOT),
                "STATE": str(tmp_path),
                "ATTACHE_DATABASE_URL": f"sqlite:///{database}",
            },
        )
    [backup] = tmp_path.glob("backup-*")
    assert re.fullmatch(r"backup-[1-7]\.attache", backup.name)


@pytest.fixture
def units(tmp_path: Path) -> list[str]:
    """The units as they would be installed, with a program that is there."""
    program = shutil.which("true")
    assert program is not None
    paths = []
    for name in UNITS:
        path = tmp_path / name
        path.write_text(text_of(name).replace("/opt/attache/bin/attache", program), encoding="utf-8")
        paths.append(str(path))
    return paths


def systemd_analyze(*arguments: str) -> subprocess.CompletedProcess[str]:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd-analyze is not on this machine")
    return subprocess.run(  # noqa: S603
        [program, *arguments], capture_output=True, text=True, timeout=60, check=False
    )


def test_systemd_takes_the_units(units: list[str]) -> None:
    """Its own checker finds no unknown key and no wrong value."""
    done = systemd_analyze("verify", *units)
    assert (done.returncode, done.stderr) == (0, "")


def test_systemd_finds_little_exposed(units: list[str]) -> None:
    """On its scale of 0 to 10, below 2."""
    for path in units[:2]:
        done = systemd_analyze("security", "--offline=true", "--threshold=20", "--no-pager", path)
        if "unrecognized option" in done.stderr:
            pytest.skip("this systemd-analyze cannot look at files")
        assert done.returncode == 0, done.stdout[-300:]
