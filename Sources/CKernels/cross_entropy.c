#include <math.h>

#include "CKernels.h"
#include "vector.h"

/// Log of the sum of exponentials, and the largest element.
static inline __attribute__((always_inline)) float log_sum_exp(const float *x, long v) {
    REORDER
    float largest = -INFINITY, sum = 0;
    for (long i = 0; i < v; i++) largest = x[i] > largest ? x[i] : largest;
    for (long i = 0; i < v; i++) sum += fast_exp(x[i] - largest);
    return largest + logf(sum);
}

VECTOR void lk_cross_entropy(
    float *logits, const int32_t *targets, const float *weights, float *loss, long rows, long v) {
    for (long row = 0; row < rows; row++) {
        float *x = logits + row * v;
        float lse = log_sum_exp(x, v);
        float weight = weights[row];
        loss[row] = lse - x[targets[row]];
        for (long i = 0; i < v; i++) x[i] = weight * fast_exp(x[i] - lse);
        x[targets[row]] -= weight;
    }
}

VECTOR void lk_log_likelihood(
    const float *logits, const int32_t *targets, float *loss, int32_t *best, long rows, long v) {
    for (long row = 0; row < rows; row++) {
        const float *x = logits + row * v;
        loss[row] = log_sum_exp(x, v) - x[targets[row]];
        best[row] = (int32_t)lk_argmax(x, v);
    }
}
