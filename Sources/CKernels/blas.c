#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "CKernels.h"
#include "blas.h"

// One function is needed of a BLAS, so it is looked up at run time. It must run on the calling
// thread only: the pool splits the work.

typedef void (*sgemm_function)(
    int order, int transpose_a, int transpose_b, int m, int n, int k, float alpha, const float *a,
    int lda, const float *b, int ldb, float beta, float *c, int ldc);

enum { row_major = 101, no_transpose = 111, transpose = 112 };

static sgemm_function sgemm;
static void *library_in_use;
static char name[512] = "portable";
static char description[512];
static pthread_once_t first_use = PTHREAD_ONCE_INIT;

/// Looks a symbol up under its plain name and the names of SciPy's builds.
static void *find(void *library, const char *symbol) {
    const char *forms[] = {"%s", "scipy_%s"};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        char full[128];
        snprintf(full, sizeof full, forms[i], symbol);
        void *address = dlsym(library, full);
        if (address) return address;
    }
    return NULL;
}

/// Old OpenBLAS builds take a newer CPU for an ancient one: name the core that fits its vectors.
static void name_core(void) {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f")) {
        setenv("OPENBLAS_CORETYPE", "SKYLAKEX", 0);
    } else if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
        setenv("OPENBLAS_CORETYPE", "HASWELL", 0);
    }
#endif
    setenv("OPENBLAS_NUM_THREADS", "1", 1);
    setenv("MKL_NUM_THREADS", "1", 1);
    setenv("BLIS_NUM_THREADS", "1", 1);
}

static void use_one_thread(void *library) {
    const char *setters[] = {
        "openblas_set_num_threads", "MKL_Set_Num_Threads", "bli_thread_set_num_threads"};
    for (size_t i = 0; i < sizeof setters / sizeof *setters; i++) {
        void (*set)(int) = (void (*)(int))find(library, setters[i]);
        if (set) set(1);
    }
}

static void describe(void *library) {
    char *(*config)(void) = (char *(*)(void))find(library, "openblas_get_config");
    char *(*core)(void) = (char *(*)(void))find(library, "openblas_get_corename");
    snprintf(
        description, sizeof description, "%s%s%s", config ? config() : "", core ? " core " : "",
        core ? core() : "");
}

/// A product with transposes and a beta, against the portable loop.
static bool multiplies_rightly(sgemm_function candidate) {
    enum { m = 37, n = 41, k = 53 };
    static float a[m * k], b[n * k], c[m * n], expected[m * n];
    for (int i = 0; i < m * k; i++) a[i] = (float)((i * 7) % 23 - 11) / 8;
    for (int i = 0; i < n * k; i++) b[i] = (float)((i * 5) % 19 - 9) / 8;
    for (int i = 0; i < m * n; i++) c[i] = expected[i] = (float)(i % 5);
    candidate(row_major, no_transpose, transpose, m, n, k, 2, a, k, b, k, 0.5f, c, n);
    lk_gemm_portable(false, true, m, n, k, 2, a, k, b, k, 0.5f, expected, n);
    for (int i = 0; i < m * n; i++) {
        float difference = c[i] - expected[i];
        if (!(difference < 1e-2f && difference > -1e-2f)) return false;
    }
    return true;
}

static void use_portable_loop(void) {
    sgemm = NULL;
    library_in_use = NULL;
    snprintf(name, sizeof name, "portable");
    description[0] = 0;
}

static bool load(const char *path) {
    if (strcmp(path, name) == 0) return true;
    if (strcmp(path, "portable") == 0) {
        use_portable_loop();
        return true;
    }
    name_core();
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!library) return false;
    sgemm_function candidate = (sgemm_function)find(library, "cblas_sgemm");
    if (!candidate) {
        dlclose(library);
        return false;
    }
    use_one_thread(library);
    if (!multiplies_rightly(candidate)) return false;
    sgemm = candidate;
    library_in_use = library;
    snprintf(name, sizeof name, "%s", path);
    describe(library);
    return true;
}

/// Where setup puts a BLAS of its own: a folder of the user's data.
static const char *installed_by_setup(void) {
    static char path[512];
    const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    bool has_data = data && *data;
    snprintf(
        path, sizeof path, "%s%s/lethe/blas/libscipy_openblas.so",
        has_data ? data : (home ? home : ""), has_data ? "" : "/.local/share");
    return path;
}

const char *lk_blas_candidate(long index) {
    static const char *libraries[] = {
        "libscipy_openblas.so", "libmkl_rt.so.3", "libmkl_rt.so.2", "libopenblas.so.0",
        "libblis.so.4",         "libcblas.so.3",  "libblas.so.3",
    };
    long count = sizeof libraries / sizeof *libraries;
    if (index == 0) return installed_by_setup();
    return index <= count ? libraries[index - 1] : NULL;
}

/// The order of preference: what the user names, what setup installed, what the system has.
static void load_default(void) {
    const char *wanted = getenv("LETHE_BLAS");
    if (wanted && *wanted && load(wanted)) return;
    for (long i = 0; lk_blas_candidate(i); i++) {
        if (load(lk_blas_candidate(i))) return;
    }
}

bool lk_blas_load(const char *path) {
    pthread_once(&first_use, load_default);
    return path ? load(path) : sgemm != NULL;
}

void *lk_blas_symbol(const char *symbol) {
    pthread_once(&first_use, load_default);
    return library_in_use ? find(library_in_use, symbol) : NULL;
}

const char *lk_blas_name(void) {
    pthread_once(&first_use, load_default);
    return name;
}

const char *lk_blas_description(void) {
    pthread_once(&first_use, load_default);
    return description;
}

void lk_gemm(
    bool transpose_a, bool transpose_b, long m, long n, long k, float alpha, const float *a,
    long lda, const float *b, long ldb, float beta, float *c, long ldc) {
    pthread_once(&first_use, load_default);
    if (!sgemm) {
        lk_gemm_portable(transpose_a, transpose_b, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
        return;
    }
    sgemm(
        row_major, transpose_a ? transpose : no_transpose, transpose_b ? transpose : no_transpose,
        (int)m, (int)n, (int)k, alpha, a, (int)lda, b, (int)ldb, beta, c, (int)ldc);
}
