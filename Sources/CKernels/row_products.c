#include <string.h>

#include "CKernels.h"
#include "vector.h"

// Products of rows with the rows of a weight as it is stored. The few rows are packed, the large
// weight is read once; every number is one sum in the order of its terms, whatever the number of
// rows, because each row has a lane of its own.

enum { lane_count = 16, most_panels = 4, most_columns = 12 };

static inline __attribute__((always_inline)) long lesser(long a, long b) { return a < b ? a : b; }

void lk_pack_rows(const float *x, long ldx, long m, long k, float *packed) {
    for (long m0 = 0; m0 < m; m0 += lane_count) {
        for (long lane = 0; lane < lane_count; lane++) {
            const float *row = x + (m0 + lane) * ldx;
            float *panel = packed + m0 * k + lane;
            if (m0 + lane < m) {
                for (long i = 0; i < k; i++) panel[i * lane_count] = row[i];
            } else {
                for (long i = 0; i < k; i++) panel[i * lane_count] = 0;
            }
        }
    }
}

/// Sums of one tile, [columns, panels, 16 rows]; both counts are constants where it is inlined.
static inline __attribute__((always_inline)) void multiply_tile(
    const float *restrict packed, long panels, const float *restrict w, long ldw, long columns,
    long k, float *restrict tile) {
    lanes sum[most_columns][most_panels] = {0};
    for (long i0 = 0; i0 < k; i0 += lane_count) {
        // The lines that the next tile begins with: the processor does not see them coming.
#pragma clang loop unroll(full)
        for (long c = 0; c < columns; c++) __builtin_prefetch(w + (columns + c) * ldw + i0);
        const long end = lesser(k, i0 + lane_count);
        for (long i = i0; i < end; i++) {
            lanes x[most_panels];
#pragma clang loop unroll(full)
            for (long p = 0; p < panels; p++) {
                x[p] = *(const lanes *)(packed + (p * k + i) * lane_count);
            }
#pragma clang loop unroll(full)
            for (long c = 0; c < columns; c++) {
#pragma clang loop unroll(full)
                for (long p = 0; p < panels; p++) sum[c][p] += w[c * ldw + i] * x[p];
            }
        }
    }
#pragma clang loop unroll(full)
    for (long c = 0; c < columns; c++) {
#pragma clang loop unroll(full)
        for (long p = 0; p < panels; p++) {
            memcpy(tile + (c * panels + p) * lane_count, &sum[c][p], sizeof(lanes));
        }
    }
}

/// The columns of a weight against one block of rows, `columns` of them at a time.
static inline __attribute__((always_inline)) void multiply_block(
    const float *packed, long rows, long panels, const float *w, long ldw, long n, long columns,
    long k, float alpha, float beta, float *y, long ldy) {
    float tile[most_columns * most_panels * lane_count];
    for (long n0 = 0; n0 < n; n0 += columns) {
        const long width = lesser(columns, n - n0);
        if (width == columns) {
            multiply_tile(packed, panels, w + n0 * ldw, ldw, columns, k, tile);
        } else {
            for (long c = 0; c < width; c++) {
                multiply_tile(
                    packed, panels, w + (n0 + c) * ldw, ldw, 1, k,
                    tile + c * panels * lane_count);
            }
        }
        for (long r = 0; r < rows; r++) {
            float *target = y + r * ldy + n0;
            for (long c = 0; c < width; c++) {
                const float sum = alpha * tile[c * panels * lane_count + r];
                target[c] = beta == 0 ? sum : sum + beta * target[c];
            }
        }
    }
}

VECTOR void lk_row_products(
    const float *packed, long m, const float *w, long ldw, long n, long k, float alpha, float beta,
    float *y, long ldy) {
    // A part of the weight stays in the second cache while the rows go by.
    const long part = lesser(n, 240);
    for (long n0 = 0; n0 < n; n0 += part) {
        const float *weight = w + n0 * ldw;
        const long width = lesser(part, n - n0);
        for (long m0 = 0; m0 < m; m0 += most_panels * lane_count) {
            const long rows = lesser(most_panels * lane_count, m - m0);
            const float *x = packed + m0 * k;
            float *target = y + m0 * ldy + n0;
            switch ((rows + lane_count - 1) / lane_count) {
            case 1:
                multiply_block(x, rows, 1, weight, ldw, width, 12, k, alpha, beta, target, ldy);
                break;
            case 2:
                multiply_block(x, rows, 2, weight, ldw, width, 12, k, alpha, beta, target, ldy);
                break;
            case 3:
                multiply_block(x, rows, 3, weight, ldw, width, 8, k, alpha, beta, target, ldy);
                break;
            default:
                multiply_block(x, rows, 4, weight, ldw, width, 6, k, alpha, beta, target, ldy);
            }
        }
    }
}
