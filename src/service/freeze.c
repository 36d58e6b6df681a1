#include "service/freeze.h"

#include <string.h>

#include "base/hash.h"
#include "document/render.h"
#include "document/runs.h"
#include "model/citation.h"
#include "model/document.h"
#include "model/measure.h"
#include "model/unit.h"
#include "service/reference.h"
#include "store/audit.h"
#include "store/entity_store.h"
#include "base/banned.h"

/* The ids of what a figure cites; a figure that cites nothing has no measure. */
static enum status ids_of(struct work *work, struct references *references,
                          const struct document_citation *cited, struct citation *citation)
{
    citation->measure = citation->unit = INTEGER_MISSING;
    if (!cited->measure || !cited->unit)
        return STATUS_OK;
    enum status status = reference_id(work, references, &measure_entity, slice_of(cited->measure),
                                      &citation->measure);
    if (status == STATUS_OK)
        status = reference_id(work, references, &unit_entity, slice_of(cited->unit),
                              &citation->unit);
    citation->period = cited->period;
    citation->breakdown = cited->breakdown ? cited->breakdown : "";
    return status;
}

static enum status insert_citations(struct work *work, struct audit *audit,
                                    struct document_tree *tree, int64_t document)
{
    struct list figures = document_citations(tree);
    struct references *references = references_new();
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < figures.count; i++) {
        const struct document_figure *figure = figures.items[i];
        struct citation *citation = entity_row(work->arena, &citation_entity);
        status = ids_of(work, references, &figure->citation, citation);
        if (status != STATUS_OK || citation->measure == INTEGER_MISSING ||
            citation->unit == INTEGER_MISSING)
            continue;
        citation->document = document;
        citation->number = (int64_t)figure->number;
        citation->revision = figure->citation.revision;
        citation->printed = figure->text;
        citation->event = audit_event_id(audit);
        status = entity_store_insert(work, &citation_entity, citation);
        if (status == STATUS_OK)
            status = audit_add(work, audit, &citation_entity, NULL, citation);
    }
    references_free(references);
    return status;
}

static enum status insert_document(struct work *work, struct audit *audit,
                                   const struct freeze_about *about, const char *hash,
                                   struct document *document)
{
    *document = (struct document){ .id = INTEGER_MISSING,
                                   .code = about->code,
                                   .title = about->title,
                                   .kind = about->kind,
                                   .period = about->period,
                                   .created_at = work->now,
                                   .state = "frozen",
                                   .content_hash = hash,
                                   .event = audit_event_id(audit) };
    bool inserted = false;
    enum status status = entity_store_insert_new(work, &document_entity, document, &inserted);
    if (status == STATUS_OK && !inserted)
        return work_fail(work, STATUS_CONFLICT,
                         "There is a document \"%.60s\" already; choose another code.",
                         about->code);
    return status == STATUS_OK ? audit_add(work, audit, &document_entity, NULL, document) : status;
}

enum status freeze_document(struct work *work, struct document_tree *tree,
                            const struct freeze_about *about)
{
    struct slice bytes;
    struct audit *audit = NULL;
    struct document document;
    char hash[HASH_TEXT_LENGTH + 1];
    enum status status = document_render(work, tree, "json", NULL, &bytes);
    if (status != STATUS_OK)
        return status;
    hash_of(bytes, hash);
    status = audit_begin(work, "freeze", about->code, &audit);
    if (status != STATUS_OK)
        return status;
    status = insert_document(work, audit, about, hash, &document);
    if (status == STATUS_OK)
        status = insert_citations(work, audit, tree, document.id);
    if (status == STATUS_OK)
        return audit_commit(work, audit);
    audit_abandon(work, audit);
    return status;
}

static const struct citation *frozen_of(const struct list *frozen, const struct citation *wanted)
{
    for (size_t i = 0; i < frozen->count; i++) {
        const struct citation *citation = frozen->items[i];
        if (citation->measure == wanted->measure && citation->unit == wanted->unit &&
            strcmp(citation->period, wanted->period) == 0 &&
            strcmp(citation->breakdown ? citation->breakdown : "", wanted->breakdown) == 0)
            return citation;
    }
    return NULL;
}

enum status freeze_restore(struct work *work, const char *code, struct document_tree *tree)
{
    struct document *document = entity_row(work->arena, &document_entity);
    struct list frozen = { 0 }, figures = document_citations(tree);
    document->code = code;
    enum status status = entity_store_find(work, &document_entity, document, document);
    if (status == STATUS_NOT_FOUND)
        return work_fail(work, STATUS_NOT_FOUND, "There is no frozen document \"%.60s\".", code);
    if (status == STATUS_OK)
        status = entity_store_list_of(work, &citation_entity, "document", document->id, &frozen);
    struct references *references = references_new();
    for (size_t i = 0; status == STATUS_OK && i < figures.count; i++) {
        struct document_figure *figure = figures.items[i];
        struct citation now;
        status = ids_of(work, references, &figure->citation, &now);
        if (status != STATUS_OK || now.measure == INTEGER_MISSING)
            continue;
        const struct citation *then = frozen_of(&frozen, &now);
        if (!then || then->revision >= figure->citation.revision)
            continue;
        figure->citation.is_revised_since = true;
        figure->citation.newer = figure->text;
        figure->citation.revision = then->revision;
        figure->text = then->printed;
    }
    references_free(references);
    return status;
}

enum status where_used(struct work *work, const char *measure, const char *unit, const char *period,
                       struct list *out_uses)
{
    struct list all = { 0 }, uses = { 0 };
    int64_t id = INTEGER_MISSING;
    enum status status = entity_store_id(work, &measure_entity, slice_of(measure), &id);
    if (status == STATUS_NOT_FOUND)
        return work_fail(work, STATUS_NOT_FOUND, "There is no measure with the code \"%.60s\".",
                         measure);
    if (status == STATUS_OK)
        status = citation_store_uses(work, id, &all);
    for (size_t i = 0; status == STATUS_OK && i < all.count; i++) {
        const struct citation_use *use = all.items[i];
        if ((!unit || strcmp(use->unit, unit) == 0) &&
            (!period || strcmp(use->period, period) == 0))
            list_add(work->arena, &uses, all.items[i]);
    }
    if (status == STATUS_OK)
        *out_uses = uses;
    return status;
}
