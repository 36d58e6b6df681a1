#include "entity/heading.h"

#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "codec/table_reader.h"
#include "base/banned.h"

struct word_rule {
    const char *entity, *field, *words, *code;
};

enum { RULE_COLUMNS = 3, HEADING_LONGEST = 400, UTF8_LONGEST = 4 /* bytes of a character */ };

const char *heading_compared(struct arena *arena, struct slice heading)
{
    struct text text = text_new(arena, HEADING_LONGEST + UTF8_LONGEST);
    bool parted = false;
    for (size_t i = 0; i < heading.length; i++) {
        unsigned char byte = (unsigned char)heading.start[i];
        bool dash = byte == 0xE2 && i + 2 < heading.length; /* dashes and quotes of U+2000 */
        if (dash || (byte < 0x80 && !isalnum(byte))) {
            parted = true;
            i += dash ? 2 : 0;
            continue;
        }
        if (parted && text.length > 0)
            text_add_character(&text, ' ');
        parted = false;
        text_add_character(&text, (char)tolower(byte));
    }
    return slice_copy(arena, slice_first_whole(text_slice(&text), HEADING_LONGEST));
}

/* The rows of a rules file below its heading row, each of at least `columns` cells, given one by
 * one; STATUS_END after the last. */
static enum status next_rule(struct work *work, const char *name, struct table_reader *reader,
                             size_t columns, struct table_row *row)
{
    enum status status = table_reader_next(reader, row);
    if (status == STATUS_OK && row->number == 1)
        status = table_reader_next(reader, row);
    if (status == STATUS_OK && row->count < columns)
        return work_fail(work, STATUS_INPUT, "%s, line %lld: a rule has %zu columns.", name,
                         (long long)row->number, columns);
    return status;
}

enum status heading_rules_read(struct work *work, const char *name, struct slice bytes,
                               struct heading_rules *out_rules)
{
    struct heading_rules rules = { 0 };
    CLEANUP_TABLE_READER struct table_reader *reader = NULL;
    struct table_row row;
    enum status status = table_reader_open_bytes(work, name, bytes, NULL, &reader);
    while (status == STATUS_OK &&
           (status = next_rule(work, name, reader, RULE_COLUMNS, &row)) == STATUS_OK) {
        struct heading_rule *rule = arena_new_of(work->arena, struct heading_rule);
        *rule = (struct heading_rule){ slice_copy(work->arena, row.cells[0]),
                                       slice_copy(work->arena, row.cells[1]),
                                       heading_compared(work->arena, row.cells[2]) };
        list_add(work->arena, &rules.rows, rule);
    }
    if (status != STATUS_END)
        return status;
    *out_rules = rules;
    return STATUS_OK;
}

enum status word_rules_read(struct work *work, const char *name, struct slice bytes,
                            struct list *out_rules)
{
    struct list rules = { 0 };
    CLEANUP_TABLE_READER struct table_reader *reader = NULL;
    struct table_row row;
    enum status status = table_reader_open_bytes(work, name, bytes, NULL, &reader);
    while (status == STATUS_OK &&
           (status = next_rule(work, name, reader, RULE_COLUMNS + 1, &row)) == STATUS_OK) {
        struct word_rule *rule = arena_new_of(work->arena, struct word_rule);
        *rule = (struct word_rule){ slice_copy(work->arena, row.cells[0]),
                                    slice_copy(work->arena, row.cells[1]),
                                    slice_copy(work->arena, row.cells[2]),
                                    slice_copy(work->arena, row.cells[3]) };
        list_add(work->arena, &rules, rule);
    }
    if (status != STATUS_END)
        return status;
    *out_rules = rules;
    return STATUS_OK;
}

struct slice word_match(const struct list *rules, const struct entity *entity,
                        const struct field *field, struct slice text)
{
    for (size_t i = 0; i < rules->count; i++) {
        const struct word_rule *rule = rules->items[i];
        if (strcmp(rule->entity, entity->name) == 0 && strcmp(rule->field, field->name) == 0 &&
            slice_equal_folded(slice_trim(text), slice_of(rule->words)))
            return slice_of(rule->code);
    }
    return text;
}

const char *heading_match(struct arena *arena, const struct heading_rules *rules,
                          const struct entity *entity, struct slice heading)
{
    const char *wanted = heading_compared(arena, heading);
    if (!*wanted)
        return NULL;
    for (size_t i = 0; i < entity->field_count; i++) {
        const struct field *field = &entity->fields[i];
        if (!(field->flags & FIELD_SYSTEM) &&
            strcmp(heading_compared(arena, slice_of(field->name)), wanted) == 0)
            return field->name;
    }
    for (size_t i = 0; i < rules->rows.count; i++) {
        const struct heading_rule *rule = rules->rows.items[i];
        if (strcmp(rule->entity, entity->name) == 0 && strcmp(rule->heading, wanted) == 0)
            return rule->field;
    }
    for (size_t i = 0; i < entity->field_count; i++) {
        const struct field *field = &entity->fields[i];
        if (!(field->flags & FIELD_SYSTEM) &&
            strcmp(heading_compared(arena, slice_of(field->label)), wanted) == 0)
            return field->name;
    }
    return NULL;
}
