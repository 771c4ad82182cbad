#ifndef CNCURSES_INTERNAL_H
#define CNCURSES_INTERNAL_H

#include <stddef.h>
#include <termios.h>

/* screen.c: adopts the terminal's size; returns whether it has changed. */
int screen_adopt_size(void);

/* signals.c: job control. */

/* Makes SIGTSTP and SIGCONT set flags that the next calls return and clear. */
void job_signals_watch(void);
void job_signals_restore(void);
int job_take_suspend_request(void);
int job_take_continuation(void);
void job_stop(int whole_job);

/* recovery.c: putting the terminal back when the process ends without screen_stop. */

/* From now on exit and fatal signals write bytes to the terminal at fd and set its modes. */
void recovery_arm(int fd, const struct termios *modes, const char *bytes, size_t count);
void recovery_disarm(void);

/* Puts the terminal back if it is ours. Async-signal-safe. */
void recovery_run(void);

/* output.c: where standard output and standard error go while the screen is up. */

/* Returns 0 or an errno. */
int output_redirect(const char *log_path);

/* Undoes output_redirect and repeats the end of the log on standard error. Async-signal-safe. */
void output_restore(void);

#endif
