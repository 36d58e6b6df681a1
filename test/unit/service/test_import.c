/* Import: new, changed, unchanged and refused rows; twice the same; plans without codes. */
#include "service/import.h"

#include <string.h>

#include "codec/table_reader.h"
#include "model/model.h"
#include "service/export.h"
#include "service/plan.h"
#include "service/workspace.h"
#include "store/audit.h"
#include "store/migrate.h"
#include "support/support.h"

struct bench {
    struct work work;
    const char *folder;
};

static void open_bench(struct bench *bench)
{
    bench->work = support_work();
    bench->folder = support_folder(&bench->work);
    const char *inner = arena_format(bench->work.arena, "%s/workspace", bench->folder);
    assert_int_equal(workspace_create(&bench->work, inner, "sqlite:dueregard.sqlite"), STATUS_OK);
}

static void close_bench(struct bench *bench)
{
    int64_t broken = 0;
    assert_int_equal(audit_verify(&bench->work, &broken), STATUS_OK);
    assert_int_equal(broken, INTEGER_MISSING);
    store_close(&bench->work);
    support_remove(bench->folder);
    support_work_end(&bench->work);
}

static enum status send_with(struct bench *bench, const char *kind, const char *csv,
                             const struct import_constant *constants, size_t count,
                             struct import_result *result)
{
    CLEANUP_TABLE_READER struct table_reader *reader = NULL;
    struct import_options options = { .entity = model_entity(kind),
                                      .constants = constants,
                                      .constant_count = count };
    assert_non_null(options.entity);
    assert_int_equal(
        table_reader_open_bytes(&bench->work, "test.csv", slice_of(csv), NULL, &reader), STATUS_OK);
    return import_table(&bench->work, "test.csv", reader, &options, result);
}

static struct import_result send(struct bench *bench, const char *kind, const char *csv)
{
    struct import_result result;
    enum status status = send_with(bench, kind, csv, NULL, 0, &result);
    assert_true(status == STATUS_OK || status == STATUS_FINDINGS);
    return result;
}

static const char *problem(const struct import_result *result, size_t i)
{
    assert_true(i < result->problems.list.count);
    return ((const struct problem *)result->problems.list.items[i])->words;
}

static void assert_counts(struct import_result result, int inserted, int changed, int unchanged,
                          int rejected)
{
    assert_int_equal(result.inserted, inserted);
    assert_int_equal(result.changed, changed);
    assert_int_equal(result.unchanged, unchanged);
    assert_int_equal(result.rejected, rejected);
}

static void rows_go_in_once(void **state)
{
    (void)state;
    struct bench bench;
    open_bench(&bench);
    const char *units = "Code,NAME,kind\na,Adults,directorate\nb,Housing,Directorate\n";
    assert_counts(send(&bench, "units", units), 2, 0, 0, 0);
    assert_counts(send(&bench, "units", units), 0, 0, 2, 0);
    struct import_result result = send(&bench, "units", "code,name\na,Adult services\n");
    assert_counts(result, 0, 1, 0, 0);
    const struct import_change *change = result.changes.items[0];
    assert_non_null(strstr(change->words, "\"Adults\" to \"Adult services\""));
    close_bench(&bench);
}

static void good_rows_survive_bad_ones(void **state)
{
    (void)state;
    struct bench bench;
    open_bench(&bench);
    struct import_result result = send(&bench, "units",
                                       "code,name,kind,valid_from\n"
                                       "a,Adults,directorate,2012-04-01\n"
                                       ",Nameless,directorate,\n"
                                       "b,Housing,palace,\n"
                                       "c,Parks,service,31/02/2012\n"
                                       "d,Roads,service,01/04/2012\n");
    assert_counts(result, 2, 0, 0, 3);
    assert_string_equal(problem(&result, 0), "Code is missing.");
    assert_non_null(strstr(problem(&result, 1), "\"palace\""));
    const struct problem *last = result.problems.list.items[2];
    assert_int_equal(last->row, 5);
    assert_string_equal(last->column, "valid_from");
    assert_non_null(result.mend);
    assert_non_null(strstr(result.mend, "b,Housing,palace,"));
    /* The mended file is taken as it is, problem column and all. */
    assert_counts(send(&bench, "units",
                       "code,name,kind,valid_from,problem\r\nb,Housing,service,,was wrong\r\n"),
                  1, 0, 0, 0);
    close_bench(&bench);
}

