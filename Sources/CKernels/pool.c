#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#include "CKernels.h"

// A fixed pool. A run is published under a new generation number; workers spin for a moment before
// they sleep, since the next op usually follows within microseconds.
//
// `ticket` holds (generation << 32 | next index). A worker takes an index by compare-and-swap, so a
// worker that wakes late can never take an index of another run. While a run is being set up the
// index is `closed`, which is beyond every count.

enum { most_threads = 64, spins = 4000 };
static const uint64_t closed = UINT32_MAX;

static struct {
    pthread_mutex_t owner;  // held by the caller for a whole run
    pthread_mutex_t mutex;  // guards sleeping
    pthread_cond_t wake;
    long started;  // worker threads that exist, the caller not counted
    atomic_long threads, width;
    _Atomic uint64_t generation, ticket;
    atomic_long count, done;
    _Atomic(lk_task) task;
    _Atomic(void *) context;
} pool = {
    .owner = PTHREAD_MUTEX_INITIALIZER,
    .mutex = PTHREAD_MUTEX_INITIALIZER,
    .wake = PTHREAD_COND_INITIALIZER,
};

/// The worker's number while it runs a task, -1 otherwise.
static _Thread_local long current_worker = -1;
static _Thread_local long thread_limit = 0;

static void pause_briefly(void) {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#endif
}

static void work(uint64_t generation, long worker) {
    current_worker = worker;
    for (;;) {
        uint64_t ticket = atomic_load(&pool.ticket);
        long index = (long)(ticket & UINT32_MAX);
        if (ticket >> 32 != (generation & UINT32_MAX) || index >= atomic_load(&pool.count)) break;
        lk_task task = atomic_load(&pool.task);
        void *context = atomic_load(&pool.context);
        if (!atomic_compare_exchange_weak(&pool.ticket, &ticket, ticket + 1)) continue;
        task(context, index, worker);
        atomic_fetch_add(&pool.done, 1);
    }
    current_worker = -1;
}

static void *serve(void *argument) {
    long worker = (long)argument;
    uint64_t seen = 0;
    for (;;) {
        for (int i = 0; i < spins && atomic_load(&pool.generation) == seen; i++) pause_briefly();
        if (atomic_load(&pool.generation) == seen) {
            pthread_mutex_lock(&pool.mutex);
            while (atomic_load(&pool.generation) == seen) {
                pthread_cond_wait(&pool.wake, &pool.mutex);
            }
            pthread_mutex_unlock(&pool.mutex);
        }
        seen = atomic_load(&pool.generation);
        if (worker < atomic_load(&pool.width)) work(seen, worker);
    }
    return NULL;
}

static long bounded(long threads) {
    return threads < 1 ? 1 : (threads > most_threads ? most_threads : threads);
}

static long online(void) { return bounded(sysconf(_SC_NPROCESSORS_ONLN)); }

long lk_pool_threads(void) {
    if (thread_limit > 0) return thread_limit;
    if (atomic_load(&pool.threads) == 0) atomic_store(&pool.threads, online());
    return atomic_load(&pool.threads);
}

void lk_pool_set_threads(long threads) {
    atomic_store(&pool.threads, bounded(threads));
}

long lk_pool_limit_threads(long threads) {
    long before = thread_limit;
    thread_limit = threads == 0 ? 0 : bounded(threads);
    return before;
}

/// Where the system gives fewer threads, the number is lowered to those there are.
static void start_workers(long wanted) {
    while (pool.started < wanted - 1) {
        pthread_t handle;
        if (pthread_create(&handle, NULL, serve, (void *)(pool.started + 1)) != 0) {
            atomic_store(&pool.threads, pool.started + 1);
            return;
        }
        pthread_detach(handle);
        pool.started++;
    }
}

long lk_pool_start(void) {
    pthread_mutex_lock(&pool.owner);
    start_workers(lk_pool_threads());
    pthread_mutex_unlock(&pool.owner);
    return lk_pool_threads();
}

/// Runs within a task of several stay with its worker, also where the pool was taken only for the
/// outer run; a single task may still hand out all of its own work.
static void run_alone(long count, lk_task task, void *context) {
    long before = current_worker, worker = before < 0 ? 0 : before;
    if (count > 1) current_worker = worker;
    for (long index = 0; index < count; index++) task(context, index, worker);
    current_worker = before;
}

void lk_pool_run(long count, lk_task task, void *context) {
    long threads = lk_pool_threads();
    if (count <= 1 || threads == 1 || current_worker >= 0 || pthread_mutex_trylock(&pool.owner)) {
        run_alone(count, task, context);
        return;
    }
    start_workers(threads);
    uint64_t generation = atomic_load(&pool.generation) + 1;
    uint64_t tag = (generation & UINT32_MAX) << 32;
    atomic_store(&pool.ticket, tag | closed);
    atomic_store(&pool.task, task);
    atomic_store(&pool.context, context);
    atomic_store(&pool.width, threads);
    atomic_store(&pool.done, 0);
    atomic_store(&pool.count, count);
    atomic_store(&pool.ticket, tag);
    pthread_mutex_lock(&pool.mutex);
    atomic_store(&pool.generation, generation);
    pthread_cond_broadcast(&pool.wake);
    pthread_mutex_unlock(&pool.mutex);
    work(generation, 0);
    while (atomic_load(&pool.done) < count) pause_briefly();
    pthread_mutex_unlock(&pool.owner);
}
