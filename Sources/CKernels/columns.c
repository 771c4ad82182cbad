#include "CKernels.h"
#include "vector.h"

VECTOR void lk_scale_columns(
    const float *restrict x, const float *restrict factors, float *restrict y, long rows, long c) {
    for (long i = 0; i < rows; i++) {
        for (long j = 0; j < c; j++) y[i * c + j] = x[i * c + j] * factors[j];
    }
}

VECTOR void lk_accumulate_scaled_columns(
    const float *restrict x, const float *restrict factors, float *restrict y, long rows, long c) {
    for (long i = 0; i < rows; i++) {
        for (long j = 0; j < c; j++) y[i * c + j] += x[i * c + j] * factors[j];
    }
}

VECTOR void lk_column_products(
    const float *restrict x, const float *restrict y, float *restrict sums, long rows, long c,
    long stride) {
    for (long j = 0; j < c; j++) sums[j] = 0;
    for (long i = 0; i < rows; i++) {
        for (long j = 0; j < c; j++) sums[j] += x[i * stride + j] * y[i * stride + j];
    }
}

VECTOR void lk_route_columns(
    const float *restrict x, long x_columns, float *restrict y, long y_columns,
    const lk_column_run *restrict runs, long count, long rows) {
    for (long i = 0; i < rows; i++) {
        for (long r = 0; r < count; r++) {
            const float *from = x + i * x_columns + runs[r].source;
            float *to = y + i * y_columns + runs[r].target;
            for (long j = 0; j < runs[r].length; j++) to[j] += from[j];
        }
    }
}

VECTOR void lk_add_row(float *restrict y, const float *restrict row, long rows, long c) {
    for (long i = 0; i < rows; i++) {
        for (long j = 0; j < c; j++) y[i * c + j] += row[j];
    }
}

VECTOR void lk_add_column_sums(
    const float *restrict x, float *restrict sums, long rows, long c, long stride) {
    for (long i = 0; i < rows; i++) {
        for (long j = 0; j < c; j++) sums[j] += x[i * stride + j];
    }
}