static void a_key_twice_in_a_file_is_refused_unless_it_says_the_same(void **state)
{
    (void)state;
    struct bench bench;
    open_bench(&bench);
    struct import_result result = send(&bench, "units",
                                       "code,name\na,Adults\na,Adults\na,Others\n");
    assert_counts(result, 1, 0, 1, 1);
    assert_non_null(strstr(problem(&result, 0), "same key"));
    /* Sent again it is still two rows of one key: the second is not taken for a change. */
    result = send(&bench, "units", "code,name\na,Adults\na,Adults\na,Others\n");
    assert_counts(result, 0, 0, 2, 1);
    assert_non_null(strstr(problem(&result, 0), "same key"));
    assert_counts(send(&bench, "units", "code,name\na,Others\n"), 0, 1, 0, 0);
    close_bench(&bench);
}

/* A row that is no whole row changes one that stands, whichever of its fields it says. */
static void a_part_of_a_row_changes_what_stands(void **state)
{
    (void)state;
    struct bench bench;
    open_bench(&bench);
    send(&bench, "units", "code,name\ncouncil,Council\n");
    send(&bench, "measures", "code,title,kind\nbame,BAME employees,percentage\n");
    send(&bench, "values", "measure,unit,period,value\nbame,council,2012-13,40.2\n");
    const char *notes = "measure,unit,period,quality_note\nbame,council,2012-13,Checked\n"
                        "bame,council,2013-14,Not there\n";
    struct import_result result = send(&bench, "values", notes);
    assert_counts(result, 0, 1, 0, 1);
    assert_non_null(strstr(problem(&result, 0), "Give a value"));
    assert_counts(send(&bench, "values", notes), 0, 0, 1, 1);
    close_bench(&bench);
}

static void values_are_revised_not_overwritten(void **state)
{
    (void)state;
    struct bench bench;
    open_bench(&bench);
    send(&bench, "units", "code,name\ncouncil,Council\n");
    send(&bench, "measures", "code,title,kind\nbame,BAME employees,percentage\n");
    const char *first = "Indicator,Directorate,Quarter,Actual\nBAME Employees,council,Q1 "
                        "2012/13,40.20%\n";
    assert_counts(send(&bench, "values", first), 1, 0, 0, 0);
    assert_counts(send(&bench, "values", first), 0, 0, 1, 0);
    assert_counts(
        send(&bench, "values", "measure,unit,period,value\nbame,council,2012-13-Q1,40.5\n"), 0, 1,
        0, 0);
    struct text text = text_new(bench.work.arena, 100000);
    struct cursor *cursor = NULL;
    assert_int_equal(store_query(&bench.work,
                                 "SELECT revision, latest, value, decimals FROM value ORDER BY id",
                                 NULL, 0, &cursor),
                     STATUS_OK);
    while (cursor_next(cursor) == STATUS_OK)
        text_add_format(&text, "%d %d %d %d;", (int)cursor_integer(cursor, 0),
                        (int)cursor_integer(cursor, 1), (int)cursor_integer(cursor, 2),
                        (int)cursor_integer(cursor, 3));
    cursor_close(cursor);
    assert_string_equal(text.bytes, "1 0 40200000 2;2 1 40500000 1;");
    close_bench(&bench);
}

/* A value, its parts, a milestone and a reason for none are one answer: a new one replaces it
 * whole. */
