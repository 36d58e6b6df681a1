#include "support/random_row.h"

#include <string.h>

#include "base/date.h"
#include "base/period.h"

enum { TEXT_LONGEST = 60, DAYS_MOST = 40000 };

uint64_t random_next(struct random *random)
{
    uint64_t mixed = random->state += UINT64_C(0x9e3779b97f4a7c15);
    mixed = (mixed ^ (mixed >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    mixed = (mixed ^ (mixed >> 27)) * UINT64_C(0x94d049bb133111eb);
    return mixed ^ (mixed >> 31);
}

int64_t random_between(struct random *random, int64_t least, int64_t most)
{
    uint64_t width = (uint64_t)most - (uint64_t)least + 1;
    uint64_t step = width ? random_next(random) % width : random_next(random);
    return (int64_t)((uint64_t)least + step);
}

/* Words with what tends to go wrong: accents, quotes, ends of lines, characters of four bytes. */
static const char *random_words(struct arena *arena, struct random *random, size_t longest)
{
    static const char *const pieces[] = { "a",  "Z",  "9",  " ", "'",
                                          "\"", "\\", "%",  "é", "ŵ",
                                          "£",  "\n", "\t", "–", "\xf0\x9f\x8c\xb1",
                                          ";",  "<",  "0" };
    char bytes[TEXT_LONGEST + 8];
    size_t length = 0, most = longest && longest < TEXT_LONGEST ? longest : TEXT_LONGEST;
    int64_t count = random_between(random, 0, TEXT_LONGEST);
    for (int64_t i = 0; i < count; i++) {
        const char *piece = pieces[random_between(random, 0, (int64_t)ARRAY_COUNT(pieces) - 1)];
        if (length + strlen(piece) > most)
            break;
        memcpy(bytes + length, piece, strlen(piece));
        length += strlen(piece);
    }
    return arena_copy(arena, bytes, length);
}

static const char *random_period(struct arena *arena, struct random *random, int64_t number)
{
    struct period period = { .kind = PERIOD_QUARTER,
                             .year = (int)random_between(random, 1950, 2090),
                             .number = (int)(1 + number % 4) };
    return period_print(arena, period);
}

static const char *random_code(struct random *random, const struct code *codes)
{
    int64_t count = 0;
    while (codes[count].value)
        count++;
    return codes[random_between(random, 0, count - 1)].value;
}

static const char *random_text(struct arena *arena, struct random *random,
                               const struct field *field, int64_t number)
{
    if (field->codes)
        return random_code(random, field->codes);
    if (field->form == FORM_DATE)
        return date_print(arena, date_of_days(random_between(random, -DAYS_MOST, DAYS_MOST)));
    if (field->form == FORM_PERIOD)
        return random_period(arena, random, number);
    if (field->flags & FIELD_KEY)
        return arena_format(arena, "key-%lld", (long long)number);
    return random_words(arena, random, field->longest);
}

/* The ids that a reference may take are 1 to this. */
static int64_t references_of(const struct entity *entity, const struct field *field, int64_t number,
                             int64_t references)
{
    return field->reference && strcmp(field->reference, entity->name) == 0 ? number : references;
}

static int64_t random_integer(struct random *random, const struct field *field, int64_t number,
                              int64_t references)
{
    if (field->form == FORM_REFERENCE)
        return field->flags & FIELD_KEY ? 1 + number % references
                                        : random_between(random, 1, references);
    if (field->form == FORM_BOOLEAN)
        return random_between(random, 0, 1);
    if (field->flags & FIELD_KEY && field->least == 0 && field->most == 0)
        return number;
    if (field->least != 0 || field->most != 0)
        return random_between(random, field->least, field->most);
    return random_between(random, INT64_MIN + 1, INT64_MAX); /* INT64_MIN means missing */
}

static bool is_left_out(struct random *random, const struct field *field, int64_t references)
{
    if (strcmp(field->name, "id") == 0 || strcmp(field->name, "event") == 0)
        return true;
    if (field->flags & (FIELD_REQUIRED | FIELD_KEY))
        return false;
    if (field->form == FORM_REFERENCE && references == 0)
        return true;
    return random_between(random, 0, 2) == 0;
}

void *random_row(struct arena *arena, struct random *random, const struct entity *entity,
                 int64_t number, int64_t references)
{
    void *row = entity_row(arena, entity);
    for (size_t i = 0; i < entity->field_count; i++) {
        const struct field *field = &entity->fields[i];
        int64_t ids = references_of(entity, field, number, references);
        if (is_left_out(random, field, ids))
            continue;
        if (field->storage == STORAGE_INTEGER)
            field_set_integer(field, row, random_integer(random, field, number, ids));
        else if (field->storage == STORAGE_REAL)
            field_set_real(field, row, (double)random_between(random, -1000000, 1000000) / 3.0);
        else
            field_set_text(field, row, random_text(arena, random, field, number));
    }
    return row;
}
