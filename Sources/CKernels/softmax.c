#include <math.h>

#include "CKernels.h"
#include "vector.h"

static inline __attribute__((always_inline)) long minimum(long a, long b) { return a < b ? a : b; }

VECTOR void lk_causal_softmax(
    float *scores, long rows, long columns, long ld, long first_length, float scale, float *lse,
    long lse_stride) {
    for (long row = 0; row < rows; row++) {
        float *s = scores + row * ld;
        long length = minimum(first_length + row, columns);
        float largest = -INFINITY, sum = 0;
        {
            REORDER
            for (long i = 0; i < length; i++) largest = s[i] > largest ? s[i] : largest;
            for (long i = 0; i < length; i++) {
                s[i] = fast_exp((s[i] - largest) * scale);
                sum += s[i];
            }
        }
        float inverse = 1.0f / sum;
        for (long i = 0; i < length; i++) s[i] *= inverse;
        for (long i = length; i < columns; i++) s[i] = 0;
        lse[row * lse_stride] = largest * scale + logf(sum);
    }
}

VECTOR void lk_causal_probabilities(
    float *scores, long rows, long columns, long ld, long first_length, float scale,
    const float *lse, long lse_stride) {
    for (long row = 0; row < rows; row++) {
        float *s = scores + row * ld;
        long length = minimum(first_length + row, columns);
        float shift = lse[row * lse_stride];
        for (long i = 0; i < length; i++) s[i] = fast_exp(s[i] * scale - shift);
        for (long i = length; i < columns; i++) s[i] = 0;
    }
}

VECTOR void lk_softmax_backward(
    const float *p, float *dp, const float *dout, const float *out, long rows, long columns,
    long ld, long size, long ldo, float scale) {
    for (long row = 0; row < rows; row++) {
        const float *restrict probability = p + row * ld;
        float *restrict gradient = dp + row * ld;
        float dot = 0;
        {
            REORDER
            for (long i = 0; i < size; i++) dot += dout[row * ldo + i] * out[row * ldo + i];
        }
        for (long i = 0; i < columns; i++) {
            gradient[i] = probability[i] * (gradient[i] - dot) * scale;
        }
    }
}
