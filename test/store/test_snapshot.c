/* Sealed snapshots on both engines: what goes in comes out counted; nothing is readable at rest, no
 * altered chunk opens, a removed subject is gone with the key, a notice takes effect. */
#include "store/snapshot_store.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/workspace.h"
#include "model/snapshot_chunk.h"
#include "service/people.h"
#include "service/snapshot.h"
#include "store/entity_store.h"
#include "store/snapshot_key.h"
#include "support/random_row.h"
#include "support/store_fixture.h"
#include "support/support.h"

enum { PEOPLE = 700, LABELS = 300 };

static const bool special[] = { false, false, true, false, true };

/* Made-up records: a key, sex, ethnic group, pay, and a special category with more than 255
 * labels. */
static struct columns *people_new(struct work *work, uint64_t seed, int64_t rows)
{
    struct random random = { seed };
    struct columns *columns = columns_new();
    columns_add_text(columns, SNAPSHOT_KEY);
    columns_add_category(columns, "sex");
    columns_add_category(columns, "ethnicity");
    columns_add_decimal(columns, "pay", NUMBER_PLACES);
    columns_add_category(columns, "belief");
    for (int64_t row = 0; row < rows; row++) {
        const char *key = arena_format(work->arena, "E%lld", (long long)row);
        const char *belief = arena_format(work->arena, "belief %lld", (long long)(row % LABELS));
        assert_true(column_put_text(columns, 0, slice_of(key)));
        assert_true(column_put_label(columns, 1, row % 3 ? SLICE("F") : SLICE("M")));
        assert_true(column_put_label(columns, 2,
                                     random_between(&random, 0, 4) ? SLICE("W1") : SLICE("A1")));
        assert_true(
            column_put_decimal(columns, 3, random_between(&random, 1, INT64_C(90000000000))));
        assert_true(column_put_label(columns, 4, slice_of(belief)));
        columns_end_row(columns);
    }
    columns_seal(columns);
    return columns;
}

static struct snapshot_entry take_in(struct opened *opened, const char *code, const char *source,
                                     uint64_t seed, int64_t rows, bool *out_is_new)
{
    struct snapshot_entry entry;
    struct audit *audit = NULL;
    struct work *work = &opened->work;
    CLEANUP_COLUMNS struct columns *columns = people_new(work, seed, rows);
    struct seal_content content = { columns, (bool *)(uintptr_t)special, NULL, "{\"about\":1}" };
    struct snapshot_intake intake = { .code = code,
                                      .title = "Made up",
                                      .taken_on = "2012-03-31",
                                      .population = "workforce",
                                      .content = &content,
                                      .source_hash = source,
                                      .people = rows };
    if (!opened->folder)
        opened->folder = support_folder(work);
    opened->workspace.folder = opened->folder;
    must(opened, audit_begin(work, "snapshot-import", code, &audit));
    must(opened, snapshot_store_import(work, audit, &intake, &entry, out_is_new));
    must(opened, audit_commit(work, audit));
    must(opened, snapshot_store_shred(work, code));
    return entry;
}

/* How many records have both labels. */
static int64_t count(struct opened *opened, const struct snapshot_people *people, const char *one,
                     const char *label, const char *other, const char *other_label)
{
    struct cube cube;
    struct snapshot_table table = { "t", { one, other }, 2, false };
    must(opened, snapshot_people_count(&opened->work, people, &table, 1, &cube));
    const struct cube_counts *counts = &cube.tables[0];
    int64_t total = 0;
    for (size_t cell = 0; cell < counts->cell_count; cell++) {
        size_t nodes[2];
        cube_nodes(counts, cell, nodes);
        if (slice_is(counts->axes[0]->nodes[nodes[0]].label, label) &&
            slice_is(counts->axes[1]->nodes[nodes[1]].label, other_label))
            total += counts->counts[cell];
    }
    return total;
}

