/* ODT and ODS: the package, its XML, and what LibreOffice makes of it (skipped without soffice). */
#include <expat.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zip.h>

#include "sample.h"

extern char **environ;

enum { PART_MOST = 1 << 20 };

/* Unzips one part. */
static struct slice part(struct work *work, struct slice package, const char *name)
{
    zip_error_t error;
    zip_source_t *source = zip_source_buffer_create(package.start, package.length, 0, &error);
    zip_t *archive = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
    assert_non_null(archive);
    zip_file_t *file = zip_fopen(archive, name, 0);
    if (!file)
        fail_msg("the package lacks %s", name);
    char *bytes = arena_take(work->arena, PART_MOST);
    zip_int64_t length = zip_fread(file, bytes, PART_MOST);
    assert_true(length > 0 && length < PART_MOST);
    zip_fclose(file);
    zip_discard(archive);
    return (struct slice){ bytes, (size_t)length };
}

static void parse(struct slice bytes)
{
    XML_Parser parser = XML_ParserCreateNS("UTF-8", '|');
    if (XML_Parse(parser, bytes.start, (int)bytes.length, 1) != XML_STATUS_OK)
        fail_msg("line %lu: %s", XML_GetCurrentLineNumber(parser),
                 XML_ErrorString(XML_GetErrorCode(parser)));
    XML_ParserFree(parser);
}

/* The mimetype comes first, stored, so that the kind can be told from the first bytes (OpenDocument
 * 1.3, part 2, section 3.3). */
static void check_package(struct work *work, struct slice bytes, const char *media_type)
{
    static const char *const names[] = { "content.xml", "styles.xml", "meta.xml",
                                         "META-INF/manifest.xml" };
    assert_true(slice_starts(slice_from(bytes, 30), "mimetype"));
    assert_true(slice_starts(slice_from(bytes, 38), media_type));
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        parse(part(work, bytes, names[i]));
    struct slice meta = part(work, bytes, "meta.xml");
    assert_int_equal(sample_count(meta, "<dc:title>Equality progress report</dc:title>"), 1);
    assert_int_equal(sample_count(meta, "<dc:language>en-GB</dc:language>"), 1);
}

static void odt_is_a_package(void **state)
{
    (void)state;
    struct work work = support_work();
    struct slice bytes = sample_render(&work, "odt", NULL);
    check_package(&work, bytes, "application/vnd.oasis.opendocument.text");
    struct slice content = part(&work, bytes, "content.xml");
    assert_int_equal(sample_count(content, "text:outline-level=\"1\""), 1);
    assert_int_equal(sample_count(content, "<table:table-header-rows>"), 3);
    assert_int_equal(sample_count(content, "<svg:desc>The share rose"), 1);
    assert_int_equal(sample_count(content, "revised since: 77.2%"), 2);
    assert_int_equal(sample_count(part(&work, bytes, "Pictures/chart-1.svg"), "width=\"640\""), 1);
    assert_int_equal(sample_count(part(&work, bytes, "styles.xml"), "fo:country=\"GB\""), 1);
    sample_golden(&work, "sample_odt_content.xml", content);
    support_work_end(&work);
}

static void wide_tables_lie_on_their_side(void **state)
{
    (void)state;
    struct work work = support_work();
    struct document_tree *tree = document_new(
        work.arena, &(struct document_about){ .title = "Wide", .language = "cy" });
    struct document_table *table = document_add_table(tree, NULL, "Wide");
    for (int i = 0; i < 7; i++)
        document_table_add_column(table, &(struct document_column){ .heading = "Column" });
    struct slice bytes = { NULL, 0 };
    assert_int_equal(document_render(&work, tree, "odt", NULL, &bytes), STATUS_OK);
    struct slice styles = part(&work, bytes, "styles.xml");
    assert_int_equal(sample_count(styles, "landscape"), 1);
    assert_int_equal(sample_count(styles, "fo:language=\"cy\" fo:country=\"none\""), 1);
    support_work_end(&work);
}

static void ods_has_typed_numbers(void **state)
{
    (void)state;
    struct work work = support_work();
    struct slice bytes = sample_render(&work, "ods", NULL);
    check_package(&work, bytes, "application/vnd.oasis.opendocument.spreadsheet");
    struct slice content = part(&work, bytes, "content.xml");
    assert_int_equal(sample_count(content, "\"percent-2\" office:value-type=\"percentage\" "
                                           "office:value=\"0.4758\">"),
                     1);
    assert_int_equal(sample_count(content, "\"percent-1\" office:value-type=\"percentage\" "
                                           "office:value=\"0.78\">"),
                     1);
    assert_int_equal(sample_count(content, "\"money-2\" office:value-type=\"float\" "
                                           "office:value=\"-0.35\">"),
                     1);
    assert_int_equal(sample_count(content, "<text:p>revised since: 77.2%</text:p>"), 1);
    parse(part(&work, bytes, "settings.xml"));
    sample_golden(&work, "sample_ods_content.xml", content);
    support_work_end(&work);
}

