import Foundation
import Sandbox

/// Programs that reach for the host; those that find nothing return 1.
enum ReachingTrials {
    /// All of them; one reads the host's file `secret`.
    static func all(_ secret: String) -> [Trial] {
        files(secret) + processes + network
    }

    private static func files(_ secret: String) -> [Trial] {
        [
            Trial(
                "a file of the user", .exception, reason: "FileNotFoundError",
                source: "def f(): return open('\(secret)').read()"),
            Trial(
                "all folders but the system's", .pass,
                source: lines(
                    "import os", "def f():",
                    "  found = set(os.listdir('/')) - {'usr', 'lib', 'lib64', 'lib32', 'bin',",
                    "    'sbin', 'tmp', 'dev', 'etc', 'opt', 'root', 'home', 'nix'}",
                    "  for d in ('/home', '/root', '/opt', '/var', '/proc', '/sys', '/run'):",
                    "    if os.path.isdir(d): found |= {x for x in os.listdir(d) if x != '.pyenv'}",
                    "  return 1 if not found else sorted(found)")),
            Trial(
                "the environment", .pass,
                source: lines(
                    "import os",
                    "def f(): return 1 if set(os.environ) <= {'PYTHONHASHSEED', 'PATH', 'PWD',",
                    "  'LC_CTYPE'} else list(os.environ)")),
            Trial(
                "writing anywhere", .pass,
                source: lines(
                    "import os", "def f():", "  written = []",
                    "  for d in ('/', '/usr', '/usr/lib', '/etc', '/dev', '/home', '/root', '/var'):",
                    "    try:", "      open(d + '/written', 'w').close()",
                    "      written.append(d)", "    except OSError: pass",
                    "  open('here', 'w').close()", "  return 1 if not written else written")),
            Trial(
                "open files", .pass,
                source: lines(
                    "import os", "def f():", "  found = []", "  for n in range(4, 64):",
                    "    try:", "      if not os.path.samestat(os.fstat(n), os.stat('/dev/null')):",
                    "        found.append((n, os.fstat(n)))", "    except OSError: pass",
                    "  return 1 if not found else found")),
            Trial(
                "mounting", .exception, .wrong,
                source: systemCall("libc.mount(b'/', b'/tmp', 0, 4096, 0)")),
            Trial("a new root", .exception, .wrong, source: systemCall("libc.chroot(b'/tmp')")),
        ]
    }

    private static let processes = [
        Trial(
            "killing all others", .exception, .pass, .memory,
            source: lines(
                "import os", "def f():", "  for p in [-1, os.getppid(), 1] + list(range(1, 3000)):",
                "    if p in (os.getpid(), 0): continue", "    try: os.kill(p, 9)",
                "    except OSError: pass", "  return 1")),
        Trial("ptrace", .wrong, source: systemCall("libc.ptrace(16, 1, 0, 0)")),
        Trial(
            "reading the memory of others", .wrong,
            source: systemCall("libc.process_vm_readv(1, 0, 0, 0, 0, 0)")),
        Trial("namespaces of its own", .wrong, source: systemCall("libc.unshare(0x10000000)")),
        Trial("every call that is refused", .pass, source: refusedCalls),
        Trial(
            "a process of another program", .exception,
            source: "import os\ndef f(): return os.posix_spawn('/bin/true', ['true'], {})"),
        Trial(
            "a pool of processes", .exception, .timeout,
            source: lines(
                "import multiprocessing", "def f():",
                "  with multiprocessing.Pool(2) as pool: return pool.map(abs, [1])[0]")),
        Trial(
            "more than it may have", .exception, reason: "ValueError",
            source: "import resource\ndef f(): resource.setrlimit(resource.RLIMIT_AS, (-1, -1))"),
    ]

    private static let network = [
        Trial(
            "a socket", .exception, reason: "PermissionError",
            source: "import socket\ndef f(): return socket.socket()"),
        Trial(
            "a name", .exception,
            source: "import socket\ndef f(): return socket.gethostbyname('example.org')"),
    ]

    /// A program that makes all calls that the filter knows.
    private static var refusedCalls: String {
        #if arch(arm64)
        let numbers = SystemCall.refused.compactMap(\.arm)
        let fork = 220
        #else
        let numbers = SystemCall.refused.compactMap(\.x86)
        let fork = 56
        #endif
        return lines(
            "import ctypes", "libc = ctypes.CDLL(None, use_errno=True)", "def made(*call):",
            "  return libc.syscall(*call) != -1 or ctypes.get_errno() != 1", "def f():",
            "  calls = [(n, 0, 0, 0, 0, 0) for n in \(numbers)] + [(\(fork), 17, 0, 0, 0, 0)]",
            "  return 1 if not any(made(*c) for c in calls) else [c for c in calls if made(*c)]")
    }

    /// A program that makes a call of the C library that must be refused, and returns the reason.
    private static func systemCall(_ call: String) -> String {
        lines(
            "import ctypes", "libc = ctypes.CDLL(None, use_errno=True)", "def f():",
            "  return 1 if \(call) != -1 else 'errno %d' % ctypes.get_errno()")
    }
}
