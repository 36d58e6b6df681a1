#include "attack/relation_file.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/banned.h"

#define MOST_BYTES ((size_t)2 << 30)

/* Whole numbers one after the other, with the line on which each stands. */
struct numbers {
    const char *path, *at, *end;
    int64_t line;
};

static bool is_blank(char character)
{
    return character == ' ' || character == '\t' || character == '\r' || character == '\n';
}

static enum status bad_number(struct work *work, const struct numbers *numbers, const char *wanted)
{
    return work_fail(work, STATUS_INPUT, "%s, line %lld: %s is wanted here.", numbers->path,
                     (long long)numbers->line, wanted);
}

/* The next number, from 0 to `most`. */
static enum status next_number(struct work *work, struct numbers *numbers, int64_t most,
                               const char *wanted, int64_t *out_number)
{
    int64_t number = 0;
    for (; numbers->at < numbers->end && is_blank(*numbers->at); numbers->at++)
        numbers->line += *numbers->at == '\n';
    const char *first = numbers->at;
    for (; numbers->at < numbers->end && *numbers->at >= '0' && *numbers->at <= '9';
         numbers->at++) {
        number = number * 10 + (*numbers->at - '0');
        if (number > most)
            return bad_number(work, numbers, wanted);
    }
    if (numbers->at == first || (numbers->at < numbers->end && !is_blank(*numbers->at)))
        return bad_number(work, numbers, wanted);
    *out_number = number;
    return STATUS_OK;
}

static enum status read_relations(struct work *work, struct numbers *numbers,
                                  struct relation_file *file)
{
    /* A relation of n numbers takes 2n + 2 bytes at least, so the rest of the file bounds them. */
    size_t room = (size_t)(numbers->end - numbers->at) / 2 + 1, count = 0;
    int32_t *list = arena_take_raw(work->arena, room * sizeof *list);
    for (int32_t r = 0; r < file->relation_count; r++) {
        int64_t length = 0, number = 0;
        enum status status = next_number(work, numbers, file->cell_count,
                                         "how many numbers the relation has", &length);
        if (status != STATUS_OK)
            return status;
        if (length < 1)
            return bad_number(work, numbers, "a relation with a total");
        list[count++] = (int32_t)length;
        for (int64_t i = 0; i < length; i++) {
            status = next_number(work, numbers, file->cell_count - 1,
                                 "the number of a cell (counted from 0)", &number);
            if (status != STATUS_OK)
                return status;
            list[count++] = (int32_t)number;
        }
    }
    file->numbers = list;
    return STATUS_OK;
}

enum status relation_file_parse(struct work *work, const char *name, struct slice bytes,
                                struct relation_file *out_file)
{
    struct relation_file file = { 0 };
    int64_t cells = 0, relations = 0;
    struct numbers numbers = { name, bytes.start, bytes.start + bytes.length, 1 };
    enum status status = next_number(work, &numbers, PUZZLE_MOST_CELLS, "the number of cells",
                                     &cells);
    if (status == STATUS_OK)
        status = next_number(work, &numbers, PUZZLE_MOST_CELLS, "the number of relations",
                             &relations);
    if (status != STATUS_OK)
        return status;
    if (cells > (int64_t)bytes.length)
        return bad_number(work, &numbers, "a number of cells that the file has lines for");
    int64_t *counts = arena_array_of(work->arena, (size_t)cells + 1, int64_t);
    for (int64_t i = 0; status == STATUS_OK && i < cells; i++)
        status = next_number(work, &numbers, PUZZLE_UNBOUNDED - 1, "a count", &counts[i]);
    if (status != STATUS_OK)
        return status;
    file.cell_count = (int32_t)cells;
    file.relation_count = (int32_t)relations;
    file.counts = counts;
    status = read_relations(work, &numbers, &file);
    if (status == STATUS_OK)
        *out_file = file;
    return status;
}

enum status relation_file_read(struct work *work, const char *path, struct relation_file *out_file)
{
    struct slice bytes;
    enum status status = file_read(work, path, MOST_BYTES, &bytes);
    return status == STATUS_OK ? relation_file_parse(work, path, bytes, out_file) : status;
}

static const char *const state_words[] = {
    [CELL_SHOWN] = "published",         [CELL_KNOWN] = "known",
    [CELL_PRIMARY] = "primary",         [CELL_SECONDARY] = "secondary",
    [CELL_UNPUBLISHED] = "unpublished",
};

static int state_of(struct slice word)
{
    for (int i = 0; i < (int)(sizeof state_words / sizeof *state_words); i++)
        if (slice_is(word, state_words[i]))
            return i;
    return -1;
}

