/* Files are written whole, and what stands at the path decides how: a file is replaced, a link is
 * followed, and a pipe or a device is written into and stays what it is. */
#include "base/file.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/support.h"

static mode_t kind_of(const char *path)
{
    struct stat facts;
    assert_int_equal(lstat(path, &facts), 0);
    return facts.st_mode & (mode_t)S_IFMT;
}

static void check_words(struct work *work, const char *path, const char *words)
{
    struct slice bytes;
    assert_int_equal(file_read(work, path, 100, &bytes), STATUS_OK);
    assert_int_equal(bytes.length, strlen(words));
    assert_memory_equal(bytes.start, words, bytes.length);
}

static void a_file_is_replaced(void **state)
{
    (void)state;
    struct work work = support_work();
    const char *folder = support_folder(&work);
    const char *path = arena_format(work.arena, "%s/report.txt", folder);
    assert_int_equal(file_write(&work, path, SLICE("the first, longer")), STATUS_OK);
    assert_int_equal(file_write(&work, path, SLICE("second")), STATUS_OK);
    check_words(&work, path, "second");
    support_remove(folder);
    support_work_end(&work);
}

static void a_link_is_followed(void **state)
{
    (void)state;
    struct work work = support_work();
    const char *folder = support_folder(&work);
    const char *path = arena_format(work.arena, "%s/report.txt", folder);
    const char *link = arena_format(work.arena, "%s/latest.txt", folder);
    assert_int_equal(file_write(&work, path, SLICE("old")), STATUS_OK);
    assert_int_equal(symlink("report.txt", link), 0);
    assert_int_equal(file_write(&work, link, SLICE("new")), STATUS_OK);
    assert_int_equal(kind_of(link), S_IFLNK);
    check_words(&work, path, "new");
    support_remove(folder);
    support_work_end(&work);
}

static void a_pipe_is_written_into(void **state)
{
    (void)state;
    struct work work = support_work();
    const char *folder = support_folder(&work);
    const char *path = arena_format(work.arena, "%s/pipe", folder);
    assert_int_equal(mkfifo(path, (mode_t)0600), 0);
    int reader = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    assert_true(reader >= 0);
    assert_int_equal(file_write(&work, path, SLICE("words")), STATUS_OK);
    char got[10];
    assert_int_equal(read(reader, got, sizeof got), 5);
    assert_memory_equal(got, "words", 5);
    close(reader);
    assert_int_equal(kind_of(path), S_IFIFO);
    support_remove(folder);
    support_work_end(&work);
}

/* A link of the test's own stands for the device, so that the device is safe from the test. */
static void a_device_is_written_into(void **state)
{
    (void)state;
    struct work work = support_work();
    const char *folder = support_folder(&work);
    const char *nothing = arena_format(work.arena, "%s/nothing", folder);
    const char *full = arena_format(work.arena, "%s/full", folder);
    assert_int_equal(symlink("/dev/null", nothing), 0);
    assert_int_equal(symlink("/dev/full", full), 0);
    assert_int_equal(file_write(&work, nothing, SLICE("words")), STATUS_OK);
    assert_int_equal(kind_of(nothing), S_IFLNK);
    assert_int_equal(kind_of("/dev/null"), S_IFCHR);
    assert_int_equal(file_write(&work, full, SLICE("words")), STATUS_STORAGE);
    assert_non_null(strstr(work.error, "could not be written: No space left on device."));
    assert_int_equal(kind_of("/dev/full"), S_IFCHR);
    support_remove(folder);
    support_work_end(&work);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_is_replaced),
        cmocka_unit_test(a_link_is_followed),
        cmocka_unit_test(a_pipe_is_written_into),
        cmocka_unit_test(a_device_is_written_into),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
