#include "support/support.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>

#include "service/permission.h"

struct work support_work(void)
{
    return (struct work){ .arena = arena_new(),
                          .now = "2012-08-24T09:00:00Z",
                          .user = "tester",
                          .actor = &permission_owner };
}

void support_work_end(struct work *work)
{
    arena_free(work->arena);
    work->arena = NULL;
}

struct work shared_work;

int support_begin(void **state)
{
    (void)state;
    shared_work = support_work();
    return 0;
}

int support_end(void **state)
{
    (void)state;
    support_work_end(&shared_work);
    return 0;
}

const char *support_folder(struct work *work)
{
    char *folder = arena_format(work->arena, "/tmp/dueregard-test-XXXXXX");
    assert_non_null(mkdtemp(folder));
    return folder;
}

static int remove_one(const char *path, const struct stat *facts, int kind, struct FTW *place)
{
    (void)facts;
    (void)kind;
    (void)place;
    return remove(path);
}

void support_remove(const char *folder)
{
    assert_int_equal(nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS), 0);
}

const char *support_path(struct work *work, const char *name)
{
    return arena_format(work->arena, "%s/%s", SOURCE_ROOT, name);
}
