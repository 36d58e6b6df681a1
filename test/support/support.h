/* What every test program shares. */
#ifndef TEST_SUPPORT_H
#define TEST_SUPPORT_H

/* cmocka wants these before itself. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/work.h"

/* A work with an arena of its own, at a fixed moment (2012-08-24T09:00:00Z), user "tester", who may
 * do everything. */
struct work support_work(void);
void support_work_end(struct work *work);
/* One work for all tests of a program: `support_begin` and `support_end` are given to cmocka's
 * group.
 */
extern struct work shared_work;
int support_begin(void **state);
int support_end(void **state);
/* A fresh temporary folder, as a path in the work's arena; removed by support_remove. */
const char *support_folder(struct work *work);
void support_remove(const char *folder);
/* A file of the repository: path from its root. */
const char *support_path(struct work *work, const char *name);

#endif
