/* Tables of a snapshot on their way out: chosen, protected, looked at with the report, released. */
#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/period.h"
#include "service/table_release.h"
#include "web/form.h"
#include "web/pages/pages.h"
#include "web/pages/release_parts.h"
#include "web/routes.h"

#include "base/banned.h"

/* What the form shows: what was typed or asked for, and the snapshots and profiles there are. */
struct choosing {
    struct work *work;
    const struct call *call;
    const struct problems *problems;
    struct list snapshots, profiles, columns, amounts;
    const struct snapshot_entry *snapshot; /* the chosen one; NULL: there are none */
};

static const char *typed(const struct choosing *choosing, const char *name)
{
    const char *query = request_query(choosing->call->request, name);
    const char *value = form_value(choosing->call, name);
    return *value ? value : query ? query : "";
}

static enum status load(struct choosing *choosing)
{
    const char *code = typed(choosing, "snapshot");
    enum status status = snapshot_store_list(choosing->work, &choosing->snapshots);
    for (size_t i = 0; status == STATUS_OK && i < choosing->snapshots.count; i++) {
        const struct snapshot_entry *entry = choosing->snapshots.items[i];
        if (!*code || strcmp(entry->snapshot.code, code) == 0)
            choosing->snapshot = entry; /* by day: the newest unless one is named */
    }
    return status == STATUS_OK ? table_release_profiles(choosing->work, &choosing->profiles)
                               : status;
}

/* What the chosen snapshot has. */
static enum status load_columns(struct choosing *choosing)
{
    const char *code = choosing->snapshot->snapshot.code;
    enum status status = table_release_columns(choosing->work, code, &choosing->columns);
    return status == STATUS_OK ? table_release_amounts(choosing->work, code, &choosing->amounts)
                               : status;
}

static json_t *snapshot_items(const struct choosing *choosing)
{
    json_t *items = json_array();
    const char *chosen = choosing->snapshot ? choosing->snapshot->snapshot.code : "";
    for (size_t i = choosing->snapshots.count; i-- > 0;) {
        const struct snapshot_entry *entry = choosing->snapshots.items[i];
        json_array_append_new(items, form_data_item(choosing->call, entry->snapshot.code,
                                                    entry->snapshot.title, chosen));
    }
    return items;
}

static json_t *profile_items(const struct choosing *choosing)
{
    json_t *items = json_array();
    const char *chosen = typed(choosing, "profile");
    for (size_t i = 0; i < choosing->profiles.count; i++) {
        const struct profile *profile = choosing->profiles.items[i];
        char *summary = arena_copy_text(choosing->work->arena, profile->summary);
        summary[0] = (char)toupper((unsigned char)summary[0]);
        json_array_append_new(items, form_item(profile->name, profile->title, summary,
                                               *chosen ? chosen : PROFILE_STANDARD));
    }
    return items;
}

static json_t *amount_items(const struct choosing *choosing)
{
    json_t *items = json_array();
    const char *chosen = typed(choosing, "amount");
    json_array_append_new(
        items, form_item("", call_words(choosing->call, WORDS("Nothing more")), NULL, chosen));
    for (size_t i = 0; i < choosing->amounts.count; i++) {
        const struct table_column *amount = choosing->amounts.items[i];
        json_array_append_new(items, form_item(amount->name, amount->title, NULL, chosen));
    }
    return items;
}

/* The month of the snapshot, where nothing else was typed. */
static const char *period_of(const struct choosing *choosing)
{
    struct date day;
    const char *period = typed(choosing, "period");
    if (*period || !choosing->snapshot ||
        !date_read(slice_of(choosing->snapshot->snapshot.taken_on), &day))
        return period;
    return period_print(
        choosing->work->arena,
        (struct period){ .kind = PERIOD_MONTH, .year = day.year, .number = day.month });
}

static json_t *columns_json(const struct choosing *choosing)
{
    json_t *array = json_array();
    for (size_t i = 0; i < choosing->columns.count; i++) {
        const struct table_column *column = choosing->columns.items[i];
        json_array_append_new(
            array, json_pack("{s:s, s:s}", "name", column->name, "title", column->title));
    }
    return array;
}

/* What was asked for, so that exactly that is released. */
static json_t *asked_json(const struct choosing *choosing)
{
    static const char *const names[] = { "snapshot",  "tables", "profile", "amount",
                                         "threshold", "period", "code" };
    json_t *array = json_array();
    for (size_t i = 0; i < ARRAY_COUNT(names); i++)
        json_array_append_new(array, json_pack("{s:s, s:s}", "name", names[i], "value",
                                               form_value(choosing->call, names[i])));
    return array;
}

