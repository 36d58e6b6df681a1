/* The port's contract, the same on both engines: values, statements, transactions, failures. */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "store/audit.h"
#include "store/store_engine.h"
#include "support/store_fixture.h"
#include "support/support.h"

/* A table of every type, a parent and a child. */
static void make_tables(struct opened *opened)
{
    const struct store_engine *engine = opened->work.store->engine;
    const char *script = arena_format(
        opened->work.arena,
        "CREATE TABLE sample (id %s, whole %s, fraction %s, words %s, raw %s, UNIQUE (words)) %s;"
        "CREATE TABLE parent (id %s, words %s NOT NULL) %s;"
        "CREATE TABLE child (id %s, parent %s NOT NULL REFERENCES parent (id)) %s;",
        engine->word_id, engine->word_integer, engine->word_real, engine->word_text,
        engine->word_bytes, engine->word_strict, engine->word_id, engine->word_text,
        engine->word_strict, engine->word_id, engine->word_integer, engine->word_strict);
    must(opened, store_run_script(&opened->work, script));
}

static const char insert_sample[] =
    "INSERT INTO sample (whole, fraction, words, raw) VALUES ($1, $2, $3, $4)";
static const char select_sample[] =
    "SELECT whole, fraction, words, raw, id FROM sample WHERE id = $1";

static int64_t put(struct opened *opened, int64_t whole, double fraction, const char *words,
                   struct slice raw)
{
    int64_t id = 0;
    must(opened, store_insert(&opened->work, insert_sample,
                              PARAMETERS(parameter_integer(whole), parameter_real(fraction),
                                         parameter_text(words), parameter_bytes(raw)),
                              &id));
    return id;
}

/* Puts a row and reads the same back. */
static void check_sample(struct opened *opened, int64_t whole, double fraction, const char *words,
                         struct slice raw)
{
    int64_t id = put(opened, whole, fraction, words, raw);
    struct cursor *cursor = NULL;
    must(opened,
         store_query(&opened->work, select_sample, PARAMETERS(parameter_integer(id)), &cursor));
    assert_int_equal(cursor_columns(cursor), 5);
    must(opened, cursor_next(cursor));
    assert_int_equal(cursor_integer(cursor, 0), whole);
    assert_int_equal(cursor_is_null(cursor, 0), whole == INTEGER_MISSING);
    double read = cursor_real(cursor, 1);
    assert_true(isnan(fraction) ? isnan(read) : memcmp(&read, &fraction, sizeof read) == 0);
    if (words)
        assert_string_equal(cursor_text(cursor, 2), words);
    else
        assert_null(cursor_text(cursor, 2));
    struct slice bytes = cursor_bytes(cursor, 3);
    assert_true(slice_equal(bytes, raw));
    assert_int_equal(bytes.start == NULL, raw.start == NULL);
    assert_int_equal(cursor_integer(cursor, 4), id);
    assert_int_equal(cursor_next(cursor), STATUS_END);
    assert_int_equal(cursor_next(cursor), STATUS_END);
    cursor_close(cursor);
}

static void values_come_back(void **state)
{
    struct opened opened;
    opened_empty(&opened, *state);
    make_tables(&opened);
    const struct slice none = { 0 };
    check_sample(&opened, INT64_MAX, 1.0 / 3.0, "plain", SLICE("\0\1\xff\0"));
    check_sample(&opened, INT64_MIN + 1, -1e308, "", SLICE("x"));
    check_sample(&opened, INTEGER_MISSING, NAN, NULL, none);
    check_sample(&opened, 0, 0.0, "na\xc3\xafve \xf0\x9f\x8c\xb1 '\"\\ %s $1 \n",
                 (struct slice){ "", 0 });
    check_sample(&opened, -1, 5e-324, "NULL", SLICE("\\x00"));
    check_sample(&opened, 1, INFINITY, "\t", SLICE("NULL"));
    opened_end(&opened);
}

static void long_texts_come_back(void **state)
{
    enum { LENGTH = 3000000 };
    struct opened opened;
    opened_empty(&opened, *state);
    make_tables(&opened);
    char *essay = arena_take(opened.work.arena, LENGTH + 1);
    for (size_t i = 0; i < LENGTH; i++)
        essay[i] = (char)('a' + i % 25);
    must(&opened, store_run(&opened.work, "INSERT INTO parent (words) VALUES ($1)",
                            PARAMETERS(parameter_text(essay)), NULL));
    struct cursor *cursor = NULL;
    must(&opened, store_query(&opened.work, "SELECT words FROM parent", NULL, 0, &cursor));
    must(&opened, cursor_next(cursor));
    assert_string_equal(cursor_text(cursor, 0), essay);
    cursor_close(cursor);
    opened_end(&opened);
}

