#include "CKernels.h"
int lethe_placeholder(void) { return 0; }