enum status pattern_parse(struct work *work, const char *name, struct slice bytes,
                          int32_t cell_count, unsigned char **out_states)
{
    struct slice line;
    unsigned char *states = arena_take(work->arena, (size_t)cell_count + 1);
    int32_t count = 0;
    int64_t number = 0;
    while (slice_split(&bytes, '\n', &line)) {
        struct slice word = slice_trim(line);
        int state = state_of(word);
        number++;
        if (word.length == 0)
            continue;
        if (state < 0)
            return work_fail(work, STATUS_INPUT,
                             "%s, line %lld: \"%.*s\" is not a status; write published, primary, "
                             "secondary, known or unpublished.",
                             name, (long long)number, (int)(word.length < 40 ? word.length : 40),
                             word.start);
        if (count == cell_count)
            return work_fail(work, STATUS_INPUT,
                             "%s, line %lld: the pattern has more lines than there are cells (%d).",
                             name, (long long)number, cell_count);
        states[count++] = (unsigned char)state;
    }
    if (count != cell_count)
        return work_fail(work, STATUS_INPUT, "%s has the status of %d cells; there are %d.", name,
                         count, cell_count);
    *out_states = states;
    return STATUS_OK;
}

enum status pattern_read(struct work *work, const char *path, int32_t cell_count,
                         unsigned char **out_states)
{
    struct slice bytes;
    enum status status = file_read(work, path, MOST_BYTES, &bytes);
    return status == STATUS_OK ? pattern_parse(work, path, bytes, cell_count, out_states) : status;
}

unsigned char *pattern_of_band(struct arena *arena, const struct relation_file *file,
                               const struct publication *publication)
{
    unsigned char *states = arena_take(arena, (size_t)file->cell_count + 1);
    for (int32_t c = 0; c < file->cell_count; c++) {
        bool is_zero = file->counts[c] == 0 && publication->shows_zeros;
        bool is_small = file->counts[c] < publication->band && !is_zero;
        states[c] = is_small ? CELL_PRIMARY : CELL_SHOWN;
    }
    return states;
}

bool pattern_shows_zeros(const struct relation_file *file, const unsigned char *states)
{
    for (int32_t c = 0; c < file->cell_count; c++)
        if (states[c] == CELL_SHOWN && file->counts[c] == 0)
            return true;
    return false;
}

struct interval {
    int64_t least, most;
};

static int64_t larger(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* The counts that are shown as the same figure: halves go up. Below the band nothing is shown, and
 * a zero that is shown is one. */
static struct interval shown_as(int64_t count, const struct publication *publication)
{
    int64_t base = publication->rounding;
    int64_t floor = publication->band;
    if (base <= 1 || (count == 0 && floor > 0 && publication->shows_zeros))
        return (struct interval){ count, count };
    int64_t figure = (count + base / 2) / base * base;
    return (struct interval){ larger(figure - base / 2, count < floor ? 0 : floor),
                              figure + (base - 1) / 2 };
}

static struct interval known_of(int64_t count, enum cell_state state,
                                const struct publication *publication)
{
    int64_t least = publication->shows_zeros ? 1 : 0;
    switch (state) {
    case CELL_SHOWN:
        return shown_as(count, publication);
    case CELL_KNOWN:
        return (struct interval){ count, count };
    case CELL_PRIMARY:
        /* Only a band tells small cells from others that are hidden. */
        return (struct interval){ least, publication->band > 0 ? publication->band - 1
                                                               : PUZZLE_UNBOUNDED };
    case CELL_SECONDARY:
        return (struct interval){ least, PUZZLE_UNBOUNDED };
    case CELL_UNPUBLISHED:
    case CELL_DIFFERENCE:
        break;
    }
    return (struct interval){ 0, PUZZLE_UNBOUNDED };
}

enum status relation_file_as_puzzle(struct work *work, const struct relation_file *file,
                                    const unsigned char *states,
                                    const struct publication *publication,
                                    struct puzzle *out_puzzle)
{
    struct puzzle_builder builder = puzzle_builder_new(work->arena);
    enum status status = STATUS_OK;
    for (int32_t c = 0; status == STATUS_OK && c < file->cell_count; c++) {
        struct interval known = known_of(file->counts[c], states[c], publication);
        if (known.most < known.least)
            return work_fail(work, STATUS_INPUT,
                             "A band up to %lld cannot hold a cell that is 1 at least.",
                             (long long)known.most);
        status = puzzle_add_cell(work, &builder, states[c], known.least, known.most);
    }
    const int32_t *number = file->numbers;
    for (int32_t r = 0; status == STATUS_OK && r < file->relation_count; r++) {
        int32_t length = *number++;
        status = puzzle_add_equation(work, &builder);
        for (int32_t i = 0; status == STATUS_OK && i < length; i++)
            status = puzzle_add_entry(work, &builder, *number++, i == 0 ? -1 : 1);
    }
    if (status != STATUS_OK)
        return status;
    *out_puzzle = puzzle_of(&builder);
    out_puzzle->truth = file->counts;
    return STATUS_OK;
}
