/* Groups of a snapshot compared by an outcome: who had a case, by a file of cases that is read and
 * not kept, or what a column of the snapshot says. */
#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/number.h"
#include "service/outcome.h"
#include "service/people_view.h"
#include "service/permission.h"
#include "service/sealed_people.h"
#include "service/snapshot.h"
#include "web/form.h"
#include "web/pages/pages.h"
#include "web/site.h"

#include "base/banned.h"

enum { OTHERS_MOST = 2 /* three years together are as many as are usual */ };

/* What was asked, and what came of it. */
struct asking {
    const struct call *call;
    struct people_labels labels;
    struct sealed_people sealed;
    struct people cases;
    struct sealed_people others[OTHERS_MOST]; /* of other years, put together with it */
    const struct people *other_people[OTHERS_MOST];
    struct outcome_request request;
    struct likelihood_metric metric;
    struct outcome outcome;
    bool is_answered;
};

static json_t *choices(const struct call *call, const char *const values[][2], size_t count,
                       const char *chosen)
{
    json_t *items = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(
            items, form_item(values[i][0], call_words(call, values[i][1]), NULL, chosen));
    return items;
}

static json_t *role_choices(const struct call *call)
{
    const char *chosen = form_value(call, "by");
    json_t *items = json_array();
    for (int i = PEOPLE_UNKNOWN + 1; i < PEOPLE_ROLE_COUNT; i++)
        if (people_roles[i].kind == PEOPLE_IS_ANSWER || i == PEOPLE_AGE)
            json_array_append_new(items, form_item(people_roles[i].code,
                                                   call_words(call, people_roles[i].title), NULL,
                                                   *chosen ? chosen : "sex"));
    return items;
}

/* The other snapshots of the same population, or none. */
static json_t *year_choices(struct work *work, const struct asking *asking, const char *name)
{
    const struct snapshot *own = &asking->sealed.entry.snapshot;
    const char *chosen = form_value(asking->call, name);
    struct list entries = { 0 };
    json_t *items = json_array();
    json_array_append_new(
        items, form_item("", call_words(asking->call, WORDS("No other snapshot")), NULL, chosen));
    if (snapshot_store_list(work, &entries) != STATUS_OK)
        return items; /* the page then fails by itself */
    for (size_t i = 0; i < entries.count; i++) {
        const struct snapshot_entry *entry = entries.items[i];
        if (strcmp(entry->snapshot.code, own->code) != 0 &&
            strcmp(entry->snapshot.population, own->population) == 0)
            json_array_append_new(items, form_data_item(asking->call, entry->snapshot.code,
                                                        entry->snapshot.title, chosen));
    }
    return items;
}

static json_t *group_json(struct work *work, const struct outcome *outcome, size_t group)
{
    struct arena *arena = work->arena;
    const struct outcome_group *row = &outcome->rows[group];
    int64_t percent = 0;
    bool has_base = number_percent(row->counts.cases, row->counts.base, &percent);
    bool is_compared = row->likelihood.finding != LIKELIHOOD_NOT_COMPARED;
    const struct likelihood_case compared = { outcome->rows[0].counts, row->counts,
                                              outcome->years };
    json_t *json = json_pack("{s:s, s:I, s:I}", "title", outcome->groups.groups[group].title,
                             "cases", (json_int_t)row->counts.cases, "base",
                             (json_int_t)row->counts.base);
    json_object_set_new(
        json, "percent",
        json_string(has_base ? arena_format(arena, "%s%%", number_print(arena, percent, 1)) : ""));
    json_object_set_new(json, "interval",
                        json_string(has_base ? arena_format(arena, "%.1f–%.1f%%", row->interval.low,
                                                            row->interval.high)
                                             : ""));
    json_object_set_new(
        json, "weighted",
        json_string(row->has_weighted
                        ? arena_format(arena, "%.1f%% (%.1f–%.1f%%)", row->weighted.percent,
                                       row->weighted.interval.low, row->weighted.interval.high)
                        : ""));
    json_object_set_new(
        json, "rate",
        json_string(isnan(row->rate)
                        ? ""
                        : arena_format(arena, "%.1f (%.1f–%.1f)", row->rate, row->rate_interval.low,
                                       row->rate_interval.high)));
    json_object_set_new(json, "ratio",
                        json_string(is_compared ? arena_format(arena, "%.2f (%.2f–%.2f)",
                                                               row->likelihood.katz.ratio,
                                                               row->likelihood.katz.interval.low,
                                                               row->likelihood.katz.interval.high)
                                                : ""));
    json_object_set_new(json, "isCompared", json_boolean(group > 0));
    json_object_set_new(
        json, "sentence",
        json_string(group > 0 ? likelihood_sentence(arena, &row->words, &compared, &row->likelihood)
                              : ""));
    json_object_set_new(
        json, "reading",
        json_string(group > 0 ? likelihood_reading(arena, &row->words, &row->likelihood) : ""));
    return json;
}

