#ifndef LETHE_BLAS_H
#define LETHE_BLAS_H

/// A symbol of the library that gave the BLAS, under its plain name or SciPy's; NULL without one.
void *lk_blas_symbol(const char *symbol);

#endif
