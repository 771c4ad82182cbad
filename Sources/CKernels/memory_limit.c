#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include "CKernels.h"

// What the machine, the container (cgroup 2, or 1) and the process's own limits leave.

/// The largest number that a signed one holds too.
static const size_t unlimited = LONG_MAX;

static size_t lesser(size_t a, size_t b) { return a < b ? a : b; }

static size_t difference(size_t a, size_t b) { return a > b ? a - b : 0; }

/// The number after `name` in a file of lines, in the unit that the file has; `missing` without one.
static size_t entry(const char *path, const char *name, size_t missing) {
    FILE *file = fopen(path, "re");
    if (!file) return missing;
    char line[256];
    size_t length = strlen(name), value = missing;
    while (fgets(line, sizeof line, file)) {
        unsigned long long number;
        if (strncmp(line, name, length) == 0 && sscanf(line + length, "%llu", &number) == 1) {
            value = (size_t)number;
            break;
        }
    }
    fclose(file);
    return value;
}

static size_t meminfo(const char *name, size_t missing) {
    size_t kilobytes = entry("/proc/meminfo", name, unlimited);
    return kilobytes == unlimited ? missing : kilobytes * 1024;
}

static size_t own(const char *name) { return entry("/proc/self/status", name, 0) * 1024; }

static size_t container_limit(void) {
    return lesser(
        entry("/sys/fs/cgroup/memory.max", "", unlimited),
        entry("/sys/fs/cgroup/memory/memory.limit_in_bytes", "", unlimited));
}

/// What the container uses and could not give back: files that are only read again do not count.
static size_t container_used(void) {
    size_t two = entry("/sys/fs/cgroup/memory.current", "", 0);
    size_t one = entry("/sys/fs/cgroup/memory/memory.usage_in_bytes", "", 0);
    size_t files = two ? entry("/sys/fs/cgroup/memory.stat", "inactive_file ", 0)
                       : entry("/sys/fs/cgroup/memory/memory.stat", "total_inactive_file ", 0);
    return difference(two ? two : one, files);
}

static size_t process_limit(int resource) {
    struct rlimit limit;
    if (getrlimit(resource, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return unlimited;
    return (size_t)limit.rlim_cur;
}

size_t lk_resident_bytes(void) { return own("VmRSS:"); }

size_t lk_memory_limit(void) {
    size_t machine = meminfo("MemTotal:", unlimited / 2) + meminfo("SwapTotal:", 0);
    size_t process = lesser(process_limit(RLIMIT_AS), process_limit(RLIMIT_DATA));
    return lesser(lesser(machine, container_limit()), process);
}

size_t lk_address_space_free(void) {
    size_t all = process_limit(RLIMIT_AS), data = process_limit(RLIMIT_DATA);
    return lesser(
        all == unlimited ? all : difference(all, own("VmSize:")),
        data == unlimited ? data : difference(data, own("VmData:")));
}

size_t lk_memory_free(void) {
    size_t machine = meminfo("MemAvailable:", unlimited / 2) + meminfo("SwapFree:", 0);
    size_t limit = container_limit();
    size_t container = limit == unlimited ? limit : difference(limit, container_used());
    return lesser(lesser(machine, container), lk_address_space_free());
}
