#include "CNcurses.h"
int lethe_ncurses_placeholder(void) { return 0; }
