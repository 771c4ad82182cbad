#define _GNU_SOURCE
#define NCURSES_WIDECHAR 1
#include "CNcurses.h"
#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <ncurses.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <term.h>
#include <unistd.h>
#include <wchar.h>

static struct {
    SCREEN *screen;
    FILE *terminal; /* a private copy of standard output, which is redirected */
    struct termios modes_before;
    /* What switches the marks around pasted text on and off; empty if nothing does. */
    const char *marks_on;
    const char *marks_off;
    int colors;
    int is_utf8;
} state;

static int names_utf8(const char *name) {
    const char *value = getenv(name);
    return value && (strcasestr(value, "utf-8") || strcasestr(value, "utf8"));
}

/* Only the character type: numbers keep their decimal point whatever the locale. */
static void choose_locale(void) {
    if (!setlocale(LC_CTYPE, "")
        && (names_utf8("LC_ALL") || names_utf8("LC_CTYPE") || names_utf8("LANG")))
        setlocale(LC_CTYPE, "C.UTF-8"); /* the named locale is not installed here */
    state.is_utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

/* What the terminal's description says under a name, or NULL. */
static const char *description(const char *name) {
    const char *text = tigetstr((char *)name);
    return text == (char *)-1 ? NULL : text;
}

/* Descriptions are often older than their terminals; one that moves its cursor by the standard's
 * sequences understands the marks or ignores the request. */
static void choose_paste_marks(void) {
    const char *move = description("cup");
    int is_standard = move && strncmp(move, "\033[", 2) == 0;
    const char *on = description("BE"), *off = description("BD");
    state.marks_on = on && off ? on : is_standard ? "\033[?2004h" : "";
    state.marks_off = on && off ? off : is_standard ? "\033[?2004l" : "";
}

/* Past curses, which does not know of them. */
static void write_text(const char *text) {
    size_t left = strlen(text);
    while (left > 0) {
        ssize_t written = write(fileno(state.terminal), text, left);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return;
        text += written;
        left -= (size_t)written;
    }
}

/* Adds what a terminal description says, less its padding times ("$<5>"). */
static size_t append(char *bytes, size_t count, size_t limit, const char *text) {
    if (!text) return count;
    for (; *text && count < limit; text++) {
        const char *end = text[0] == '$' && text[1] == '<' ? strchr(text, '>') : NULL;
        if (end)
            text = end;
        else
            bytes[count++] = *text;
    }
    return count;
}

/* No marks, and what endwin would write: last line, plain, visible cursor, local keypad, ordinary
 * screen. */
static void arm_recovery(void) {
    char bytes[512];
    size_t count = append(bytes, 0, sizeof bytes, state.marks_off);
    const char *move = description("cup");
    if (move) count = append(bytes, count, sizeof bytes, tparm((char *)move, 998, 0));
    static const char *const names[] = {"sgr0", "op", "cnorm", "rmkx", "rmcup"};
    for (size_t index = 0; index < sizeof names / sizeof *names; index++)
        count = append(bytes, count, sizeof bytes, description(names[index]));
    count = append(bytes, count, sizeof bytes, "\r\n");
    recovery_arm(fileno(state.terminal), &state.modes_before, bytes, count);
}

/* Ctrl-C, Ctrl-Z, Ctrl-S, Ctrl-Q, Ctrl-V and Ctrl-O are keys; Ctrl-\ still quits. What was typed
 * before, to the shell, is no key. */
static void set_input_modes(void) {
    cbreak();
    noecho();
    nonl();
    keypad(stdscr, TRUE);
    meta(stdscr, TRUE);
    intrflush(stdscr, FALSE);
    typeahead(-1); /* a flush draws all of it, whatever is typed meanwhile */
    struct termios modes;
    if (tcgetattr(STDIN_FILENO, &modes) != 0) return;
    modes.c_iflag &= (tcflag_t)~(IXON | IXOFF);
    modes.c_lflag &= (tcflag_t)~IEXTEN;
    modes.c_cc[VINTR] = modes.c_cc[VSUSP] = _POSIX_VDISABLE;
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &modes);
    def_prog_mode();
}

static void set_colors(int wants_color) {
    state.colors = 0;
    if (!wants_color || !has_colors() || start_color() != OK) return;
    if (use_default_colors() == OK && COLOR_PAIRS >= 16) state.colors = COLORS;
}