static int64_t expected(struct work *work, uint64_t seed, int64_t rows, const char *sex,
                        const char *ethnicity)
{
    CLEANUP_COLUMNS struct columns *columns = people_new(work, seed, rows);
    int64_t total = 0;
    for (int64_t row = 0; row < rows; row++)
        total += slice_is(column_label(&columns->column[1], column_code(&columns->column[1], row)),
                          sex) &&
                 slice_is(column_label(&columns->column[2], column_code(&columns->column[2], row)),
                          ethnicity);
    return total;
}

static void what_is_sealed_is_counted(void **state)
{
    struct opened opened;
    bool is_new = false;
    opened_new(&opened, *state);
    struct snapshot_entry entry = take_in(&opened, "march", "s1", 7, PEOPLE, &is_new);
    assert_true(is_new);
    assert_int_equal(entry.version.records, PEOPLE);
    assert_int_equal(entry.version.number, 1);
    CLEANUP_SNAPSHOT struct snapshot_people *people = NULL;
    must(&opened, snapshot_people_open(&opened.work, "march", &people));
    assert_string_equal(snapshot_people_about(people), "{\"about\":1}");
    assert_int_equal(count(&opened, people, "sex", "F", "ethnicity", "A1"),
                     expected(&opened.work, 7, PEOPLE, "F", "A1"));
    assert_int_equal(count(&opened, people, "sex", "M", "ethnicity", "W1"),
                     expected(&opened.work, 7, PEOPLE, "M", "W1"));
    struct cube cube;
    struct snapshot_table table = { "t", { "pay" }, 1, false };
    assert_int_equal(snapshot_people_count(&opened.work, people, &table, 1, &cube), STATUS_INPUT);
    assert_non_null(strstr(opened.work.error, "ethnicity"));
    opened_end(&opened);
}

/* Against a plain walk over the same records. */
static void pay_is_measured_by_group(void **state)
{
    struct opened opened;
    bool is_new = false;
    static const char *const groups[] = { "sex" };
    const struct snapshot_pay pay = { "pay", NULL, groups, 1 };
    int64_t count_of_women = 0, sum = 0;
    struct grouped grouped;
    opened_new(&opened, *state);
    take_in(&opened, "march", "s1", 7, PEOPLE, &is_new);
    CLEANUP_COLUMNS struct columns *columns = people_new(&opened.work, 7, PEOPLE);
    for (int64_t row = 0; row < PEOPLE; row++)
        if (slice_is(column_label(&columns->column[1], column_code(&columns->column[1], row)),
                     "F")) {
            count_of_women++;
            sum += column_decimal(&columns->column[3], row);
        }
    CLEANUP_SNAPSHOT struct snapshot_people *people = NULL;
    must(&opened, snapshot_people_open(&opened.work, "march", &people));
    must(&opened, snapshot_people_pay(&opened.work, people, &pay, &grouped));
    const struct grouped_labels *sexes = &grouped.groups[0];
    bool found = false;
    for (size_t i = 0; i < sexes->axis->node_count; i++)
        if (slice_is(sexes->axis->nodes[i].label, "F")) {
            const struct grouped_cell *cell = grouped_cell(&grouped, 0, 0, i);
            assert_int_equal(cell->count, count_of_women);
            assert_int_equal(cell->sum, sum);
            found = true;
        }
    assert_true(found);
    const struct snapshot_pay wrong = { "sex", NULL, groups, 1 };
    assert_int_equal(snapshot_people_pay(&opened.work, people, &wrong, &grouped), STATUS_INPUT);
    opened_end(&opened);
}

static void the_same_sources_change_nothing(void **state)
{
    struct opened opened;
    bool is_new = false;
    opened_new(&opened, *state);
    take_in(&opened, "march", "s1", 7, 50, &is_new);
    const char *before = contents_of(&opened);
    struct snapshot_entry entry = take_in(&opened, "march", "s1", 8, 60, &is_new);
    assert_false(is_new);
    assert_int_equal(entry.version.number, 1);
    assert_string_equal(contents_of(&opened), before);
    entry = take_in(&opened, "march", "s2", 8, 60, &is_new);
    assert_true(is_new);
    assert_int_equal(entry.version.number, 2);
    assert_int_equal(
        number_of(&opened, "SELECT count(DISTINCT snapshot_version) FROM snapshot_chunk"), 1);
    opened_end(&opened);
}

