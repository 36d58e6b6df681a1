#include "attack/published.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "base/banned.h"

enum { NAME_BYTES = 4096, FIRST_ROOM = 64 };

static uint64_t mix(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ (hash >> 29);
}

/* Words by number and numbers by word; open addressing, twice as many places as words. */
struct words_table {
    struct slice *words;
    int32_t count, room;
    int32_t *places; /* number + 1, or 0 */
};

static uint64_t word_hash(struct slice word)
{
    uint64_t hash = word.length;
    for (size_t i = 0; i < word.length; i++)
        hash = mix(hash, (unsigned char)word.start[i]);
    return hash;
}

static int32_t *word_place(const struct words_table *words, struct slice word)
{
    size_t mask = 2 * (size_t)words->room - 1, at = word_hash(word) & mask;
    while (words->places[at] && !slice_equal(words->words[words->places[at] - 1], word))
        at = (at + 1) & mask;
    return &words->places[at];
}

static void words_grow(struct arena *arena, struct words_table *words)
{
    int32_t room = words->room ? 2 * words->room : FIRST_ROOM;
    struct slice *larger = arena_array_of(arena, (size_t)room, struct slice);
    if (words->count)
        memcpy(larger, words->words, (size_t)words->count * sizeof *larger);
    words->words = larger;
    words->room = room;
    words->places = arena_array_of(arena, 2 * (size_t)room, int32_t);
    for (int32_t i = 0; i < words->count; i++)
        *word_place(words, words->words[i]) = i + 1;
}

struct published published_new(struct arena *arena)
{
    struct published published = { .arena = arena,
                                   .words = arena_new_of(arena, struct words_table) };
    words_grow(arena, published.words);
    return published;
}

int32_t published_word(struct published *published, struct slice word)
{
    struct words_table *words = published->words;
    int32_t *place = word_place(words, word);
    if (*place)
        return *place - 1;
    if (words->count == words->room) {
        words_grow(published->arena, words);
        place = word_place(words, word);
    }
    words->words[words->count] = slice_of(slice_copy(published->arena, word));
    *place = ++words->count;
    return words->count - 1;
}

const char *published_word_of(const struct published *published, int32_t number)
{
    return number < 0 ? "" : published->words->words[number].start;
}

void published_add_table(struct published *published)
{
    published->table_count++;
}

void published_add_cell(struct published *published, const struct published_cell *cell)
{
    if (published->cell_count == published->cell_room) {
        published->cell_room = published->cell_room ? 2 * published->cell_room : FIRST_ROOM;
        struct published_cell *larger = arena_take_raw(published->arena,
                                                       published->cell_room * sizeof *larger);
        if (published->cell_count)
            memcpy(larger, published->cells, published->cell_count * sizeof *larger);
        published->cells = larger;
    }
    struct published_cell *own = &published->cells[published->cell_count++];
    *own = *cell;
    own->table = published->table_count - 1;
    for (int32_t i = 1; i < own->category_count; i++)
        for (int32_t j = i; j > 0 && own->categories[j - 1].variable > own->categories[j].variable;
             j--) {
            struct category swapped = own->categories[j];
            own->categories[j] = own->categories[j - 1];
            own->categories[j - 1] = swapped;
        }
}

void published_add_nesting(struct published *published, const struct published_nesting *nesting)
{
    if (published->nesting_count == published->nesting_room) {
        published->nesting_room = published->nesting_room ? 2 * published->nesting_room
                                                          : FIRST_ROOM;
        struct published_nesting *larger = arena_take_raw(published->arena,
                                                          published->nesting_room * sizeof *larger);
        if (published->nesting_count)
            memcpy(larger, published->nestings, published->nesting_count * sizeof *larger);
        published->nestings = larger;
    }
    published->nestings[published->nesting_count++] = *nesting;
}

const char *published_name(const struct published *published, struct arena *arena,
                           const struct published_cell *cell)
{
    struct text text = text_new(arena, NAME_BYTES);
    if (cell->population >= 0)
        text_add_format(&text, "%s, ", published_word_of(published, cell->population));
    if (cell->period >= 0)
        text_add_format(&text, "%s, ", published_word_of(published, cell->period));
    if (text.length) {
        text_cut(&text, text.length - 2);
        text_add(&text, ": ");
    }
    if (cell->category_count == 0)
        text_add(&text, "all");
    for (int32_t i = 0; i < cell->category_count; i++)
        text_add_format(&text, "%s%s %s", i ? ", " : "",
                        published_word_of(published, cell->categories[i].variable),
                        published_word_of(published, cell->categories[i].label));
    return text.bytes;
}

