#include "store/text_store.h"

#include <string.h>

#include "base/arena.h"
#include "base/banned.h"

enum {
    TEXT_OBJECTIVE,
    TEXT_PRIORITY,
    TEXT_OUTCOME,
    TEXT_ACTION,
    TEXT_NEXT_OBJECTIVE,
    TEXT_NEXT_PRIORITY,
    TEXT_NEXT_OUTCOME,
    TEXT_NEXT_ACTION,
    TEXT_ONLY_SCHEME,
    TEXT_OBJECTIVE_NUMBERED,
    TEXT_RETURN_REFERENCE,
    TEXT_MEASURE_REFERENCE,
    TEXT_MEASURE_REFERENCED,
    TEXT_OBJECTIVE_NUMBER,
    TEXT_NEXT_PLACE,
    TEXT_NAMED_BODY,
    TEXT_NAMED_CHARACTERISTIC,
    TEXT_NAMED_MEASURE,
    TEXT_NAMED_OBJECTIVE,
    TEXT_NAMED_POST,
    TEXT_NAMED_SCHEME,
    TEXT_NAMED_UNIT,
    TEXT_STATUTORY,
    TEXT_STATEMENT_COUNT
};

const char *const text_statements[] = {
    [TEXT_OBJECTIVE] = "SELECT id FROM objective WHERE scheme = $1 AND lower(title) = lower($2) "
                       "ORDER BY id LIMIT 1",
    [TEXT_PRIORITY] = "SELECT id FROM priority WHERE objective = $1 AND need = $2 "
                      "ORDER BY id LIMIT 1",
    [TEXT_OUTCOME] = "SELECT id FROM outcome WHERE priority = $1 AND wording = $2 "
                     "ORDER BY id LIMIT 1",
    [TEXT_ACTION] = "SELECT id FROM action WHERE objective = $1 AND wording = $2 "
                    "ORDER BY id LIMIT 1",
    [TEXT_NEXT_OBJECTIVE] = "SELECT COALESCE(MAX(number), 0) + 1 FROM objective WHERE scheme = $1",
    [TEXT_NEXT_PRIORITY] = "SELECT COALESCE(MAX(number), 0) + 1 FROM priority WHERE objective = $1",
    [TEXT_NEXT_OUTCOME] = "SELECT COALESCE(MAX(number), 0) + 1 FROM outcome WHERE priority = $1",
    [TEXT_NEXT_ACTION] = "SELECT COALESCE(MAX(number), 0) + 1 FROM action WHERE objective = $1",
    [TEXT_ONLY_SCHEME] = "SELECT MIN(id) FROM scheme HAVING COUNT(*) = 1",
    [TEXT_OBJECTIVE_NUMBERED] = "SELECT id FROM objective WHERE scheme = $1 AND number = $2",
    [TEXT_RETURN_REFERENCE] = "SELECT reference FROM return_row WHERE directorate_return = $1 "
                              "AND objective = $2 AND success_criterion = $3 ORDER BY id LIMIT 1",
    [TEXT_MEASURE_REFERENCE] =
        "SELECT reference, measure FROM measure_objective WHERE objective = $1 "
        "AND lower(success_criterion) = lower($2) ORDER BY id LIMIT 1",
    [TEXT_MEASURE_REFERENCED] = "SELECT measure FROM measure_objective WHERE objective = $1 "
                                "AND lower(reference) = lower($2) ORDER BY id LIMIT 1",
    [TEXT_OBJECTIVE_NUMBER] = "SELECT number FROM objective WHERE id = $1",
    [TEXT_NEXT_PLACE] = "SELECT COUNT(*) + 1 FROM return_row r "
                        "JOIN directorate_return d ON d.id = r.directorate_return "
                        "JOIN directorate_return mine ON mine.id = $2 "
                        "WHERE r.objective = $1 AND d.period = mine.period",
    [TEXT_NAMED_BODY] = "SELECT id FROM body WHERE lower(name) = lower($1) ORDER BY id LIMIT 2",
    [TEXT_NAMED_CHARACTERISTIC] =
        "SELECT id FROM characteristic WHERE lower(title) = lower($1) ORDER BY id LIMIT 2",
    [TEXT_NAMED_MEASURE] =
        "SELECT id FROM measure WHERE lower(title) = lower($1) ORDER BY id LIMIT 2",
    [TEXT_NAMED_OBJECTIVE] =
        "SELECT id FROM objective WHERE lower(title) = lower($1) ORDER BY id LIMIT 2",
    [TEXT_NAMED_POST] = "SELECT id FROM post WHERE lower(title) = lower($1) ORDER BY id LIMIT 2",
    [TEXT_NAMED_SCHEME] =
        "SELECT id FROM scheme WHERE lower(title) = lower($1) ORDER BY id LIMIT 2",
    [TEXT_NAMED_UNIT] = "SELECT id FROM unit WHERE lower(name) = lower($1) ORDER BY id LIMIT 2",
    [TEXT_STATUTORY] = "SELECT id FROM characteristic WHERE statutory = 1 ORDER BY id",
    [TEXT_STATEMENT_COUNT] = NULL,
};

