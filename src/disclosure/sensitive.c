/* Columns get their role by their heading (rules/people_headings.csv); roles have rules. */
#include "disclosure/sensitive.h"

#include "base/arena.h"
#include "base/embedded.h"
#include "codec/table_reader.h"
#include "base/banned.h"

/* The rules that hold for each column of a plan. */
struct column_rules {
    const struct sensitive *items[SENSITIVE_MOST];
    size_t count;
};

/* Headings are compared without regard to case; underscores and hyphens are as good as blanks. */
static bool is_heading(struct slice a, const char *b)
{
    size_t i = 0;
    for (; i < a.length && b[i]; i++) {
        char x = a.start[i], y = b[i];
        x = (char)(x >= 'A' && x <= 'Z' ? x + 32 : (x == '_' || x == '-' ? ' ' : x));
        y = (char)(y >= 'A' && y <= 'Z' ? y + 32 : (y == '_' || y == '-' ? ' ' : y));
        if (x != y)
            return false;
    }
    return i == a.length && !b[i];
}

static void add_rules(const struct release_plan *plan, size_t column, struct slice role,
                      struct column_rules *rules)
{
    const char *name = plan->people->column[plan->column_places[column]].name;
    for (size_t i = 0; i < plan->profiles->sensitive_count; i++) {
        const struct sensitive *rule = &plan->profiles->sensitive[i];
        bool is_known = false;
        for (size_t k = 0; k < rules[column].count; k++)
            is_known |= rules[column].items[k] == rule;
        if (!is_known && (slice_is(role, rule->role) || is_heading(slice_of(rule->role), name)))
            rules[column].items[rules[column].count++] = rule;
    }
}

/* An array by column, in the work's arena. */
static enum status find_rules(struct work *work, const struct release_plan *plan,
                              struct column_rules **out_rules)
{
    static const char file[] = "rules/people_headings.csv";
    struct column_rules *rules = arena_array_of(work->arena, RELEASE_PLAN_MOST_COLUMNS,
                                                struct column_rules);
    struct slice bytes;
    CLEANUP_TABLE_READER struct table_reader *reader = NULL;
    struct table_row row;
    *out_rules = rules;
    if (!plan->profiles)
        return STATUS_OK;
    if (!embedded_find(file, &bytes))
        return work_fail(work, STATUS_INPUT, "%s is not built into the program; build it again.",
                         file);
    enum status status = table_reader_open_bytes(work, file, bytes, NULL, &reader);
    while (status == STATUS_OK && (status = table_reader_next(reader, &row)) == STATUS_OK)
        for (size_t i = 0; i < plan->column_count && row.count >= 2; i++)
            if (is_heading(row.cells[1], plan->people->column[plan->column_places[i]].name))
                add_rules(plan, i, row.cells[0], rules);
    for (size_t i = 0; i < plan->column_count; i++)
        add_rules(plan, i, (struct slice){ NULL, 0 }, rules);
    return status == STATUS_END ? STATUS_OK : status;
}

enum status sensitive_withhold(struct work *work, struct release_plan *plan, int32_t cell_count)
{
    struct column_rules *rules = NULL;
    uint64_t whole = 0;
    enum status status = find_rules(work, plan, &rules);
    plan->is_withheld = arena_array_of(work->arena, (size_t)cell_count, bool);
    for (size_t i = 0; status == STATUS_OK && i < plan->column_count; i++)
        for (size_t k = 0; k < rules[i].count; k++)
            if (rules[i].items[k]->rule == SENSITIVE_WHOLE_ORGANISATION)
                whole |= UINT64_C(1) << i;
    for (int32_t cell = 0; status == STATUS_OK && cell < cell_count; cell++) {
        uint64_t columns = plan->meanings[cell].columns;
        plan->is_withheld[cell] = (columns & whole) && (columns & (columns - 1));
    }
    return status;
}

enum status sensitive_thresholds(struct work *work, const struct release_plan *plan,
                                 int64_t profile_threshold, int64_t **out_thresholds)
{
    struct column_rules *rules = NULL;
    int32_t count = plan->relations->cell_count;
    int64_t *thresholds = arena_take_raw(work->arena, (size_t)count * sizeof *thresholds);
    enum status status = find_rules(work, plan, &rules);
    for (int32_t cell = 0; status == STATUS_OK && cell < count; cell++) {
        struct slice label;
        thresholds[cell] = profile_threshold;
        for (size_t i = 0; i < plan->column_count; i++) {
            if (rules[i].count == 0 || !release_plan_label(plan, cell, i, &label))
                continue;
            for (size_t k = 0; k < rules[i].count; k++) {
                const struct sensitive *rule = rules[i].items[k];
                bool holds = !*rule->label || slice_find_folded(label, rule->label) >= 0;
                if (holds && rule->threshold > thresholds[cell])
                    thresholds[cell] = rule->threshold;
            }
        }
    }
    *out_thresholds = thresholds;
    return status;
}
