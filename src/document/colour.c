/* The colours, the strongest first. */
#include "document/colour.h"

#include <string.h>

#include "base/banned.h"

const struct document_colour document_colours[] = {
    { "dark-green", "#00703c", "#ffffff", "\x1b[97;48;5;22m" },
    { "green", "#cce2d8", "#003b20", "\x1b[30;48;5;114m" },
    { "amber", "#ffbf47", "#0b0c0c", "\x1b[30;48;5;214m" },
    { "light-red", "#f4cdc6", "#5c120a", "\x1b[30;48;5;217m" },
    { "dark-red", "#aa2a16", "#ffffff", "\x1b[97;48;5;124m" },
    { "red", "#c22a17", "#ffffff", "\x1b[97;48;5;160m" },
    { "blue", "#1d70b8", "#ffffff", "\x1b[97;48;5;25m" },
    { "grey", "#eeefef", "#0b0c0c", "\x1b[30;48;5;252m" },
};
const size_t document_colour_count = sizeof document_colours / sizeof *document_colours;

const struct document_colour *document_colour_named(const char *name)
{
    const struct document_colour *last = &document_colours[document_colour_count - 1];
    for (const struct document_colour *colour = document_colours; name && colour < last; colour++)
        if (strcmp(colour->name, name) == 0)
            return colour;
    return last;
}
