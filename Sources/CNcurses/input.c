#define _GNU_SOURCE
#define NCURSES_WIDECHAR 1
#include "CNcurses.h"
#include "internal.h"

#include <ncurses.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

/* A signal may be handled on another thread and so not interrupt the wait. */
enum { LONGEST_WAIT_MS = 50 };

static long now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static uint32_t key_value(wint_t code) {
    switch (code) {
    case KEY_ENTER: return KEY_OF_ENTER;
    case KEY_BACKSPACE: return KEY_OF_BACKSPACE;
    case KEY_DC: return KEY_OF_DELETE;
    case KEY_BTAB: return KEY_OF_BACK_TAB;
    case KEY_UP: return KEY_OF_UP;
    case KEY_DOWN: return KEY_OF_DOWN;
    case KEY_LEFT: return KEY_OF_LEFT;
    case KEY_RIGHT: return KEY_OF_RIGHT;
    case KEY_SLEFT: return KEY_OF_SHIFT_LEFT;
    case KEY_SRIGHT: return KEY_OF_SHIFT_RIGHT;
    case KEY_HOME: return KEY_OF_HOME;
    case KEY_END: return KEY_OF_END;
    case KEY_PPAGE: return KEY_OF_PAGE_UP;
    case KEY_NPAGE: return KEY_OF_PAGE_DOWN;
    default: break;
    }
    return code > KEY_F0 && code <= KEY_F0 + 63 ? KEY_OF_FUNCTION + (code - KEY_F0) : 0;
}

/* One event that is there already. SCREEN_TIMEOUT: none, or a key that has no name here. */
static screen_event read_event(int *got_input) {
    wint_t code = 0;
    wtimeout(stdscr, 0);
    int kind = wget_wch(stdscr, &code);
    *got_input = kind != ERR;
    if (kind == OK) return (screen_event){SCREEN_CHARACTER, (uint32_t)code};
    if (kind != KEY_CODE_YES) return (screen_event){SCREEN_TIMEOUT, 0};
    if (code == KEY_RESIZE) return (screen_event){SCREEN_RESIZE, 0};
    uint32_t value = key_value(code);
    return (screen_event){value ? SCREEN_KEY : SCREEN_TIMEOUT, value};
}

/* Swallows the resizes that follow the first one; a key among them is kept for the next call. */
static screen_event merge_resizes(screen_event *kept) {
    int got_input;
    do *kept = read_event(&got_input);
    while (got_input && kept->kind == SCREEN_RESIZE);
    return (screen_event){SCREEN_RESIZE, 0};
}

/* Whether the terminal is gone: hung up, or again and again readable without a byte to read. */
static int is_hung_up(const struct pollfd *input, int *empty_reads) {
    if (input->revents & (POLLHUP | POLLERR | POLLNVAL)) return 1;
    if (!(input->revents & POLLIN)) return 0;
    int count = 0;
    int is_empty = ioctl(STDIN_FILENO, FIONREAD, &count) != 0 || count == 0;
    *empty_reads = is_empty ? *empty_reads + 1 : 0;
    return *empty_reads > 3;
}

screen_event screen_next(int timeout_ms) {
    static screen_event kept;
    long deadline = now_ms() + timeout_ms;
    int empty_reads = 0;
    for (;;) {
        if (job_take_suspend_request()) return (screen_event){SCREEN_SUSPEND, 0};
        if (job_take_continuation()) return (screen_event){SCREEN_RESUMED, 0};
        screen_event event = kept;
        kept.kind = SCREEN_TIMEOUT;
        if (event.kind != SCREEN_TIMEOUT) return event;
        int got_input;
        event = read_event(&got_input);
        if (event.kind == SCREEN_RESIZE) return merge_resizes(&kept);
        if (event.kind != SCREEN_TIMEOUT) return event;
        long left = deadline - now_ms();
        if (got_input && left > 0) continue;
        struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN, .revents = 0};
        int wait = left <= 0 ? 0 : left > LONGEST_WAIT_MS ? LONGEST_WAIT_MS : (int)left;
        int ready = poll(&input, 1, wait);
        if (ready > 0 && is_hung_up(&input, &empty_reads))
            return (screen_event){SCREEN_HANG_UP, 0};
        if (left <= 0 || stop_signals_pending()) return event;
    }
}