static void nothing_is_readable_at_rest(void **state)
{
    struct opened opened;
    bool is_new = false;
    struct list chunks = { 0 };
    opened_new(&opened, *state);
    struct snapshot_entry entry = take_in(&opened, "march", "s1", 7, PEOPLE, &is_new);
    must(&opened, entity_store_list(&opened.work, &snapshot_chunk_entity, 0, &chunks));
    assert_int_equal(chunks.count, entry.version.chunks);
    for (size_t i = 0; i < chunks.count; i++) {
        const struct snapshot_chunk *chunk = chunks.items[i];
        unsigned char bytes[SEAL_PIECE + 64];
        size_t length = 0;
        assert_int_equal(sodium_base642bin(bytes, sizeof bytes, chunk->body, strlen(chunk->body),
                                           NULL, &length, NULL, sodium_base64_VARIANT_ORIGINAL),
                         0);
        assert_null(memmem(bytes, length, "belief", 6));
        assert_null(memmem(bytes, length, "E12", 3) && memmem(bytes, length, "E13", 3) &&
                            memmem(bytes, length, "E14", 3)
                        ? bytes
                        : NULL);
    }
    struct stat about;
    assert_int_equal(stat(arena_format(opened.work.arena, "%s/keys/snapshots/%s.key", opened.folder,
                                       entry.version.key_name),
                          &about),
                     0);
    assert_int_equal(about.st_mode & 0777, 0600);
    opened_end(&opened);
}

/* One thing that is done to the chunks, after which they must not open. */
static void spoil(struct opened *opened, int kind)
{
    struct list chunks = { 0 };
    struct work *work = &opened->work;
    must(opened, entity_store_list(work, &snapshot_chunk_entity, 0, &chunks));
    struct snapshot_chunk *last = chunks.items[chunks.count - 1], *first = chunks.items[0];
    char *body = arena_copy_text(work->arena, last->body);
    if (kind == 0) {
        must(opened, entity_store_remove(work, &snapshot_chunk_entity, last->id));
        return;
    }
    if (kind == 1)
        body[10] = body[10] == 'A' ? 'B' : 'A';
    if (kind == 2)
        body[strlen(body) - 8] = '\0';
    if (kind == 3) {
        const char *other = first->body;
        first->body = last->body;
        must(opened, entity_store_update(work, &snapshot_chunk_entity, first));
        body = (char *)(uintptr_t)other;
    }
    last->body = body;
    must(opened, entity_store_update(work, &snapshot_chunk_entity, last));
}

static void a_failed_import_leaves_no_key(void **state)
{
    struct opened opened;
    bool is_new = false;
    struct audit *audit = NULL;
    struct snapshot_entry entry;
    opened_new(&opened, *state);
    struct work *work = &opened.work;
    take_in(&opened, "march", "s1", 7, 20, &is_new);
    const char *folder = arena_format(work->arena, "%s/keys/snapshots", opened.folder);
    must(&opened, store_run_script(work, "ALTER TABLE snapshot_chunk RENAME TO elsewhere;"));
    CLEANUP_COLUMNS struct columns *columns = people_new(work, 8, 20);
    struct seal_content content = { columns, (bool *)(uintptr_t)special, NULL, "{}" };
    struct snapshot_intake intake = { .code = "march",
                                      .taken_on = "2012-03-31",
                                      .population = "workforce",
                                      .content = &content,
                                      .source_hash = "s2" };
    must(&opened, audit_begin(work, "snapshot-import", "march", &audit));
    assert_int_not_equal(snapshot_store_import(work, audit, &intake, &entry, &is_new), STATUS_OK);
    audit_abandon(work, audit);
    size_t keys = 0;
    DIR *listing = opendir(folder);
    assert_non_null(listing);
    for (const struct dirent *one = NULL; (one = readdir(listing)) != NULL;)
        keys += one->d_name[0] != '.';
    closedir(listing);
    assert_int_equal(keys, 1); /* the one of the version that stands */
    opened_end(&opened);
}

