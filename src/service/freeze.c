#include "service/freeze.h"

#include <string.h>

#include "base/hash.h"
#include "base/arena.h"
#include "document/read.h"
#include "document/render.h"
#include "document/runs.h"
#include "model/citation.h"
#include "model/document.h"
#include "model/document_content.h"
#include "model/codes.h"
#include "model/measure.h"
#include "model/unit.h"
#include "service/permission.h"
#include "service/progress.h"
#include "service/reference.h"
#include "stats/aggregate.h"
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

static enum status insert_content(struct work *work, struct audit *audit, int64_t document,
                                  struct slice bytes)
{
    struct document_content content = { .id = INTEGER_MISSING,
                                        .document = document,
                                        .body = slice_copy(work->arena, bytes),
                                        .event = audit_event_id(audit) };
    enum status status = entity_store_insert(work, &document_content_entity, &content);
    return status == STATUS_OK ? audit_add(work, audit, &document_content_entity, NULL, &content)
                               : status;
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
    status = permission_require(work, RIGHT_REPORT_MAKE, INTEGER_MISSING);
    if (status == STATUS_OK)
        status = audit_begin(work, "freeze", about->code, &audit);
    if (status != STATUS_OK)
        return status;
    status = insert_document(work, audit, about, hash, &document);
    if (status == STATUS_OK)
        status = insert_content(work, audit, document.id, bytes);
    if (status == STATUS_OK)
        status = insert_citations(work, audit, tree, document.id);
    if (status == STATUS_OK)
        return audit_commit(work, audit);
    audit_abandon(work, audit);
    return status;
}

/* The document of that code and what it said, whose hash must be the one that it holds. */
static enum status find_content(struct work *work, const char *code, struct document *document,
                                struct document_content *content)
{
    char hash[HASH_TEXT_LENGTH + 1];
    document->code = code;
    enum status status = entity_store_find(work, &document_entity, document, document);
    content->document = document->id;
    if (status == STATUS_OK)
        status = entity_store_find(work, &document_content_entity, content, content);
    if (status == STATUS_NOT_FOUND)
        return work_fail(work, STATUS_NOT_FOUND, "There is no frozen document \"%.60s\".", code);
    if (status != STATUS_OK)
        return status;
    hash_of(slice_of(content->body), hash);
    if (document->content_hash == NULL || strcmp(hash, document->content_hash) != 0)
        return work_fail(work, STATUS_STORAGE,
                         "What the store holds of the document \"%.60s\" is not what was frozen: "
                         "its hash differs. Restore the workspace from a backup.",
                         code);
    return STATUS_OK;
}

/* A number as the figure prints it: that of the value or, where the figure printed 100 less it,
 * that again. NULL when the figure was made in neither way. */
static const char *newer_words(struct arena *arena, const struct citation_revised *revised,
                               const char *printed)
{
    const struct measure measure = { .kind = revised->kind,
                                     .unit_of_measure = revised->unit_of_measure,
                                     .decimals = revised->measure_decimals };
    const struct value then = { .value = revised->then_value,
                                .numerator = revised->then_numerator,
                                .denominator = revised->then_denominator };
    const struct value now = { .value = revised->value,
                               .numerator = revised->numerator,
                               .denominator = revised->denominator };
    int64_t before = progress_value_number(&measure, &then);
    int64_t after = progress_value_number(&measure, &now);
    if (after == INTEGER_MISSING)
        return code_label(missing_codes, revised->missing);
    for (int complement = 0; complement <= 1; complement++) {
        const char *words = progress_number_words(arena, &measure, before, revised->then_decimals);
        if (words != NULL && strcmp(words, printed) == 0)
            return progress_number_words(arena, &measure, after, revised->decimals);
        before = aggregate_complement(before);
        after = aggregate_complement(after);
    }
    return NULL;
}

enum status freeze_load(struct work *work, const char *code, struct document_tree **out_tree)
{
    struct document *document = entity_row(work->arena, &document_entity);
    struct document_content *content = entity_row(work->arena, &document_content_entity);
    struct list revised = { 0 };
    struct document_tree *tree = NULL;
    enum status status = find_content(work, code, document, content);
    if (status == STATUS_OK)
        status = document_read(work, code, slice_of(content->body), &tree);
    if (status == STATUS_OK)
        status = citation_store_revised(work, document->id, &revised);
    if (status != STATUS_OK)
        return status;
    struct list figures = document_citations(tree);
    for (size_t i = 0; i < revised.count; i++) {
        const struct citation_revised *one = revised.items[i];
        assert(one->number >= 1 && (size_t)one->number <= figures.count);
        struct document_figure *figure = figures.items[one->number - 1];
        figure->citation.is_revised_since = true;
        figure->citation.newer = newer_words(work->arena, one, figure->text);
    }
    *out_tree = tree;
    return STATUS_OK;
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