static json_t *outcome_json(struct work *work, const struct asking *asking)
{
    const struct outcome *outcome = &asking->outcome;
    json_t *groups = json_array();
    for (size_t i = 0; i < outcome->groups.count; i++)
        json_array_append_new(groups, group_json(work, outcome, i));
    return json_pack("{s:s, s:s?, s:b, s:I, s:s?, s:b, s:b, s:I, s:I, s:I, s:o}", "asked",
                     asking->request.outcome, "among", asking->request.among, "isPooled",
                     outcome->years > 1, "years", (json_int_t)outcome->years, "weight",
                     outcome->weight, "hasCases", asking->request.cases != NULL, "hasOfNobody",
                     outcome->cases_of_nobody > 0, "ofNobody", (json_int_t)outcome->cases_of_nobody,
                     "unknownCases", (json_int_t)outcome->unknown.cases, "unknownBase",
                     (json_int_t)outcome->unknown.base, "groups", groups);
}

static void show(struct work *work, const struct asking *asking, const struct problems *problems,
                 struct page *out_page)
{
    static const char *const details[][2] = { { "broad", WORDS("Broad groups") },
                                              { "category", WORDS("Every category") },
                                              { "binary", WORDS("White and all others") } };
    static const char *const wishes[][2] = {
        { "unwanted", WORDS("Not wanted, such as a disciplinary case") },
        { "likelihood", WORDS("Wanted, such as a promotion or a training") }
    };
    const struct call *call = asking->call;
    const struct form_field fields[] = {
        { .name = "by",
          .label = call_words(call, WORDS("Compare by")),
          .items = role_choices(call) },
        { .name = "groups",
          .label = call_words(call, WORDS("Ethnic groups as")),
          .items = choices(call, details, ARRAY_COUNT(details), form_value(call, "groups")) },
        { .name = "metric",
          .label = call_words(call, WORDS("The outcome is")),
          .items = choices(call, wishes, ARRAY_COUNT(wishes), form_value(call, "metric")) },
        { .name = "cases",
          .label = WORDS("Cases, as a file"),
          .hint = "A row for each case with the employee’s number: grievances, disciplinary "
                  "cases, training. It is read and not kept." },
        { .name = "where",
          .label = WORDS("Only cases where"),
          .hint = "Such as Case type=Disciplinary",
          .value = form_value(call, "where") },
        { .name = "outcome",
          .label = WORDS("Or what a column says"),
          .hint = "Such as Promoted=Yes, or Answer=Agree|Strongly agree",
          .value = form_value(call, "outcome") },
        { .name = "among",
          .label = WORDS("Of whom"),
          .hint = "Everybody, or such as Shortlisted=Yes",
          .value = form_value(call, "among") },
        { .name = "with",
          .label = call_words(call, WORDS("Put together with")),
          .hint = "Small numbers say more when two or three years stand together: for what a "
                  "column says.",
          .items = year_choices(work, asking, "with") },
        { .name = "and_with",
          .label = call_words(call, WORDS("And with")),
          .items = year_choices(work, asking, "and_with") },
    };
    const struct snapshot *snapshot = &asking->sealed.entry.snapshot;
    json_t *model = json_pack("{s:s, s:s, s:s, s:o, s:o}", "code", snapshot->code, "snapshotTitle",
                              snapshot->title, "day",
                              date_print_iso_long(work->arena, snapshot->taken_on), "result",
                              asking->is_answered ? outcome_json(work, asking) : json_null(),
                              "compare", form_button(call_words(call, WORDS("Compare")), NULL));
    for (size_t i = 0; i < ARRAY_COUNT(fields); i++)
        json_object_set_new(model, fields[i].name, form_field(&fields[i], problems));
    form_tell(model, problems);
    *out_page = (struct page){ .template = "pages/people-outcome.html",
                               .has_figures = true,
                               .title = call_words(call, WORDS("Outcomes by group")),
                               .model = model,
                               .has_form = true };
}

/* Outcomes are compared over everybody: whoever sees one unit alone cannot have them. */
static enum status open_asking(struct work *work, const struct call *call, struct asking *asking)
{
    asking->call = call;
    enum status status = permission_require(work, RIGHT_PEOPLE_COUNT, INTEGER_MISSING);
    if (status == STATUS_OK)
        status = people_labels_read(work, &asking->labels);
    if (status == STATUS_OK)
        status = snapshot_labels_load(work, &asking->labels);
    if (status == STATUS_OK)
        status = sealed_people_open(work, &asking->labels.lists, call_parameter(call, "code"), NULL,
                                    &asking->sealed);
    if (status == STATUS_OK && !asking->sealed.scope.is_whole)
        return work_fail(work, STATUS_REFUSED,
                         "Outcomes are compared over the whole workforce, which your role does "
                         "not reach.");
    return status;
}

