#include <string.h>

#include "CKernels.h"
#include "vector.h"

// Products of query rows with one page of a cache. Keys lie with their positions side by side and
// values row by row, so that both products are sums of whole vectors in the order of their terms:
// the bits of a row do not depend on which rows are computed with it.

enum { lane_count = 16, tile_rows = 6, page = lk_page_tokens };
_Static_assert(page == 2 * lane_count, "a page is two vectors of keys");

/// Scores of a few rows, whose number is a constant where it is inlined.
static inline __attribute__((always_inline)) void score_tile(
    const float *restrict q, long rows, const float *restrict keys, long size,
    float *restrict scores, long ld) {
    lanes low[tile_rows] = {0}, high[tile_rows] = {0};
    for (long d = 0; d < size; d++) {
        const lanes first = *(const lanes *)(keys + d * page);
        const lanes second = *(const lanes *)(keys + d * page + lane_count);
#pragma clang loop unroll(full)
        for (long r = 0; r < rows; r++) {
            low[r] += q[r * size + d] * first;
            high[r] += q[r * size + d] * second;
        }
    }
#pragma clang loop unroll(full)
    for (long r = 0; r < rows; r++) {
        memcpy(scores + r * ld, &low[r], sizeof(lanes));
        memcpy(scores + r * ld + lane_count, &high[r], sizeof(lanes));
    }
}

VECTOR void lk_page_scores(
    const float *q, long rows, const float *keys, long size, float *scores, long ld) {
    for (; rows >= tile_rows; rows -= tile_rows) {
        score_tile(q, tile_rows, keys, size, scores, ld);
        q += tile_rows * size;
        scores += tile_rows * ld;
    }
    switch (rows) {
    case 1: score_tile(q, 1, keys, size, scores, ld); break;
    case 2: score_tile(q, 2, keys, size, scores, ld); break;
    case 3: score_tile(q, 3, keys, size, scores, ld); break;
    case 4: score_tile(q, 4, keys, size, scores, ld); break;
    case 5: score_tile(q, 5, keys, size, scores, ld); break;
    default: break;
    }
}

/// Adds `vectors` times 16 columns of the values to a few rows; both numbers are constants where it
/// is inlined.
static inline __attribute__((always_inline)) void mix_tile(
    const float *restrict weights, long ld, long rows, const float *restrict values, long count,
    long size, long vectors, float *restrict out) {
    lanes sum[tile_rows][4];
#pragma clang loop unroll(full)
    for (long r = 0; r < rows; r++) {
        memcpy(sum[r], out + r * size, (size_t)vectors * sizeof(lanes));
    }
    for (long j = 0; j < count; j++) {
        lanes value[4];
#pragma clang loop unroll(full)
        for (long v = 0; v < vectors; v++) {
            value[v] = *(const lanes *)(values + j * size + v * lane_count);
        }
#pragma clang loop unroll(full)
        for (long r = 0; r < rows; r++) {
#pragma clang loop unroll(full)
            for (long v = 0; v < vectors; v++) sum[r][v] += weights[r * ld + j] * value[v];
        }
    }
#pragma clang loop unroll(full)
    for (long r = 0; r < rows; r++) {
        memcpy(out + r * size, sum[r], (size_t)vectors * sizeof(lanes));
    }
}

/// All columns of a few rows: by four vectors, by one, and what is left one by one.
static inline __attribute__((always_inline)) void mix_rows(
    const float *restrict weights, long ld, long rows, const float *restrict values, long count,
    long size, float *restrict out) {
    long d = 0;
    for (; d + 4 * lane_count <= size; d += 4 * lane_count) {
        mix_tile(weights, ld, rows, values + d, count, size, 4, out + d);
    }
    for (; d + lane_count <= size; d += lane_count) {
        mix_tile(weights, ld, rows, values + d, count, size, 1, out + d);
    }
    for (; d < size; d++) {
        for (long r = 0; r < rows; r++) {
            float sum = out[r * size + d];
            for (long j = 0; j < count; j++) sum += weights[r * ld + j] * values[j * size + d];
            out[r * size + d] = sum;
        }
    }
}

VECTOR void lk_page_mix(
    const float *weights, long ld, long rows, const float *values, long count, long size,
    float *out) {
    for (; rows >= tile_rows; rows -= tile_rows) {
        mix_rows(weights, ld, tile_rows, values, count, size, out);
        weights += tile_rows * ld;
        out += tile_rows * size;
    }
    switch (rows) {
    case 1: mix_rows(weights, ld, 1, values, count, size, out); break;
    case 2: mix_rows(weights, ld, 2, values, count, size, out); break;
    case 3: mix_rows(weights, ld, 3, values, count, size, out); break;
    case 4: mix_rows(weights, ld, 4, values, count, size, out); break;
    case 5: mix_rows(weights, ld, 5, values, count, size, out); break;
    default: break;
    }
}
