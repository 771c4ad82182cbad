#include <math.h>

#include "CKernels.h"
#include "vector.h"

VECTOR void lk_axpy(float *restrict y, const float *restrict x, float a, long count) {
    for (long i = 0; i < count; i++) y[i] += a * x[i];
}

VECTOR void lk_scale(float *y, float a, long count) {
    for (long i = 0; i < count; i++) y[i] *= a;
}

VECTOR void lk_swiglu(
    const float *restrict gate, const float *restrict up, float *restrict out, long count) {
    for (long i = 0; i < count; i++) out[i] = gate[i] / (1.0f + fast_exp(-gate[i])) * up[i];
}

VECTOR void lk_swiglu_backward(
    const float *restrict dout, const float *gate, const float *up, float *dgate, float *dup,
    long count) {
#pragma clang loop vectorize(assume_safety)
    for (long i = 0; i < count; i++) {
        float g = gate[i], u = up[i], d = dout[i];
        float sigmoid = 1.0f / (1.0f + fast_exp(-g));
        float silu = g * sigmoid;
        dup[i] = d * silu;
        dgate[i] = d * u * (sigmoid + silu * (1.0f - sigmoid));
    }
}

// x * sigmoid(2 z) with z = sqrt(2/pi) (x + 0.044715 x^3), for 1 + tanh(z) = 2 sigmoid(2 z).
static inline __attribute__((always_inline)) float gelu_tanh(float x, float *slope) {
    float z2 = 1.5957691216f * (x + 0.044715f * x * x * x);
    float sigmoid = 1.0f / (1.0f + fast_exp(-z2));
    *slope = sigmoid
        + x * sigmoid * (1.0f - sigmoid) * 1.5957691216f * (1.0f + 0.134145f * x * x);
    return x * sigmoid;
}

VECTOR void lk_gelu_tanh(const float *restrict x, float *restrict y, float *restrict slope, long count) {
    for (long i = 0; i < count; i++) {
        float derivative;
        y[i] = gelu_tanh(x[i], &derivative);
        slope[i] = derivative;
    }
}

// x * Phi(x), Phi the normal distribution, by the library's error function.
void lk_gelu(const float *restrict x, float *restrict y, float *restrict slope, long count) {
    for (long i = 0; i < count; i++) {
        float below = 0.5f * (1.0f + erff(x[i] * 0.70710678f));
        y[i] = x[i] * below;
        slope[i] = below + x[i] * 0.39894228f * expf(-0.5f * x[i] * x[i]);
    }
}

VECTOR void lk_silu(const float *restrict x, float *restrict y, float *restrict slope, long count) {
    for (long i = 0; i < count; i++) {
        float sigmoid = 1.0f / (1.0f + fast_exp(-x[i]));
        float silu = x[i] * sigmoid;
        y[i] = silu;
        slope[i] = sigmoid + silu * (1.0f - sigmoid);
    }
}

VECTOR void lk_multiply(float *restrict y, const float *restrict x, long count) {
    for (long i = 0; i < count; i++) y[i] *= x[i];
}

/// A 32-bit hash of a counter (the finaliser of MurmurHash3 twice, with the seed's halves mixed in).
static inline __attribute__((always_inline)) uint32_t counter_hash(
    uint32_t counter, uint32_t low, uint32_t high) {
    uint32_t h = counter ^ low;
    h = (h ^ (h >> 16)) * 0x85ebca6bu;
    h = (h ^ (h >> 13)) * 0xc2b2ae35u;
    h = (h ^ (h >> 16)) + high;
    h = (h ^ (h >> 16)) * 0x85ebca6bu;
    h = (h ^ (h >> 13)) * 0xc2b2ae35u;
    return h ^ (h >> 16);
}

VECTOR void lk_dropout(
    const float *restrict x, float *restrict y, float keep, uint64_t seed, uint64_t first,
    bool accumulate, long count) {
    uint32_t low = (uint32_t)seed ^ (uint32_t)(first >> 32), high = (uint32_t)(seed >> 32);
    uint32_t start = (uint32_t)first;
    uint32_t limit = (uint32_t)((double)keep * 4294967295.0);
    float scale = 1.0f / keep;
    for (long i = 0; i < count; i++) {
        float kept = counter_hash(start + (uint32_t)i, low, high) <= limit ? x[i] * scale : 0.0f;
        y[i] = accumulate ? y[i] + kept : kept;
    }
}

VECTOR double lk_sum_squares(const float *x, long count) {
    REORDER
    double sum = 0;
    for (long i = 0; i < count; i++) sum += (double)x[i] * (double)x[i];
    return sum;
}

VECTOR long lk_argmax(const float *x, long count) {
    float largest = x[0];
    {
        REORDER
        for (long i = 1; i < count; i++) largest = x[i] > largest ? x[i] : largest;
    }
    for (long i = 0; i < count; i++) {
        if (x[i] == largest) return i;
    }
    return 0;
}

VECTOR void lk_exp(const float *x, float shift, float divisor, float *y, long count) {
    for (long i = 0; i < count; i++) y[i] = fast_exp((x[i] - shift) / divisor);
}