static void close_asking(struct asking *asking)
{
    for (size_t i = 0; i < OTHERS_MOST; i++)
        sealed_people_close(&asking->others[i]);
    people_free(&asking->cases);
    sealed_people_close(&asking->sealed);
}

static enum status read_cases(struct work *work, const struct multipart_file *file,
                              struct asking *asking)
{
    const struct people_options options = { .whom = PEOPLE_ALL };
    const char *where = form_value(asking->call, "where");
    const char *name = slice_copy(work->arena, file->file_name);
    asking->request.cases = &asking->cases;
    asking->request.snapshot = asking->sealed.snapshot;
    asking->request.cases_where = *where ? where : NULL;
    asking->request.outcome = *where ? where : name;
    return people_read_bytes(work, name, file->bytes, &asking->labels, &options, &asking->cases);
}

/* Opens the snapshots of the other years that were chosen. */
static enum status open_others(struct work *work, struct asking *asking, struct problems *problems)
{
    static const char *const names[OTHERS_MOST] = { "with", "and_with" };
    struct outcome_request *request = &asking->request;
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < OTHERS_MOST; i++) {
        const char *code = form_value(asking->call, names[i]);
        bool is_again = strcmp(code, asking->sealed.entry.snapshot.code) == 0 ||
                        (i > 0 && strcmp(code, form_value(asking->call, names[0])) == 0);
        if (!*code)
            continue;
        if (is_again) {
            problem_add(problems, names[i], "Choose each snapshot once");
            continue;
        }
        struct sealed_people *other = &asking->others[request->other_count];
        status = sealed_people_open(work, &asking->labels.lists, code, NULL, other);
        asking->other_people[request->other_count++] = &other->people;
    }
    request->others = asking->other_people;
    if (request->other_count > 0 && form_file(asking->call, "cases"))
        problem_add(problems, names[0],
                    "Years are put together for what a column says, not for a file of cases");
    return status;
}

static enum status answer(struct work *work, struct asking *asking, struct problems *problems)
{
    const struct multipart_file *file = form_file(asking->call, "cases");
    enum pay_period period = PAY_UNSAID;
    struct outcome_request *request = &asking->request;
    request->metric = &asking->metric;
    request->outcome = form_value(asking->call, "outcome");
    if (!people_role_read(slice_of(form_value(asking->call, "by")), &request->role, &period) ||
        (people_roles[request->role].kind != PEOPLE_IS_ANSWER && request->role != PEOPLE_AGE))
        problem_add(problems, "by", "Choose a characteristic");
    if (!people_detail_read(form_value(asking->call, "groups"), &request->detail))
        problem_add(problems, "groups", "Choose how ethnic groups are shown");
    if (!file && !*request->outcome)
        problem_add(problems, "cases", "Choose a file of cases, or say what a column says");
    const char *among = form_value(asking->call, "among");
    request->among = *among ? among : NULL;
    enum status status = open_others(work, asking, problems);
    if (status != STATUS_OK || problems->list.count > 0)
        return status;
    status = likelihood_metric_load(work, form_value(asking->call, "metric"), &asking->metric);
    if (status == STATUS_OK && file)
        status = read_cases(work, file, asking);
    if (status == STATUS_OK)
        status = outcome_make(work, &asking->labels, &asking->sealed.people, request,
                              &asking->outcome);
    asking->is_answered = status == STATUS_OK;
    if (status != STATUS_INPUT && status != STATUS_LIMIT && status != STATUS_USAGE)
        return status;
    problem_add(problems, file ? "cases" : "outcome", "%s", work->error);
    work_forget(work);
    return STATUS_OK;
}

enum status page_people_outcome(struct work *work, const struct call *call, struct page *out_page)
{
    struct asking asking = { .is_answered = false };
    enum status status = open_asking(work, call, &asking);
    if (status == STATUS_OK)
        show(work, &asking, NULL, out_page);
    close_asking(&asking);
    return status;
}

enum status page_people_outcome_asked(struct work *work, const struct call *call,
                                      struct page *out_page)
{
    struct asking asking = { .is_answered = false };
    struct problems problems = form_problems(work);
    enum status status = open_asking(work, call, &asking);
    if (status == STATUS_OK)
        status = answer(work, &asking, &problems);
    if (status == STATUS_OK)
        show(work, &asking, &problems, out_page);
    close_asking(&asking);
    return status;
}