static int open_terminal(void) {
    int fd = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
    if (fd < 0) return -1;
    state.terminal = fdopen(fd, "w");
    if (!state.terminal) close(fd);
    return state.terminal ? 0 : -1;
}

/* Undoes a start that got as far as newterm, or not even there. */
static void release(void) {
    if (state.screen) {
        write_text(state.marks_off);
        endwin();
        delscreen(state.screen);
    }
    state.screen = NULL;
    if (state.terminal) fclose(state.terminal);
    state.terminal = NULL;
    job_signals_restore();
}

int screen_start(int wants_color, const char *log_path) {
    if (state.screen) return SCREEN_ALREADY_STARTED;
    state.marks_on = state.marks_off = "";
    if (open_terminal() != 0) return SCREEN_OUT_OF_DESCRIPTORS;
    choose_locale();
    tcgetattr(STDIN_FILENO, &state.modes_before);
    stop_signals_watch();
    job_signals_watch();
    unsetenv("LINES"); /* they would fix the size */
    unsetenv("COLUMNS");
    state.screen = newterm(NULL, state.terminal, stdin);
    if (!state.screen || !description("cup")) {
        release();
        return SCREEN_UNKNOWN_TERMINAL;
    }
    fflush(stdout);
    fflush(stderr);
    int reason = output_redirect(log_path);
    if (reason) {
        release();
        errno = reason;
        return SCREEN_LOG_UNAVAILABLE;
    }
    choose_paste_marks();
    arm_recovery();
    set_input_modes();
    write_text(state.marks_on);
    set_colors(wants_color);
    curs_set(0);
    erase();
    return SCREEN_STARTED;
}

void screen_stop(void) {
    if (!state.screen) return;
    fflush(stdout);
    fflush(stderr);
    release();
    recovery_disarm();
    tcsetattr(STDIN_FILENO, TCSANOW, &state.modes_before);
    output_restore();
}

int screen_rows(void) { return state.screen ? getmaxy(stdscr) : 0; }

int screen_columns(void) { return state.screen ? getmaxx(stdscr) : 0; }

int screen_colors(void) { return state.colors; }

int screen_is_utf8(void) { return state.is_utf8; }

void screen_define_pair(int pair, int color) { init_extended_pair(pair, color, -1); }

void screen_put(int row, int column, uint32_t scalar, int attributes, int pair) {
    int is_drawable = (scalar >= 32 && scalar < 127) || wcwidth((wchar_t)scalar) == 1;
    wchar_t text[2] = {is_drawable ? (wchar_t)scalar : L'?', 0};
    attr_t bits = A_NORMAL;
    if (attributes & SCREEN_BOLD) bits |= A_BOLD;
    if (attributes & SCREEN_DIM) bits |= A_DIM;
    if (attributes & SCREEN_REVERSED) bits |= A_REVERSE;
    cchar_t cell;
    setcchar(&cell, text, bits, 0, &pair);
    mvadd_wch(row, column, &cell);
}

void screen_clear(void) { clear(); }

void screen_flush(void) {
    move(getmaxy(stdscr) - 1, 0);
    wnoutrefresh(stdscr);
    doupdate();
}

int screen_adopt_size(void) {
    struct winsize size;
    if (!state.screen || ioctl(fileno(state.terminal), TIOCGWINSZ, &size) != 0) return 0;
    if (size.ws_row == 0 || size.ws_col == 0) return 0;
    if (!is_term_resized(size.ws_row, size.ws_col)) return 0;
    return resize_term(size.ws_row, size.ws_col) == OK;
}

const char *screen_key_sequence(const char *name) {
    return state.screen ? description(name) : NULL;
}

/* After endwin, a flush takes the terminal over again. */
static void take_over(void) {
    clearok(curscr, TRUE);
    screen_flush();
    keypad(stdscr, TRUE);
    write_text(state.marks_on);
}

void screen_repaint(void) {
    endwin();
    take_over();
}

void screen_suspend(int whole_job) {
    write_text(state.marks_off);
    endwin();
    job_stop(whole_job);
    tcflush(STDIN_FILENO, TCIFLUSH);
    take_over();
}
