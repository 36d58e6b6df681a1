#include "service/table_release.h"

#include <assert.h>
#include <jansson.h>
#include <string.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/period.h"
#include "base/text.h"
#include "base/workspace.h"
#include "service/code_list.h"
#include "service/ledger_record.h"
#include "service/people.h"
#include "service/permission.h"
#include "service/release_attack.h"
#include "service/snapshot.h"
#include "base/banned.h"

enum { LONGEST_REPORT = 8000, LONGEST_TITLE = 400 };

/* ---- what can be counted ---- */

/* Titles and lists of the columns, and the lists that were read. */
struct naming {
    struct work *work;
    struct list columns; /* of struct table_column * */
    struct code_lists lists;
};

static bool is_as_written(const char *name)
{
    size_t length = strlen(name), end = sizeof PEOPLE_WRITTEN - 1;
    return length > end && strcmp(name + length - end, PEOPLE_WRITTEN) == 0;
}

/* The list of a column, by what was sealed with the snapshot; NULL: none. */
static const char *list_of(struct arena *arena, const json_t *about, const char *name)
{
    const json_t *columns = json_object_get(about, "columns");
    for (size_t i = 0; i < json_array_size(columns); i++) {
        const json_t *one = json_array_get(columns, i);
        const char *own = json_string_value(json_object_get(one, "name"));
        const char *list = json_string_value(json_object_get(one, "list"));
        if (own && list && strcmp(own, name) == 0)
            return arena_copy_text(arena, list);
    }
    return NULL;
}

/* The same from one snapshot to the next, whatever the extract called it, so that the ledger knows
 * the same count again. */
static const char *title_of(struct arena *arena, const char *name)
{
    enum people_role role = PEOPLE_UNKNOWN;
    enum pay_period period = PAY_UNSAID;
    struct slice rest = slice_of(name), first;
    if (strcmp(name, PEOPLE_AGE_GROUP) == 0)
        return people_roles[PEOPLE_AGE].title;
    if (people_role_read(slice_of(name), &role, &period) && role != PEOPLE_UNKNOWN)
        return people_roles[role].title;
    if (slice_split(&rest, '-', &first) && slice_is(first, people_roles[PEOPLE_UNIT].code))
        return arena_format(arena, "%s, level %.*s", people_roles[PEOPLE_UNIT].title,
                            (int)rest.length, rest.start);
    return name;
}

static enum status find_columns(struct work *work, const struct snapshot_people *people,
                                struct list *out_columns)
{
    struct list names = { 0 };
    json_t *about = json_loads(snapshot_people_about(people), 0, NULL);
    snapshot_people_categories(work, people, &names);
    for (size_t i = 0; i < names.count; i++) {
        const char *name = names.items[i];
        if (is_as_written(name))
            continue;
        struct table_column *column = arena_new_of(work->arena, struct table_column);
        const char *list = strcmp(name, PEOPLE_AGE_GROUP) == 0 ? PEOPLE_AGE_GROUP
                                                               : list_of(work->arena, about, name);
        *column = (struct table_column){ name, title_of(work->arena, name), list };
        list_add(work->arena, out_columns, column);
    }
    json_decref(about);
    return STATUS_OK;
}

static const struct table_column *named_in(const struct list *columns, const char *name)
{
    for (size_t i = 0; i < columns->count; i++) {
        const struct table_column *column = columns->items[i];
        if (strcmp(column->name, name) == 0)
            return column;
    }
    return NULL;
}

static const char *heading_words(void *context, const char *name)
{
    const struct naming *naming = context;
    const struct table_column *column = named_in(&naming->columns, name);
    return column ? column->title : name;
}

/* A code by its list, a state by its title; anything else as it stands. */
static const char *label_words(void *context, const char *name, struct slice label)
{
    struct naming *naming = context;
    const struct table_column *column = named_in(&naming->columns, name);
    const char *code = slice_copy(naming->work->arena, label);
    const struct code_list *list = NULL;
    if (!column || !column->list)
        return code;
    for (int state = ANSWER_GIVEN + 1; state < ANSWER_STATE_COUNT; state++)
        if (strcmp(code, answer_state_code((enum answer_state)state)) == 0)
            return answer_state_title((enum answer_state)state);
    if (code_list_load(naming->work, &naming->lists, column->list, &list) != STATUS_OK) {
        work_forget(naming->work);
        return code;
    }
    const struct list_code *found = code_list_find(list, code);
    return found ? found->label : code;
}

