#include "service/ledger_record.h"

#include <string.h>

#include "base/arena.h"
#include "model/disclosure_release.h"
#include "service/permission.h"
#include "store/audit.h"
#include "store/entity_store.h"
#include "store/ledger_store.h"
#include "base/banned.h"

enum status ledger_record_load(struct work *work, struct ledger *out_ledger)
{
    struct ledger ledger = ledger_new(work->arena);
    struct list rows = { 0 };
    enum status status = entity_store_list(work, &disclosure_release_entity, 0, &rows);
    for (size_t i = 0; status == STATUS_OK && i < rows.count; i++) {
        const struct disclosure_release *row = rows.items[i];
        status = ledger_parse(work, arena_format(work->arena, "release %s", row->code),
                              slice_of(row->body), &ledger);
    }
    if (status == STATUS_OK)
        *out_ledger = ledger;
    return status;
}

enum status ledger_record_read(struct work *work, const struct ledger_stored *stored,
                               struct ledger *out_ledger)
{
    struct ledger ledger = ledger_new(work->arena);
    /* the chain goes on from there */
    memcpy(ledger.hash, stored->hash_before, strnlen(stored->hash_before, HASH_TEXT_LENGTH));
    enum status status = ledger_parse(work, arena_format(work->arena, "release %s", stored->code),
                                      slice_of(stored->body), &ledger);
    if (status == STATUS_OK && ledger.releases.count != 1)
        status = work_fail(work, STATUS_STORAGE, "The release \"%.60s\" has no cells of its own.",
                           stored->code);
    if (status == STATUS_OK)
        *out_ledger = ledger;
    return status;
}

enum status ledger_record_find(struct work *work, const char *code,
                               struct disclosure_release *out_release, struct ledger *out_ledger)
{
    struct ledger_stored stored;
    enum status status = ledger_store_find(work, code, out_release, &stored);
    return status == STATUS_OK ? ledger_record_read(work, &stored, out_ledger) : status;
}

static enum status insert(struct work *work, struct audit *audit, struct ledger *ledger,
                          const struct ledger_release *release)
{
    const char *latest = NULL;
    enum status status = ledger_store_latest(work, &latest);
    if (status == STATUS_OK && strcmp(latest, ledger->hash) != 0)
        return work_fail(work, STATUS_CONFLICT,
                         "Something was released meanwhile; try again, so that \"%.60s\" is judged "
                         "with it.",
                         release->name);
    if (status != STATUS_OK)
        return status;
    struct slice lines = ledger_lines(work, ledger, release);
    struct disclosure_release row = {
        .id = INTEGER_MISSING,
        .code = release->name,
        .population = release->population,
        .definition = *release->definition ? release->definition : NULL,
        .period = release->period,
        .method = release->method,
        .threshold = release->threshold,
        .cells = (int64_t)(release->end - release->first),
        .released_at = release->released,
        .released_by = release->by,
        .body = slice_copy(work->arena, lines),
        .chain_hash = ledger->hash,
        .tables = release->tables,
        .report = release->report,
        .event = audit_event_id(audit),
    };
    status = entity_store_insert(work, &disclosure_release_entity, &row);
    return status == STATUS_OK ? audit_add(work, audit, &disclosure_release_entity, NULL, &row)
                               : status;
}

enum status ledger_record_add(struct work *work, struct ledger *ledger,
                              const struct ledger_release *release,
                              const struct ledger_verdict *verdict)
{
    struct audit *audit = NULL;
    enum status status = permission_require(work, RIGHT_TABLES_RELEASE, INTEGER_MISSING);
    if (status == STATUS_OK)
        status = ledger_admit(work, release, verdict);
    if (status == STATUS_OK)
        status = audit_begin(work, "release", release->name, &audit);
    if (status != STATUS_OK)
        return status;
    status = insert(work, audit, ledger, release);
    if (status == STATUS_OK)
        return audit_commit(work, audit);
    audit_abandon(work, audit);
    return status;
}
