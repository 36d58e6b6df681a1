#include "service/finding.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "base/banned.h"

enum { ROWS_MOST = 1000 };

static const char *const severity_codes[] = {
    [FINDING_ERROR] = "error",
    [FINDING_WARNING] = "warning",
    [FINDING_NOTE] = "note",
};

const char *finding_severity_code(enum finding_severity severity)
{
    return severity_codes[severity];
}

bool finding_discloses(const struct finding *finding)
{
    return strcmp(finding->kind, "discloses-person") == 0;
}

const char *findings_disclosing(struct arena *arena, const struct list *findings)
{
    struct text rows = text_new(arena, ROWS_MOST);
    const char *last = "";
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = findings->items[i];
        if (!finding_discloses(finding) || strcmp(finding->row, last) == 0)
            continue;
        text_add_format(&rows, "%s%s", rows.length ? ", " : "", finding->row);
        last = finding->row;
    }
    return rows.length ? rows.bytes : NULL;
}

static int finding_order(const void *left, const void *right)
{
    const struct finding *a = *(const struct finding *const *)left;
    const struct finding *b = *(const struct finding *const *)right;
    if (a->line != b->line)
        return a->line < b->line ? -1 : 1;
    if (a->kind_order != b->kind_order)
        return a->kind_order < b->kind_order ? -1 : 1;
    return strcmp(a->message, b->message);
}

void findings_sort(struct findings *findings)
{
    if (findings->list.count > 1)
        qsort(findings->list.items, findings->list.count, sizeof *findings->list.items,
              finding_order);
}

size_t findings_count(const struct findings *findings, const char *kind, const char *row)
{
    size_t count = 0;
    for (size_t i = 0; i < findings->list.count; i++) {
        const struct finding *finding = findings->list.items[i];
        count += (!kind || strcmp(finding->kind, kind) == 0) &&
                 (!row || strcmp(finding->row, row) == 0);
    }
    return count;
}

static json_t *text_or_null(const char *text)
{
    return text ? json_string(text) : json_null();
}

json_t *findings_as_json(const struct findings *findings)
{
    json_t *array = json_array();
    for (size_t i = 0; i < findings->list.count; i++) {
        const struct finding *finding = findings->list.items[i];
        json_t *object = json_object();
        bool failed = json_object_set_new(object, "kind", json_string(finding->kind)) ||
                      json_object_set_new(object, "severity",
                                          json_string(finding_severity_code(finding->severity))) ||
                      json_object_set_new(object, "objective", text_or_null(finding->objective)) ||
                      json_object_set_new(object, "measure", text_or_null(finding->measure)) ||
                      json_object_set_new(object, "unit", text_or_null(finding->unit)) ||
                      json_object_set_new(object, "row", text_or_null(finding->row)) ||
                      json_object_set_new(object, "message", text_or_null(finding->message)) ||
                      json_object_set_new(object, "evidence", text_or_null(finding->evidence));
        if (failed || json_array_append_new(array, object))
            abort(); /* out of memory, or text that is not UTF-8, which the store cannot hold */
    }
    return array;
}
