/* One rule for what may go out, on both engines and through both doors: what gives somebody away
 * and what cannot be decided are refused with reason and remedy, and nothing goes on record. That
 * the attack cannot decide is planted by the linker. */
#include "service/ledger_record.h"

#include <string.h>

#include "attack/attack.h"
#include "service/table_release.h"
#include "store/entity_store.h"
#include "support/store_fixture.h"
#include "support/support.h"

static bool is_undecided;

enum status __real_attack_run(struct work *work, const struct puzzle *puzzle,
                              const struct attack_options *options,
                              struct attack_result *out_result);
enum status __wrap_attack_run(struct work *work, const struct puzzle *puzzle,
                              const struct attack_options *options,
                              struct attack_result *out_result);

enum status __wrap_attack_run(struct work *work, const struct puzzle *puzzle,
                              const struct attack_options *options,
                              struct attack_result *out_result)
{
    enum status status = __real_attack_run(work, puzzle, options, out_result);
    out_result->is_undecided = out_result->is_undecided || is_undecided;
    return status;
}

enum { PEOPLE = 300 };

static void take_people(struct opened *opened)
{
    static const bool special[] = { false, false, false };
    struct work *work = &opened->work;
    struct snapshot_entry entry;
    struct audit *audit = NULL;
    bool is_new = false;
    CLEANUP_COLUMNS struct columns *columns = columns_new();
    columns_add_text(columns, SNAPSHOT_KEY);
    columns_add_category(columns, "sex");
    columns_add_category(columns, "unit-1");
    for (int64_t row = 0; row < PEOPLE; row++) {
        const char *key = arena_format(work->arena, "E%lld", (long long)row);
        assert_true(column_put_text(columns, 0, slice_of(key)));
        assert_true(column_put_label(columns, 1, row % 3 ? SLICE("F") : SLICE("M")));
        assert_true(column_put_label(columns, 2, row % 50 < 2 ? SLICE("Legal") : SLICE("Care")));
        columns_end_row(columns);
    }
    columns_seal(columns);
    struct seal_content content = { columns, (bool *)(uintptr_t)special, NULL, "{\"columns\":[]}" };
    const struct snapshot_intake intake = { .code = "march",
                                            .title = "Made up",
                                            .taken_on = "2012-03-31",
                                            .population = "workforce",
                                            .content = &content,
                                            .source_hash = "s",
                                            .people = PEOPLE };
    opened->folder = support_folder(work);
    opened->workspace.folder = opened->folder;
    must(opened, audit_begin(work, "snapshot-import", intake.code, &audit));
    must(opened, snapshot_store_import(work, audit, &intake, &entry, &is_new));
    must(opened, audit_commit(work, audit));
}

static struct table_release try_tables(struct opened *opened, const char *name, const char *profile)
{
    struct problems problems = { .arena = opened->work.arena };
    struct table_release release;
    const struct table_release_request request = { .snapshot = "march",
                                                   .tables = "sex*unit-1",
                                                   .profile = profile,
                                                   .name = name,
                                                   .period = "2012-03",
                                                   .threshold = INTEGER_MISSING };
    must(opened, table_release_try(&opened->work, &request, &problems, &release));
    for (size_t i = 0; i < problems.list.count; i++)
        fail_msg("%s", ((const struct problem *)problems.list.items[i])->words);
    return release;
}

static void says(struct opened *opened, const char *words)
{
    if (!strstr(opened->work.error, words))
        fail_msg("\"%s\" does not say: %s", opened->work.error, words);
    work_forget(&opened->work);
}

static void the_page_refuses_what_is_undecided(void **state)
{
    struct opened opened;
    opened_new(&opened, *state);
    take_people(&opened);
    is_undecided = true;
    struct table_release release = try_tables(&opened, "w1", "public");
    assert_false(release.may_go_out);
    assert_true(release.verdict.is_undecided);
    assert_non_null(strstr(release.report, "not proved safe"));
    assert_int_equal(table_release_record(&opened.work, &release), STATUS_REFUSED);
    says(&opened, "w1 is not released: it is not proved safe");
    assert_int_equal(number_of(&opened, "SELECT count(*) FROM disclosure_release"), 0);
    is_undecided = false;
    release = try_tables(&opened, "w1", "public");
    assert_true(release.may_go_out);
    must(&opened, table_release_record(&opened.work, &release));
    assert_int_equal(number_of(&opened, "SELECT count(*) FROM disclosure_release"), 1);
    opened_end(&opened);
}

