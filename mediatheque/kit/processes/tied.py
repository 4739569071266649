"""Become another program that ends when its parent ends.

A script, not a module:
``python -I -S tied.py SIGNAL PARENT SESSION UID GID COUNT NAME=VALUE… PROGRAM ARGUMENT…``.
It takes the place of ``preexec_fn``, which is unsafe beside threads. ``SIGNAL`` is the number
that the kernel sends when the parent dies, ``PARENT`` the parent's id, ``SESSION`` 1 for a
session of its own (out of reach of the terminal's Ctrl-C), ``UID`` and ``GID`` -1 to stay who
we are. ``COUNT`` variables follow, the program's whole environment; -1 leaves it ours. Where
the kernel knows no such signal (everywhere but Linux) the program only starts.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def end_with_parent(number: int, parent: int) -> None:
    """Ask Linux for the signal at the parent's death; end at once if it is dead already."""
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, number, 0, 0, 0)
    if os.getppid() != parent:
        sys.exit(128 + number)


def main(arguments: list[str]) -> None:
    """Drop privileges first: a change of user clears the parent-death signal."""
    number, parent, session, uid, gid, count = (int(word) for word in arguments[:6])
    variables = arguments[6 : 6 + max(count, 0)]
    command = arguments[6 + len(variables) :]
    environment = dict(word.split("=", 1) for word in variables)
    if session:
        os.setsid()
    if uid >= 0:
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    end_with_parent(number, parent)
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # Python ignores it, and exec hands that on
    try:
        os.execve(command[0], command, os.environ if count < 0 else environment)  # noqa: S606  (that is what it is for: no shell)
    except OSError as error:
        sys.exit(f"{command[0]}: {error.strerror}")


if __name__ == "__main__":
    main(sys.argv[1:])