/* Sums of money; ages and hours are counted by their groups. */
static void find_amounts(struct work *work, const struct snapshot_people *people,
                         struct list *out_amounts)
{
    struct list names = { 0 };
    snapshot_people_amounts(work, people, &names);
    for (size_t i = 0; i < names.count; i++) {
        enum people_role role = PEOPLE_UNKNOWN;
        enum pay_period period = PAY_UNSAID;
        if (!people_role_read(slice_of(names.items[i]), &role, &period) ||
            people_roles[role].kind != PEOPLE_IS_MONEY)
            continue;
        struct table_column *amount = arena_new_of(work->arena, struct table_column);
        *amount = (struct table_column){ names.items[i], people_roles[role].title, NULL };
        list_add(work->arena, out_amounts, amount);
    }
}

enum status table_release_columns(struct work *work, const char *snapshot, struct list *out_columns)
{
    CLEANUP_SNAPSHOT struct snapshot_people *people = NULL;
    enum status status = permission_require(work, RIGHT_PEOPLE_COUNT, INTEGER_MISSING);
    if (status == STATUS_OK)
        status = snapshot_people_open(work, snapshot, &people);
    return status == STATUS_OK ? find_columns(work, people, out_columns) : status;
}

enum status table_release_amounts(struct work *work, const char *snapshot, struct list *out_amounts)
{
    CLEANUP_SNAPSHOT struct snapshot_people *people = NULL;
    enum status status = permission_require(work, RIGHT_PEOPLE_COUNT, INTEGER_MISSING);
    if (status == STATUS_OK)
        status = snapshot_people_open(work, snapshot, &people);
    if (status == STATUS_OK)
        find_amounts(work, people, out_amounts);
    return status;
}

static bool can_go_out(const struct profile *profile)
{
    return !profile->is_restricted && profile->method != PROFILE_NONE;
}

enum status table_release_profiles(struct work *work, struct list *out_profiles)
{
    const struct profiles *profiles = NULL;
    enum status status = profiles_load(work, &profiles);
    for (size_t i = 0; status == STATUS_OK && i < profiles->count; i++) {
        struct profile *copy = arena_new_of(work->arena, struct profile);
        *copy = profiles->items[i];
        if (can_go_out(copy))
            list_add(work->arena, out_profiles, copy);
    }
    return status;
}

/* ---- what was asked for ---- */

/* A release under way. */
struct releasing {
    struct work *work;
    const struct table_release_request *request;
    struct problems *problems;
    const struct profiles *profiles;
    struct snapshot_table tables[TABLE_RELEASE_MOST_TABLES];
    size_t table_count;
    struct naming naming;
    struct table_release *out;
};

/* A failure that is about what was typed becomes a problem of that field. */
static enum status as_problem(struct releasing *releasing, const char *field, enum status status)
{
    if (status != STATUS_INPUT && status != STATUS_USAGE && status != STATUS_LIMIT &&
        status != STATUS_REFUSED && status != STATUS_NOT_FOUND && status != STATUS_CONFLICT)
        return status;
    problem_add(releasing->problems, field, "%s", releasing->work->error);
    work_forget(releasing->work);
    return STATUS_OK;
}

static enum status read_tables(struct releasing *releasing)
{
    struct slice rest = slice_of(releasing->request->tables), line;
    while (slice_split(&rest, '\n', &line)) {
        line = slice_trim(line);
        if (line.length == 0)
            continue;
        if (releasing->table_count == TABLE_RELEASE_MOST_TABLES) {
            problem_add(releasing->problems, "tables", "Name %d tables at most",
                        TABLE_RELEASE_MOST_TABLES);
            return STATUS_OK;
        }
        struct snapshot_table *table = &releasing->tables[releasing->table_count];
        enum status status = snapshot_table_read(releasing->work,
                                                 slice_copy(releasing->work->arena, line), table);
        if (status != STATUS_OK)
            return as_problem(releasing, "tables", status);
        table->with_margins = true;
        releasing->table_count++;
    }
    if (releasing->table_count == 0)
        problem_add(releasing->problems, "tables", "Name the tables, one a line");
    return STATUS_OK;
}