static void a_new_answer_replaces_the_old_one_whole(void **state)
{
    (void)state;
    struct bench bench;
    open_bench(&bench);
    send(&bench, "units", "code,name\nu,Unit\n");
    send(&bench, "measures", "code,title,kind\na,A,percentage\nb,B,percentage\n");
    send(&bench, "values",
         "measure,unit,period,numerator,denominator,missing,quality_note\n"
         "a,u,2012-13-Q1,810,2000,,kept\nb,u,2012-13-Q1,,,awaited,\n");
    struct import_result result = send(
        &bench, "values", "measure,unit,period,value\na,u,2012-13-Q1,41\nb,u,2012-13-Q1,7\n");
    assert_counts(result, 0, 2, 0, 0);
    struct text text = text_new(bench.work.arena, 100000);
    struct cursor *cursor = NULL;
    assert_int_equal(store_query(&bench.work,
                                 "SELECT value, COALESCE(numerator, -1), COALESCE(missing, ''), "
                                 "COALESCE(quality_note, '') FROM value WHERE latest = 1 "
                                 "ORDER BY measure",
                                 NULL, 0, &cursor),
                     STATUS_OK);
    while (cursor_next(cursor) == STATUS_OK)
        text_add_format(&text, "%d %d %s %s;", (int)cursor_integer(cursor, 0),
                        (int)cursor_integer(cursor, 1), cursor_text(cursor, 2),
                        cursor_text(cursor, 3));
    cursor_close(cursor);
    assert_string_equal(text.bytes, "41000000 -1  kept;7000000 -1  ;");
    close_bench(&bench);
}

static void rows_may_refer_to_rows_further_down(void **state)
{
    (void)state;
    struct bench bench;
    open_bench(&bench);
    struct import_result result = send(
        &bench, "units",
        "code,name,parent\nteam,Team,service\nservice,Service,top\ntop,Top,\n"
        "lost,Lost,nowhere\n");
    assert_counts(result, 3, 0, 0, 1);
    assert_non_null(strstr(problem(&result, 0), "nowhere"));
    close_bench(&bench);
}

static void a_plan_without_codes(void **state)
{
    (void)state;
    struct bench bench;
    open_bench(&bench);
    send(&bench, "characteristics",
         "code,title,statutory,aim_eliminate,aim_advance,aim_foster\nage,Age,yes,yes,yes,yes\n"
         "gender-as-printed,Gender (as printed),no,no,no,no\n");
    send(&bench, "schemes", "code,title,starts\nplan,Plan,2011-01-01\n");
    const char *plan = "Objective 1 - A fair workforce,,,,\n"
                       "Priority,Anticipated outcomes,Action,Directorate / Lead,Age,Gender\n"
                       "Know our staff,A full profile,Review the profile,HRD,X,x\n"
                       ",,Publish the profile,HRD,,X\n"
                       "Objective 2 - A fair borough,,,,\n"
                       "Reach people,Arrange a workshop,A network of partners,Policy,,\n"
                       "Reach people,More people reached,Hold a workshop,Policy,X,,X\n"
                       ",,Hold an event,Policy,,\n";
    struct import_constant scheme = { "scheme", "plan" };
    struct import_result result;
    assert_int_equal(send_with(&bench, "actions", plan, &scheme, 1, &result), STATUS_FINDINGS);
    assert_counts(result, 3, 0, 0, 2);
    assert_non_null(strstr(problem(&result, 0), "swapped"));
    assert_non_null(strstr(problem(&result, 1), "beyond the last heading"));
    assert_int_equal(send_with(&bench, "actions", plan, &scheme, 1, &result), STATUS_FINDINGS);
    assert_counts(result, 0, 0, 3, 2);
    struct text text = text_new(bench.work.arena, 100000);
    struct cursor *cursor = NULL;
    assert_int_equal(store_query(&bench.work,
                                 "SELECT a.code, o.title, t.heading FROM action a "
                                 "JOIN objective o ON o.id = a.objective "
                                 "LEFT JOIN action_tag t ON t.action = a.id ORDER BY a.id, t.id",
                                 NULL, 0, &cursor),
                     STATUS_OK);
    while (cursor_next(cursor) == STATUS_OK)
        text_add_format(&text, "%s|%s|%s\n", cursor_text(cursor, 0), cursor_text(cursor, 1),
                        cursor_text(cursor, 2) ? cursor_text(cursor, 2) : "");
    cursor_close(cursor);
    assert_string_equal(text.bytes, "plan-1-01|A fair workforce|Age\n"
                                    "plan-1-01|A fair workforce|Gender\n"
                                    "plan-1-02|A fair workforce|Gender\n"
                                    "plan-2-01|A fair borough|\n");
    close_bench(&bench);
}

