#include <stdlib.h>

#include "CKernels.h"
#include "blas.h"

// LAPACK's divide-and-conquer SVD, if the library that gave the BLAS has it. Fortran's matrices
// are column-major: ours is its transpose there, so left and right change places.

typedef void (*sgesdd_function)(
    const char *job, const int *m, const int *n, float *a, const int *lda, float *s, float *u,
    const int *ldu, float *vt, const int *ldvt, float *work, const int *lwork, int *iwork,
    int *info, size_t job_length);

bool lk_svd(
    const float *matrix, long rows, long columns, float *left, float *values, float *right) {
    sgesdd_function sgesdd = (sgesdd_function)lk_blas_symbol("sgesdd_");
    if (!sgesdd || rows < 1 || columns < 1 || rows > 1 << 20 || columns > 1 << 20) return false;
    int m = (int)columns, n = (int)rows, k = m < n ? m : n, info = 0, query = -1;
    float *copy = malloc(sizeof(float) * (size_t)rows * (size_t)columns);
    int *integers = malloc(sizeof(int) * 8 * (size_t)k);
    float size = 0;
    bool done = false;
    if (copy && integers) {
        for (long i = 0; i < rows * columns; i++) copy[i] = matrix[i];
        sgesdd(
            "S", &m, &n, copy, &m, values, right, &m, left, &k, &size, &query, integers, &info, 1);
        // A float holds the size only roughly.
        int length = (int)(size * 1.01f) + 64;
        float *work = info == 0 ? malloc(sizeof(float) * (size_t)length) : NULL;
        if (work) {
            sgesdd(
                "S", &m, &n, copy, &m, values, right, &m, left, &k, work, &length, integers,
                &info, 1);
            done = info == 0;
        }
        free(work);
    }
    free(copy);
    free(integers);
    return done;
}
