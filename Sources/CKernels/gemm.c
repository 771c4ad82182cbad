#include <stdlib.h>
#include <string.h>

#include "CKernels.h"
#include "vector.h"

// The portable product: panels of B are packed once per K block, panels of A per tile row, and a
// tile of C is held in registers. Used where no BLAS is found.

enum { tile_m = 6, tile_n = 32, block_k = 256 };

static void pack_a(
    const float *a, long lda, bool transpose, long m0, long mc, long k0, long kc, float *panel) {
    for (long k = 0; k < kc; k++) {
        for (long i = 0; i < tile_m; i++) {
            long row = m0 + i, column = k0 + k;
            float value = 0;
            if (i < mc) value = transpose ? a[column * lda + row] : a[row * lda + column];
            panel[k * tile_m + i] = value;
        }
    }
}

static void pack_b(
    const float *b, long ldb, bool transpose, long n0, long nc, long k0, long kc, float *panel) {
    for (long k = 0; k < kc; k++) {
        for (long j = 0; j < tile_n; j++) {
            long row = k0 + k, column = n0 + j;
            float value = 0;
            if (j < nc) value = transpose ? b[column * ldb + row] : b[row * ldb + column];
            panel[k * tile_n + j] = value;
        }
    }
}

VECTOR static void multiply_tile(
    const float *restrict a, const float *restrict b, long kc, float *restrict tile) {
    REORDER
    lanes sum[tile_m][2] = {0};
    for (long k = 0; k < kc; k++) {
        const lanes low = *(const lanes *)(b + k * tile_n);
        const lanes high = *(const lanes *)(b + k * tile_n + 16);
#pragma clang loop unroll(full)
        for (long i = 0; i < tile_m; i++) {
            sum[i][0] += a[k * tile_m + i] * low;
            sum[i][1] += a[k * tile_m + i] * high;
        }
    }
    memcpy(tile, sum, sizeof sum);
}

static void scale_rows(float *c, long m, long n, long ldc, float beta) {
    if (beta == 1) return;
    for (long i = 0; i < m; i++) {
        for (long j = 0; j < n; j++) c[i * ldc + j] = beta == 0 ? 0 : c[i * ldc + j] * beta;
    }
}

static long lesser(long a, long b) { return a < b ? a : b; }

/// C += alpha * A * B, with room for all panels of B in `packed`.
static void multiply_panels(
    bool transpose_a, bool transpose_b, long m, long n, long k, float alpha, const float *a,
    long lda, const float *b, long ldb, float *c, long ldc, float *packed) {
    long panels = (n + tile_n - 1) / tile_n;
    float left[tile_m * block_k], tile[tile_m * tile_n];
    for (long k0 = 0; k0 < k; k0 += block_k) {
        long kc = lesser(block_k, k - k0);
        for (long p = 0; p < panels; p++) {
            long nc = lesser(tile_n, n - p * tile_n);
            pack_b(b, ldb, transpose_b, p * tile_n, nc, k0, kc, packed + p * tile_n * block_k);
        }
        for (long m0 = 0; m0 < m; m0 += tile_m) {
            long mc = lesser(tile_m, m - m0);
            pack_a(a, lda, transpose_a, m0, mc, k0, kc, left);
            for (long p = 0; p < panels; p++) {
                multiply_tile(left, packed + p * tile_n * block_k, kc, tile);
                long nc = lesser(tile_n, n - p * tile_n);
                for (long i = 0; i < mc; i++) {
                    float *row = c + (m0 + i) * ldc + p * tile_n;
                    for (long j = 0; j < nc; j++) row[j] += alpha * tile[i * tile_n + j];
                }
            }
        }
    }
}

void lk_gemm_portable(
    bool transpose_a, bool transpose_b, long m, long n, long k, float alpha, const float *a,
    long lda, const float *b, long ldb, float beta, float *c, long ldc) {
    scale_rows(c, m, n, ldc, beta);
    if (n > tile_n) {
        // Without memory for all panels of B they are packed one at a time.
        size_t panels = (size_t)((n + tile_n - 1) / tile_n);
        float *packed = malloc(sizeof(float) * panels * tile_n * block_k);
        if (packed) {
            multiply_panels(transpose_a, transpose_b, m, n, k, alpha, a, lda, b, ldb, c, ldc, packed);
            free(packed);
            return;
        }
    }
    float packed[tile_n * block_k];
    for (long n0 = 0; n0 < n; n0 += tile_n) {
        const float *columns = transpose_b ? b + n0 * ldb : b + n0;
        multiply_panels(
            transpose_a, transpose_b, m, lesser(tile_n, n - n0), k, alpha, a, lda, columns, ldb,
            c + n0, ldc, packed);
    }
}
