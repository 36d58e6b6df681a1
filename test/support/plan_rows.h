/* Rows of a small plan, put straight into a store, for tests of statements. */
#ifndef TEST_SUPPORT_PLAN_ROWS_H
#define TEST_SUPPORT_PLAN_ROWS_H

#include "entity/entity.h"
#include "support/store_fixture.h"

/* A row of which nothing is set. */
void *row_new(struct opened *opened, const struct entity *entity);
/* Puts the row into the store; its id. */
int64_t row_put(struct opened *opened, const struct entity *entity, void *row);
/* "a.id, a.code, …": the entity's columns under an alias, as statements that join name them. */
const char *columns_of(struct arena *arena, const struct entity *entity, const char *alias);
/* A directorate with that code and name, below `parent` (INTEGER_MISSING: below nothing). */
int64_t put_unit(struct opened *opened, const char *code, int64_t parent);
/* The adopted scheme "plan" from April 2012 with one objective of that number, whose id it is. */
int64_t put_objective(struct opened *opened, int64_t number, const char *title);
/* The first action of an objective, with that code, wording and status; its id. */
int64_t put_action(struct opened *opened, int64_t objective, const char *code, const char *wording,
                   const char *status);
/* A quarterly percentage with that code and title, the complement of another measure or of none
 * (INTEGER_MISSING). */
int64_t put_measure(struct opened *opened, const char *code, int64_t complement_of);

#endif
