#ifndef CNCURSES_H
#define CNCURSES_H

#include <stdint.h>

/* The few calls that draw a grid of characters on a terminal and read its keys, over wide ncurses.
 * ncurses keeps one terminal in globals: call everything named screen_ from one thread only. */

/* Why a screen did not start. */
enum {
    SCREEN_STARTED = 0,
    SCREEN_ALREADY_STARTED = 1,
    SCREEN_UNKNOWN_TERMINAL = 2, /* no such terminal type, or one without a movable cursor */
    SCREEN_OUT_OF_DESCRIPTORS = 3,
    SCREEN_LOG_UNAVAILABLE = 4, /* errno says why */
};

/* How a cell is drawn; a set of bits. */
enum {
    SCREEN_BOLD = 1,
    SCREEN_DIM = 2,
    SCREEN_REVERSED = 4,
};

/* What screen_next found. */
enum {
    SCREEN_TIMEOUT = 0,
    SCREEN_CHARACTER = 1, /* value is a scalar; control characters arrive as 1 to 31 and 127 */
    SCREEN_KEY = 2,       /* value is one of the keys below */
    SCREEN_RESIZE = 3,
    SCREEN_HANG_UP = 4,
    SCREEN_SUSPEND = 5, /* somebody sent SIGTSTP */
    SCREEN_RESUMED = 6, /* the process was stopped and goes on: the screen is not ours any more */
};

/* Keys that are not characters; function key n is KEY_OF_FUNCTION + n. */
enum {
    KEY_OF_ENTER = 1,
    KEY_OF_BACKSPACE,
    KEY_OF_DELETE,
    KEY_OF_BACK_TAB,
    KEY_OF_UP,
    KEY_OF_DOWN,
    KEY_OF_LEFT,
    KEY_OF_RIGHT,
    KEY_OF_SHIFT_LEFT,
    KEY_OF_SHIFT_RIGHT,
    KEY_OF_HOME,
    KEY_OF_END,
    KEY_OF_PAGE_UP,
    KEY_OF_PAGE_DOWN,
    KEY_OF_FUNCTION = 100,
};

typedef struct {
    int32_t kind;
    uint32_t value;
} screen_event;

/* Takes the terminal over. While it is ours, what the process writes to standard output and
 * standard error goes to the end of the file at log_path (NULL: to an unnamed temporary file).
 * However the process ends, short of SIGKILL, the terminal is put back as it was. */
int screen_start(int wants_color, int escape_delay_ms, const char *log_path);

/* Gives the terminal back and repeats on standard error the end of what was written meanwhile. */
void screen_stop(void);

int screen_rows(void);
int screen_columns(void);

/* The number of colours that can be drawn on the terminal's own background; 0 without colour. */
int screen_colors(void);

/* Whether the locale's characters are UTF-8. */
int screen_is_utf8(void);

/* Makes pair (1 and up) draw in a colour number on the terminal's own background. */
void screen_define_pair(int pair, int color);

/* Changes one cell; shown by the next flush. A scalar that does not take one column becomes '?'. */
void screen_put(int row, int column, uint32_t scalar, int attributes, int pair);

/* Blanks all cells and makes the next flush paint the whole screen, whatever it shows now:
 * terminals keep, cut or wrap their lines when their size changes. */
void screen_clear(void);

void screen_flush(void);

/* Takes over a terminal that something else has written to, and repaints all of it. */
void screen_repaint(void);

/* Gives the terminal back, stops the process (its whole job if whole_job) as Ctrl-Z does in a
 * shell, and takes the terminal over again when the job is continued. */
void screen_suspend(int whole_job);

/* Waits up to timeout_ms for a key or a change; several resizes in a row are one event. Returns
 * early, with SCREEN_TIMEOUT, when a stop signal is pending. */
screen_event screen_next(int timeout_ms);

/* Makes SIGINT, SIGTERM and SIGHUP set a flag instead of ending the process; signals that the
 * parent chose to ignore stay ignored. A second SIGINT ends the process at once with status 130.
 * SIGPIPE is ignored from here on. */
void stop_signals_watch(void);

/* The first stop signal that arrived, or 0. */
int stop_signals_pending(void);

/* Forgets the signal that arrived. */
void stop_signals_clear(void);

#endif