static int64_t larger_of(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static bool set_figure(struct published_cell *cell, enum cell_state state, int64_t least,
                       int64_t most)
{
    cell->state = state;
    cell->least = least;
    cell->most = most;
    return least <= most;
}

/* What stands where a figure is hidden. "-" and ".." mean other things with some publishers; the
 * cautious reading is that something is hidden. */
static bool is_hidden_mark(struct slice figure)
{
    static const char *const marks[] = { "",       "[c]",    "*",          "**",     "-",
                                         "--",     "\u2013", "\u2014",     "..",     "...",
                                         "\u2026", ":",      "~",          "#",      "c",
                                         "s",      "supp",   "suppressed", "hidden", "withheld" };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (slice_equal_folded(figure, slice_of(marks[i])))
            return true;
    return false;
}

/* A whole number, with commas between thousands or without. */
static bool read_number(struct slice text, int64_t *out_number)
{
    char digits[32];
    size_t count = 0, since = 0;
    bool has_comma = false;
    for (size_t i = 0; i < text.length; i++) {
        if (text.start[i] == ',') {
            if (since == 0 || since > 3 || (has_comma && since != 3))
                return false;
            has_comma = true;
            since = 0;
            continue;
        }
        if (text.start[i] < '0' || text.start[i] > '9' || count == sizeof digits)
            return false;
        digits[count++] = text.start[i];
        since++;
    }
    return (!has_comma || since == 3) &&
           slice_integer((struct slice){ digits, count }, out_number) &&
           *out_number < PUZZLE_UNBOUNDED;
}

/* The number behind words for "less than" or "at most"; the most that it can be. */
static bool read_below(struct slice figure, int64_t *out_most)
{
    static const struct {
        const char *words;
        int64_t less;
    } starts[] = { { "<=", 0 },         { "\u2264", 0 }, { "<", 1 },     { "fewer than ", 1 },
                   { "less than ", 1 }, { "under ", 1 }, { "up to ", 0 } };
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (slice_starts_folded(figure, starts[i].words) &&
            read_number(slice_trim(slice_from(figure, slice_of(starts[i].words).length)),
                        out_most)) {
            *out_most -= starts[i].less;
            return true;
        }
    return false;
}

/* "1-4", "1 to 4". */
static bool read_band(struct slice figure, int64_t *out_least, int64_t *out_most)
{
    static const char *const between[] = { "-", "\u2013", " to " };
    for (size_t i = 0; i < sizeof between / sizeof *between; i++) {
        ptrdiff_t at = slice_find(figure, between[i]);
        if (at > 0 && read_number(slice_trim(slice_first(figure, (size_t)at)), out_least) &&
            read_number(slice_trim(slice_from(figure, (size_t)at + slice_of(between[i]).length)),
                        out_most))
            return *out_least < *out_most;
    }
    return false;
}

bool published_read_figure(struct slice figure, const struct figure_rule *rule,
                           struct published_cell *out_cell)
{
    int64_t number, least, lowest = rule->shows_zeros ? 1 : 0, base = rule->rounding;
    int64_t highest = rule->band > 0 ? rule->band - 1 : PUZZLE_UNBOUNDED;
    figure = slice_trim(figure);
    if (is_hidden_mark(figure))
        return set_figure(out_cell, rule->band > 0 ? CELL_PRIMARY : CELL_SECONDARY, lowest,
                          highest);
    if (slice_is(figure, "[low]") && base > 1)
        return set_figure(out_cell, CELL_PRIMARY, 1, (base - 1) / 2);
    if (slice_is(figure, "[x]"))
        return set_figure(out_cell, CELL_UNPUBLISHED, 0, PUZZLE_UNBOUNDED);
    if (slice_is(figure, "[z]"))
        return set_figure(out_cell, CELL_KNOWN, 0, 0);
    if (read_below(figure, &number))
        return set_figure(out_cell, CELL_PRIMARY, lowest, number);
    if (read_band(figure, &least, &number))
        return set_figure(out_cell, CELL_PRIMARY, least, number);
    if (!read_number(figure, &number))
        return false;
    if (rule->reach > 0)
        return set_figure(out_cell, CELL_SHOWN,
                          larger_of(larger_of(number - rule->reach, rule->least), 0),
                          number + rule->reach);
    if (base <= 1 || (number == 0 && rule->shows_zeros && rule->band > 0))
        return set_figure(out_cell, CELL_SHOWN, number, number);
    return number % base == 0 &&
           set_figure(out_cell, CELL_SHOWN,
                      larger_of(number - base / 2, number < rule->band ? 0 : rule->band),
                      number + (base - 1) / 2);
}

int64_t published_total(const struct published *published, int32_t population, int32_t period)
{
    for (size_t i = 0; i < published->cell_count; i++) {
        const struct published_cell *cell = &published->cells[i];
        if (cell->population == population && cell->period == period && cell->category_count == 0 &&
            cell->least == cell->most)
            return cell->least;
    }
    return -1;
}
