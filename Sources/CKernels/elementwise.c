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

long lk_argmax(const float *x, long count) {
    long best = 0;
    for (long i = 1; i < count; i++) {
        if (x[i] > x[best]) best = i;
    }
    return best;
}
