/* The pay gaps of a snapshot, for those who may count its people: who is counted, the statutory
 * figures each with its sentence, the four bands, and every unit. */
#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "entity/entity.h"
#include "service/pay_csv.h"
#include "service/pay_words.h"
#include "service/sealed_people.h"
#include "web/pages/pages.h"
#include "web/pages/people_pay_parts.h"
#include "web/pages/table_file.h"
#include "web/routes.h"
#include "web/site.h"

#include "base/banned.h"

enum { UNITS_SHOWN = 200 };

/* What a page or file was asked for, and the report. */
struct asking {
    const char *by, *detail; /* as the address has them */
    struct people_labels labels;
    struct sealed_people sealed;
    struct pay_report report;
    const struct pay_unit *unit; /* NULL: everybody */
};

static const struct pay_unit *unit_of(const struct pay_report *report, const char *path)
{
    for (size_t i = 0; path && i < report->unit_count; i++)
        if (strcmp(report->units[i].path, path) == 0)
            return &report->units[i];
    return NULL;
}

/* What the address asks for; STATUS_NOT_FOUND for a characteristic that has no pay gap. */
static enum status read_asking(struct work *work, const struct call *call, struct asking *asking,
                               struct pay_report_options *options)
{
    static const enum people_role roles[] = { PEOPLE_SEX, PEOPLE_ETHNICITY, PEOPLE_DISABILITY };
    size_t i = 0;
    const char *by = call_asked(call, "by"), *detail = call_asked(call, "groups");
    asking->by = by ? by : "sex";
    asking->detail = detail ? detail : "broad";
    while (i < ARRAY_COUNT(roles) && strcmp(people_roles[roles[i]].code, asking->by) != 0)
        i++;
    if (i == ARRAY_COUNT(roles) || !people_detail_read(asking->detail, &options->detail))
        return work_fail(work, STATUS_NOT_FOUND,
                         "Pay gaps are by sex, ethnicity or disability, ethnic groups broad, by "
                         "category or binary.");
    options->role = roles[i];
    return STATUS_OK;
}

/* Opens the snapshot and computes; `asking` must begin as { 0 } and be closed by its sealed
 * people. */
static enum status compute(struct work *work, const struct call *call, struct asking *asking)
{
    struct pay_report_options options = { .bonus_days = PAY_DAYS_YEAR };
    enum status status = read_asking(work, call, asking, &options);
    if (status == STATUS_OK)
        status = people_labels_read(work, &asking->labels);
    if (status == STATUS_OK)
        status = sealed_people_open(work, &asking->labels.lists, call_parameter(call, "code"),
                                    call_asked(call, "unit"), &asking->sealed);
    if (status != STATUS_OK)
        return status;
    options.on = asking->sealed.entry.snapshot.taken_on;
    status = pay_report_make(work, &asking->labels, &asking->sealed.people, &options,
                             &asking->report);
    asking->unit = unit_of(&asking->report, asking->sealed.scope.unit);
    if (status == STATUS_OK && asking->sealed.scope.unit && !asking->unit)
        return work_fail(work, STATUS_NOT_FOUND, "The snapshot has no unit \"%.80s\".",
                         asking->sealed.scope.unit);
    return status;
}

/* Who is counted ---------------------------------------------------------------------------------
 */

static json_t *groups_json(struct work *work, const struct pay_shown *shown)
{
    json_t *array = json_array();
    const struct people_groups *groups = &shown->report->groups;
    for (size_t i = 0; i < groups->count; i++) {
        int64_t people = shown->figures->groups[i].pay.people;
        json_array_append_new(array,
                              json_pack("{s:s, s:s, s:s}", "title", groups->groups[i].title,
                                        "people", number_print_count(work->arena, people), "share",
                                        pay_share_words(work->arena, people, shown->counted)));
    }
    return array;
}

