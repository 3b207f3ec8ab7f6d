# Makes the calls that answer an error.
import ctypes
import errno
import socket

libc = ctypes.CDLL(None, use_errno=True)


def call(number, *arguments):
    result = libc.syscall(ctypes.c_long(number), *map(ctypes.c_long, arguments))
    return "ok" if result >= 0 else errno.errorcode[ctypes.get_errno()]


PAIR, OTHER = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
NONE = (ctypes.c_long * 2)()
CALLS = {
    "clone3": (435, 0, 0),
    "io_uring_setup": (425, 8, 0),
    "keyctl": (250, 0, -3, 0),
    "add_key": (248, 0, 0, 0, 0, -3),
    "clone_newuser": (56, 0x10000000 | 17, 0, 0, 0, 0),
    "clone_newpid_thread": (56, 0x20000000 | 0x10100, 0, 0, 0, 0),
    "fork": (57,),
    "vfork": (58,),
    "memfd_create": (319, 0, 0),
    "personality": (135, 0x0400000),
    "execveat": (322, -1, 0, 0, 0, 0),
    "name_to_handle_at": (303, -100, 0, 0, 0, 0),
    "pidfd_open": (434, 1, 0),
    "inotify_init": (253,),
    "flock": (73, 0, 1),
    "fcntl_setlk": (72, 0, 6, 0),
    "fcntl_setlease": (72, 0, 1024, 0),
    "fcntl_setpipe_sz": (72, 1, 1031, 1 << 20),
    "ioctl_tiocsti": (16, 0, 0x5412, 0),
    "ioctl_tiocsti_high": (16, 0, (1 << 32) | 0x5412, 0),
    "prctl_set_dumpable": (157, 4, 0, 0, 0, 0),
    "prctl_set_pdeathsig": (157, 1, 0, 0, 0, 0),
    "prctl_set_seccomp": (157, 22, 2, 0, 0, 0),
    "prctl_set_child_subreaper": (157, 36, 1, 0, 0, 0),
    "prctl_set_mm": (157, 35, 1, 0, 0, 0),
    "prctl_set_securebits": (157, 28, 0, 0, 0, 0),
    "prctl_capbset_drop": (157, 24, 0, 0, 0, 0),
    "prctl_cap_ambient": (157, 47, 2, 21, 0, 0),
    "setresuid": (117, 0, 0, 0),
    "setgroups": (116, 0, 0),
    "capset": (126, 0, 0),
    "recvmsg": (47, 0, 0, 0),
    "sendmsg": (46, 1, 0, 0),
    "pidfd_send_signal": (424, 0, 9, 0, 0),
    "adjtimex": (159, 0),
    "sched_setscheduler": (144, 0, 1, 0),
    "setpriority": (141, 0, 0, -20),
    "ioprio_set": (251, 1, 0, 0),
    "fanotify_init": (300, 0, 0),
    "prlimit_of_init": (302, 1, 7, 0, 0),
    "prlimit_core": (302, 0, 4, ctypes.addressof(NONE), 0),
    "setrlimit_core": (160, 4, ctypes.addressof(NONE)),
    "sendto_address": (44, PAIR.fileno(), 0, 0, 0, ctypes.addressof(NONE), 16),
    "fadvise_dontneed": (221, 0, 0, 0, 4),
    "sched_setaffinity": (203, 0, 0, 0),
    "mq_open": (240, 0, 0x40, 0o600, 0),
    "shmget": (29, 0, 4096, 0o1600),
    "unknown": (1000,),
}
for name, arguments in CALLS.items():
    print(name, call(*arguments))
