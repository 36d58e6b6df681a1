#include "service/value_comments.h"

#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "base/catalogue.h"
#include "service/permission.h"
#include "service/record.h"
#include "service/reference.h"
#include "service/reporting_year.h"
#include "store/entity_store.h"
#include "base/banned.h"

static enum status find_place(struct work *work, const struct comment_place *place,
                              struct comment_thread *thread)
{
    struct figure_place found = { .measure = NULL };
    enum status status = reference_place(work, place->measure, place->unit, place->period, &found);
    if (status != STATUS_OK)
        return status;
    thread->measure = found.measure;
    thread->unit = found.unit;
    thread->period = period_print(work->arena, found.period);
    thread->period_words = period_print_long(work->arena, found.period);
    return STATUS_OK;
}

/* Those of the measure that stand in the thread. */
static enum status load_comments(struct work *work, struct comment_thread *thread)
{
    struct list all = { 0 };
    assert(thread->measure && thread->unit); /* find_place found both */
    enum status status = entity_store_list_of(work, &value_comment_entity, "measure",
                                              thread->measure->id, &all);
    for (size_t i = 0; status == STATUS_OK && i < all.count; i++) {
        const struct value_comment *one = all.items[i];
        if (one->unit == thread->unit->id && strcmp(one->period, thread->period) == 0)
            list_add(work->arena, &thread->comments, all.items[i]);
    }
    return status;
}

enum status comment_thread_load(struct work *work, const struct comment_place *place,
                                struct comment_thread *out_thread)
{
    struct comment_thread thread = { .measure = NULL };
    enum status status = permission_require(work, RIGHT_COMMENT_READ, INTEGER_MISSING);
    if (status == STATUS_OK)
        status = find_place(work, place, &thread);
    if (status == STATUS_OK)
        status = load_comments(work, &thread);
    if (status == STATUS_OK) {
        assert(thread.unit);
        status = permission_allows(work, RIGHT_COMMENT, thread.unit->id, &thread.may_write);
    }
    if (status == STATUS_OK)
        *out_thread = thread;
    return status;
}

/* Words of a form that must be there and fit the field of that name. */
static const char *read_words(struct work *work, const char *name, const char *typed,
                              const char *missing, struct problems *problems)
{
    const struct field *field = entity_field(&value_comment_entity, name);
    struct slice words = slice_trim(slice_of(typed));
    if (words.length == 0)
        problem_add(problems, name, "%s", missing);
    else if (words.length > (size_t)field->longest)
        problem_add(problems, name, "Write at most %lld characters", (long long)field->longest);
    return slice_copy(work->arena, words);
}

/* Begins a change of a thread of whose unit the actor may write: its comments as they are within
 * the transaction, so that the next number is free. */
static enum status change_begin(struct work *work, const struct comment_place *place,
                                const struct problems *problems, struct audit **out_audit,
                                struct comment_thread *out_thread)
{
    enum status status = find_place(work, place, out_thread);
    if (status == STATUS_OK) {
        assert(out_thread->unit);
        status = permission_require(work, RIGHT_COMMENT, out_thread->unit->id);
    }
    if (status != STATUS_OK || problems->list.count)
        return status;
    status = audit_begin(work, "comment", "value comments", out_audit);
    return status == STATUS_OK ? load_comments(work, out_thread) : status;
}

enum status comment_add(struct work *work, const struct comment_place *place, const char *words,
                        bool is_follow_up, struct problems *problems)
{
    struct comment_thread thread = { .measure = NULL };
    struct audit *audit = NULL;
    const char *kept = read_words(work, "words", words, WORDS("Write the comment"), problems);
    enum status status = change_begin(work, place, problems, &audit, &thread);
    if (!audit)
        return status; /* nothing was begun */
    if (status == STATUS_OK) {
        assert(thread.measure && thread.unit);
        struct value_comment row = {
            .measure = thread.measure->id,
            .unit = thread.unit->id,
            .period = thread.period,
            .number = (int64_t)thread.comments.count + 1,
            .words = kept,
            .follow_up = is_follow_up ? FOLLOW_UP_OPEN : FOLLOW_UP_NONE,
            .written_at = work->now,
            .written_by = record_writer(work),
        };
        status = record_insert(work, audit, &value_comment_entity, &row);
    }
    return record_end(work, audit, status);
}

static enum status settle(struct work *work, struct audit *audit,
                          const struct comment_thread *thread, int64_t number, const char *outcome)
{
    for (size_t i = 0; i < thread->comments.count; i++) {
        const struct value_comment *before = thread->comments.items[i];
        struct value_comment after = *before;
        if (before->number != number)
            continue;
        if (strcmp(before->follow_up, FOLLOW_UP_OPEN) != 0)
            return work_fail(work, STATUS_CONFLICT,
                             "There is nothing left to follow up: %s settled it.",
                             before->settled_by ? before->settled_by : "somebody");
        after.follow_up = FOLLOW_UP_SETTLED;
        after.outcome = outcome;
        after.settled_at = work->now;
        after.settled_by = record_writer(work);
        return record_change(work, audit, &value_comment_entity, before, &after);
    }
    return work_fail(work, STATUS_NOT_FOUND, "There is no comment with the number %lld here.",
                     (long long)number);
}

enum status comment_settle(struct work *work, const struct comment_place *place, int64_t number,
                           const char *outcome, struct problems *problems)
{
    struct comment_thread thread = { .measure = NULL };
    struct audit *audit = NULL;
    const char *kept = read_words(work, "outcome", outcome, "Say what came of it", problems);
    enum status status = change_begin(work, place, problems, &audit, &thread);
    if (!audit)
        return status;
    if (status == STATUS_OK)
        status = settle(work, audit, &thread, number, kept);
    return record_end(work, audit, status);
}

static bool is_open(const struct value_comment *comment)
{
    return strcmp(comment->follow_up, FOLLOW_UP_OPEN) == 0;
}

enum status comment_follow_ups(struct work *work, int64_t measure, int64_t unit,
                               struct period period, struct list *out_comments)
{
    struct list all = { 0 };
    int month = 0;
    enum status status = reporting_year_start(work, &month);
    if (status == STATUS_OK)
        status = entity_store_list_of(work, &value_comment_entity, "measure", measure, &all);
    for (size_t i = 0; status == STATUS_OK && i < all.count; i++) {
        const struct value_comment *one = all.items[i];
        struct period about;
        if (one->unit == unit && is_open(one) && period_read(slice_of(one->period), &about) &&
            period_compare(about, period, month) < 0)
            list_add(work->arena, out_comments, all.items[i]);
    }
    return status;
}

enum status comment_follow_ups_all(struct work *work, struct list *out_comments)
{
    struct list all = { 0 };
    enum status status = entity_store_list(work, &value_comment_entity, 0, &all);
    for (size_t i = 0; status == STATUS_OK && i < all.count; i++)
        if (is_open(all.items[i]))
            list_add(work->arena, out_comments, all.items[i]);
    return status;
}

const char *comment_path(struct arena *arena, const struct comment_place *place)
{
    return arena_format(arena, "/comments/%s/%s/%s", place->measure, place->unit, place->period);
}
