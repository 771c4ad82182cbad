#include <math.h>

#include "CKernels.h"
#include "vector.h"

/// The largest element, and the log of the sum of exponentials of the differences to it.
static inline __attribute__((always_inline)) float log_sum_exp(
    const float *x, long v, float *largest) {
    REORDER
    float most = -INFINITY, sum = 0;
    for (long i = 0; i < v; i++) most = x[i] > most ? x[i] : most;
    for (long i = 0; i < v; i++) sum += fast_exp(x[i] - most);
    *largest = most;
    return logf(sum);
}

VECTOR void lk_cross_entropy(
    float *logits, const int32_t *targets, const float *weights, float *loss, long rows, long v) {
    for (long row = 0; row < rows; row++) {
        float *x = logits + row * v;
        float largest, log_sum = log_sum_exp(x, v, &largest);
        float weight = weights[row];
        loss[row] = largest - x[targets[row]] + log_sum;
        for (long i = 0; i < v; i++) x[i] = weight * fast_exp(x[i] - largest - log_sum);
        x[targets[row]] -= weight;
    }
}

VECTOR void lk_log_likelihood(
    const float *logits, const int32_t *targets, float *loss, int32_t *best, long rows, long v) {
    for (long row = 0; row < rows; row++) {
        const float *x = logits + row * v;
        float largest, log_sum = log_sum_exp(x, v, &largest);
        loss[row] = largest - x[targets[row]] + log_sum;
        best[row] = (int32_t)lk_argmax(x, v);
    }
}