static void parameters_may_stand_anywhere(void **state)
{
    struct opened opened;
    opened_empty(&opened, *state);
    struct cursor *cursor = NULL;
    must(&opened, store_query(&opened.work,
                              "SELECT CAST($2 AS bigint) - CAST($1 AS bigint) + CAST($2 AS bigint)",
                              PARAMETERS(parameter_integer(7), parameter_integer(10)), &cursor));
    must(&opened, cursor_next(cursor));
    assert_int_equal(cursor_integer(cursor, 0), 13);
    cursor_close(cursor);
    opened_end(&opened);
}

static void another_text_at_the_same_place_is_noticed(void **state)
{
    struct opened opened;
    opened_empty(&opened, *state);
    char sql[32] = "SELECT 1";
    assert_int_equal(number_of(&opened, sql), 1);
    memcpy(sql, "SELECT 2", 9);
    assert_int_equal(number_of(&opened, sql), 2);
    memcpy(sql, "SELECT 23", 10);
    assert_int_equal(number_of(&opened, sql), 23);
    opened_end(&opened);
}

static void many_statements_do_not_pile_up(void **state)
{
    struct opened opened;
    opened_empty(&opened, *state);
    struct cursor *held = NULL;
    must(&opened, store_query(&opened.work, "SELECT 77", NULL, 0, &held));
    for (int64_t i = 0; i < 1500; i++) {
        const char *sql = arena_format(opened.work.arena, "SELECT %lld", (long long)i);
        assert_int_equal(number_of(&opened, sql), i);
    }
    must(&opened, cursor_next(held));
    assert_int_equal(cursor_integer(held, 0), 77);
    cursor_close(held);
    opened_end(&opened);
}

static void one_statement_may_run_inside_itself(void **state)
{
    struct opened opened;
    opened_empty(&opened, *state);
    make_tables(&opened);
    for (int i = 0; i < 3; i++)
        put(&opened, i, NAN, NULL, (struct slice){ 0 });
    static const char sql[] = "SELECT whole FROM sample ORDER BY whole";
    struct cursor *outer = NULL;
    int64_t sum = 0;
    must(&opened, store_query(&opened.work, sql, NULL, 0, &outer));
    while (cursor_next(outer) == STATUS_OK) {
        struct cursor *inner = NULL;
        must(&opened, store_query(&opened.work, sql, NULL, 0, &inner));
        while (cursor_next(inner) == STATUS_OK)
            sum += cursor_integer(outer, 0) * 10 + cursor_integer(inner, 0);
        cursor_close(inner);
    }
    cursor_close(outer);
    assert_int_equal(sum, 3 * 3 * 10 + 3 * 3);
    opened_end(&opened);
}

static void changes_are_counted(void **state)
{
    struct opened opened;
    opened_empty(&opened, *state);
    make_tables(&opened);
    int64_t changed = -1;
    for (int i = 0; i < 5; i++)
        put(&opened, i, NAN, NULL, (struct slice){ 0 });
    must(&opened, store_run(&opened.work, "UPDATE sample SET whole = $1 WHERE whole >= $2",
                            PARAMETERS(parameter_integer(9), parameter_integer(3)), &changed));
    assert_int_equal(changed, 2);
    must(&opened, store_run(&opened.work, "DELETE FROM sample WHERE whole = $1",
                            PARAMETERS(parameter_integer(99)), &changed));
    assert_int_equal(changed, 0);
    opened_end(&opened);
}

static void an_insert_gives_its_id(void **state)
{
    struct opened opened;
    opened_empty(&opened, *state);
    make_tables(&opened);
    static const char sql[] =
        "INSERT INTO sample (words) VALUES ($1) ON CONFLICT (words) DO NOTHING";
    int64_t first = 0, second = 0, again = 0;
    struct work *work = &opened.work;
    must(&opened, store_insert(work, sql, PARAMETERS(parameter_text("a")), &first));
    must(&opened, store_insert(work, sql, PARAMETERS(parameter_text("b")), &second));
    must(&opened, store_insert(work, sql, PARAMETERS(parameter_text("a")), &again));
    assert_true(first > 0 && second > first);
    assert_int_equal(again, INTEGER_MISSING);
    opened_end(&opened);
}

