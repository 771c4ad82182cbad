int lethe_placeholder(void);
