#define _GNU_SOURCE
#include "CNcurses.h"
#include "internal.h"

#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* `timeout -s INT` and the like signal the process and its group: one wish, two signals. */
enum { SAME_WISH_MS = 100 };

static volatile sig_atomic_t pending;
static volatile sig_atomic_t suspend_requested;
static volatile sig_atomic_t was_continued;
static struct timespec pending_since;
static struct sigaction previous_stop, previous_continue;

static long milliseconds_since(const struct timespec *start) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (now.tv_sec - start->tv_sec) * 1000 + (now.tv_nsec - start->tv_nsec) / 1000000;
}

static void on_stop_signal(int number) {
    if (pending) {
        if (number != SIGINT || milliseconds_since(&pending_since) < SAME_WISH_MS) return;
        recovery_run();
        _exit(128 + SIGINT);
    }
    clock_gettime(CLOCK_MONOTONIC, &pending_since);
    pending = number;
}

static void handle(int number, void (*handler)(int), struct sigaction *previous) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    sigfillset(&action.sa_mask);
    sigaction(number, &action, previous);
}

void stop_signals_watch(void) {
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
    for (int index = 0; index < 3; index++) {
        struct sigaction current;
        sigaction(signals[index], NULL, &current);
        if (current.sa_handler != SIG_IGN) handle(signals[index], on_stop_signal, NULL);
    }
    handle(SIGPIPE, SIG_IGN, NULL);
}

int stop_signals_pending(void) { return pending; }

void stop_signals_clear(void) { pending = 0; }

static void on_suspend(int number) {
    (void)number;
    suspend_requested = 1;
}

static void on_continue(int number) {
    (void)number;
    was_continued = 1;
}

void job_signals_watch(void) {
    suspend_requested = was_continued = 0;
    handle(SIGTSTP, on_suspend, &previous_stop);
    handle(SIGCONT, on_continue, &previous_continue);
}

void job_signals_restore(void) {
    sigaction(SIGTSTP, &previous_stop, NULL);
    sigaction(SIGCONT, &previous_continue, NULL);
}

static int take(volatile sig_atomic_t *flag) {
    int value = *flag;
    if (value) *flag = 0;
    return value;
}

int job_take_suspend_request(void) { return take(&suspend_requested); }

int job_take_continuation(void) { return take(&was_continued); }

/* A job that no shell could continue ignores SIGTSTP, so this cannot hang such a process. */
void job_stop(int whole_job) {
    struct sigaction own;
    handle(SIGTSTP, SIG_DFL, &own);
    if (whole_job)
        kill(0, SIGTSTP);
    else
        kill(getpid(), SIGTSTP);
    sigaction(SIGTSTP, &own, NULL);
    was_continued = 0;
}
