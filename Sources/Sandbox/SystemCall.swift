/// A system call with its numbers (Linux 6.1, `asm/unistd_64.h` and `asm-generic/unistd.h`).
package struct SystemCall: Sendable {
    package let name: String
    /// Nil where the processor has no such call.
    package let x86: UInt32?
    package let arm: UInt32?

    private init(_ name: String, _ x86: UInt32?, _ arm: UInt32?) {
        (self.name, self.x86, self.arm) = (name, x86, arm)
    }

    static let clone = SystemCall("clone", 56, 220)
    static let clone3 = SystemCall("clone3", 435, 435)

    /// Those that are refused whatever their arguments.
    package static let refused = processes + memory + files + kernel

    /// New processes, and what reaches into others.
    private static let processes = [
        SystemCall("fork", 57, nil), SystemCall("vfork", 58, nil), SystemCall("ptrace", 101, 117),
        SystemCall("process_vm_readv", 310, 270), SystemCall("process_vm_writev", 311, 271),
        SystemCall("process_madvise", 440, 440), SystemCall("kcmp", 312, 272),
        SystemCall("pidfd_open", 434, 434), SystemCall("pidfd_getfd", 438, 438),
        SystemCall("pidfd_send_signal", 424, 424), SystemCall("unshare", 272, 97),
        SystemCall("setns", 308, 268), SystemCall("personality", 135, 92),
    ]

    /// Memory that the limit of a process does not count, or that other calls are attacked with.
    private static let memory = [
        SystemCall("memfd_create", 319, 279), SystemCall("memfd_secret", 447, 447),
        SystemCall("shmget", 29, 194), SystemCall("shmat", 30, 196),
        SystemCall("msgget", 68, 186), SystemCall("semget", 64, 190),
        SystemCall("mq_open", 240, 180), SystemCall("userfaultfd", 323, 282),
        SystemCall("mbind", 237, 235), SystemCall("set_mempolicy", 238, 237),
        SystemCall("migrate_pages", 256, 238), SystemCall("move_pages", 279, 239),
        SystemCall("add_key", 248, 217), SystemCall("request_key", 249, 218),
        SystemCall("keyctl", 250, 219),
    ]

    /// Sockets, mounts, and files by other ways than their names.
    private static let files = [
        SystemCall("socket", 41, 198), SystemCall("mount", 165, 40),
        SystemCall("umount2", 166, 39), SystemCall("pivot_root", 155, 41),
        SystemCall("chroot", 161, 51), SystemCall("open_tree", 428, 428),
        SystemCall("move_mount", 429, 429), SystemCall("fsopen", 430, 430),
        SystemCall("fsconfig", 431, 431), SystemCall("fsmount", 432, 432),
        SystemCall("fspick", 433, 433), SystemCall("mount_setattr", 442, 442),
        SystemCall("name_to_handle_at", 303, 264), SystemCall("open_by_handle_at", 304, 265),
        SystemCall("fanotify_init", 300, 262), SystemCall("quotactl", 179, 60),
        SystemCall("quotactl_fd", 443, 443), SystemCall("io_uring_setup", 425, 425),
        SystemCall("io_uring_enter", 426, 426), SystemCall("io_uring_register", 427, 427),
    ]

    /// The kernel and the machine.
    private static let kernel = [
        SystemCall("bpf", 321, 280), SystemCall("perf_event_open", 298, 241),
        SystemCall("acct", 163, 89), SystemCall("swapon", 167, 224),
        SystemCall("swapoff", 168, 225), SystemCall("reboot", 169, 142),
        SystemCall("kexec_load", 246, 104), SystemCall("kexec_file_load", 320, 294),
        SystemCall("init_module", 175, 105), SystemCall("finit_module", 313, 273),
        SystemCall("delete_module", 176, 106), SystemCall("iopl", 172, nil),
        SystemCall("ioperm", 173, nil), SystemCall("modify_ldt", 154, nil),
        SystemCall("syslog", 103, 116), SystemCall("vhangup", 153, 58),
        SystemCall("settimeofday", 164, 170), SystemCall("clock_settime", 227, 112),
        SystemCall("adjtimex", 159, 171), SystemCall("clock_adjtime", 305, 266),
        SystemCall("sethostname", 170, 161), SystemCall("setdomainname", 171, 162),
    ]
}