/* Why people are not counted, as the beginning of a row. */
static const char *standing_title(enum people_role role, enum pay_standing standing)
{
    static const char *const titles[PAY_STANDING_COUNT] = {
        [PAY_COUNTED] = NULL,
        [PAY_REDUCED] = WORDS("People on reduced pay because of leave"),
        [PAY_MISSING] = WORDS("People without an amount of pay"),
        [PAY_NIL] = WORDS("People paid nothing"),
        [PAY_NEGATIVE] = WORDS("People with a negative amount"),
        [PAY_TOO_LARGE] = WORDS("People with an amount too large to be pay"),
        [PAY_HOURS_MISSING] = WORDS("People without hours"),
        [PAY_HOURS_REFUSED] = WORDS("People with hours not above 0, or above 60 a week"),
    };
    if (standing != PAY_GROUP_UNKNOWN)
        return titles[standing];
    return role == PEOPLE_SEX ? WORDS("People whose sex is not known or not compared")
           : role == PEOPLE_ETHNICITY
               ? WORDS("People whose ethnic group is not known or not compared")
               : WORDS("People of whom is not known whether they are disabled");
}

static const char *refusal_title(enum people_refusal refusal)
{
    static const char *const titles[PEOPLE_REFUSAL_COUNT] = {
        [PEOPLE_REPEATED] = WORDS(
            "Rows not taken, because the same row stands under the same key before"),
        [PEOPLE_DATES_CROSS] = WORDS(
            "Rows not taken, because the leaving date is before the start date"),
        [PEOPLE_STRAY] = WORDS("Rows not taken, because they are a total or a note"),
        [PEOPLE_NOT_IN_FORCE] = WORDS("Rows of people who were not employed on the day"),
    };
    return titles[refusal];
}

/* Reasons for which people, or rows of the file, are not counted; of everybody alone. */
static json_t *left_out_json(struct work *work, const struct asking *asking)
{
    json_t *array = json_array();
    const struct pay_report *report = &asking->report;
    for (int i = PAY_COUNTED + 1; i < PAY_STANDING_COUNT; i++)
        if (report->ranking.standing[i] > 0)
            json_array_append_new(
                array,
                json_pack("{s:s, s:s}", "title",
                          standing_title(report->groups.role, (enum pay_standing)i), "people",
                          number_print_count(work->arena, report->ranking.standing[i])));
    for (int i = 0; i < PEOPLE_REFUSAL_COUNT; i++)
        if (asking->sealed.people.refused[i] > 0)
            json_array_append_new(
                array,
                json_pack("{s:s, s:s}", "title", refusal_title((enum people_refusal)i), "people",
                          number_print_count(work->arena, asking->sealed.people.refused[i])));
    return array;
}

/* The figures ------------------------------------------------------------------------------------
 */

static const char *percent_of(struct work *work, const struct pay_gap *gap)
{
    const char *words = pay_gap_words(work->arena, gap);
    return words ? arena_format(work->arena, "%s%%", words) : WORDS("no figure");
}

static json_t *strings_json(const struct list *words)
{
    json_t *array = json_array();
    for (size_t i = 0; i < words->count; i++)
        json_array_append_new(array, json_string(words->items[i]));
    return array;
}

static void add_figure(json_t *array, const char *title, const char *value, json_t *sentences)
{
    json_array_append_new(array, json_pack("{s:s, s:s, s:o}", "title", title, "value", value,
                                           "sentences", sentences));
}

static json_t *gap_sentences_json(struct work *work, const struct pay_shown *shown,
                                  const struct pay_gap *gap, enum pay_lead lead)
{
    bool is_bonus = lead == PAY_LEAD_BONUS_MEAN || lead == PAY_LEAD_BONUS_MEDIAN;
    if (is_bonus && gap->state == PAY_GAP_NOT_KNOWN)
        return json_pack("[s]", "No column says who was paid a bonus in the twelve months.");
    struct list sentences = pay_gap_sentences(work->arena, &shown->report->groups, gap, 1, lead);
    return strings_json(&sentences);
}

