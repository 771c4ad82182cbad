#define _GNU_SOURCE
#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { REPLAY_LIMIT = 16 * 1024 };

static struct {
    volatile sig_atomic_t is_redirected;
    int log;
    int saved[3]; /* by descriptor; -1 where it was left alone */
    off_t start;
} output = {0, -1, {-1, -1, -1}, 0};

static int open_log(const char *path) {
    if (path) return open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    char name[] = "/tmp/lethe-output-XXXXXX";
    int fd = mkostemp(name, O_APPEND | O_CLOEXEC);
    if (fd >= 0) unlink(name);
    return fd;
}

/* Standard error that already goes to a file cannot disturb the screen and is left alone. */
static int redirect(int fd) {
    if (!isatty(fd)) return 0;
    int saved = fcntl(fd, F_DUPFD_CLOEXEC, 3);
    if (saved < 0) return errno;
    if (dup2(output.log, fd) < 0) {
        int reason = errno;
        close(saved);
        return reason;
    }
    output.saved[fd] = saved;
    return 0;
}

int output_redirect(const char *log_path) {
    if (output.is_redirected) return 0;
    output.log = open_log(log_path);
    if (output.log < 0 && log_path) return errno;
    if (output.log < 0) output.log = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (output.log < 0) return errno;
    output.start = lseek(output.log, 0, SEEK_END);
    output.is_redirected = 1;
    int reason = redirect(STDOUT_FILENO);
    if (reason == 0) reason = redirect(STDERR_FILENO);
    if (reason) output_restore();
    return reason;
}

static void write_all(int fd, const char *bytes, ssize_t count) {
    while (count > 0) {
        ssize_t written = write(fd, bytes, (size_t)count);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return;
        bytes += written;
        count -= written;
    }
}

/* Repeats the log's last REPLAY_LIMIT bytes, from the start of a line where some are left out. */
static void replay(off_t start, off_t end) {
    static const char omission[] = "[earlier output left out]\n";
    char chunk[2048];
    int skips_to_newline = end - start > REPLAY_LIMIT;
    if (skips_to_newline) {
        start = end - REPLAY_LIMIT;
        write_all(STDERR_FILENO, omission, sizeof omission - 1);
    }
    while (start < end) {
        size_t wanted = (size_t)(end - start) < sizeof chunk ? (size_t)(end - start) : sizeof chunk;
        ssize_t count = pread(output.log, chunk, wanted, start);
        if (count <= 0) return;
        start += count;
        char *from = chunk;
        if (skips_to_newline) {
            from = memchr(chunk, '\n', (size_t)count);
            if (!from) continue;
            from++;
            skips_to_newline = 0;
        }
        write_all(STDERR_FILENO, from, count - (from - chunk));
    }
}

void output_restore(void) {
    if (!output.is_redirected) return;
    output.is_redirected = 0;
    int was_on_terminal = output.saved[STDERR_FILENO] >= 0;
    for (int fd = STDOUT_FILENO; fd <= STDERR_FILENO; fd++) {
        if (output.saved[fd] < 0) continue;
        dup2(output.saved[fd], fd);
        close(output.saved[fd]);
        output.saved[fd] = -1;
    }
    off_t end = lseek(output.log, 0, SEEK_END);
    if (was_on_terminal && output.start >= 0 && end > output.start) replay(output.start, end);
    close(output.log);
    output.log = -1;
}
