#include "CKernels.h"
#include "vector.h"

VECTOR void lk_rope(
    float *x, const int32_t *positions, const float *cosine, const float *sine, float sign,
    long rows, long heads, long size, long half) {
    for (long row = 0; row < rows; row++) {
        const float *c = cosine + (long)positions[row] * half;
        const float *s = sine + (long)positions[row] * half;
        for (long head = 0; head < heads; head++) {
            float *low = x + (row * heads + head) * size;
            float *high = low + half;
#pragma clang loop vectorize(assume_safety)
            for (long i = 0; i < half; i++) {
                float a = low[i], b = high[i], turn = sign * s[i];
                low[i] = a * c[i] - b * turn;
                high[i] = b * c[i] + a * turn;
            }
        }
    }
}
