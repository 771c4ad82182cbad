int lethe_ncurses_placeholder(void);