static const struct {
    const char *entity;
    int statement;
} named[] = {
    { "body", TEXT_NAMED_BODY },       { "characteristic", TEXT_NAMED_CHARACTERISTIC },
    { "measure", TEXT_NAMED_MEASURE }, { "objective", TEXT_NAMED_OBJECTIVE },
    { "post", TEXT_NAMED_POST },       { "scheme", TEXT_NAMED_SCHEME },
    { "unit", TEXT_NAMED_UNIT },
};

static enum status one_integer(struct work *work, const char *sql,
                               const struct parameter *parameters, size_t count, int64_t *out)
{
    CLEANUP_CURSOR struct cursor *cursor = NULL;
    enum status status = store_query(work, sql, parameters, count, &cursor);
    if (status == STATUS_OK)
        status = cursor_next(cursor);
    if (status == STATUS_OK)
        *out = cursor_integer(cursor, 0);
    else if (status == STATUS_END)
        *out = INTEGER_MISSING;
    return status == STATUS_END ? STATUS_OK : status;
}

static enum status by_words(struct work *work, const char *sql, int64_t parent, const char *words,
                            int64_t *out_id)
{
    return one_integer(work, sql, PARAMETERS(parameter_integer(parent), parameter_text(words)),
                       out_id);
}

static enum status next_number(struct work *work, const char *sql, int64_t parent,
                               int64_t *out_number)
{
    return one_integer(work, sql, PARAMETERS(parameter_integer(parent)), out_number);
}

enum status text_store_objective(struct work *work, int64_t scheme, const char *title,
                                 int64_t *out_id)
{
    return by_words(work, text_statements[TEXT_OBJECTIVE], scheme, title, out_id);
}

enum status text_store_measure_referenced(struct work *work, int64_t objective,
                                          const char *reference, int64_t *out_id)
{
    return by_words(work, text_statements[TEXT_MEASURE_REFERENCED], objective, reference, out_id);
}

enum status text_store_priority(struct work *work, int64_t objective, const char *need,
                                int64_t *out_id)
{
    return by_words(work, text_statements[TEXT_PRIORITY], objective, need, out_id);
}

enum status text_store_outcome(struct work *work, int64_t priority, const char *wording,
                               int64_t *out_id)
{
    return by_words(work, text_statements[TEXT_OUTCOME], priority, wording, out_id);
}

enum status text_store_action(struct work *work, int64_t objective, const char *wording,
                              int64_t *out_id)
{
    return by_words(work, text_statements[TEXT_ACTION], objective, wording, out_id);
}

enum status text_store_next_objective(struct work *work, int64_t scheme, int64_t *out_number)
{
    return next_number(work, text_statements[TEXT_NEXT_OBJECTIVE], scheme, out_number);
}

enum status text_store_next_priority(struct work *work, int64_t objective, int64_t *out_number)
{
    return next_number(work, text_statements[TEXT_NEXT_PRIORITY], objective, out_number);
}

enum status text_store_next_outcome(struct work *work, int64_t priority, int64_t *out_number)
{
    return next_number(work, text_statements[TEXT_NEXT_OUTCOME], priority, out_number);
}

enum status text_store_next_action(struct work *work, int64_t objective, int64_t *out_number)
{
    return next_number(work, text_statements[TEXT_NEXT_ACTION], objective, out_number);
}

