#include <math.h>

#include "CKernels.h"
#include "vector.h"

static inline __attribute__((always_inline)) long minimum(long a, long b) { return a < b ? a : b; }
static inline __attribute__((always_inline)) long maximum(long a, long b) { return a > b ? a : b; }

VECTOR void lk_causal_softmax(
    float *scores, long rows, long columns, long ld, long first_begin, long first_end, float scale,
    float *lse, long lse_stride) {
    for (long row = 0; row < rows; row++) {
        long begin = maximum(first_begin + row, 0), end = minimum(first_end + row, columns);
        float *s = scores + row * ld + begin;
        long length = end - begin;
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
        for (long i = -begin; i < 0; i++) s[i] = 0;
        for (long i = length; i < columns - begin; i++) s[i] = 0;
        lse[row * lse_stride] = largest * scale + logf(sum);
    }
}

VECTOR void lk_causal_probabilities(
    float *scores, long rows, long columns, long ld, long first_begin, long first_end, float scale,
    const float *lse, long lse_stride) {
    for (long row = 0; row < rows; row++) {
        long begin = maximum(first_begin + row, 0), end = minimum(first_end + row, columns);
        float *s = scores + row * ld + begin;
        long length = end - begin;
        float shift = lse[row * lse_stride];
        for (long i = 0; i < length; i++) s[i] = fast_exp(s[i] * scale - shift);
        for (long i = -begin; i < 0; i++) s[i] = 0;
        for (long i = length; i < columns - begin; i++) s[i] = 0;
    }
}

/// tanh(x) by the nearer of two forms, so that small arguments keep their digits.
static inline __attribute__((always_inline)) float fast_tanh(float x) {
    float square = x * x;
    float power = fast_exp(2.0f * x);
    float far = 1.0f - 2.0f / (power + 1.0f);
    float near = x * (1.0f - square * (0.33333333f - square * (0.13333333f - square * 0.053968254f)));
    return square < 0.01f ? near : far;
}

VECTOR void lk_soft_cap(float *x, float scale, float cap, float *slope, long count) {
    float inverse = scale / cap;
    if (slope) {
        for (long i = 0; i < count; i++) {
            float t = fast_tanh(x[i] * inverse);
            x[i] = cap * t;
            slope[i] = scale * (1.0f - t * t);
        }
    } else {
        for (long i = 0; i < count; i++) x[i] = cap * fast_tanh(x[i] * inverse);
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
