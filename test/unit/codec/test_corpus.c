/* Every input of the fuzzers' corpora, through the fuzz targets' own entries. */
#include <dirent.h>
#include <string.h>

#include "base/file.h"
#include "fuzz/codec_entry.h"
#include "fuzz/columns_entry.h"
#include "support/support.h"

static void replay(const char *target, void (*entry)(struct slice))
{
    struct work work = support_work();
    const char *folder = support_path(&work,
                                      arena_format(work.arena, "test/fuzz/corpus/%s", target));
    DIR *listing = opendir(folder);
    assert_non_null(listing);
    size_t count = 0;
    for (const struct dirent *entry_name = NULL; (entry_name = readdir(listing)) != NULL;) {
        if (entry_name->d_name[0] == '.')
            continue;
        struct slice bytes;
        const char *path = arena_format(work.arena, "%s/%s", folder, entry_name->d_name);
        if (file_read(&work, path, 1 << 20, &bytes) != STATUS_OK)
            fail_msg("%s", work.error);
        entry(bytes);
        count++;
    }
    assert_int_equal(closedir(listing), 0);
    assert_true(count >= 2);
    support_work_end(&work);
}

static void csv_corpus(void **state)
{
    (void)state;
    replay("csv", codec_entry_csv);
}

static void xlsx_corpus(void **state)
{
    (void)state;
    replay("xlsx", codec_entry_xlsx);
}

static void ods_corpus(void **state)
{
    (void)state;
    replay("ods", codec_entry_ods);
}

static void docx_corpus(void **state)
{
    (void)state;
    replay("docx", codec_entry_docx);
}

static void columns_corpus(void **state)
{
    (void)state;
    replay("columns", columns_entry_bytes);
}

static void urlencoded_corpus(void **state)
{
    (void)state;
    replay("urlencoded", codec_entry_urlencoded);
    replay("multipart", codec_entry_multipart);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(csv_corpus),     cmocka_unit_test(xlsx_corpus),
        cmocka_unit_test(ods_corpus),     cmocka_unit_test(docx_corpus),
        cmocka_unit_test(columns_corpus), cmocka_unit_test(urlencoded_corpus),
    };
    return cmocka_run_group_tests_name("codec/corpus", tests, NULL, NULL);
}