/* Two groups: the statutory figures, each with what it means. */
static json_t *figures_json(struct work *work, const struct pay_shown *shown)
{
    struct arena *arena = work->arena;
    const struct people_groups *groups = &shown->report->groups;
    const struct pay_group_figures *first = &shown->figures->groups[0];
    const struct pay_group_figures *own = &shown->figures->groups[1];
    json_t *array = json_array();
    const struct {
        const char *title;
        enum pay_lead lead;
        const struct pay_gap *gap;
    } gaps[] = {
        { WORDS("Mean pay gap"), PAY_LEAD_MEAN, &own->mean_gap },
        { WORDS("Median pay gap"), PAY_LEAD_MEDIAN, &own->median_gap },
        { WORDS("Mean bonus gap"), PAY_LEAD_BONUS_MEAN, &own->mean_bonus_gap },
        { WORDS("Median bonus gap"), PAY_LEAD_BONUS_MEDIAN, &own->median_bonus_gap },
    };
    for (size_t i = 0; i < ARRAY_COUNT(gaps); i++)
        add_figure(array, gaps[i].title, percent_of(work, gaps[i].gap),
                   gap_sentences_json(work, shown, gaps[i].gap, gaps[i].lead));
    for (size_t i = 0; i < 2 && own->mean_bonus_gap.state != PAY_GAP_NOT_KNOWN; i++) {
        const struct pay_group_figures *one = i == 0 ? first : own;
        add_figure(
            array, arena_format(arena, WORDS("%s paid a bonus"), groups->groups[i].title),
            pay_share_words(arena, one->bonus.people, one->relevant),
            json_pack("[s]", arena_format(arena, "%s of %s were paid a bonus in the twelve months.",
                                          number_print_count(arena, one->bonus.people),
                                          number_print_count(arena, one->relevant))));
    }
    return array;
}

/* A row a group; the comparator first, without gaps. */
static json_t *compared_json(struct work *work, const struct pay_shown *shown)
{
    struct arena *arena = work->arena;
    const struct people_groups *groups = &shown->report->groups;
    json_t *array = json_array();
    for (size_t i = 0; i < groups->count; i++) {
        const struct pay_group_figures *own = &shown->figures->groups[i];
        const struct pay_gap *gaps[] = { &own->mean_gap, &own->median_gap, &own->mean_bonus_gap,
                                         &own->median_bonus_gap };
        json_t *cells = json_array();
        for (size_t j = 0; j < ARRAY_COUNT(gaps); j++)
            json_array_append_new(cells, json_string(i == 0 ? "" : percent_of(work, gaps[j])));
        json_array_append_new(
            array, json_pack("{s:s, s:s, s:b, s:o, s:s}", "title", groups->groups[i].title,
                             "people", number_print_count(arena, own->pay.people), "isFew",
                             own->pay.people < groups->robust_people, "cells", cells, "bonus",
                             pay_share_words(arena, own->bonus.people, own->relevant)));
    }
    return array;
}

/* Units ------------------------------------------------------------------------------------------
 */

static bool is_seen(const struct asking *asking, const struct pay_unit *unit)
{
    const struct people_scope *scope = &asking->sealed.scope;
    size_t length = strcspn(unit->path, "/");
    for (size_t i = 0; i < scope->units.count; i++)
        if (strncmp(scope->units.items[i], unit->path, length) == 0 &&
            strlen(scope->units.items[i]) == length)
            return true;
    return scope->is_whole;
}

static json_t *units_json(struct work *work, const struct asking *asking)
{
    const struct pay_report *report = &asking->report;
    json_t *array = json_array();
    for (size_t i = 0; i < report->unit_count && json_array_size(array) < UNITS_SHOWN; i++) {
        const struct pay_unit *unit = &report->units[i];
        json_t *groups = json_array();
        if (!is_seen(asking, unit)) {
            json_decref(groups);
            continue;
        }
        for (size_t group = 1; group < report->groups.count; group++) {
            const struct pay_group_figures *own = &unit->figures.groups[group];
            json_array_append_new(groups,
                                  json_pack("{s:s, s:s, s:s, s:s}", "title",
                                            report->groups.groups[group].title, "people",
                                            number_print_count(work->arena, own->pay.people),
                                            "mean", percent_of(work, &own->mean_gap), "median",
                                            percent_of(work, &own->median_gap)));
        }
        json_array_append_new(
            array, json_pack("{s:s, s:b, s:s, s:o}", "path", unit->path, "isHere",
                             unit == asking->unit, "comparedWith",
                             number_print_count(work->arena, unit->figures.groups[0].pay.people),
                             "rows", groups));
    }
    return array;
}

/* The page ---------------------------------------------------------------------------------------
 */