static void expect(struct opened *opened, enum status status, enum status expected,
                   const char *words)
{
    if (status != expected || !strstr(opened->work.error, words))
        print_error("status %d: %s\n", (int)status, opened->work.error);
    assert_int_equal(status, expected);
    assert_non_null(strstr(opened->work.error, words));
    work_forget(&opened->work);
}

static const char insert_words[] =
    "INSERT INTO sample (whole, words) VALUES ($1, $2) ON CONFLICT (words) DO NOTHING";

/* Many rows in one journey: each sees those before it; what is there already is left. */
static void many_rows_go_in_at_once(void **state)
{
    struct opened opened;
    struct parameter parameters[2 * STORE_ROWS_MOST];
    int64_t ids[STORE_ROWS_MOST];
    opened_empty(&opened, *state);
    make_tables(&opened);
    int64_t first = put(&opened, 7, 0.5, "word-3", (struct slice){ NULL, 0 });
    size_t at_once = store_rows_at_once(opened.work.store);
    assert_true(at_once >= 1 && at_once <= STORE_ROWS_MOST);
    for (size_t i = 0; i < STORE_ROWS_MOST; i++) { /* two rows of each word */
        parameters[2 * i] = parameter_integer((int64_t)i);
        parameters[2 * i + 1] = parameter_text(
            arena_format(opened.work.arena, "word-%zu", i % (STORE_ROWS_MOST / 2)));
    }
    must(&opened, store_begin(&opened.work));
    must(&opened,
         store_insert_rows(&opened.work, insert_words,
                           &(struct parameter_rows){ parameters, 2, STORE_ROWS_MOST }, ids));
    must(&opened, store_commit(&opened.work));
    for (size_t i = 0; i < STORE_ROWS_MOST; i++)
        assert_int_equal(ids[i] != INTEGER_MISSING, i < STORE_ROWS_MOST / 2 && i != 3);
    assert_int_equal(number_of(&opened, "SELECT count(*) FROM sample"), STORE_ROWS_MOST / 2);
    static const char find[] = "SELECT id, whole FROM sample WHERE words = $1";
    const struct parameter asked[] = { parameter_text("word-5"), parameter_text("nothing"),
                                       parameter_text("word-3") };
    struct cursor *cursors[3];
    must(&opened,
         store_query_rows(&opened.work, find, &(struct parameter_rows){ asked, 1, 3 }, cursors));
    must(&opened, cursor_next(cursors[0]));
    must(&opened, cursor_next(cursors[2]));
    assert_int_equal(cursor_next(cursors[1]), STATUS_END);
    assert_int_equal(cursor_integer(cursors[0], 0), ids[5]);
    assert_int_equal(cursor_integer(cursors[0], 1), 5);
    assert_int_equal(cursor_integer(cursors[2], 0), first);
    for (size_t i = 0; i < 3; i++)
        cursor_close(cursors[i]);
    opened_end(&opened);
}

/* The first row that fails is told of, whatever follows; the connection goes on. */
static void a_failure_among_many_rows_is_the_first(void **state)
{
    struct opened opened;
    int64_t ids[4];
    struct cursor *cursors[2];
    static const char child[] = "INSERT INTO child (parent) VALUES ($1)";
    opened_empty(&opened, *state);
    make_tables(&opened);
    must(&opened, store_run(&opened.work, "INSERT INTO parent (words) VALUES ($1)",
                            PARAMETERS(parameter_text("one")), NULL));
    const struct parameter parents[] = { parameter_integer(1), parameter_integer(1),
                                         parameter_integer(INTEGER_MISSING), parameter_integer(1) };
    must(&opened, store_begin(&opened.work));
    assert_int_equal(
        store_insert_rows(&opened.work, child, &(struct parameter_rows){ parents, 1, 4 }, ids),
        STATUS_STORAGE);
    assert_non_null(strstr(opened.work.error, "shape"));
    work_forget(&opened.work);
    store_rollback(&opened.work);
    assert_int_equal(number_of(&opened, "SELECT count(*) FROM child"), 0);
    const struct parameter none[] = { parameter_text("x"), parameter_text("y") };
    assert_int_not_equal(store_query_rows(&opened.work, "SELECT id FROM nowhere WHERE words = $1",
                                          &(struct parameter_rows){ none, 1, 2 }, cursors),
                         STATUS_OK);
    work_forget(&opened.work);
    must(&opened,
         store_insert_rows(&opened.work, child, &(struct parameter_rows){ parents, 1, 2 }, ids));
    assert_int_equal(number_of(&opened, "SELECT count(*) FROM child"), 2);
    opened_end(&opened);
}