/* What a query gives, a line a row, with | between the columns. */
static const char *ask(struct bench *bench, const char *sql)
{
    struct text text = text_new(bench->work.arena, 100000);
    struct cursor *cursor = NULL;
    assert_int_equal(store_query(&bench->work, sql, NULL, 0, &cursor), STATUS_OK);
    while (cursor_next(cursor) == STATUS_OK) {
        for (size_t i = 0; i < cursor_columns(cursor); i++)
            text_add_format(&text, "%s%s", i ? "|" : "",
                            cursor_text(cursor, i) ? cursor_text(cursor, i) : "");
        text_add(&text, "\n");
    }
    cursor_close(cursor);
    return text.bytes;
}

static void open_plan(struct bench *bench)
{
    open_bench(bench);
    send(bench, "characteristics",
         "code,title,statutory,aim_eliminate,aim_advance,aim_foster\nage,Age,yes,yes,yes,yes\n"
         "race,Race,yes,yes,yes,yes\nsex,Sex,yes,yes,yes,yes\n");
    send(bench, "schemes", "code,title,starts\nplan,Plan,2011-01-01\n");
    send(bench, "objectives", "code,scheme,number,title\nplan-1,plan,1,Fair work\n");
}

#define TAGS                                                                                       \
    "SELECT a.code, c.code FROM action_tag t JOIN action a ON a.id = t.action "                    \
    "JOIN characteristic c ON c.id = t.characteristic ORDER BY a.code, c.code"

static void a_mark_that_is_gone_takes_its_tag_away(void **state)
{
    (void)state;
    struct bench bench;
    open_plan(&bench);
    assert_counts(send(&bench, "actions",
                       "code,objective,number,action,age,race,sex\n"
                       "p1,plan-1,1,Train,x,x,\np2,plan-1,2,Publish,x,,\n"),
                  2, 0, 0, 0);
    assert_string_equal(ask(&bench, TAGS), "p1|age\np1|race\np2|age\n");
    const char *again = "code,objective,number,action,age,race\n"
                        "p1,plan-1,1,Train,,x\np2,plan-1,2,Publish,x,x\n";
    struct import_result result = send(&bench, "actions", again);
    assert_counts(result, 0, 2, 0, 0);
    const struct import_change *change = result.changes.items[0];
    assert_string_equal(change->words, "changed: p1; tag \"age\" removed");
    change = result.changes.items[1];
    assert_string_equal(change->words, "changed: p2; Action tag added");
    assert_string_equal(ask(&bench, TAGS), "p1|race\np2|age\np2|race\n");
    assert_counts(send(&bench, "actions", again), 0, 0, 2, 0);
    /* What was removed is on record, under the event that removed it. */
    assert_string_equal(ask(&bench,
                            "SELECT e.operation, r.entity, r.field, r.old_value, r.new_value "
                            "FROM row_change r JOIN audit_event e ON e.id = r.event "
                            "WHERE r.entity = 'action_tag' AND r.field = 'heading'"),
                        "import|action_tag|heading|age|\n");
    /* A file without a column for it says nothing of it. */
    assert_counts(send(&bench, "actions", "code,objective,number,action\np2,plan-1,2,Publish\n"), 0,
                  0, 1, 0);
    assert_counts(send(&bench, "actions",
                       "code,objective,number,action,sex\n"
                       "p2,plan-1,2,Publish,\n"),
                  0, 0, 1, 0);
    assert_string_equal(ask(&bench, TAGS), "p1|race\np2|age\np2|race\n");
    /* A list of names says everything. */
    assert_counts(send(&bench, "actions",
                       "code,objective,number,action,characteristics\n"
                       "p2,plan-1,2,Publish,\"Sex, Race\"\n"),
                  0, 1, 0, 0);
    assert_string_equal(ask(&bench, TAGS), "p1|race\np2|race\np2|sex\n");
    /* The column for all gives nine tags at once, and takes back what it gave. */
    const char *all = "code,objective,number,action,all,sex\np1,plan-1,1,Train,x,\n";
    assert_counts(send(&bench, "actions", all), 0, 1, 0, 0);
    assert_string_equal(ask(&bench, TAGS), "p1|age\np1|race\np1|sex\np2|race\np2|sex\n");
    assert_counts(send(&bench, "actions", all), 0, 0, 1, 0);
    assert_counts(send(&bench, "actions", "code,objective,number,action,all\np1,plan-1,1,Train,\n"),
                  0, 1, 0, 0);
    assert_string_equal(ask(&bench, TAGS), "p2|race\np2|sex\n");
    close_bench(&bench);
}

