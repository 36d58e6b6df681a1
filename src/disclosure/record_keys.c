/* Copies row by row. */
#include "disclosure/record_keys.h"

#include "base/banned.h"

/* A category that was forgotten has nothing to copy. */
static bool is_copied(const struct column *column)
{
    return column->kind == COLUMN_CATEGORY && column->labels;
}

static struct columns *copy_shape(const struct columns *people)
{
    struct columns *keyed = columns_new();
    for (size_t i = 0; i < people->count; i++) {
        const struct column *column = &people->column[i];
        if (is_copied(column))
            (void)columns_add_category(keyed, column->name);
        else
            (void)columns_add_text(keyed, column->name);
    }
    (void)columns_add_decimal(keyed, "record key", 0);
    return keyed;
}

/* False when a limit would be passed, which the people's own columns have kept. */
static bool copy_row(struct columns *keyed, const struct columns *people, int64_t row, uint32_t key)
{
    bool fits = true;
    for (size_t i = 0; i < people->count; i++) {
        const struct column *column = &people->column[i];
        fits = fits &&
               (is_copied(column)
                    ? column_put_label(keyed, i, column_label(column, column_code(column, row)))
                    : column_put_text(keyed, i, (struct slice){ NULL, 0 }));
    }
    fits = fits && column_put_decimal(keyed, people->count, key);
    if (fits)
        columns_end_row(keyed);
    return fits;
}

enum status record_keys_add(struct work *work, const struct columns *people, size_t person,
                            const unsigned char secret[CELL_KEY_SECRET_LENGTH],
                            struct columns **out_keyed)
{
    CLEANUP_COLUMNS struct columns *keyed = copy_shape(people);
    for (int64_t row = 0; row < people->rows; row++) {
        struct slice identifier = column_text(&people->column[person], row);
        if (identifier.length == 0)
            return work_fail(work, STATUS_INPUT,
                             "Person %lld has no identifier in the column \"%.60s\"; without one "
                             "there is no key.",
                             (long long)row + 1, people->column[person].name);
        if (!copy_row(keyed, people, row, cell_key_of_record(secret, identifier)))
            return work_fail(work, STATUS_LIMIT, "There are too many labels or rows for keys.");
    }
    columns_seal(keyed);
    *out_keyed = keyed;
    keyed = NULL;
    return STATUS_OK;
}