static json_t *choices_json(const struct asking *asking)
{
    static const struct {
        const char *by, *detail, *title;
    } choices[] = {
        { "sex", "broad", "Sex" },
        { "ethnicity", "broad", WORDS("Ethnic groups") },
        { "ethnicity", "binary", WORDS("White British and all others") },
        { "ethnicity", "category", WORDS("Ethnic groups by category") },
        { "disability", "broad", "Disability" },
    };
    json_t *array = json_array();
    for (size_t i = 0; i < ARRAY_COUNT(choices); i++)
        json_array_append_new(array,
                              json_pack("{s:s, s:s, s:s, s:b}", "by", choices[i].by, "groups",
                                        choices[i].detail, "title", choices[i].title, "isHere",
                                        strcmp(choices[i].by, asking->by) == 0 &&
                                            (strcmp(asking->by, "ethnicity") != 0 ||
                                             strcmp(choices[i].detail, asking->detail) == 0)));
    return array;
}

/* What the figures cannot carry, in a sentence: groups that are small, or not compared at all. */
static const char *caution(struct work *work, const struct pay_shown *shown)
{
    const struct people_groups *groups = &shown->report->groups;
    if (groups->least_people == 0)
        return NULL;
    return arena_format(work->arena,
                        "A group with fewer than %s people is not compared. One with fewer than %s "
                        "is marked: its figure can move much from year to year.",
                        number_print_count(work->arena, groups->least_people),
                        number_print_count(work->arena, groups->robust_people));
}

/* Each group's share of the top 5%. */
static json_t *top_shares_json(struct work *work, const struct pay_report *report)
{
    json_t *array = json_array();
    const struct pay_figures *figures = &report->figures;
    for (size_t i = 0; i < report->groups.count; i++)
        json_array_append_new(
            array, json_pack("{s:s, s:s}", "title", report->groups.groups[i].title, "share",
                             pay_share_words(work->arena, figures->groups[i].top_full_time,
                                             figures->top_full_time)));
    return array;
}

static void add_of_everybody(struct work *work, const struct asking *asking, json_t *model)
{
    const struct pay_report *report = &asking->report;
    struct list checks = pay_check_words(work->arena, report);
    json_object_set_new(model, "leftOut", left_out_json(work, asking));
    json_object_set_new(model, "checks", strings_json(&checks));
    struct list top = pay_top_sentences(work->arena, report);
    json_object_set_new(model, "top", strings_json(&top));
    json_object_set_new(model, "topShares", top_shares_json(work, report));
    json_object_set_new(model, "isGovernment", json_boolean(report->groups.role == PEOPLE_SEX));
}

static enum status model_of(struct work *work, const struct call *call, const struct asking *asking,
                            json_t **out_model)
{
    const struct pay_report *report = &asking->report;
    const struct snapshot *snapshot = &asking->sealed.entry.snapshot;
    struct pay_shown shown = { report, asking->unit ? &asking->unit->figures : &report->figures,
                               0 };
    json_t *bands = NULL;
    for (size_t i = 0; i < report->groups.count; i++)
        shown.counted += shown.figures->groups[i].pay.people;
    enum status status = people_pay_bands(work, call, &shown, &bands);
    bool is_pair = report->groups.count == 2;
    struct list basis = pay_basis_sentences(work->arena, report);
    json_t *model = json_pack(
        "{s:s, s:s, s:s, s:s, s:s, s:s?, s:b, s:b, s:o, s:s?, s:o}", "code", snapshot->code,
        "snapshotTitle", snapshot->title, "day",
        date_print_iso_long(work->arena, snapshot->taken_on), "by", asking->by, "groups",
        asking->detail, "unit", asking->unit ? asking->unit->path : NULL, "isWhole",
        asking->sealed.scope.is_whole, "isPair", is_pair, "basis", strings_json(&basis), "caution",
        caution(work, &shown), "bands", bands);
    json_object_set_new(model, "counted",
                        json_string(number_print_count(work->arena, shown.counted)));
    json_object_set_new(model, "choices", choices_json(asking));
    json_object_set_new(model, "whom", groups_json(work, &shown));
    json_object_set_new(model, "comparator", json_string(report->groups.groups[0].words));
    json_object_set_new(model, "figures", is_pair ? figures_json(work, &shown) : json_array());
    json_object_set_new(model, "compared", is_pair ? json_array() : compared_json(work, &shown));
    json_object_set_new(model, "units", units_json(work, asking));
    if (!asking->unit)
        add_of_everybody(work, asking, model);
    *out_model = model;
    return status;
}

