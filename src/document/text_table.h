/* Tables on a terminal: aligned columns while they fit, else each row as a card of its own. Private
 * to this folder. */
#ifndef DOCUMENT_TEXT_TABLE_H
#define DOCUMENT_TEXT_TABLE_H

#include <stdbool.h>

#include "base/text.h"
#include "document/document.h"

/* What is being printed. */
struct printout {
    struct arena *scratch; /* emptied after each row and paragraph */
    struct text *text;
    int width;
    bool colour;
};

void printout_repeat(struct printout *printout, const char *mark, int count);
/* Lines wrapped to the width, the first behind `first`, the others behind as many spaces. */
void printout_wrap(struct printout *printout, const struct document_runs *runs, const char *first);
/* The same for plain words of one style, or NULL. */
void printout_wrap_words(struct printout *printout, const char *words, const char *style,
                         const char *first);
/* A table without its caption. */
void text_table_print(struct printout *printout, const struct document_table *table);

#endif
