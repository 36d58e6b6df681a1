/* Every statement of every list in src/store/ is understood by both engines; no list is left out.
 */
#include <glob.h>
#include <string.h>

#include "base/file.h"
#include "store/account_store.h"
#include "store/upload_store.h"
#include "store/adoption_store.h"
#include "store/audit.h"
#include "store/audit_head.h"
#include "store/audit_store.h"
#include "store/citation_store.h"
#include "store/history_store.h"
#include "store/ledger_store.h"
#include "store/message_store.h"
#include "store/migrate.h"
#include "store/progress_store.h"
#include "store/return_store.h"
#include "store/snapshot_seal.h"
#include "store/text_store.h"
#include "store/unit_store.h"
#include "support/store_fixture.h"
#include "support/support.h"

enum { HEADER_MOST = 100000 };

static const struct {
    const char *name;
    const char *const *statements;
    const size_t *count; /* NULL: the list is ended by NULL */
} lists[] = {
    { "account_statements", account_statements, NULL },
    { "upload_statements", upload_statements, NULL },
    { "adoption_statements", adoption_statements, NULL },
    { "audit_head_statements", audit_head_statements, NULL },
    { "audit_store_statements", audit_store_statements, NULL },
    { "audit_statements", audit_statements, NULL },
    { "citation_statements", citation_statements, NULL },
    { "history_statements", history_statements, NULL },
    { "ledger_statements", ledger_statements, NULL },
    { "message_statements", message_statements, NULL },
    { "migrate_statements", migrate_statements, NULL },
    { "progress_statements", progress_statements, NULL },
    { "return_store_statements", return_store_statements, &return_store_statement_count },
    { "snapshot_seal_statements", snapshot_seal_statements, NULL },
    { "text_statements", text_statements, NULL },
    { "unit_statements", unit_statements, NULL },
};

static void every_statement_prepares(void **state)
{
    struct opened opened;
    opened_new(&opened, *state);
    for (size_t i = 0; i < ARRAY_COUNT(lists); i++) {
        assert_non_null(lists[i].statements[0]);
        const size_t *count = lists[i].count;
        for (size_t j = 0; count ? j < *count : lists[i].statements[j] != NULL; j++) {
            if (store_prepare(&opened.work, lists[i].statements[j]) != STATUS_OK)
                print_error("%s: %s\n", lists[i].statements[j], opened.work.error);
            assert_string_equal(opened.work.error, "");
        }
    }
    assert_int_equal(store_prepare(&opened.work, "SELECT nothing FROM nowhere"), STATUS_STORAGE);
    opened_end(&opened);
}

/* Whether the name stands in the table above. */
static bool is_listed(struct slice name)
{
    for (size_t i = 0; i < ARRAY_COUNT(lists); i++)
        if (slice_is(name, lists[i].name))
            return true;
    return false;
}

/* Finds `extern const char *const NAME_statements[];` in a header. */
static size_t check_header(struct work *work, const char *path)
{
    static const char start[] = "extern const char *const ";
    struct slice bytes, line;
    size_t found = 0;
    assert_int_equal(file_read(work, path, HEADER_MOST, &bytes), STATUS_OK);
    while (slice_split(&bytes, '\n', &line)) {
        ptrdiff_t end = slice_find(line, "_statements[];");
        if (!slice_starts(line, start) || end < 0)
            continue;
        struct slice name = slice_first(line, (size_t)end + sizeof "_statements" - 1);
        name = slice_from(name, sizeof start - 1);
        if (!is_listed(name))
            print_error("%.*s of %s is not tested\n", (int)name.length, name.start, path);
        assert_true(is_listed(name));
        found++;
    }
    return found;
}

static void no_list_is_left_out(void **state)
{
    (void)state;
    struct work work = support_work();
    glob_t headers;
    size_t found = 0;
    assert_int_equal(glob(support_path(&work, "src/store/*.h"), 0, NULL, &headers), 0);
    for (size_t i = 0; i < headers.gl_pathc; i++)
        found += check_header(&work, headers.gl_pathv[i]);
    globfree(&headers);
    assert_int_equal(found, ARRAY_COUNT(lists));
    support_work_end(&work);
}

MAIN_ON_BOTH("store/statements", ON_BOTH(every_statement_prepares),
             cmocka_unit_test(no_list_is_left_out))
