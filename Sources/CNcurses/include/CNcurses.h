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
    SCREEN_INPUT = 1,
    SCREEN_RESIZE = 2,
    SCREEN_HANG_UP = 3,
    SCREEN_SUSPEND = 4, /* somebody sent SIGTSTP */
    SCREEN_RESUMED = 5, /* the process was stopped and goes on: the screen is not ours any more */
};

typedef struct {
    int32_t kind;
    int32_t count; /* bytes of input */
} screen_event;

/* Takes the terminal over, and asks it to put marks around text that is pasted. While it is ours,
 * what the process writes to standard output and standard error goes to the end of the file at
 * log_path (NULL: to an unnamed temporary file).
 * However the process ends, short of SIGKILL, the terminal is put back as it was. */
int screen_start(int wants_color, const char *log_path);

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

/* Waits up to timeout_ms for input or a change; several resizes in a row are one event. Input that
 * comes together, a piece at most a few milliseconds after the other, is one event: its bytes as the
 * terminal sent them. Returns early, with SCREEN_TIMEOUT, when a stop signal is pending. */
screen_event screen_next(int timeout_ms, uint8_t *bytes, int capacity);

/* What the terminal sends for a key, by its name in the terminal's description ("kcuu1"); NULL if
 * the description does not say. */
const char *screen_key_sequence(const char *name);

/* Makes SIGINT, SIGTERM and SIGHUP set a flag instead of ending the process; signals that the
 * parent chose to ignore stay ignored. A second SIGINT ends the process at once with status 130.
 * SIGPIPE is ignored from here on. */
void stop_signals_watch(void);

/* The first stop signal that arrived, or 0. */
int stop_signals_pending(void);

/* Forgets the signal that arrived. */
void stop_signals_clear(void);

#endif