/* A snapshot without pay or without the characteristic has no gap: that is told, not an error. */
static json_t *none_json(struct work *work, const struct asking *asking, const char *words)
{
    const struct snapshot *snapshot = &asking->sealed.entry.snapshot;
    (void)work;
    return json_pack("{s:s, s:s, s:s, s:s, s:n, s:o, s:s}", "code", snapshot->code, "snapshotTitle",
                     snapshot->title, "day", snapshot->taken_on, "by", asking->by, "unit",
                     "choices", choices_json(asking), "none", words);
}

enum status page_people_pay(struct work *work, const struct call *call, struct page *out_page)
{
    struct asking asking = { 0 };
    json_t *model = NULL;
    enum status status = compute(work, call, &asking);
    if (status == STATUS_INPUT && asking.sealed.snapshot) {
        model = none_json(work, &asking, arena_copy_text(work->arena, work->error));
        work_forget(work);
        status = STATUS_OK;
    } else if (status == STATUS_OK) {
        status = model_of(work, call, &asking, &model);
    }
    const char *title = asking.sealed.snapshot ? asking.sealed.entry.snapshot.title : "";
    sealed_people_close(&asking.sealed);
    if (status != STATUS_OK) {
        json_decref(model);
        return status;
    }
    *out_page = (struct page){ .template = "pages/people-pay.html",
                               .has_figures = true,
                               .title = arena_format(work->arena, WORDS("Pay gaps: %s"), title),
                               .model = model };
    return STATUS_OK;
}

static enum status answer_table(struct work *work, const struct call *call, bool is_ods,
                                struct page *out_page)
{
    struct asking asking = { 0 };
    struct pay_table table;
    enum status status = compute(work, call, &asking);
    if (status == STATUS_OK)
        pay_report_table(work, &asking.report, asking.sealed.scope.unit, &table);
    sealed_people_close(&asking.sealed);
    if (status != STATUS_OK)
        return status;
    const struct table_file file = { .name = "pay-gaps",
                                     .title = "Pay gaps",
                                     .headings = table.headings,
                                     .columns = PAY_TABLE_COLUMNS,
                                     .cells = table.cells,
                                     .rows = table.rows,
                                     .numbers_from = PAY_TABLE_NUMBERS_FROM };
    return table_file_answer(work, &file, is_ods, out_page);
}

enum status page_people_pay_csv(struct work *work, const struct call *call, struct page *out_page)
{
    return answer_table(work, call, false, out_page);
}

enum status page_people_pay_ods(struct work *work, const struct call *call, struct page *out_page)
{
    return answer_table(work, call, true, out_page);
}

enum status page_people_pay_government(struct work *work, const struct call *call,
                                       struct page *out_page)
{
    struct asking asking = { 0 };
    struct text text = text_new(work->arena, PAY_CSV_MOST);
    struct problems problems = { .arena = work->arena }; /* the page says what is left to fill in */
    const char *employer = arena_format(work->arena, "EmployerName=%s", call->site->authority);
    const struct government_words words = { &employer, 1 };
    enum status status = compute(work, call, &asking);
    if (status == STATUS_OK && asking.sealed.scope.unit)
        status = work_fail(work, STATUS_NOT_FOUND,
                           "The government's service takes the whole authority alone.");
    if (status == STATUS_OK)
        status = pay_government_csv(work, &asking.report, &words, &text, &problems);
    sealed_people_close(&asking.sealed);
    if (status == STATUS_OK && text.is_full)
        status = work_fail(work, STATUS_LIMIT, "The file gender-pay-gap.csv is too large.");
    if (status != STATUS_OK)
        return status;
    struct page page = { .response = { .status = 200,
                                       .media_type = "text/csv; charset=utf-8; header=present",
                                       .body = text_slice(&text) } };
    response_is_file(work->arena, &page.response, "gender-pay-gap.csv");
    *out_page = page;
    return STATUS_OK;
}
