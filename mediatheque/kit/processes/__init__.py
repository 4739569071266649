"""Child processes: started tied to us, watched, ended together."""

from mediatheque.kit.processes.forking import CAN_FORK
from mediatheque.kit.processes.launch import Account, end_with_parent, ending, launch
from mediatheque.kit.processes.supervisor import Child, Program, Supervisor

__all__ = [
    "CAN_FORK",
    "Account",
    "Child",
    "Program",
    "Supervisor",
    "end_with_parent",
    "ending",
    "launch",
]
