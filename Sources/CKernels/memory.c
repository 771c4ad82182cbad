#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>

#include "CKernels.h"

enum { huge_page = 2 << 20 };

static size_t rounded(size_t bytes) {
    size_t unit = bytes >= huge_page ? huge_page : 4096;
    return (bytes + unit - 1) / unit * unit;
}

void *lk_allocate(size_t bytes) {
    size_t length = rounded(bytes ? bytes : 1);
    void *block = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (block == MAP_FAILED) return NULL;
    if (length >= huge_page) madvise(block, length, MADV_HUGEPAGE);
    return block;
}

void lk_free(void *block, size_t bytes) {
    if (block) munmap(block, rounded(bytes ? bytes : 1));
}

long lk_peak_resident_bytes(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss * 1024L;
}