static void broken_keys_are_conflicts(void **state)
{
    struct opened opened;
    opened_empty(&opened, *state);
    make_tables(&opened);
    struct work *work = &opened.work;
    put(&opened, 1, NAN, "secret words", (struct slice){ 0 });
    enum status status = store_run(work, "INSERT INTO sample (words) VALUES ($1)",
                                   PARAMETERS(parameter_text("secret words")), NULL);
    assert_null(strstr(work->error, "secret"));
    expect(&opened, status, STATUS_CONFLICT, "a row of sample with the same key");
    expect(&opened,
           store_run(work, "INSERT INTO child (parent) VALUES ($1)",
                     PARAMETERS(parameter_integer(5)), NULL),
           STATUS_CONFLICT, "refers to one that does not exist");
    expect(&opened,
           store_run(work, "INSERT INTO parent (words) VALUES ($1)",
                     PARAMETERS(parameter_text(NULL)), NULL),
           STATUS_STORAGE, "shape");
    expect(&opened, store_run(work, "SELECT nothing FROM nowhere", NULL, 0, NULL), STATUS_STORAGE,
           "did not understand a statement");
    opened_end(&opened);
}

static void what_is_referred_to_stays(void **state)
{
    struct opened opened;
    opened_empty(&opened, *state);
    make_tables(&opened);
    must(&opened, store_run_script(&opened.work, "INSERT INTO parent (id, words) VALUES (5, 'p');"
                                                 "INSERT INTO child (parent) VALUES (5);"));
    expect(&opened,
           store_run(&opened.work, "DELETE FROM parent WHERE id = $1",
                     PARAMETERS(parameter_integer(5)), NULL),
           STATUS_CONFLICT, "is still referred to");
    opened_end(&opened);
}

static void transactions_hold_all_or_nothing(void **state)
{
    struct opened opened;
    opened_empty(&opened, *state);
    make_tables(&opened);
    struct work *work = &opened.work;
    must(&opened, store_begin(work));
    put(&opened, 1, NAN, "a", (struct slice){ 0 });
    store_rollback(work);
    store_rollback(work); /* once is enough, twice does no harm */
    assert_int_equal(number_of(&opened, "SELECT count(*) FROM sample"), 0);
    must(&opened, store_begin(work));
    assert_true(store_in_transaction(work->store));
    put(&opened, 1, NAN, "a", (struct slice){ 0 });
    must(&opened, store_commit(work));
    assert_false(store_in_transaction(work->store));
    assert_int_equal(number_of(&opened, "SELECT count(*) FROM sample"), 1);
    opened_end(&opened);
}

static void closing_rolls_back(void **state)
{
    struct opened opened;
    opened_empty(&opened, *state);
    make_tables(&opened);
    must(&opened, store_begin(&opened.work));
    put(&opened, 1, NAN, "a", (struct slice){ 0 });
    store_close(&opened.work);
    store_close(&opened.work);
    must(&opened, store_open(&opened.work, opened.address, STORE_WRITE));
    assert_int_equal(number_of(&opened, "SELECT count(*) FROM sample"), 0);
    opened_end(&opened);
}

static void readers_see_what_is_committed_while_a_writer_writes(void **state)
{
    struct opened opened;
    opened_empty(&opened, *state);
    make_tables(&opened);
    put(&opened, 1, NAN, "a", (struct slice){ 0 });
    must(&opened, store_begin(&opened.work));
    put(&opened, 2, NAN, "b", (struct slice){ 0 });
    struct opened reader = { .work = support_work(), .address = opened.address };
    must(&reader, store_open(&reader.work, reader.address, STORE_READ));
    assert_int_equal(number_of(&reader, "SELECT count(*) FROM sample"), 1);
    must(&reader, store_begin_read(&reader.work));
    assert_int_equal(number_of(&reader, "SELECT count(*) FROM sample"), 1);
    must(&opened, store_commit(&opened.work));
    assert_int_equal(number_of(&reader, "SELECT count(*) FROM sample"), 1);
    store_rollback(&reader.work);
    assert_int_equal(number_of(&reader, "SELECT count(*) FROM sample"), 2);
    assert_int_equal(store_run(&reader.work, "DELETE FROM sample", NULL, 0, NULL), STATUS_STORAGE);
    store_close(&reader.work);
    support_work_end(&reader.work);
    opened_end(&opened);
}

