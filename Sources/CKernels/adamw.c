#include <math.h>

#include "CKernels.h"
#include "vector.h"

VECTOR void lk_adamw(
    float *restrict w, const float *restrict g, float *restrict m, float *restrict v, long count,
    const lk_adamw_settings *settings) {
    const lk_adamw_settings s = *settings;
    float kept = 1.0f - s.decay;
    float step = s.learning_rate / s.correction1;
    float inverse2 = 1.0f / s.correction2;
    for (long i = 0; i < count; i++) {
        float gradient = g[i] * s.gradient_scale;
        float first = s.beta1 * m[i] + (1.0f - s.beta1) * gradient;
        float second = s.beta2 * v[i] + (1.0f - s.beta2) * gradient * gradient;
        m[i] = first;
        v[i] = second;
        w[i] = w[i] * kept - step * first / (sqrtf(second * inverse2) + s.epsilon);
    }
}
