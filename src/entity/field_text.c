#include "entity/field_text.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/catalogue.h"
#include "base/date.h"
#include "base/period.h"
#include "base/banned.h"

enum { SHOWN_LENGTH = 60 };

/* What was typed, for a problem; never for personal fields. */
static const char *shown(struct arena *arena, const struct field *field, struct slice text)
{
    if (field->flags & FIELD_PERSONAL)
        return "What was given";
    struct slice whole = slice_first_whole(text, SHOWN_LENGTH);
    return arena_format(arena, "\"%.*s%s\"", (int)whole.length, whole.start,
                        whole.length < text.length ? "…" : "");
}

static const char *code_read(const struct code *codes, struct slice text)
{
    for (; codes->value; codes++)
        if (slice_equal_folded(text, slice_of(codes->value)) ||
            slice_equal_folded(text, slice_of(codes->label)))
            return codes->value;
    return NULL;
}

static const char *codes_listed(struct arena *arena, const struct code *codes)
{
    const char *list = codes->value;
    for (codes++; codes->value; codes++)
        list = arena_format(arena, "%s%s%s", list, codes[1].value ? ", " : " or ", codes->value);
    return list;
}

static bool read_boolean(struct slice text, int64_t *out)
{
    static const struct {
        const char *word;
        int64_t value;
    } words[] = { { "yes", 1 }, { "y", 1 }, { "true", 1 },  { "1", 1 }, { "x", 1 },
                  { "no", 0 },  { "n", 0 }, { "false", 0 }, { "0", 0 } };
    for (size_t i = 0; i < ARRAY_COUNT(words); i++)
        if (slice_equal_folded(text, slice_of(words[i].word))) {
            *out = words[i].value;
            return true;
        }
    return false;
}

static bool read_decimal(struct slice text, int64_t *out, int *out_decimals)
{
    if (slice_ends(text, "%")) {
        text.length--;
        text = slice_trim(text);
    }
    return number_read(text, out, out_decimals);
}

static bool read_integer(struct arena *arena, const struct field *field, struct slice text,
                         void *row, struct problems *problems, int *out_decimals)
{
    int64_t number = 0;
    int decimals = 0;
    const char *wanted = NULL;
    if (field->form == FORM_BOOLEAN)
        wanted = read_boolean(text, &number) ? NULL : "yes or no";
    else if (field->form == FORM_DECIMAL)
        wanted = read_decimal(text, &number, &decimals)
                     ? NULL
                     : "a number such as 40.23, with at most six decimals";
    else if (!slice_integer(text, &number) || number == INTEGER_MISSING)
        wanted = "a whole number";
    if (wanted) {
        problem_add(problems, field->name, "%s: %s is not %s.", field->label,
                    shown(arena, field, text), wanted);
        return false;
    }
    field_set_integer(field, row, number);
    if (out_decimals)
        *out_decimals = decimals;
    return true;
}

static const char *read_text(struct arena *arena, const struct field *field, struct slice text,
                             const char **out_wanted)
{
    struct date date;
    struct period period;
    *out_wanted = NULL;
    if (field->codes) {
        const char *value = code_read(field->codes, text);
        if (!value)
            *out_wanted = arena_format(arena, "one of %s", codes_listed(arena, field->codes));
        return value;
    }
    if (field->form == FORM_DATE) {
        if (date_read_british(text, &date))
            return date_print(arena, date);
        *out_wanted = "a date such as 2013-03-31 or 31/03/2013";
        return NULL;
    }
    if (field->form == FORM_PERIOD) {
        if (period_read_worded(text, &period))
            return period_print(arena, period);
        *out_wanted = "a period such as 2012-13, 2012-13-Q1 or 2012-04";
        return NULL;
    }
    return slice_copy(arena, text);
}