static void a_second_writer_is_told_that_it_is_busy(void **state)
{
    struct opened opened;
    struct audit *audit = NULL, *other = NULL;
    opened_new(&opened, *state);
    must(&opened, audit_begin(&opened.work, "test", NULL, &audit));
    struct opened second = { .work = support_work(), .address = opened.address };
    second.work.workspace = &opened.workspace;
    must(&second, store_open(&second.work, second.address, STORE_WRITE));
    store_set_patience(second.work.store, 50);
    enum status status = audit_begin(&second.work, "test", NULL, &other);
    expect(&second, status, STATUS_BUSY, "locked by another program");
    audit_abandon(&opened.work, audit);
    must(&second, audit_begin(&second.work, "test", NULL, &other));
    audit_abandon(&second.work, other);
    store_close(&second.work);
    support_work_end(&second.work);
    opened_end(&opened);
}

static void long_answers_stream(void **state)
{
    struct opened opened;
    opened_empty(&opened, *state);
    make_tables(&opened);
    struct work *work = &opened.work;
    must(&opened, store_begin(work));
    for (int i = 0; i < 2100; i++)
        put(&opened, i, NAN, NULL, (struct slice){ 0 });
    must(&opened, store_commit(work));
    struct cursor *cursor = NULL;
    must(&opened, store_stream(work, "SELECT whole FROM sample WHERE whole >= $1 ORDER BY whole",
                               PARAMETERS(parameter_integer(100)), &cursor));
    int64_t expected = 100;
    while (cursor_next(cursor) == STATUS_OK) {
        assert_int_equal(cursor_integer(cursor, 0), expected);
        if (++expected % 700 == 0)
            assert_int_equal(number_of(&opened, "SELECT count(*) FROM sample"), 2100);
    }
    assert_int_equal(expected, 2100);
    assert_int_equal(cursor_next(cursor), STATUS_END);
    cursor_close(cursor);
    must(&opened, store_stream(work, "SELECT whole FROM sample WHERE whole < 0", NULL, 0, &cursor));
    assert_int_equal(cursor_next(cursor), STATUS_END);
    cursor_close(cursor);
    opened_end(&opened);
}

static void numbers_of_expressions_are_alike(void **state)
{
    struct opened opened;
    opened_empty(&opened, *state);
    make_tables(&opened);
    put(&opened, INT64_MAX / 2, NAN, "b", (struct slice){ 0 });
    put(&opened, 3, NAN, "B", (struct slice){ 0 });
    put(&opened, 4, NAN, "\xc3\xa9", (struct slice){ 0 });
    assert_int_equal(number_of(&opened, "SELECT sum(whole) FROM sample"), INT64_MAX / 2 + 7);
    assert_int_equal(number_of(&opened, "SELECT 1 = 1"), 1);
    assert_int_equal(number_of(&opened, "SELECT 1 = 2"), 0);
    assert_int_equal(number_of(&opened, "SELECT max(whole) FROM sample WHERE whole < 0"),
                     INTEGER_MISSING);
    /* Text sorts by its bytes. */
    assert_int_equal(number_of(&opened, "SELECT whole FROM sample ORDER BY words LIMIT 1"), 3);
    assert_int_equal(number_of(&opened, "SELECT whole FROM sample ORDER BY words DESC LIMIT 1"), 4);
    opened_end(&opened);
}

MAIN_ON_BOTH("store/contract", ON_BOTH(values_come_back), ON_BOTH(long_texts_come_back),
             ON_BOTH(parameters_may_stand_anywhere),
             ON_BOTH(another_text_at_the_same_place_is_noticed),
             ON_BOTH(many_statements_do_not_pile_up), ON_BOTH(one_statement_may_run_inside_itself),
             ON_BOTH(changes_are_counted), ON_BOTH(an_insert_gives_its_id),
             ON_BOTH(many_rows_go_in_at_once), ON_BOTH(a_failure_among_many_rows_is_the_first),
             ON_BOTH(broken_keys_are_conflicts), ON_BOTH(what_is_referred_to_stays),
             ON_BOTH(transactions_hold_all_or_nothing), ON_BOTH(closing_rolls_back),
             ON_BOTH(readers_see_what_is_committed_while_a_writer_writes),
             ON_BOTH(a_second_writer_is_told_that_it_is_busy), ON_BOTH(long_answers_stream),
             ON_BOTH(numbers_of_expressions_are_alike))
