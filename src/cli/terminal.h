/* What the program can find out of the terminal that it prints on. */
#ifndef CLI_TERMINAL_H
#define CLI_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>

/* Characters in a line: the terminal's, from 40 to 100; 80 when the output is no terminal. */
size_t terminal_width(void);
/* True on a terminal that shows colours, unless NO_COLOR is set. */
bool terminal_has_colour(void);

#endif
