#include "entity/entity.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/banned.h"

static const void *member(const struct field *field, const void *row)
{
    return (const char *)row + field->offset;
}

int64_t field_integer(const struct field *field, const void *row)
{
    assert(field->storage == STORAGE_INTEGER);
    return *(const int64_t *)member(field, row);
}

double field_real(const struct field *field, const void *row)
{
    assert(field->storage == STORAGE_REAL);
    return *(const double *)member(field, row);
}

const char *field_text(const struct field *field, const void *row)
{
    assert(field->storage == STORAGE_TEXT);
    return *(const char *const *)member(field, row);
}

void field_set_integer(const struct field *field, void *row, int64_t integer)
{
    assert(field->storage == STORAGE_INTEGER);
    *(int64_t *)((char *)row + field->offset) = integer;
}

void field_set_real(const struct field *field, void *row, double real)
{
    assert(field->storage == STORAGE_REAL);
    *(double *)((char *)row + field->offset) = real;
}

void field_set_text(const struct field *field, void *row, const char *text)
{
    assert(field->storage == STORAGE_TEXT);
    *(const char **)((char *)row + field->offset) = text;
}

bool field_is_missing(const struct field *field, const void *row)
{
    switch (field->storage) {
    case STORAGE_INTEGER:
        return field_integer(field, row) == INTEGER_MISSING;
    case STORAGE_REAL:
        return isnan(field_real(field, row));
    case STORAGE_TEXT:
        break;
    }
    return field_text(field, row) == NULL;
}

bool field_equal(const struct field *field, const void *a, const void *b)
{
    if (field_is_missing(field, a) || field_is_missing(field, b))
        return field_is_missing(field, a) && field_is_missing(field, b);
    switch (field->storage) {
    case STORAGE_INTEGER:
        return field_integer(field, a) == field_integer(field, b);
    case STORAGE_REAL:
        return memcmp(member(field, a), member(field, b), sizeof(double)) == 0;
    case STORAGE_TEXT:
        break;
    }
    return strcmp(field_text(field, a), field_text(field, b)) == 0;
}

const struct field *entity_field(const struct entity *entity, const char *name)
{
    for (size_t i = 0; i < entity->field_count; i++)
        if (strcmp(entity->fields[i].name, name) == 0)
            return &entity->fields[i];
    return NULL;
}

const struct field *entity_code(const struct entity *entity)
{
    const struct field *code = NULL;
    for (size_t i = 0; i < entity->field_count; i++) {
        const struct field *field = &entity->fields[i];
        if (!(field->flags & FIELD_KEY))
            continue;
        if (code || field->storage != STORAGE_TEXT)
            return NULL;
        code = field;
    }
    return code;
}

void *entity_row(struct arena *arena, const struct entity *entity)
{
    void *row = arena_take(arena, entity->size);
    for (size_t i = 0; i < entity->field_count; i++) {
        const struct field *field = &entity->fields[i];
        if (field->storage == STORAGE_INTEGER)
            field_set_integer(field, row, INTEGER_MISSING);
        else if (field->storage == STORAGE_REAL)
            field_set_real(field, row, NAN);
    }
    return row;
}
