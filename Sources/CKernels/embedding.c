#include <string.h>

#include "CKernels.h"
#include "vector.h"

void lk_gather_rows(const float *table, const int32_t *indices, float *y, long rows, long c) {
    for (long row = 0; row < rows; row++) {
        memcpy(y + row * c, table + (long)indices[row] * c, (size_t)c * sizeof(float));
    }
}

void lk_scatter_add_rows(
    float *table, const int32_t *indices, const float *y, float scale, long rows, long c) {
    for (long row = 0; row < rows; row++) {
        lk_axpy(table + (long)indices[row] * c, y + row * c, scale, c);
    }
}
