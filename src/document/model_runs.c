/* What the parts of a paragraph or cell are called. Within a run and a citation stands the arena
 * for words that are made when they are asked for. */
#include <assert.h>

#include "base/number.h"
#include "base/period.h"
#include "document/colour.h"
#include "document/model_parts.h"
#include "document/sources.h"

#include "base/banned.h"

static const char *const run_kinds[DOCUMENT_RUN_KIND_COUNT] = {
    [DOCUMENT_RUN_TEXT] = "text",       [DOCUMENT_RUN_STRONG] = "strong",
    [DOCUMENT_RUN_CODE] = "code",       [DOCUMENT_RUN_LINK] = "link",
    [DOCUMENT_RUN_FIGURE] = "figure",   [DOCUMENT_RUN_DERIVED] = "derived",
    [DOCUMENT_RUN_RATING] = "rating",   [DOCUMENT_RUN_MISSING] = "missing",
    [DOCUMENT_RUN_FINDING] = "finding", [DOCUMENT_RUN_BREAK] = "break",
};

/* Arenas are never const; what points to one inside a thing is. */
static struct arena *arena_of(const struct thing *thing)
{
    return (struct arena *)(uintptr_t)thing->within;
}

struct thing period_thing(struct arena *arena, const char *notation)
{
    struct period period;
    if (!notation || !period_read(slice_of(notation), &period))
        return thing_of_text(notation);
    return thing_of_text(period_print_long(arena, period));
}

/* A citation's thing looks at the figure that cites. */
static const struct document_citation *citation_of(const struct thing *object)
{
    return &((const struct document_figure *)object->at)->citation;
}

static struct thing citation_subject(const struct thing *object)
{
    return thing_of_text(citation_is_value(citation_of(object)) ? "value"
                                                                : citation_of(object)->subject);
}

static struct thing citation_subject_thing(const struct thing *object)
{
    return thing_of_text(citation_subject_words(arena_of(object), citation_of(object)));
}

static struct thing citation_period_words(const struct thing *object)
{
    return period_thing(arena_of(object), citation_of(object)->period);
}

static struct thing citation_revision(const struct thing *object)
{
    int64_t revision = citation_of(object)->revision;
    return revision > 0 ? thing_of_integer(revision) : thing_of_text(NULL);
}

static struct thing citation_words(const struct thing *object)
{
    const struct document_figure *figure = object->at;
    return thing_of_text(figure->source->words);
}

#define CITATION_TEXT(member)                                                                      \
    {                                                                                              \
#member, NULL, THING_TEXT, offsetof(struct document_figure, citation.member), false        \
    }

static const struct thing_member citation_members[] = {
    MEMBER_BY("subject", citation_subject),
    MEMBER_BY("subject_words", citation_subject_thing),
    CITATION_TEXT(measure),
    CITATION_TEXT(measure_title),
    CITATION_TEXT(unit),
    CITATION_TEXT(period),
    MEMBER_BY("period_words", citation_period_words),
    CITATION_TEXT(breakdown),
    CITATION_TEXT(detail),
    MEMBER_BY("revision", citation_revision),
    { "is_revised_since", NULL, THING_TRUE,
      offsetof(struct document_figure, citation.is_revised_since), false },
    CITATION_TEXT(newer),
    MEMBER_BY("words", citation_words),
};
static const struct thing_kind citation_kind = THING_KIND_OF(citation_members);

static const struct document_source *source_of(const struct thing *object)
{
    return object->at;
}

static struct thing source_number(const struct thing *object)
{
    return thing_of_integer((int64_t)source_of(object)->number);
}

static struct thing source_printed(const struct thing *object)
{
    return thing_of_text(source_of(object)->first->text);
}

static struct thing source_citation(const struct thing *object)
{
    return thing_of(THING_OBJECT, &citation_kind, source_of(object)->first, object->within);
}

static const struct thing_member source_members[] = {
    MEMBER_BY("number", source_number),
    MEMBER_BY("printed", source_printed),
    MEMBER_BY("citation", source_citation),
};
const struct thing_kind model_source_kind = THING_KIND_OF(source_members);

static struct thing run_kind(const struct thing *object)
{
    return thing_of_text(run_kinds[((const struct document_run *)object->at)->kind]);
}

static struct thing run_source(const struct thing *object)
{
    const struct document_run *run = object->at;
    return thing_of_integer((int64_t)run->figure->source->number);
}

static struct thing run_is_first(const struct thing *object)
{
    const struct document_run *run = object->at;
    return thing_of_truth(run->figure->source->first == run->figure);
}

static struct thing run_words(const struct thing *object)
{
    const struct document_run *run = object->at;
    return thing_of_text(run->figure->source->words);
}