static void sheets_get_names_that_differ(void **state)
{
    (void)state;
    struct work work = support_work();
    struct document_tree *tree = document_new(work.arena,
                                              &(struct document_about){ .title = "Names" });
    static const char *const captions[] = { "A caption: longer [than] thirty-one characters",
                                            "A caption: longer [than] thirty-one characters too",
                                            "Sources", "***" };
    static const char *const names[] = { "A caption  longer  than  thirty",
                                         "A caption  longer  than  thir 2", "Sources 2", " 2" };
    for (size_t i = 0; i < 4; i++)
        document_table_add_column(document_add_table(tree, NULL, captions[i]),
                                  &(struct document_column){ .heading = "Column" });
    struct slice bytes = { NULL, 0 };
    assert_int_equal(document_render(&work, tree, "ods", NULL, &bytes), STATUS_OK);
    struct slice content = part(&work, bytes, "content.xml");
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(
            sample_count(content, arena_format(work.arena, "table:name=\"%s\"", names[i])), 1);
    support_work_end(&work);
}

/* Runs a program with its output thrown away; false when it is not installed or fails. */
static bool run(const char *const arguments[])
{
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    pid_t child = 0;
    int failed = posix_spawnp(&child, arguments[0], &actions, NULL,
                              (char *const *)(uintptr_t)arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    int result = 1;
    return !failed && waitpid(child, &result, 0) == child && result == 0;
}

/* Converts with LibreOffice, in a profile of this call's own; skips the test without it. */
static struct slice converted(struct work *work, const char *format, const char *filter,
                              const char *out_name)
{
    static const char *const asked[] = { "soffice", "--version", NULL };
    if (!run(asked))
        skip();
    const char *folder = support_folder(work);
    const char *input = arena_format(work->arena, "%s/sample.%s", folder, format);
    assert_int_equal(file_write(work, input, sample_render(work, format, NULL)), STATUS_OK);
    const char *profile = arena_format(work->arena, "-env:UserInstallation=file://%s/profile",
                                       folder);
    const char *const arguments[] = { "timeout",     "120",   "soffice",      "--headless",
                                      "--norestore", profile, "--convert-to", filter,
                                      "--outdir",    folder,  input,          NULL };
    assert_true(run(arguments));
    const char *output = arena_format(work->arena, "%s/%s", folder, out_name);
    if (strcmp(format, "odt") == 0) {
        const char *words = arena_format(work->arena, "%s/words.txt", folder);
        const char *const reading[] = { "pdftotext", "-layout", output, words, NULL };
        assert_true(run(reading));
        output = words;
    }
    struct slice bytes = { NULL, 0 };
    if (file_read(work, output, PART_MOST, &bytes) != STATUS_OK)
        fail_msg("%s", work->error);
    support_remove(folder);
    return bytes;
}

static void libreoffice_prints_the_odt(void **state)
{
    (void)state;
    struct work work = support_work();
    struct slice words = converted(&work, "odt", "pdf", "sample.pdf");
    static const char *const wanted[] = { "Equality progress report",
                                          "Objective 1: Services that people can reach",
                                          "47.58%",
                                          "Awaited",
                                          "LG Low Green",
                                          "Si\xc3\xa2n & <Zo\xc3\xab>",
                                          "In learning or work, by year",
                                          "Sources of the figures",
                                          "page 2 of 2" };
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        if (sample_count(words, wanted[i]) == 0)
            fail_msg("the PDF lacks \"%s\"", wanted[i]);
    support_work_end(&work);
}

static void libreoffice_reads_the_ods(void **state)
{
    (void)state;
    struct work work = support_work();
    /* comma, quote, UTF-8, from line 1; numbers as they are held, which proves that they are
     * numbers; the second sheet */
    struct slice words = converted(&work, "ods",
                                   "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,"
                                   "false,false,false,2",
                                   "sample-Progress by measure, Quarter 1.csv");
    assert_true(slice_starts(words, "Group,Ref.,Success criterion,Target,Value,Rating,Findings"));
    assert_int_equal(sample_count(words, ",50%,47.58%,A (Amber),"), 1);
    assert_int_equal(sample_count(words, ",75%,78%,LG (Low Green),"), 1);
    assert_int_equal(sample_count(words, ",-0.35,HG (High Green),"), 1);
    assert_int_equal(sample_count(words, "=1+1 is text, not a formula"), 1);
    support_work_end(&work);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(odt_is_a_package),
        cmocka_unit_test(wide_tables_lie_on_their_side),
        cmocka_unit_test(ods_has_typed_numbers),
        cmocka_unit_test(sheets_get_names_that_differ),
        cmocka_unit_test(libreoffice_prints_the_odt),
        cmocka_unit_test(libreoffice_reads_the_ods),
    };
    return cmocka_run_group_tests_name("document/as_office", tests, NULL, NULL);
}