static void a_dry_run_shows_which_tags_would_go(void **state)
{
    (void)state;
    struct bench bench;
    open_plan(&bench);
    send(&bench, "actions", "code,objective,number,action,age\np1,plan-1,1,Train,x\n");
    CLEANUP_TABLE_READER struct table_reader *reader = NULL;
    struct import_options options = { .entity = model_entity("actions"), .dry_run = true };
    struct import_result result;
    const char *csv = "code,objective,number,action,age\np1,plan-1,1,Train,\n";
    assert_int_equal(table_reader_open_bytes(&bench.work, "test.csv", slice_of(csv), NULL, &reader),
                     STATUS_OK);
    assert_int_equal(import_table(&bench.work, "test.csv", reader, &options, &result), STATUS_OK);
    assert_counts(result, 0, 1, 0, 0);
    assert_string_equal(((const struct import_change *)result.changes.items[0])->words,
                        "changed: p1; tag \"age\" removed");
    assert_string_equal(ask(&bench, TAGS), "p1|age\n");
    close_bench(&bench);
}

/* Swapped columns and marks beyond the matrix come back; mended, they go in, and nothing twice. */
static void what_comes_back_is_mended_and_sent_again(void **state)
{
    (void)state;
    struct bench bench;
    open_plan(&bench);
    struct import_constant scheme = { "scheme", "plan" };
    struct import_result result;
    const char *plan = "Objective 1 - Fair work,,,,\n"
                       "Priority,Anticipated outcomes,Action,Directorate / Lead,Age,Race\n"
                       "Know our staff,A full profile,Review the profile,HRD,X,x\n"
                       "Reach people,Hold a workshop,More people reached,Policy,X,\n"
                       ",A list,Publish the profile,HRD,,X,X\n";
    assert_int_equal(send_with(&bench, "actions", plan, &scheme, 1, &result), STATUS_FINDINGS);
    assert_counts(result, 1, 0, 0, 2);
    const struct problem *swapped = result.problems.list.items[0];
    assert_int_equal(swapped->row, 4);
    assert_string_equal(swapped->column, "outcome");
    struct text mended = text_new(bench.work.arena, 10000);
    struct slice rest = { result.mend, result.mend_length }, line;
    size_t lines = 0;
    while (slice_split(&rest, '\n', &line)) {
        lines += line.length > 0;
        const char *words = slice_copy(bench.work.arena, line);
        if (strstr(words, "Hold a workshop"))
            words = "Reach people,More people reached,Hold a workshop,Policy,X,,mended";
        else if (strstr(words, "Publish the profile")) {
            assert_non_null(strstr(words, "has \"\"X\"\" beyond the last heading"));
            assert_int_equal(strncmp(words, "Reach people,A list,", 20), 0);
        }
        text_add_format(&mended, "%s\n", words);
    }
    assert_int_equal(lines, 4); /* title, heading, two rows */
    assert_int_equal(send_with(&bench, "actions", mended.bytes, &scheme, 1, &result), STATUS_OK);
    assert_counts(result, 2, 0, 0, 0);
    const char *actions = "SELECT code, wording FROM action ORDER BY id";
    assert_string_equal(ask(&bench, actions), "plan-1-01|Review the profile\n"
                                              "plan-1-02|Hold a workshop\n"
                                              "plan-1-03|Publish the profile\n");
    assert_string_equal(ask(&bench, TAGS), "plan-1-01|age\nplan-1-01|race\n"
                                           "plan-1-02|age\nplan-1-03|race\n");
    assert_string_equal(ask(&bench, "SELECT p.need, o.wording FROM outcome o "
                                    "JOIN priority p ON p.id = o.priority ORDER BY o.id"),
                        "Know our staff|A full profile\nReach people|More people reached\n"
                        "Reach people|A list\n");
    assert_int_equal(send_with(&bench, "actions", mended.bytes, &scheme, 1, &result), STATUS_OK);
    assert_counts(result, 0, 0, 2, 0);
    assert_int_equal(send_with(&bench, "actions", plan, &scheme, 1, &result), STATUS_FINDINGS);
    assert_counts(result, 0, 0, 1, 2);
    assert_string_equal(ask(&bench, "SELECT COUNT(*) FROM action"), "3\n");
    close_bench(&bench);
}

