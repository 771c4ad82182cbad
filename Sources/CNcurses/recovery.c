#define _GNU_SOURCE
#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const int fatal_signals[] = {SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV};
enum { FATAL_COUNT = sizeof fatal_signals / sizeof *fatal_signals };

static struct {
    volatile sig_atomic_t is_armed;
    int terminal;
    int null; /* takes the place of the terminal, so that other threads stop drawing */
    struct termios modes;
    char bytes[512];
    size_t count;
    struct sigaction previous[FATAL_COUNT];
} recovery;

static void write_bytes(void) {
    const char *next = recovery.bytes;
    size_t left = recovery.count;
    while (left > 0) {
        ssize_t written = write(recovery.terminal, next, left);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return;
        next += written;
        left -= (size_t)written;
    }
}

void recovery_run(void) {
    if (!recovery.is_armed) return;
    recovery.is_armed = 0;
    int saved_errno = errno;
    sigset_t output_stop, previous;
    sigemptyset(&output_stop);
    sigaddset(&output_stop, SIGTTOU);
    sigprocmask(SIG_BLOCK, &output_stop, &previous);
    write_bytes();
    tcsetattr(recovery.terminal, TCSANOW, &recovery.modes);
    if (recovery.null >= 0) dup2(recovery.null, recovery.terminal);
    output_restore();
    sigprocmask(SIG_SETMASK, &previous, NULL);
    errno = saved_errno;
}

static void run_at_exit(void) {
    if (!recovery.is_armed) return;
    fflush(stdout);
    recovery_run();
}

static const struct sigaction *previous_action(int number) {
    for (int index = 0; index < FATAL_COUNT; index++)
        if (fatal_signals[index] == number) return &recovery.previous[index];
    return NULL;
}

/* Puts the terminal back and hands over to the handler that was there before, such as the one that
 * prints Swift's backtrace. A faulting instruction faults again after the return and so reaches
 * that handler with its own context; any other signal is sent again. */
static void on_fatal_signal(int number, siginfo_t *info, void *context) {
    (void)context;
    recovery_run();
    sigaction(number, previous_action(number), NULL);
    int faults_again = info->si_code > 0 && number != SIGTRAP && number != SIGQUIT;
    if (!faults_again) raise(number);
}

/* A stack overflow leaves no room for a handler on the stack it overflowed. */
static void ensure_alternate_stack(void) {
    static char stack[64 * 1024];
    stack_t current;
    if (sigaltstack(NULL, &current) != 0 || !(current.ss_flags & SS_DISABLE)) return;
    stack_t own = {.ss_sp = stack, .ss_size = sizeof stack, .ss_flags = 0};
    sigaltstack(&own, NULL);
}

static void watch_fatal_signals(void) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = on_fatal_signal;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK;
    sigemptyset(&action.sa_mask);
    for (int index = 0; index < FATAL_COUNT; index++) {
        struct sigaction *previous = &recovery.previous[index];
        sigaction(fatal_signals[index], NULL, previous);
        if (previous->sa_handler != SIG_IGN) sigaction(fatal_signals[index], &action, NULL);
    }
}

void recovery_arm(int fd, const struct termios *modes, const char *bytes, size_t count) {
    static int is_registered;
    recovery.terminal = fd;
    recovery.null = open("/dev/null", O_WRONLY | O_CLOEXEC);
    recovery.modes = *modes;
    recovery.count = count < sizeof recovery.bytes ? count : sizeof recovery.bytes;
    memcpy(recovery.bytes, bytes, recovery.count);
    ensure_alternate_stack();
    recovery.is_armed = 1;
    watch_fatal_signals();
    if (!is_registered) atexit(run_at_exit);
    is_registered = 1;
}

void recovery_disarm(void) {
    recovery.is_armed = 0;
    for (int index = 0; index < FATAL_COUNT; index++)
        sigaction(fatal_signals[index], &recovery.previous[index], NULL);
    if (recovery.null >= 0) close(recovery.null);
    recovery.null = -1;
}
