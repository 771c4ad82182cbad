#ifndef LETHE_VECTOR_H
#define LETHE_VECTOR_H

#include <stdint.h>
#include <string.h>

// One function body compiled for several instruction sets, chosen when the program loads.
#if defined(__x86_64__)
#define VECTOR __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define VECTOR
#endif

// Lets the one loop that follows reorder its sums; NaN and infinity keep their meaning.
#define REORDER _Pragma("clang fp reassociate(on) contract(fast)")

/// Sixteen floats that the compiler keeps in as many registers as the instruction set needs.
typedef float lanes __attribute__((vector_size(64), aligned(4)));

/// e^x within 2 ulp, by 2^n * p(r), |r| <= ln2/2; branch-free, so loops over it vectorise.
/// Arguments below -87.3 give 0, above 88.37 infinity.
static inline __attribute__((always_inline)) float fast_exp(float x) {
    const float magic = 12582912.0f;  // 1.5 * 2^23: adding it rounds to an integer
    float bounded = x < -87.3f ? -87.3f : (x > 88.37f ? 88.37f : x);
    float shifted = bounded * 1.44269504089f + magic;
    float n = shifted - magic;
    float r = bounded - n * 0.693359375f;
    r = r + n * 2.12194440e-4f;
    float p = 1.9875691500e-4f;
    p = p * r + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    p = p * r * r + r + 1.0f;
    uint32_t bits;  // the low bits of `shifted` are n
    memcpy(&bits, &shifted, sizeof bits);
    bits = (bits + 127) << 23;
    float power;
    memcpy(&power, &bits, sizeof power);
    float y = p * power;
    y = x < -87.3f ? 0.0f : y;
    y = x > 88.37f ? __builtin_inff() : y;
    return x != x ? x : y;
}

#endif