/* The count of the row with both labels as the ledger has it: what is shown, and between what. */
static const struct published_cell *cell_of(const struct table_release *release, const char *sex,
                                            const char *unit)
{
    const struct published *published = &release->ledger.published;
    const struct ledger_release *own = release->ledger.releases.items[release->place];
    for (size_t i = own->first; i < own->end; i++) {
        const struct published_cell *cell = &published->cells[i];
        int found = 0;
        for (int32_t c = 0; c < cell->category_count; c++) {
            const char *label = published_word_of(published, cell->categories[c].label);
            found += strcmp(label, sex) == 0 || strcmp(label, unit) == 0;
        }
        if (found == 2)
            return cell;
    }
    fail_msg("no cell %s, %s", sex, unit);
    return NULL;
}

/* Of the 300 people 192 are women in Care, 96 men there; 8 women and 4 men are in Legal. */
static void every_way_to_protect_is_judged(void **state)
{
    static const struct {
        const char *profile;
        int64_t least_reach;
    } ways[] = { { "controlled", 4 }, { "small-counts", 1 }, { "cell-key", 5 } };
    struct opened opened;
    opened_new(&opened, *state);
    take_people(&opened);
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        struct table_release release = try_tables(&opened, ways[i].profile, ways[i].profile);
        const struct published_cell *women = cell_of(&release, "F", "Care");
        const struct published_cell *men = cell_of(&release, "M", "Legal");
        assert_true(release.may_go_out);
        assert_in_range(192, women->least, women->most);
        assert_true(women->most - women->least >= 2 * ways[i].least_reach);
        assert_true(men->least <= 4 && men->most >= 4 && men->least < men->most);
        must(&opened, table_release_record(&opened.work, &release));
    }
    /* The same people carry the same noise. */
    struct table_release again = try_tables(&opened, "again", "cell-key");
    assert_true(again.may_go_out);
    const struct ledger_release *before = again.ledger.releases.items[2];
    const struct ledger_release *now = again.ledger.releases.items[3];
    assert_int_equal(now->end - now->first, before->end - before->first);
    for (size_t i = 0; i < now->end - now->first; i++)
        assert_int_equal(again.ledger.published.cells[now->first + i].shown,
                         again.ledger.published.cells[before->first + i].shown);
    opened_end(&opened);
}

/* The tables of a ledger add. */
static struct ledger take_csv(struct opened *opened, const char *name, const char *csv)
{
    struct ledger ledger;
    const struct figure_rule rule = { .shows_zeros = true };
    const struct ledger_release about = { .name = name,
                                          .released = opened->work.now,
                                          .by = "tester",
                                          .population = "council",
                                          .definition = "",
                                          .period = "2012-03",
                                          .method = "by hand",
                                          .threshold = 10 };
    must(opened, ledger_record_load(&opened->work, &ledger));
    must(opened, ledger_take_csv(&opened->work, &ledger, &about, &rule, slice_of(csv)));
    return ledger;
}

static enum status add_csv(struct opened *opened, const char *name, const char *csv)
{
    struct ledger ledger = take_csv(opened, name, csv);
    struct ledger_verdict verdict;
    size_t place = ledger.releases.count - 1;
    must(opened, ledger_judge(&opened->work, &ledger, place, &verdict));
    return ledger_record_add(&opened->work, &ledger, ledger.releases.items[place], &verdict);
}

static void the_ledger_refuses_by_the_same_rule(void **state)
{
    static const char safe[] = "sex,unit,count\n,,300\nF,,200\nM,,100\n";
    static const char telling[] = "sex,unit,count\n,Legal,[c]\n,Care,297\n";
    struct opened opened;
    opened_new(&opened, *state);
    is_undecided = true;
    assert_int_equal(add_csv(&opened, "w1", safe), STATUS_REFUSED);
    says(&opened, "not proved safe");
    is_undecided = false;
    must(&opened, add_csv(&opened, "w1", safe));
    assert_int_equal(add_csv(&opened, "w2", telling), STATUS_REFUSED);
    says(&opened, "it gives somebody away. Raise the threshold, round, choose coarser tables, or "
                  "leave one out.");
    assert_int_equal(add_csv(&opened, "w3", "sex,unit,count\nF,Legal,8\n"), STATUS_REFUSED);
    says(&opened, "it gives somebody away"); /* a small count, printed as it is */
    assert_int_equal(number_of(&opened, "SELECT count(*) FROM disclosure_release"), 1);
    opened_end(&opened);
}

MAIN_ON_BOTH("store/ledger_rule", ON_BOTH(the_page_refuses_what_is_undecided),
             ON_BOTH(every_way_to_protect_is_judged), ON_BOTH(the_ledger_refuses_by_the_same_rule))
