#include <math.h>

#include "CKernels.h"
#include "vector.h"

VECTOR void lk_schedule_free(
    float *restrict y, const float *restrict g, float *restrict z, float *restrict v, long count,
    const lk_schedule_free_settings *settings) {
    const lk_schedule_free_settings s = *settings;
    float inverse2 = 1.0f / s.correction2;
    float y_step = s.learning_rate * (1.0f - s.beta1 * (1.0f - s.weight));
    for (long i = 0; i < count; i++) {
        float gradient = g[i] * s.gradient_scale;
        float second = s.beta2 * v[i] + (1.0f - s.beta2) * gradient * gradient;
        float direction =
            gradient / (sqrtf(second * inverse2) + s.epsilon) + s.weight_decay * y[i];
        v[i] = second;
        y[i] = y[i] + s.weight * (z[i] - y[i]) - y_step * direction;
        z[i] = z[i] - s.learning_rate * direction;
    }
}

VECTOR void lk_schedule_free_average(
    float *restrict y, const float *restrict z, float beta1, long count) {
    float away = (1.0f - beta1) / beta1;
    for (long i = 0; i < count; i++) y[i] = y[i] + away * (y[i] - z[i]);
}
