/* Reads the vector files, which have no quoted cells, and the rating scales of rules/. */
#ifndef TEST_UNIT_STATS_VECTORS_H
#define TEST_UNIT_STATS_VECTORS_H

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/embedded.h"
#include "base/number.h"
#include "base/problem.h"
#include "stats/scale.h"
#include "support/support.h"

enum { VECTOR_LINE = 4096, VECTOR_CELLS = 16 };

struct vectors {
    FILE *file;
    char line[VECTOR_LINE];
    struct slice cells[VECTOR_CELLS];
    size_t count, rows;
};

static inline size_t vectors_split(struct slice line, struct slice *cells)
{
    size_t count = 0;
    for (const char *at = line.start, *end = line.start + line.length; at <= end;) {
        const char *comma = memchr(at, ',', (size_t)(end - at));
        const char *stop = comma != NULL ? comma : end;
        assert_true(count < VECTOR_CELLS);
        cells[count++] = (struct slice){ at, (size_t)(stop - at) };
        at = stop + 1;
    }
    return count;
}

/* The next row; the first call after vectors_open skips the headings. */
static inline bool vectors_next(struct vectors *vectors)
{
    if (fgets(vectors->line, VECTOR_LINE, vectors->file) == NULL)
        return false;
    size_t length = strcspn(vectors->line, "\n");
    assert_true(vectors->line[length] == '\n');
    vectors->count = vectors_split((struct slice){ vectors->line, length }, vectors->cells);
    vectors->rows++;
    return true;
}

static inline struct vectors vectors_open(struct work *work, const char *name)
{
    struct vectors vectors = { .file = fopen(support_path(work, name), "r") };
    assert_non_null(vectors.file);
    assert_true(vectors_next(&vectors));
    vectors.rows = 0;
    return vectors;
}

static inline void vectors_close(struct vectors *vectors)
{
    fclose(vectors->file);
}

/* A cell in millionths; an empty one is missing. */
static inline int64_t vectors_number(const struct vectors *vectors, size_t cell)
{
    int64_t number = INTEGER_MISSING;
    int decimals = 0;
    assert_true(cell < vectors->count);
    if (vectors->cells[cell].length > 0)
        assert_true(number_read(vectors->cells[cell], &number, &decimals));
    return number;
}

static inline double vectors_real_of(struct slice cell)
{
    char digits[64];
    double number = NAN;
    assert_true(cell.length > 0 && cell.length < sizeof digits);
    memcpy(digits, cell.start, cell.length);
    digits[cell.length] = '\0';
    assert_int_equal(sscanf(digits, "%lf", &number), 1);
    return number;
}

static inline double vectors_real(const struct vectors *vectors, size_t cell)
{
    assert_true(cell < vectors->count);
    return vectors_real_of(vectors->cells[cell]);
}

/* Demands that two numbers agree to `share` of the larger, or that both are below 1e-14. */
static inline void vectors_near(double got, double wanted, double share)
{
    double most = fmax(fabs(got), fabs(wanted));
    if (!(fabs(got - wanted) <= fmax(most * share, 1e-14)))
        fail_msg("got %.17g, wanted %.17g", got, wanted);
}

typedef void vectors_adder(struct scales *scales, const struct slice *cells,
                           struct problems *problems);

static inline void vectors_add_rows(struct scales *scales, const char *name, size_t columns,
                                    vectors_adder *add, struct problems *problems)
{
    struct slice bytes, line, cells[VECTOR_CELLS];
    assert_true(embedded_find(name, &bytes));
    problems->file = name;
    for (problems->row = 1; slice_split(&bytes, '\n', &line); problems->row++) {
        if (problems->row == 1 || line.length == 0)
            continue;
        assert_int_equal(vectors_split(line, cells), columns);
        add(scales, cells, problems);
    }
}

/* The scales as the program ships them, checked. */
static inline struct scales *vectors_scales(struct work *work)
{
    struct scales *scales = arena_new_of(work->arena, struct scales);
    struct problems problems = { .arena = work->arena };
    scales->arena = work->arena;
    vectors_add_rows(scales, "rules/scales.csv", SCALE_COLUMNS, scales_add_scale, &problems);
    vectors_add_rows(scales, "rules/rating_scales.csv", SCALE_LEVEL_COLUMNS, scales_add_level,
                     &problems);
    vectors_add_rows(scales, "rules/milestone_levels.csv", SCALE_MILESTONE_COLUMNS,
                     scales_add_milestone, &problems);
    scales_check(scales, &problems);
    for (size_t i = 0; i < problems.list.count; i++)
        print_error("%s\n", ((const struct problem *)problems.list.items[i])->words);
    assert_int_equal(problems.list.count, 0);
    return scales;
}

#endif