#define DUES "SELECT code, due, condition FROM action ORDER BY code"

static enum status keep_piece(struct work *work, void *context, struct slice piece)
{
    (void)work;
    text_add_slice(context, piece);
    return STATUS_OK;
}

/* The day on which the page of a plan says that its first action is due: as stored, and as read. */
static void assert_page_says(struct bench *bench, const char *scheme, const char *due,
                             const char *next)
{
    json_t *model = NULL, *found = NULL;
    bench->work.now = "2011-06-01T00:00:00Z";
    assert_int_equal(plan_scheme(&bench->work, scheme, &model), STATUS_OK);
    json_t *objective = json_array_get(json_object_get(model, "objectives"), 0);
    json_t *actions = json_object_get(objective, "actions");
    for (size_t i = 0; i < json_array_size(actions); i++)
        if (strcmp(json_string_value(json_object_get(json_array_get(actions, i), "code")), "p1") ==
            0)
            found = json_array_get(actions, i);
    assert_non_null(found);
    assert_string_equal(json_string_value(json_object_get(found, "due")), due);
    assert_string_equal(json_string_value(json_object_get(found, "next")), next);
    json_decref(model);
}

/* A target date may refer to the day of adoption or to the authority's year: both are known when it
 * is read, and it is read anew when one of them changes. */
