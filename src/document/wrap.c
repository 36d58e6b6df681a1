/* Splitting runs into words and words into lines. Words of neighbouring runs without a space
 * between them stay together, as in "47.58%," after a figure. */
#include "document/wrap.h"

#include <string.h>

#include "base/arena.h"
#include "base/list.h"
#include "document/colour.h"
#include "document/words.h"

#include "base/banned.h"

enum { WRAP_FIRST_ROOM = 16, RATING_MOST = 1024 };

#define NO_BREAK_SPACE "\xc2\xa0"

static void word_add(struct wrap *wrap, struct wrap_word word)
{
    if (wrap->count == wrap->room) {
        size_t room = wrap->room ? 2 * wrap->room : WRAP_FIRST_ROOM;
        struct wrap_word *words = arena_array_of(wrap->arena, room, struct wrap_word);
        if (wrap->count)
            memcpy(words, wrap->words, wrap->count * sizeof *words);
        wrap->words = words;
        wrap->room = room;
    }
    word.width = words_width(word.words);
    wrap->words[wrap->count++] = word;
}

/* What the next word has before it. */
struct before {
    bool space, line;
};

/* Adds the words of `rest`, and leaves in `before` whether it ended in a space. */
static void words_add(struct wrap *wrap, struct slice rest, const char *colour,
                      struct before *before)
{
    while (rest.length > 0) {
        size_t length = 0;
        while (length < rest.length && rest.start[length] != ' ')
            length++;
        if (length > 0) {
            word_add(wrap, (struct wrap_word){ .words = slice_first(rest, length),
                                               .colour = colour,
                                               .has_space = before->space,
                                               .has_break = before->line });
            *before = (struct before){ 0 };
        }
        if (length < rest.length)
            before->space = true;
        rest = slice_from(rest, length + 1);
    }
}

static const char *severity_colour(enum document_severity severity)
{
    static const char *const names[DOCUMENT_SEVERITY_COUNT] = {
        [DOCUMENT_ERROR] = "dark-red",
        [DOCUMENT_WARNING] = "amber",
        [DOCUMENT_NOTE] = "blue",
    };
    return document_colour_named(names[severity])->terminal;
}

/* "HG (High Green)", which may part after the letters only. */
static void rating_add(struct wrap *wrap, const struct document_rating *rating,
                       struct before *before)
{
    const char *colour = document_colour_named(rating->colour)->terminal;
    bool has_letters = rating->letters && *rating->letters;
    struct text words = text_new(wrap->arena, RATING_MOST);
    struct slice rest = slice_of(rating->words), word;
    while (slice_word(&rest, &word)) {
        text_add(&words, words.length ? NO_BREAK_SPACE : has_letters ? "(" : "");
        text_add_slice(&words, word);
    }
    text_add(&words, words.length && has_letters ? ")" : "");
    words_add(wrap, slice_of(rating->letters), colour, before);
    before->space |= has_letters;
    words_add(wrap, text_slice(&words), colour, before);
    before->space &= words.length == 0;
}

/* An address is printed where it leads out of the document. */
static void link_add(struct wrap *wrap, const struct document_run *run, struct before *before)
{
    words_add(wrap, slice_of(run->text), NULL, before);
    bool leads_out = run->address[0] != '#' && run->address[0] != '/';
    if (leads_out && strcmp(run->address, run->text) != 0)
        words_add(wrap, slice_of(arena_format(wrap->arena, " <%s>", run->address)), NULL, before);
}

static void figure_add(struct wrap *wrap, const struct document_figure *figure,
                       struct before *before)
{
    words_add(wrap, slice_of(figure->text), NULL, before);
    if (figure->citation.is_revised_since)
        words_add(wrap,
                  slice_of(arena_format(wrap->arena, " (%s)",
                                        citation_print_revision(wrap->arena, &figure->citation))),
                  ANSI_STRONG, before);
}

static void run_add(struct wrap *wrap, const struct document_run *run, struct before *before)
{
    struct slice words = slice_of(run->text);
    switch (run->kind) {
    case DOCUMENT_RUN_BREAK:
        if (before->line) /* an empty line between two breaks */
            word_add(wrap, (struct wrap_word){ .words = SLICE(""), .has_break = true });
        *before = (struct before){ .line = true };
        break;
    case DOCUMENT_RUN_RATING:
        rating_add(wrap, &run->rating, before);
        break;
    case DOCUMENT_RUN_FINDING:
        words_add(
            wrap,
            slice_of(arena_format(wrap->arena, "%s:", document_severity_words(run->severity))),
            severity_colour(run->severity), before);
        before->space = true;
        words_add(wrap, words, NULL, before);
        break;
    case DOCUMENT_RUN_FIGURE:
        figure_add(wrap, run->figure, before);
        break;
    case DOCUMENT_RUN_LINK:
        link_add(wrap, run, before);
        break;
    case DOCUMENT_RUN_STRONG:
        words_add(wrap, words, ANSI_STRONG, before);
        break;
    case DOCUMENT_RUN_MISSING:
        words_add(wrap, words, ANSI_FAINT, before);
        break;
    case DOCUMENT_RUN_TEXT:
    case DOCUMENT_RUN_CODE:
    case DOCUMENT_RUN_DERIVED:
    case DOCUMENT_RUN_KIND_COUNT:
        words_add(wrap, words, NULL, before);
        break;
    }
}