static enum status read_profile(struct releasing *releasing)
{
    struct work *work = releasing->work;
    const struct table_release_request *request = releasing->request;
    struct profile *profile = &releasing->out->profile;
    enum status status = profiles_load(work, &releasing->profiles);
    if (status != STATUS_OK)
        return status;
    status = profile_find(work, releasing->profiles, request->profile, profile);
    if (status == STATUS_OK && !can_go_out(profile))
        status = work_fail(work, STATUS_REFUSED, "Tables are not released by the profile %s.",
                           profile->name);
    if (status != STATUS_OK)
        return as_problem(releasing, "profile", status);
    if (request->threshold == INTEGER_MISSING)
        return STATUS_OK;
    return as_problem(releasing, "threshold", profile_raise(work, profile, request->threshold));
}

static enum status read_request(struct releasing *releasing)
{
    const struct table_release_request *request = releasing->request;
    struct period period;
    if (!ledger_is_name(request->name))
        problem_add(releasing->problems, "code",
                    "Give the release a short name of letters, digits and hyphens");
    if (!period_read(slice_of(request->period), &period))
        problem_add(releasing->problems, "period",
                    "Give the period of the counts, such as 2026-03 or 2025-26-Q4");
    enum status status = read_tables(releasing);
    return status == STATUS_OK ? read_profile(releasing) : status;
}

/* ---- protection ---- */

/* "Ethnic group by Sex": what the table is called where it is printed. */
static void name_tables(struct releasing *releasing)
{
    struct arena *arena = releasing->work->arena;
    for (size_t i = 0; i < releasing->table_count; i++) {
        struct snapshot_table *table = &releasing->tables[i];
        struct text text = text_new(arena, LONGEST_TITLE);
        for (size_t k = 0; k < table->variable_count; k++) {
            struct slice rest = slice_of(table->variables[k]), level;
            for (bool is_first = true; slice_split(&rest, '/', &level); is_first = false)
                text_add_format(&text, "%s%s", is_first ? (k ? " by " : "") : " and ",
                                heading_words(&releasing->naming, slice_copy(arena, level)));
        }
        table->name = text.bytes;
    }
}

/* The amount that means are wanted of, NULL for none. What is no amount of the snapshot is a
 * problem. */
static const struct table_column *amount_of(struct releasing *releasing)
{
    const char *name = releasing->request->amount;
    const struct table_column *amount = NULL;
    if (!name || !*name)
        return NULL;
    amount = named_in(&releasing->out->amounts, name);
    if (!amount)
        problem_add(releasing->problems, "amount", "The snapshot has no amount of that name");
    return amount;
}

/* The secret of the workspace's record keys: it follows from the key that is kept outside the
 * database, so that the same person has the same key in every release. */
static void make_secret(const struct work *work, unsigned char out_secret[CELL_KEY_SECRET_LENGTH])
{
    char text[HASH_TEXT_LENGTH + 1];
    struct commitment commitment = commitment_new(work->workspace->audit_key);
    commitment_add(&commitment, SLICE("record keys of released tables"));
    commitment_end(&commitment, text);
    int failed = sodium_hex2bin(out_secret, CELL_KEY_SECRET_LENGTH, text, HASH_TEXT_LENGTH, NULL,
                                NULL, NULL);
    assert(failed == 0);
    (void)failed;
}

static enum status protect(struct releasing *releasing, struct snapshot_people *people)
{
    struct work *work = releasing->work;
    struct table_release *out = releasing->out;
    unsigned char secret[CELL_KEY_SECRET_LENGTH];
    bool has_noise = out->profile.method == PROFILE_CELL_KEY;
    struct release_plan *plan = NULL;
    const struct release_words words = { heading_words, label_words, &releasing->naming };
    const struct snapshot_release wanted = { releasing->tables, releasing->table_count,
                                             releasing->profiles, has_noise ? secret : NULL };
    struct release_options options = { .profile = &out->profile,
                                       .effort = RELEASE_STANDARD_EFFORT,
                                       .noise = has_noise ? cell_key_standard(work) : NULL,
                                       .words = &words };
    const struct table_column *amount = amount_of(releasing);
    name_tables(releasing);
    make_secret(work, secret);
    enum status status = snapshot_people_plan(work, people, &wanted, &plan);
    if (status != STATUS_OK)
        return as_problem(releasing, "tables", status);
    const size_t place = amount ? (size_t)columns_find(plan->people, amount->name) : 0;
    if (amount)
        options.amount = &place;
    status = release_make(work, plan, &options, &out->release);
    if (status == STATUS_REFUSED) {
        out->refusal = arena_copy_text(work->arena, work->error);
        out->certificate = out->release.certificate;
        work_forget(work);
        return STATUS_OK;
    }
    return status;
}