static void an_altered_chunk_does_not_open(void **state)
{
    for (int kind = 0; kind < 4; kind++) {
        struct opened opened;
        bool is_new = false;
        struct snapshot_people *people = NULL;
        opened_new(&opened, *state);
        take_in(&opened, "march", "s1", 7, PEOPLE, &is_new);
        spoil(&opened, kind);
        assert_int_equal(snapshot_people_open(&opened.work, "march", &people), STATUS_STORAGE);
        assert_non_null(strstr(opened.work.error, "does not open"));
        assert_null(people);
        opened_end(&opened);
    }
}

static void another_key_does_not_open(void **state)
{
    struct opened opened;
    bool is_new = false;
    struct snapshot_people *people = NULL;
    opened_new(&opened, *state);
    struct snapshot_entry one = take_in(&opened, "march", "s1", 7, 50, &is_new);
    struct snapshot_entry two = take_in(&opened, "april", "s2", 8, 50, &is_new);
    const char *folder = arena_format(opened.work.arena, "%s/keys/snapshots", opened.folder);
    assert_int_equal(
        rename(arena_format(opened.work.arena, "%s/%s.key", folder, two.version.key_name),
               arena_format(opened.work.arena, "%s/%s.key", folder, one.version.key_name)),
        0);
    assert_int_equal(snapshot_people_open(&opened.work, "march", &people), STATUS_STORAGE);
    work_forget(&opened.work);
    assert_int_equal(snapshot_people_open(&opened.work, "april", &people), STATUS_NOT_FOUND);
    assert_non_null(strstr(opened.work.error, "keys"));
    opened_end(&opened);
}

static void a_subject_is_given_out_and_taken_out(void **state)
{
    struct opened opened;
    bool is_new = false;
    struct list cells = { 0 }, none = { 0 };
    struct audit *audit = NULL;
    struct snapshot_entry after;
    unsigned char key[SEAL_KEY_LENGTH];
    opened_new(&opened, *state);
    struct work *work = &opened.work;
    struct snapshot_entry before = take_in(&opened, "march", "s1", 7, PEOPLE, &is_new);
    must(&opened, snapshot_store_subject(work, "march", SLICE(" E123 "), &cells));
    assert_int_equal(cells.count, 5);
    const struct snapshot_cell *cell = cells.items[4];
    assert_string_equal(cell->column, "belief");
    assert_string_equal(cell->text, "belief 123");
    assert_false(cell->is_withdrawn);
    must(&opened, audit_begin(work, "snapshot-remove", "march", &audit));
    must(&opened, snapshot_store_remove(work, audit, "march", SLICE("E123"), "asked", &after));
    must(&opened, audit_commit(work, audit));
    must(&opened, snapshot_key_read(work, before.version.key_name, key));
    must(&opened, snapshot_store_shred(work, "march"));
    assert_int_equal(after.version.number, 2);
    assert_int_equal(after.version.records, PEOPLE - 1);
    assert_int_equal(after.version.people, PEOPLE - 1);
    assert_int_equal(snapshot_store_subject(work, "march", SLICE("E123"), &none), STATUS_NOT_FOUND);
    assert_null(strstr(work->error, "E123"));
    work_forget(work);
    assert_int_equal(snapshot_key_read(work, before.version.key_name, key), STATUS_NOT_FOUND);
    work_forget(work);
    take_in(&opened, "march", "s1", 7, PEOPLE, &is_new);
    assert_false(is_new); /* the same file does not bring the subject back */
    assert_int_equal(
        number_of(&opened, "SELECT count(*) FROM audit_event WHERE subject LIKE '%E123%'"), 0);
    opened_end(&opened);
}