bool field_read(struct arena *arena, const struct field *field, struct slice text, void *row,
                struct problems *problems, int *out_decimals)
{
    assert(field->form != FORM_REFERENCE);
    text = slice_trim(text);
    if (text.length == 0) {
        bool empty_key = field->storage == STORAGE_TEXT && (field->flags & FIELD_KEY) &&
                         !(field->flags & FIELD_REQUIRED);
        if (field->storage == STORAGE_INTEGER)
            field_set_integer(field, row, INTEGER_MISSING);
        else
            field_set_text(field, row, empty_key ? "" : NULL);
        return true;
    }
    if (field->storage == STORAGE_INTEGER)
        return read_integer(arena, field, text, row, problems, out_decimals);
    const char *wanted = NULL;
    const char *value = read_text(arena, field, text, &wanted);
    if (!value) {
        problem_add(problems, field->name, "%s: %s is not %s.", field->label,
                    shown(arena, field, text), wanted);
        return false;
    }
    field_set_text(field, row, value);
    return true;
}

const char *field_print(struct arena *arena, const struct field *field, const void *row)
{
    if (field_is_missing(field, row))
        return "";
    if (field->storage == STORAGE_TEXT)
        return field_text(field, row);
    assert(field->storage == STORAGE_INTEGER);
    int64_t number = field_integer(field, row);
    if (field->form == FORM_BOOLEAN)
        return number ? WORDS("yes") : WORDS("no");
    if (field->form == FORM_DECIMAL)
        return number_print_short(arena, number);
    return arena_format(arena, "%" PRId64, number);
}

const char *field_label(struct arena *arena, const struct field *field, const void *row)
{
    const char *text = field_print(arena, field, row);
    for (const struct code *code = field->codes; code && code->value; code++)
        if (strcmp(code->value, text) == 0)
            return code->label;
    return text;
}

void entity_set_standards(struct arena *arena, const struct entity *entity, void *row)
{
    struct problems none = { .arena = arena };
    for (size_t i = 0; i < entity->field_count; i++) {
        const struct field *field = &entity->fields[i];
        if (field_is_missing(field, row) && field->standard) {
            bool read = field_read(arena, field, slice_of(field->standard), row, &none, NULL);
            assert(read);
        } else if (field_is_missing(field, row) && field->storage == STORAGE_TEXT &&
                   (field->flags & (FIELD_KEY | FIELD_REQUIRED)) == FIELD_KEY) {
            field_set_text(field, row, "");
        }
    }
}

static bool text_is_valid(const struct field *field, const char *text, struct problems *problems)
{
    if (field->longest && strlen(text) > field->longest) {
        problem_add(problems, field->name, "%s is too long: %zu bytes, at most %zu are kept.",
                    field->label, strlen(text), field->longest);
        return false;
    }
    if (!slice_is_utf8(slice_of(text))) {
        problem_add(problems, field->name, "%s holds bytes that are not text in UTF-8.",
                    field->label);
        return false;
    }
    if (field->codes && !code_read(field->codes, slice_of(text))) {
        problem_add(problems, field->name, "%s is not on its list.", field->label);
        return false;
    }
    return true;
}

static bool field_is_valid(const struct field *field, const void *row, struct problems *problems)
{
    bool missing = field_is_missing(field, row);
    if (!missing && field->storage == STORAGE_TEXT && (field->flags & FIELD_REQUIRED))
        missing = field_text(field, row)[0] == '\0';
    if (missing && !(field->flags & FIELD_REQUIRED))
        return true;
    if (missing && field->codes)
        problem_add(problems, field->name, "%s is missing; it is one of %s.", field->label,
                    codes_listed(problems->arena, field->codes));
    else if (missing)
        problem_add(problems, field->name, "%s is missing.", field->label);
    if (missing)
        return false;
    if (field->storage == STORAGE_TEXT)
        return text_is_valid(field, field_text(field, row), problems);
    int64_t number = field_integer(field, row);
    if (field->most > field->least && (number < field->least || number > field->most)) {
        if (field->most == INT64_MAX)
            problem_add(problems, field->name, "%s is at least %" PRId64 ".", field->label,
                        field->least);
        else
            problem_add(problems, field->name, "%s is from %" PRId64 " to %" PRId64 ".",
                        field->label, field->least, field->most);
        return false;
    }
    return true;
}

bool entity_validate(const struct entity *entity, const void *row, struct problems *problems)
{
    size_t before = problems->list.count;
    for (size_t i = 0; i < entity->field_count; i++)
        if (!(entity->fields[i].flags & FIELD_SYSTEM))
            field_is_valid(&entity->fields[i], row, problems);
    if (entity->check && problems->list.count == before)
        entity->check(row, problems);
    return problems->list.count == before;
}
