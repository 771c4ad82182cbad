#include <math.h>

#include "CKernels.h"
#include "vector.h"

VECTOR void lk_rms_norm(
    const float *restrict x, const float *restrict gain, float offset, float *restrict y,
    float *restrict rstd, long rows, long c, float epsilon) {
    for (long row = 0; row < rows; row++) {
        const float *in = x + row * c;
        float *out = y + row * c;
        float sum = 0;
        {
            REORDER
            for (long i = 0; i < c; i++) sum += in[i] * in[i];
        }
        float scale = 1.0f / sqrtf(sum / (float)c + epsilon);
        rstd[row] = scale;
        for (long i = 0; i < c; i++) out[i] = in[i] * scale * (offset + gain[i]);
    }
}

VECTOR void lk_rms_norm_backward(
    const float *restrict dy, const float *restrict x, const float *restrict gain, float offset,
    const float *restrict rstd, float *restrict dx, bool accumulate, float *restrict dgain,
    long rows, long c) {
    for (long row = 0; row < rows; row++) {
        const float *in = x + row * c;
        const float *dout = dy + row * c;
        float *din = dx + row * c;
        float scale = rstd[row];
        float dot = 0;
        {
            REORDER
            for (long i = 0; i < c; i++) dot += dout[i] * (offset + gain[i]) * in[i];
        }
        float pull = dot * scale * scale * scale / (float)c;
        if (accumulate) {
            for (long i = 0; i < c; i++) {
                din[i] += dout[i] * (offset + gain[i]) * scale - in[i] * pull;
            }
        } else {
            for (long i = 0; i < c; i++) {
                din[i] = dout[i] * (offset + gain[i]) * scale - in[i] * pull;
            }
        }
        if (dgain) {
            for (long i = 0; i < c; i++) dgain[i] += dout[i] * in[i] * scale;
        }
    }
}

VECTOR void lk_layer_norm(
    const float *restrict x, const float *restrict gain, const float *restrict bias,
    float *restrict y, float *restrict mean, float *restrict rstd, long rows, long c,
    float epsilon) {
    for (long row = 0; row < rows; row++) {
        const float *in = x + row * c;
        float *out = y + row * c;
        float sum = 0, squares = 0;
        {
            REORDER
            for (long i = 0; i < c; i++) sum += in[i];
        }
        float middle = sum / (float)c;
        {
            REORDER
            for (long i = 0; i < c; i++) squares += (in[i] - middle) * (in[i] - middle);
        }
        float scale = 1.0f / sqrtf(squares / (float)c + epsilon);
        mean[row] = middle;
        rstd[row] = scale;
        for (long i = 0; i < c; i++) out[i] = (in[i] - middle) * scale * gain[i] + bias[i];
    }
}

VECTOR void lk_layer_norm_backward(
    const float *restrict dy, const float *restrict x, const float *restrict gain,
    const float *restrict mean, const float *restrict rstd, float *restrict dx, bool accumulate,
    float *restrict dgain, float *restrict dbias, long rows, long c) {
    for (long row = 0; row < rows; row++) {
        const float *in = x + row * c;
        const float *dout = dy + row * c;
        float *din = dx + row * c;
        float scale = rstd[row], middle = mean[row];
        float sum = 0, dot = 0;
        {
            REORDER
            for (long i = 0; i < c; i++) {
                sum += dout[i] * gain[i];
                dot += dout[i] * gain[i] * (in[i] - middle) * scale;
            }
        }
        sum /= (float)c;
        dot /= (float)c;
        for (long i = 0; i < c; i++) {
            float slope = (dout[i] * gain[i] - sum - (in[i] - middle) * scale * dot) * scale;
            din[i] = accumulate ? din[i] + slope : slope;
        }
        if (dgain) {
            for (long i = 0; i < c; i++) dgain[i] += dout[i] * (in[i] - middle) * scale;
        }
        if (dbias) {
            for (long i = 0; i < c; i++) dbias[i] += dout[i];
        }
    }
}