static void show_form(const struct choosing *choosing, json_t *result, struct page *out_page)
{
    const struct form_field fields[] = {
        { .name = "snapshot", .label = "Snapshot", .items = snapshot_items(choosing) },
        { .name = "tables",
          .label = "Tables",
          .hint = "One a line; a star crosses columns, a slash goes down a hierarchy: "
                  "ethnicity*sex, disability*unit-1/unit-2. All of them are protected together.",
          .value = typed(choosing, "tables") },
        { .name = "profile",
          .legend = "How counts are protected",
          .items = profile_items(choosing) },
        { .name = "amount",
          .label = "Mean and median too",
          .hint = "Of an amount of money, in whole pounds, where enough people have one",
          .items = amount_items(choosing) },
        { .name = "threshold",
          .label = "Hide counts below (optional)",
          .hint = "Only to hide more than the profile does",
          .value = typed(choosing, "threshold"),
          .inputmode = "numeric",
          .classes = "govuk-input--width-5" },
        { .name = "period",
          .label = "Period of the counts",
          .hint = "Such as 2026-03 or 2025-26-Q4: counts of the same people in the same period are "
                  "held together",
          .value = period_of(choosing),
          .classes = "govuk-input--width-10" },
        { .name = "code",
          .label = "Name of the release",
          .hint = "Such as workforce-2026: it stands in addresses and never changes. A correction "
                  "is a release of its own.",
          .value = typed(choosing, "code"),
          .classes = "govuk-input--width-20" },
    };
    json_t *model = json_pack(
        "{s:o, s:o, s:o, s:o, s:b}", "show",
        release_look_button(WORDS("Show the protected tables"), "show", result), "release",
        form_act_button(WORDS("Release the tables"), NULL, "release"), "columns",
        columns_json(choosing), "result", result ? result : json_null(), "hasSnapshots",
        choosing->snapshot != NULL);
    for (size_t i = 0; i < ARRAY_COUNT(fields); i++)
        json_object_set_new(model, fields[i].name, form_field(&fields[i], choosing->problems));
    json_object_set_new(model, "asked", asked_json(choosing));
    form_tell(model, choosing->problems);
    *out_page = (struct page){ .template = "pages/release-new.html",
                               .title = call_words(choosing->call, WORDS("Release tables")),
                               .model = model,
                               .has_form = true };
}

enum status page_release_new(struct work *work, const struct call *call, struct page *out_page)
{
    struct choosing choosing = { .work = work, .call = call };
    enum status status = load(&choosing);
    if (status == STATUS_OK && choosing.snapshot)
        status = load_columns(&choosing);
    if (status == STATUS_OK)
        show_form(&choosing, NULL, out_page);
    return status;
}

static enum status result_json(const struct choosing *choosing, const struct table_release *release,
                               json_t **out_json)
{
    struct work *work = choosing->work;
    const struct released_list list = { release->release.tables, release->release.table_count };
    json_t *tables = NULL;
    enum status status = STATUS_OK;
    if (release->refusal) {
        *out_json = json_pack(
            "{s:s, s:o, s:[], s:[], s:[], s:b, s:b, s:b}", "refusal", release->refusal,
            "certificate", release_lines_json(work, release->certificate), "tables", "report",
            "exposures", "isUndecided", false, "isRefused", true, "mayGoOut", false);
        return STATUS_OK;
    }
    status = released_tables_json(work, choosing->call, &list, &tables);
    if (status == STATUS_OK)
        *out_json = json_pack("{s:n, s:[], s:o, s:o, s:o, s:b, s:b, s:b}", "refusal", "certificate",
                              "tables", tables, "report", release_lines_json(work, release->report),
                              "exposures", release_exposures_json(work, &release->verdict, 0),
                              "isUndecided", (int)release->verdict.is_undecided, "isRefused",
                              (int)!release->may_go_out, "mayGoOut", (int)release->may_go_out);
    return status;
}

/* Without a result the form comes again: with its problems, or what became of the tables. */
static enum status show_result(struct choosing *choosing, const struct table_release *release,
                               struct page *out_page)
{
    json_t *result = NULL;
    enum status status = load(choosing);
    choosing->columns = release->columns;
    choosing->amounts = release->amounts;
    if (status == STATUS_OK && choosing->columns.count == 0 && choosing->snapshot)
        status = load_columns(choosing);
    if (status == STATUS_OK && choosing->problems->list.count == 0)
        status = result_json(choosing, release, &result);
    if (status == STATUS_OK)
        show_form(choosing, result, out_page);
    return status;
}

enum status page_release_new_sent(struct work *work, const struct call *call, struct page *out_page)
{
    struct problems problems = form_problems(work);
    struct table_release release = { .refusal = NULL };
    struct choosing choosing = { .work = work, .call = call, .problems = &problems };
    bool is_asked = strcmp(form_value(call, "act"), "release") == 0;
    const struct table_release_request request = {
        .snapshot = form_value(call, "snapshot"),
        .tables = form_value(call, "tables"),
        .profile = form_value(call, "profile"),
        .name = form_value(call, "code"),
        .period = form_value(call, "period"),
        .amount = form_value(call, "amount"),
        .threshold = form_number(call, "threshold"),
    };
    if (*form_value(call, "threshold") && request.threshold == INTEGER_MISSING)
        problem_add(&problems, "threshold", "Give a whole number, or leave it empty");
    enum status status = table_release_try(work, &request, &problems, &release);
    if (status != STATUS_OK)
        return status;
    if (!is_asked || problems.list.count > 0 || release.refusal || !release.may_go_out)
        return show_result(&choosing, &release, out_page);
    status = table_release_record(work, &release);
    if (status == STATUS_OK)
        *out_page = (struct page){ .redirect = arena_format(work->arena, "/releases/%s",
                                                            request.name),
                                   .done = "tables-released" };
    return status;
}
