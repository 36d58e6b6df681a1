#include "support/fault.h"

#include "base/slice.h"

static struct fault *fault_of(const struct store *store)
{
    return (struct fault *)(uintptr_t)store->engine;
}

/* Counts a call; STATUS_OK when it may go on. */
static enum status count_call(struct work *work, struct fault *fault)
{
    if (++fault->calls != fault->failing)
        return STATUS_OK;
    return work_fail(work, STATUS_STORAGE, "Call %lld was made to fail.",
                     (long long)fault->failing);
}

static enum status fault_run(struct work *work, const char *sql, const struct parameter *parameters,
                             size_t count, int64_t *out_changed)
{
    struct fault *fault = fault_of(work->store);
    if (!slice_starts(slice_of(sql), "ROLLBACK")) {
        enum status status = count_call(work, fault);
        if (status != STATUS_OK)
            return status;
    }
    return fault->real->run(work, sql, parameters, count, out_changed);
}

static enum status fault_run_script(struct work *work, const char *sql)
{
    struct fault *fault = fault_of(work->store);
    enum status status = count_call(work, fault);
    return status == STATUS_OK ? fault->real->run_script(work, sql) : status;
}

static enum status fault_query(struct work *work, const char *sql,
                               const struct parameter *parameters, size_t count,
                               struct cursor **out_cursor)
{
    struct fault *fault = fault_of(work->store);
    enum status status = count_call(work, fault);
    return status == STATUS_OK ? fault->real->query(work, sql, parameters, count, out_cursor)
                               : status;
}

static enum status fault_stream(struct work *work, const char *sql,
                                const struct parameter *parameters, size_t count,
                                struct cursor **out_cursor)
{
    struct fault *fault = fault_of(work->store);
    enum status status = count_call(work, fault);
    return status == STATUS_OK ? fault->real->stream(work, sql, parameters, count, out_cursor)
                               : status;
}

static enum status fault_insert(struct work *work, const char *sql,
                                const struct parameter *parameters, size_t count, int64_t *out_id)
{
    struct fault *fault = fault_of(work->store);
    enum status status = count_call(work, fault);
    return status == STATUS_OK ? fault->real->insert(work, sql, parameters, count, out_id) : status;
}

static enum status fault_insert_rows(struct work *work, const char *sql,
                                     const struct parameter_rows *rows, int64_t *out_ids)
{
    struct fault *fault = fault_of(work->store);
    enum status status = count_call(work, fault);
    return status == STATUS_OK ? fault->real->insert_rows(work, sql, rows, out_ids) : status;
}

static enum status fault_query_rows(struct work *work, const char *sql,
                                    const struct parameter_rows *rows, struct cursor **out_cursors)
{
    struct fault *fault = fault_of(work->store);
    enum status status = count_call(work, fault);
    return status == STATUS_OK ? fault->real->query_rows(work, sql, rows, out_cursors) : status;
}

static enum status fault_next(struct cursor *cursor)
{
    struct fault *fault = fault_of(cursor->store);
    enum status status = count_call(cursor->work, fault);
    return status == STATUS_OK ? fault->real->cursor_next(cursor) : status;
}

void fault_install(struct work *work, struct fault *fault, int64_t failing)
{
    *fault = (struct fault){ .engine = *work->store->engine,
                             .real = work->store->engine,
                             .failing = failing };
    fault->engine.run = fault_run;
    fault->engine.run_script = fault_run_script;
    fault->engine.query = fault_query;
    fault->engine.stream = fault_stream;
    fault->engine.insert = fault_insert;
    if (fault->real->insert_rows)
        fault->engine.insert_rows = fault_insert_rows;
    if (fault->real->query_rows)
        fault->engine.query_rows = fault_query_rows;
    fault->engine.cursor_next = fault_next;
    work->store->engine = &fault->engine;
}

void fault_remove(struct work *work, struct fault *fault)
{
    work->store->engine = fault->real;
}
