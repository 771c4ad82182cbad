#include "CKernels.h"
#include "vector.h"

VECTOR void lk_lion(
    float *restrict w, const float *restrict g, float *restrict m, long count,
    const lk_lion_settings *settings) {
    const lk_lion_settings s = *settings;
    float kept = 1.0f - s.decay;
    for (long i = 0; i < count; i++) {
        float gradient = g[i] * s.gradient_scale;
        float blend = s.beta1 * m[i] + (1.0f - s.beta1) * gradient;
        float step = blend > 0.0f ? s.learning_rate : (blend < 0.0f ? -s.learning_rate : 0.0f);
        m[i] = s.beta2 * m[i] + (1.0f - s.beta2) * gradient;
        w[i] = w[i] * kept - step;
    }
}