static void dates_follow_adoption_and_the_year(void **state)
{
    (void)state;
    struct bench bench;
    open_plan(&bench);
    const char *actions = "code,objective,number,action,target_date\n"
                          "p1,plan-1,1,Train,within 12 months of adoption\n"
                          "p2,plan-1,2,Publish,end of Q3 2024/25\n"
                          "p3,plan-1,3,Review,March 2013\n";
    assert_counts(send(&bench, "actions", actions), 3, 0, 0, 0);
    assert_string_equal(ask(&bench, DUES), "p1||within 12 months of adoption\np2|2024-12-31|\n"
                                           "p3|2013-03-31|\n");
    struct import_result result = send(&bench, "schemes", "code,adopted_on\nplan,2011-05-10\n");
    assert_counts(result, 0, 1, 0, 0);
    assert_int_equal(result.dates_moved, 1);
    assert_string_equal(ask(&bench, DUES), "p1|2012-05-10|\np2|2024-12-31|\np3|2013-03-31|\n");
    assert_page_says(&bench, "plan", "10 May 2012", "10 May 2012");
    struct text exported = text_new(bench.work.arena, 10000);
    const struct export_options as_csv = { .format = EXPORT_CSV };
    assert_int_equal(
        export_entity(&bench.work, model_entity("actions"), &as_csv, keep_piece, &exported),
        STATUS_OK);
    assert_non_null(strstr(exported.bytes, "within 12 months of adoption,2012-05-10,"));
    assert_counts(send(&bench, "actions", exported.bytes), 0, 0, 3, 0);
    result = send(&bench, "authorities",
                  "code,name,nation,kind,year_start_month\ntown,Town,england,district,9\n");
    assert_int_equal(result.dates_moved, 1);
    assert_string_equal(ask(&bench, DUES), "p1|2012-05-10|\np2|2025-05-31|\np3|2013-03-31|\n");
    /* As from the start: the same file changes nothing, and what goes out comes in unchanged. */
    assert_counts(send(&bench, "actions", actions), 0, 0, 3, 0);
    result = send(&bench, "schemes", "code,title\nplan,The plan\n");
    assert_int_equal(result.dates_moved, 0);
    send(&bench, "schemes", "code,title,starts,adopted_on\nlater,Later,2020-01-01,2020-02-29\n");
    result = send(&bench, "objectives", "code,scheme\nplan-1,later\n");
    assert_int_equal(result.dates_moved, 1);
    assert_string_equal(ask(&bench, DUES), "p1|2021-02-28|\np2|2025-05-31|\np3|2013-03-31|\n");
    /* Each move is on record under the import that caused it. */
    assert_string_equal(ask(&bench, "SELECT e.subject, r.old_value, r.new_value FROM row_change r "
                                    "JOIN audit_event e ON e.id = r.event "
                                    "WHERE r.entity = 'action' AND r.field = 'due' ORDER BY r.id"),
                        "schemes||2012-05-10\nauthorities|2024-12-31|2025-05-31\n"
                        "objectives|2012-05-10|2021-02-28\n");
    close_bench(&bench);
}

static void a_dry_run_writes_nothing(void **state)
{
    (void)state;
    struct bench bench;
    open_bench(&bench);
    CLEANUP_TABLE_READER struct table_reader *reader = NULL;
    struct import_options options = { .entity = model_entity("units"), .dry_run = true };
    struct import_result result;
    assert_int_equal(
        table_reader_open_bytes(&bench.work, "t.csv", SLICE("code,name\na,A\n"), NULL, &reader),
        STATUS_OK);
    assert_int_equal(import_table(&bench.work, "t.csv", reader, &options, &result), STATUS_OK);
    assert_counts(result, 1, 0, 0, 0);
    assert_counts(send(&bench, "units", "code,name\na,A\n"), 1, 0, 0, 0);
    close_bench(&bench);
}

static void a_file_without_headings_is_told(void **state)
{
    (void)state;
    struct bench bench;
    open_bench(&bench);
    struct import_result result;
    assert_int_equal(send_with(&bench, "units", "1,2\n3,4\n", NULL, 0, &result), STATUS_INPUT);
    assert_non_null(strstr(bench.work.error, "heading"));
    close_bench(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_go_in_once),
        cmocka_unit_test(good_rows_survive_bad_ones),
        cmocka_unit_test(a_key_twice_in_a_file_is_refused_unless_it_says_the_same),
        cmocka_unit_test(a_part_of_a_row_changes_what_stands),
        cmocka_unit_test(values_are_revised_not_overwritten),
        cmocka_unit_test(a_new_answer_replaces_the_old_one_whole),
        cmocka_unit_test(rows_may_refer_to_rows_further_down),
        cmocka_unit_test(a_plan_without_codes),
        cmocka_unit_test(a_mark_that_is_gone_takes_its_tag_away),
        cmocka_unit_test(a_dry_run_shows_which_tags_would_go),
        cmocka_unit_test(what_comes_back_is_mended_and_sent_again),
        cmocka_unit_test(dates_follow_adoption_and_the_year),
        cmocka_unit_test(a_dry_run_writes_nothing),
        cmocka_unit_test(a_file_without_headings_is_told),
    };
    return cmocka_run_group_tests_name("service/import", tests, NULL, NULL);
}
