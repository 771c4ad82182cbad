#define _GNU_SOURCE
#include "CNcurses.h"
#include "internal.h"

#include <errno.h>
#include <poll.h>
#include <time.h>
#include <unistd.h>

/* A signal may be handled on another thread and so not interrupt the wait. */
enum { LONGEST_WAIT_MS = 50 };

/* Pasted text comes in pieces. Nobody types two keys within SAME_INPUT_MS. */
enum { SAME_INPUT_MS = 4, LONGEST_INPUT_MS = 100 };

static long now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int is_readable(int timeout_ms) {
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN, .revents = 0};
    return poll(&input, 1, timeout_ms) > 0;
}

/* Reads what is there and what follows at once. Returns 0 if there is nothing, or no terminal. */
static int drain(uint8_t *bytes, int capacity) {
    long deadline = now_ms() + LONGEST_INPUT_MS;
    int count = 0;
    while (count < capacity && now_ms() < deadline && is_readable(count > 0 ? SAME_INPUT_MS : 0)) {
        ssize_t got = read(STDIN_FILENO, bytes + count, (size_t)(capacity - count));
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) break;
        count += (int)got;
    }
    return count;
}

screen_event screen_next(int timeout_ms, uint8_t *bytes, int capacity) {
    long deadline = now_ms() + timeout_ms;
    int empty_reads = 0;
    for (;;) {
        if (job_take_suspend_request()) return (screen_event){SCREEN_SUSPEND, 0};
        if (job_take_continuation()) {
            tcflush(STDIN_FILENO, TCIFLUSH); /* typed to the shell */
            return (screen_event){SCREEN_RESUMED, 0};
        }
        if (screen_adopt_size()) return (screen_event){SCREEN_RESIZE, 0};
        long left = deadline - now_ms();
        int wait = left <= 0 ? 0 : left > LONGEST_WAIT_MS ? LONGEST_WAIT_MS : (int)left;
        struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN, .revents = 0};
        if (poll(&input, 1, wait) > 0) {
            int count = drain(bytes, capacity);
            if (count > 0) return (screen_event){SCREEN_INPUT, count};
            /* Gone: hung up, or again and again readable without a byte to read. */
            if (input.revents & (POLLHUP | POLLERR | POLLNVAL) || ++empty_reads > 3)
                return (screen_event){SCREEN_HANG_UP, 0};
        }
        if (left <= 0 || stop_signals_pending()) return (screen_event){SCREEN_TIMEOUT, 0};
    }
}
