"""Become another program that ends when its parent ends.

A script, not a module: ``python -I -S tied.py SIGNAL PARENT SESSION UID GID PROGRAM ARGUMENT…``.
It takes the place of ``preexec_fn``, which is unsafe beside threads. ``SIGNAL`` is the number
that the kernel sends when the parent dies, ``PARENT`` the parent's id, ``SESSION`` 1 for a
session of its own (out of reach of the terminal's Ctrl-C), ``UID`` and ``GID`` -1 to stay who
we are. Where the kernel knows no such signal (everywhere but Linux) the program only starts.
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
    number, parent, session, uid, gid = (int(word) for word in arguments[:5])
    command = arguments[5:]
    if session:
        os.setsid()
    if uid >= 0:
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    end_with_parent(number, parent)
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # Python ignores it, and exec hands that on
    try:
        os.execv(command[0], command)  # noqa: S606 - there is no shell by intention
    except OSError as error:
        sys.exit(f"{command[0]}: {error.strerror}")


if __name__ == "__main__":
    main(sys.argv[1:])