enum status text_store_only_scheme(struct work *work, int64_t *out_id)
{
    return one_integer(work, text_statements[TEXT_ONLY_SCHEME], NULL, 0, out_id);
}

enum status text_store_objective_numbered(struct work *work, int64_t scheme, int64_t number,
                                          int64_t *out_id)
{
    return one_integer(work, text_statements[TEXT_OBJECTIVE_NUMBERED],
                       PARAMETERS(parameter_integer(scheme), parameter_integer(number)), out_id);
}

enum status text_store_return_reference(struct work *work, int64_t directorate_return,
                                        int64_t objective, const char *criterion,
                                        const char **out_reference)
{
    CLEANUP_CURSOR struct cursor *cursor = NULL;
    enum status status = store_query(work, text_statements[TEXT_RETURN_REFERENCE],
                                     PARAMETERS(parameter_integer(directorate_return),
                                                parameter_integer(objective),
                                                parameter_text(criterion)),
                                     &cursor);
    if (status == STATUS_OK)
        status = cursor_next(cursor);
    if (status == STATUS_OK)
        *out_reference = arena_copy_text(work->arena, cursor_text(cursor, 0));
    return status == STATUS_END ? STATUS_OK : status;
}

enum status text_store_measure_reference(struct work *work, int64_t objective,
                                         const char *criterion, const char **out_reference,
                                         int64_t *out_measure)
{
    CLEANUP_CURSOR struct cursor *cursor = NULL;
    enum status status = store_query(
        work, text_statements[TEXT_MEASURE_REFERENCE],
        PARAMETERS(parameter_integer(objective), parameter_text(criterion)), &cursor);
    if (status == STATUS_OK)
        status = cursor_next(cursor);
    if (status == STATUS_OK) {
        *out_reference = arena_copy_text(work->arena, cursor_text(cursor, 0));
        *out_measure = cursor_integer(cursor, 1);
    }
    return status == STATUS_END ? STATUS_OK : status;
}

enum status text_store_next_reference(struct work *work, int64_t objective,
                                      int64_t directorate_return, int64_t *out_number,
                                      int64_t *out_place)
{
    enum status status = one_integer(work, text_statements[TEXT_OBJECTIVE_NUMBER],
                                     PARAMETERS(parameter_integer(objective)), out_number);
    if (status != STATUS_OK)
        return status;
    return one_integer(
        work, text_statements[TEXT_NEXT_PLACE],
        PARAMETERS(parameter_integer(objective), parameter_integer(directorate_return)), out_place);
}

static enum status one_named(struct work *work, const char *sql, const char *name, int64_t *out_id,
                             bool *out_several)
{
    CLEANUP_CURSOR struct cursor *cursor = NULL;
    int64_t id = INTEGER_MISSING;
    enum status status = store_query(work, sql, PARAMETERS(parameter_text(name)), &cursor);
    if (status == STATUS_OK)
        status = cursor_next(cursor);
    if (status == STATUS_OK) {
        id = cursor_integer(cursor, 0);
        status = cursor_next(cursor);
    }
    *out_several = status == STATUS_OK;
    *out_id = status == STATUS_END ? id : INTEGER_MISSING;
    return status == STATUS_END ? STATUS_OK : status;
}

enum status text_store_named(struct work *work, const struct entity *entity, const char *name,
                             int64_t *out_id, bool *out_several)
{
    *out_id = INTEGER_MISSING;
    *out_several = false;
    for (size_t i = 0; i < ARRAY_COUNT(named); i++)
        if (strcmp(named[i].entity, entity->name) == 0)
            return one_named(work, text_statements[named[i].statement], name, out_id, out_several);
    return STATUS_OK;
}

enum status text_store_statutory_characteristics(struct work *work, struct list *out_ids)
{
    CLEANUP_CURSOR struct cursor *cursor = NULL;
    enum status status = store_query(work, text_statements[TEXT_STATUTORY], NULL, 0, &cursor);
    while (status == STATUS_OK && (status = cursor_next(cursor)) == STATUS_OK) {
        int64_t *id = arena_new_of(work->arena, int64_t);
        *id = cursor_integer(cursor, 0);
        list_add(work->arena, out_ids, id);
    }
    return status == STATUS_END ? STATUS_OK : status;
}