static enum status count_and_protect(struct releasing *releasing)
{
    struct work *work = releasing->work;
    CLEANUP_SNAPSHOT struct snapshot_people *people = NULL;
    enum status status = snapshot_people_open(work, releasing->request->snapshot, &people);
    if (status != STATUS_OK)
        return as_problem(releasing, "snapshot", status);
    releasing->out->entry = *snapshot_people_entry(people);
    status = find_columns(work, people, &releasing->naming.columns);
    releasing->out->columns = releasing->naming.columns;
    find_amounts(releasing->work, people, &releasing->out->amounts);
    if (status == STATUS_OK)
        status = code_lists_open(work, &releasing->naming.lists);
    return status == STATUS_OK ? protect(releasing, people) : status;
}

/* ---- the ledger ---- */

static enum status judge(struct releasing *releasing)
{
    struct work *work = releasing->work;
    struct table_release *out = releasing->out;
    struct figure_rule rule;
    int64_t threshold = out->profile.threshold > 0 ? out->profile.threshold
                                                   : LEDGER_LEAST_THRESHOLD;
    struct slice csv, tables;
    struct ledger_release about = {
        .name = releasing->request->name,
        .released = work->now,
        .by = work->user,
        .population = out->entry.snapshot.population,
        .definition = "",
        .period = releasing->request->period,
        .method = out->profile.title,
        .threshold = threshold,
    };
    enum status status = released_as_json(work, out->release.tables, out->release.table_count,
                                          &tables);
    if (status == STATUS_OK)
        status = released_as_csv(work, out->release.tables, out->release.table_count, &csv);
    if (status == STATUS_OK)
        status = ledger_record_load(work, &out->ledger);
    if (status != STATUS_OK)
        return status;
    out->place = out->ledger.releases.count;
    about.tables = slice_copy(work->arena, tables);
    release_attack_rule(&out->profile, &out->release, &rule);
    status = ledger_take_csv(work, &out->ledger, &about, &rule, csv);
    if (status != STATUS_OK)
        return as_problem(releasing, "code", status);
    status = ledger_judge(work, &out->ledger, out->place, &out->verdict);
    if (status != STATUS_OK)
        return as_problem(releasing, "tables", status);
    struct text report = text_new(work->arena, LONGEST_REPORT);
    text_add(&report, release_report(work, &out->release, &out->profile));
    const struct table_column *amount = out->release.has_amounts
                                            ? named_in(&out->amounts, releasing->request->amount)
                                            : NULL;
    if (amount)
        text_add_format(&report, "The means and medians are of: %s.\n", amount->title);
    text_add_format(&report, "%s\n", ledger_verdict_words(work->arena, &out->verdict, out->place));
    out->report = report.bytes;
    out->may_go_out = ledger_verdict_admits(&out->verdict);
    return STATUS_OK;
}

enum status table_release_try(struct work *work, const struct table_release_request *request,
                              struct problems *problems, struct table_release *out_release)
{
    struct table_release out = { .place = 0 };
    struct releasing *releasing = arena_new_of(work->arena, struct releasing);
    *releasing = (struct releasing){ .work = work,
                                     .request = request,
                                     .problems = problems,
                                     .naming = { .work = work },
                                     .out = &out };
    enum status status = permission_require(work, RIGHT_PEOPLE_COUNT, INTEGER_MISSING);
    if (status == STATUS_OK)
        status = read_request(releasing);
    if (status == STATUS_OK && problems->list.count == 0)
        status = count_and_protect(releasing);
    if (status == STATUS_OK && problems->list.count == 0 && !out.refusal)
        status = judge(releasing);
    if (status == STATUS_OK)
        *out_release = out;
    return status;
}

enum status table_release_record(struct work *work, struct table_release *release)
{
    struct ledger_release *row = release->ledger.releases.items[release->place];
    row->report = release->report;
    return ledger_record_add(work, &release->ledger, row, &release->verdict);
}
