#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "CKernels.h"

enum { page = 4096, worth_huge_pages = 256 << 10 };

static size_t rounded(size_t bytes) {
    return ((bytes ? bytes : 1) + page - 1) / page * page;
}

static void *map(size_t bytes, int flags) {
    size_t length = rounded(bytes);
    void *block =
        mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | flags, -1, 0);
    if (block == MAP_FAILED) return NULL;
    if (length >= worth_huge_pages) madvise(block, length, MADV_HUGEPAGE);
    return block;
}

void *lk_allocate(size_t bytes) { return map(bytes, 0); }

void *lk_reserve(size_t bytes) { return map(bytes, MAP_NORESERVE); }

void lk_forget(void *block, size_t bytes) { madvise(block, rounded(bytes), MADV_DONTNEED); }

void lk_free(void *block, size_t bytes) {
    if (block) munmap(block, rounded(bytes));
}

long lk_peak_resident_bytes(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss * 1024L;
}

long lk_fresh_bytes(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_minflt * sysconf(_SC_PAGESIZE);
}

void lk_reset_peak(void) {
    int file = open("/proc/self/clear_refs", O_WRONLY | O_CLOEXEC);
    if (file < 0) return;
    ssize_t written = write(file, "5", 1);
    (void)written;
    close(file);
}

size_t lk_physical_bytes(void) {
    return (size_t)sysconf(_SC_PHYS_PAGES) * (size_t)sysconf(_SC_PAGESIZE);
}