static struct thing run_number(const struct thing *object)
{
    int64_t millionths = 0;
    int decimals = 0;
    bool is_percent = false;
    const struct document_run *run = object->at;
    if (!figure_read(slice_of(run->text), &millionths, &decimals, &is_percent))
        return thing_of_text(NULL);
    return thing_of_text(number_print(arena_of(object), millionths, decimals));
}

static struct thing run_is_percent(const struct thing *object)
{
    int64_t millionths = 0;
    int decimals = 0;
    bool is_percent = false;
    const struct document_run *run = object->at;
    return thing_of_truth(figure_read(slice_of(run->text), &millionths, &decimals, &is_percent) &&
                          is_percent);
}

static struct thing run_citation(const struct thing *object)
{
    const struct document_run *run = object->at;
    return thing_of(THING_OBJECT, &citation_kind, run->figure, object->within);
}

static struct thing run_colour(const struct thing *object)
{
    const struct document_run *run = object->at;
    return thing_of_text(document_colour_named(run->rating.colour)->name);
}

static struct thing run_severity(const struct thing *object)
{
    return thing_of_text(
        document_severity_code(((const struct document_run *)object->at)->severity));
}

static struct thing run_severity_words(const struct thing *object)
{
    return thing_of_text(
        document_severity_words(((const struct document_run *)object->at)->severity));
}

static const struct thing_member text_members[] = {
    MEMBER_BY("kind", run_kind),
    MEMBER_TEXT(document_run, text),
};
static const struct thing_member link_members[] = {
    MEMBER_BY("kind", run_kind),
    MEMBER_TEXT(document_run, text),
    MEMBER_TEXT(document_run, address),
};
static const struct thing_member figure_members[] = {
    MEMBER_BY("kind", run_kind),
    MEMBER_TEXT(document_run, text),
    MEMBER_BY("source", run_source),
    MEMBER_BY("number", run_number),
    MEMBER_BY("is_percent", run_is_percent),
    MEMBER_BY("citation", run_citation),
    MEMBER_UNLISTED("is_first", run_is_first),
    MEMBER_UNLISTED("words", run_words),
};
static const struct thing_member derived_members[] = {
    MEMBER_BY("kind", run_kind),
    MEMBER_TEXT(document_run, text),
    MEMBER_BY("number", run_number),
    MEMBER_BY("is_percent", run_is_percent),
};
static const struct thing_member rating_members[] = {
    MEMBER_BY("kind", run_kind),
    { "letters", NULL, THING_TEXT, offsetof(struct document_run, rating.letters), false },
    { "words", NULL, THING_TEXT, offsetof(struct document_run, rating.words), false },
    MEMBER_BY("colour", run_colour),
};
static const struct thing_member missing_members[] = {
    MEMBER_BY("kind", run_kind),
    MEMBER_TEXT(document_run, text),
    MEMBER_TEXT(document_run, code),
};
static const struct thing_member finding_members[] = {
    MEMBER_BY("kind", run_kind),         MEMBER_TEXT(document_run, text),
    MEMBER_BY("severity", run_severity), MEMBER_BY("severity_words", run_severity_words),
    MEMBER_TEXT(document_run, code),
};
static const struct thing_member break_members[] = { MEMBER_BY("kind", run_kind) };

static const struct thing_kind run_kinds_seen[DOCUMENT_RUN_KIND_COUNT] = {
    [DOCUMENT_RUN_TEXT] = THING_KIND_OF(text_members),
    [DOCUMENT_RUN_STRONG] = THING_KIND_OF(text_members),
    [DOCUMENT_RUN_CODE] = THING_KIND_OF(text_members),
    [DOCUMENT_RUN_LINK] = THING_KIND_OF(link_members),
    [DOCUMENT_RUN_FIGURE] = THING_KIND_OF(figure_members),
    [DOCUMENT_RUN_DERIVED] = THING_KIND_OF(derived_members),
    [DOCUMENT_RUN_RATING] = THING_KIND_OF(rating_members),
    [DOCUMENT_RUN_MISSING] = THING_KIND_OF(missing_members),
    [DOCUMENT_RUN_FINDING] = THING_KIND_OF(finding_members),
    [DOCUMENT_RUN_BREAK] = THING_KIND_OF(break_members),
};

static size_t runs_count(const struct thing *list)
{
    const struct document_runs *runs = list->at;
    size_t count = 0;
    for (const struct document_run *run = runs->first; run; run = run->next)
        count++;
    return count;
}

static struct thing runs_item(const struct thing *list, size_t index, const struct thing *before)
{
    (void)index;
    const struct document_runs *runs = list->at;
    const struct document_run *run = before ? ((const struct document_run *)before->at)->next
                                            : runs->first;
    return thing_of(THING_OBJECT, &run_kinds_seen[run->kind], run, runs->arena);
}

static const struct thing_kind runs_kind = { .count = runs_count, .item = runs_item };

struct thing runs_thing(const struct document_runs *runs)
{
    return thing_of(THING_LIST, &runs_kind, runs, NULL);
}
