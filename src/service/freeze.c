#include "service/freeze.h"

#include <string.h>

#include "base/hash.h"
#include "base/arena.h"
#include "document/read.h"
#include "document/render.h"
#include "document/sources.h"
#include "model/citation.h"
#include "model/document.h"
#include "model/document_content.h"
#include "model/codes.h"
#include "model/measure.h"
#include "model/unit.h"
#include "service/finding.h"
#include "service/permission.h"
#include "service/progress.h"
#include "service/reference.h"
#include "stats/aggregate.h"
#include "store/audit.h"
#include "store/entity_store.h"
#include "base/banned.h"

/* What a figure cites, by ids. A figure that cites no measure, or a value of no unit, is not on
 * record. */
static enum status cite(struct work *work, struct references *references,
                        const struct document_figure *figure, struct citation *citation,
                        bool *out_is_cited)
{
    const struct document_citation *cited = &figure->citation;
    bool is_comparator = cited->subject && strcmp(cited->subject, "comparator") == 0;
    *out_is_cited = cited->measure && (cited->unit || is_comparator);
    if (!*out_is_cited)
        return STATUS_OK;
    enum status status = reference_id(work, references, &measure_entity, slice_of(cited->measure),
                                      &citation->measure);
    if (status == STATUS_OK && cited->unit)
        status = reference_id(work, references, &unit_entity, slice_of(cited->unit),
                              &citation->unit);
    citation->period = cited->period;
    citation->breakdown = cited->breakdown ? cited->breakdown : "";
    citation->subject = citation_is_value(cited) ? "value" : cited->subject;
    citation->detail = cited->detail;
    citation->revision = cited->revision;
    citation->printed = figure->text;
    return status;
}

/* One row for each thing that is printed, however often. */
static enum status insert_citations(struct work *work, struct audit *audit,
                                    struct document_tree *tree, int64_t document)
{
    const struct list sources = document_sources(tree).list;
    struct references *references = references_new();
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < sources.count; i++) {
        const struct document_source *source = sources.items[i];
        struct citation *citation = entity_row(work->arena, &citation_entity);
        bool is_cited = false;
        status = cite(work, references, source->first, citation, &is_cited);
        if (status != STATUS_OK || !is_cited)
            continue;
        citation->document = document;
        citation->number = (int64_t)source->number;
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
                                   .disclosure_reason = about->reason,
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
    const char *rows = about->findings ? findings_disclosing(work->arena, about->findings) : NULL;
    if (rows && !about->reason)
        return work_fail(work, STATUS_REFUSED,
                         "Rows that may give somebody away: %s; `dueregard check` says how. Mend "
                         "them, or say with --reason why they stand, which is kept with the "
                         "document.",
                         rows);
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

/* The number now in the way in which the figure printed the one of then: as it is, 100 less it, or
 * the upper edge of a band. NULL when the figure was made in none of these ways. */
static const char *newer_words(struct arena *arena, const struct citation_revised *revised)
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
    if (before == INTEGER_MISSING) /* a comparator's number of then is not kept */
        return progress_number_words(arena, &measure, after, revised->decimals);
    const int64_t pairs[][2] = {
        { before, after },
        { aggregate_complement(before), aggregate_complement(after) },
        { revised->then_upper, revised->upper },
    };
    for (size_t i = 0; i < ARRAY_COUNT(pairs); i++) {
        const char *words = progress_number_words(arena, &measure, pairs[i][0],
                                                  revised->then_decimals);
        if (words != NULL && strcmp(words, revised->printed) == 0)
            return progress_number_words(arena, &measure, pairs[i][1], revised->decimals);
    }
    return NULL;
}

/* Marks every figure that prints it. One that would be printed the same now stands: of a target,
 * say, of which the reason alone was revised. */
static void mark_revised(struct arena *arena, const struct document_sources *sources,
                         const struct citation_revised *revised)
{
    const struct document_figure figure = { .text = revised->printed,
                                            .citation = { .subject = revised->subject,
                                                          .measure = revised->measure,
                                                          .unit = revised->unit,
                                                          .period = revised->period,
                                                          .breakdown = revised->breakdown,
                                                          .detail = revised->detail,
                                                          .revision = revised->revision } };
    const struct document_source *source = document_source_find(sources, &figure);
    const char *newer = newer_words(arena, revised);
    if (source == NULL || (newer != NULL && strcmp(newer, revised->printed) == 0))
        return;
    for (struct document_figure *one = source->first; one != NULL; one = one->next) {
        one->citation.is_revised_since = true;
        one->citation.newer = newer;
    }
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
    const struct document_sources sources = document_sources(tree);
    for (size_t i = 0; i < revised.count; i++)
        mark_revised(work->arena, &sources, revised.items[i]);
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
        if ((!unit || (use->unit && strcmp(use->unit, unit) == 0)) &&
            (!period || strcmp(use->period, period) == 0))
            list_add(work->arena, &uses, all.items[i]);
    }
    if (status == STATUS_OK)
        *out_uses = uses;
    return status;
}