struct wrap wrap_runs(struct arena *arena, const struct document_runs *runs)
{
    struct wrap wrap = { .arena = arena };
    struct before before = { 0 };
    for (const struct document_run *run = runs->first; run; run = run->next)
        run_add(&wrap, run, &before);
    return wrap;
}

struct wrap wrap_words(struct arena *arena, const char *words, const char *colour)
{
    struct wrap wrap = { .arena = arena };
    struct before before = { 0 };
    words_add(&wrap, slice_of(words), colour, &before);
    return wrap;
}

int wrap_widest(const struct wrap *wrap)
{
    int widest = 0, width = 0;
    for (size_t i = 0; i < wrap->count; i++) {
        const struct wrap_word *word = &wrap->words[i];
        width = word->has_break ? word->width : width + word->has_space + word->width;
        widest = width > widest ? width : widest;
    }
    return widest;
}

int wrap_least(const struct wrap *wrap)
{
    int widest = 0, width = 0;
    for (size_t i = 0; i < wrap->count; i++) {
        const struct wrap_word *word = &wrap->words[i];
        width = word->has_break || word->has_space ? word->width : width + word->width;
        widest = width > widest ? width : widest;
    }
    return widest;
}

static void line_end(struct wrap_line *line, struct list *lines, struct arena *arena)
{
    struct wrap_line *copy = arena_new_of(arena, struct wrap_line);
    *copy = *line;
    list_add(arena, lines, copy);
    *line = (struct wrap_line){ .words = line->words + line->count };
}

static void line_add(struct wrap_line *line, struct wrap_word word)
{
    if (line->count == 0)
        word.has_space = false;
    line->width += word.width + word.has_space;
    line->words[line->count++] = word;
}

/* Where to cut a part that is too wide: after the last hyphen or slash that fits, else anywhere. */
static size_t cut_at(struct slice words, int width)
{
    size_t fits = words_fit(words, width);
    for (size_t i = fits; i > 1; i--)
        if (strchr("-/_,", words.start[i - 1]))
            return i;
    return fits;
}

/* The words from `from` that hang together. */
static size_t chunk_end(const struct wrap *wrap, size_t from, int *out_width)
{
    size_t end = from;
    *out_width = 0;
    do
        *out_width += wrap->words[end++].width;
    while (end < wrap->count && !wrap->words[end].has_space && !wrap->words[end].has_break);
    return end;
}

/* Lines are being filled; `pieces` is room for the words of all of them. */
struct filling {
    struct arena *arena;
    struct list lines;
    struct wrap_line line;
    int width;
};

static void fill_cut(struct filling *filling, struct wrap_word word)
{
    word.has_space &= filling->line.count > 0;
    while (filling->line.width + word.has_space + word.width > filling->width) {
        int room = filling->width - filling->line.width - word.has_space;
        if (room < 1) {
            line_end(&filling->line, &filling->lines, filling->arena);
            word.has_space = false;
            continue;
        }
        struct wrap_word start = word;
        start.words = slice_first(word.words, cut_at(word.words, room));
        start.width = words_width(start.words);
        line_add(&filling->line, start);
        if (start.words.length == word.words.length)
            return;
        line_end(&filling->line, &filling->lines, filling->arena);
        word.words = slice_from(word.words, start.words.length);
        word.width = words_width(word.words);
        word.has_space = false;
    }
    line_add(&filling->line, word);
}

struct wrap_line *wrap_lines(const struct wrap *wrap, int width, size_t *out_count)
{
    size_t pieces = wrap->count + 1;
    for (size_t i = 0; i < wrap->count; i++)
        pieces += wrap->words[i].words.length; /* cut to single characters at worst */
    struct filling filling = { .arena = wrap->arena, .width = width < 1 ? 1 : width };
    filling.line.words = arena_array_of(wrap->arena, pieces, struct wrap_word);
    for (size_t i = 0; i < wrap->count;) {
        int chunk = 0;
        size_t end = chunk_end(wrap, i, &chunk);
        const struct wrap_word *first = &wrap->words[i];
        bool fits = filling.line.width + first->has_space + chunk <= filling.width;
        if (first->has_break || (!fits && filling.line.count > 0))
            line_end(&filling.line, &filling.lines, wrap->arena);
        for (; i < end; i++)
            fill_cut(&filling, wrap->words[i]);
    }
    line_end(&filling.line, &filling.lines, wrap->arena);
    struct wrap_line *lines = arena_array_of(wrap->arena, filling.lines.count, struct wrap_line);
    for (size_t i = 0; i < filling.lines.count; i++)
        lines[i] = *(struct wrap_line *)filling.lines.items[i];
    *out_count = filling.lines.count;
    return lines;
}

void wrap_print(const struct wrap_line *line, bool with_colour, struct text *out_text)
{
    const char *colour = NULL;
    for (size_t i = 0; i < line->count; i++) {
        const struct wrap_word *word = &line->words[i];
        bool changes = with_colour && word->colour != colour;
        if (changes && colour)
            text_add(out_text, ANSI_END);
        if (word->has_space)
            text_add_character(out_text, ' ');
        if (changes && word->colour)
            text_add(out_text, word->colour);
        text_add_slice(out_text, word->words);
        colour = word->colour;
    }
    if (with_colour && colour)
        text_add(out_text, ANSI_END);
}