static void give_notice(struct opened *opened, const char *key, const char *effective,
                        const char *ended)
{
    struct audit *audit = NULL;
    struct work *work = &opened->work;
    struct stop_notice notice = { .id = INTEGER_MISSING,
                                  .code = arena_format(work->arena, "n-%s-%s", key, effective),
                                  .subject = snapshot_subject(work, slice_of(key)),
                                  .received_on = "2012-01-01",
                                  .effective_on = effective,
                                  .ended_on = ended };
    must(opened, audit_begin(work, "snapshot-stop", NULL, &audit));
    notice.event = audit_event_id(audit);
    must(opened, entity_store_insert(work, &stop_notice_entity, &notice));
    must(opened, audit_add(work, audit, &stop_notice_entity, NULL, &notice));
    must(opened, audit_commit(work, audit));
}

/* A label of somebody's own words must not outlive them beside the columns that they leave. */
static void what_is_sealed_beside_the_columns_holds_no_label(void **state)
{
    struct opened opened;
    struct work *work = &opened.work;
    opened_new(&opened, *state);
    if (!opened.folder)
        opened.folder = support_folder(work);
    opened.workspace.folder = opened.folder;
    struct people_labels labels = { 0 };
    const struct people_options options = { 0 };
    const struct snapshot_request request = { .code = "march",
                                              .title = "March",
                                              .taken_on = { 2012, 3, 31 } };
    struct people people;
    struct snapshot_entry entry;
    bool is_new = false;
    must(&opened, people_labels_read(work, &labels));
    must(&opened, people_read_bytes(work, "staff.csv",
                                    SLICE("Employee ID,Gender,Religion\n1,F,Hindu\n"
                                          "2,M,as my mother had it\n3,F,Hindu\n"),
                                    &labels, &options, &people));
    must(&opened, snapshot_take(work, &people, &request, &entry, &is_new));
    people_free(&people);
    CLEANUP_SNAPSHOT struct snapshot_people *sealed = NULL;
    must(&opened, snapshot_people_open(work, "march", &sealed));
    assert_non_null(strstr(snapshot_people_about(sealed), "\"heading\":\"Religion\""));
    assert_null(strstr(snapshot_people_about(sealed), "mother"));
    snapshot_people_close(sealed);
    sealed = NULL;
    opened_end(&opened);
}

static void a_notice_takes_effect_on_later_counts(void **state)
{
    struct opened opened;
    bool is_new = false;
    struct list cells = { 0 };
    opened_new(&opened, *state); /* the work's day is 24 August 2012 */
    take_in(&opened, "march", "s1", 7, PEOPLE, &is_new);
    give_notice(&opened, "E5", "2012-08-24", NULL);
    give_notice(&opened, "E8", "2012-08-25", NULL);         /* not yet */
    give_notice(&opened, "E9", "2012-01-01", "2012-08-24"); /* taken back */
    CLEANUP_SNAPSHOT struct snapshot_people *people = NULL;
    must(&opened, snapshot_people_open(&opened.work, "march", &people));
    assert_int_equal(count(&opened, people, "belief", "withdrawn", "sex", "F"), 1);
    assert_int_equal(count(&opened, people, "belief", "belief 5", "sex", "F"), 2);
    assert_int_equal(count(&opened, people, "belief", "belief 8", "sex", "F"), 3);
    assert_int_equal(count(&opened, people, "ethnicity", "withdrawn", "sex", "F"), 1);
    must(&opened, snapshot_store_subject(&opened.work, "march", SLICE("E5"), &cells));
    const struct snapshot_cell *sex = cells.items[1], *belief = cells.items[4];
    assert_false(sex->is_withdrawn);
    assert_true(belief->is_withdrawn);
    assert_string_equal(belief->text, "belief 5"); /* access shows what is held */
    opened_end(&opened);
}

MAIN_ON_BOTH("store/snapshot", ON_BOTH(what_is_sealed_is_counted),
             ON_BOTH(pay_is_measured_by_group), ON_BOTH(the_same_sources_change_nothing),
             ON_BOTH(nothing_is_readable_at_rest), ON_BOTH(a_failed_import_leaves_no_key),
             ON_BOTH(an_altered_chunk_does_not_open), ON_BOTH(another_key_does_not_open),
             ON_BOTH(a_subject_is_given_out_and_taken_out),
             ON_BOTH(what_is_sealed_beside_the_columns_holds_no_label),
             ON_BOTH(a_notice_takes_effect_on_later_counts))
