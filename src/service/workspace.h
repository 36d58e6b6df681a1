/* A workspace on disk: a folder with dueregard.ini, rules of its own, the audit key, and (on
 * SQLite) the database. */
#ifndef SERVICE_WORKSPACE_H
#define SERVICE_WORKSPACE_H

#include "base/workspace.h"
#include "settings/settings.h"
#include "store/store.h"

enum { RULES_MOST_BYTES = 4 * 1024 * 1024 };

/* Reads the settings and the audit key of a workspace into work->workspace; opens no database.
 * STATUS_NOT_FOUND with the remedy (`dueregard init`) when the folder is no workspace. */
MUST_CHECK enum status workspace_read(struct work *work, const char *folder,
                                      struct settings *out_settings);
/* The same, and opens the database, whose schema must be the program's. */
MUST_CHECK enum status workspace_open(struct work *work, const char *folder, enum store_mode mode);
/* Makes a workspace: the folder, its settings, a new audit key, the schema. A folder that is a
 * workspace already is STATUS_CONFLICT. */
MUST_CHECK enum status workspace_create(struct work *work, const char *folder,
                                        const char *database);
/* A database's address in full: a SQLite file is named relative to the workspace, so that the
 * folder can be moved. */
const char *workspace_address(struct work *work, const char *folder, const char *database);
/* Writes dueregard.ini anew with another database, keeping the other settings. */
MUST_CHECK enum status workspace_set_database(struct work *work, const char *folder,
                                              const char *database);
/* Where people reach the pages, without a slash at the end: the public address or, where there is
 * none, the one on this machine. */
const char *workspace_pages(struct work *work, const struct settings *settings);
/* The bytes of a rules file: the workspace's own where it has one, else the built-in one. `name`
 * is such as "headings.csv". */
MUST_CHECK enum status workspace_rules(struct work *work, const char *name,
                                       struct slice *out_bytes);

#endif
