/* Runs as words on lines, for a terminal: each word knows its width and its colour. Private to this
 * folder. */
#ifndef DOCUMENT_WRAP_H
#define DOCUMENT_WRAP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/slice.h"
#include "base/text.h"
#include "document/runs.h"

#define ANSI_STRONG "\x1b[1m"
#define ANSI_FAINT "\x1b[3m"
#define ANSI_END "\x1b[0m"

struct wrap_word {
    struct slice words;
    int width;
    const char *colour; /* the ANSI sequence before it; NULL: plain */
    bool has_space;     /* a space before it, where it does not begin a line */
    bool has_break;     /* begins a line whatever fits */
};

struct wrap_line {
    struct wrap_word *words;
    size_t count;
    int width;
};

struct wrap {
    struct arena *arena;
    struct wrap_word *words;
    size_t count, room;
};

/* The words of the runs, all in the arena. */
struct wrap wrap_runs(struct arena *arena, const struct document_runs *runs);
/* Words of one colour, or NULL. */
struct wrap wrap_words(struct arena *arena, const char *words, const char *colour);
/* The width of the widest line when nothing wraps, and of the widest part that should not be cut.
 */
int wrap_widest(const struct wrap *wrap);
int wrap_least(const struct wrap *wrap);
/* Fits the words into lines of at most `width`; one line at least, perhaps empty. A part wider than
 * that is cut, after a hyphen or slash where there is one. */
struct wrap_line *wrap_lines(const struct wrap *wrap, int width, size_t *out_count);
/* Writes a line, without a line end; colours only when asked for. */
void wrap_print(const struct wrap_line *line, bool with_colour, struct text *out_text);

#endif
