#include "service/workspace.h"

#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/embedded.h"
#include "base/file.h"
#include "base/text.h"
#include "store/migrate.h"
#include "base/banned.h"

enum { SETTINGS_MOST_BYTES = 64 * 1024 };

static const char *within(struct work *work, const char *folder, const char *name)
{
    return arena_format(work->arena, "%s/%s", folder, name);
}

/* A SQLite file is named relative to the workspace, so that the folder can be moved. */
const char *workspace_address(struct work *work, const char *folder, const char *database)
{
    struct slice address = slice_of(database);
    if (slice_starts(address, "postgresql:") || slice_starts(address, "postgres:"))
        return database;
    if (slice_starts(address, "sqlite:"))
        database += strlen("sqlite:");
    return database[0] == '/' ? arena_format(work->arena, "sqlite:%s", database)
                              : arena_format(work->arena, "sqlite:%s/%s", folder, database);
}

static enum status read_key(struct work *work, const char *folder, struct workspace *workspace)
{
    struct slice bytes;
    const char *path = within(work, folder, "keys/audit.key");
    enum status status = file_read(work, path, HASH_TEXT_LENGTH + 2, &bytes);
    if (status != STATUS_OK)
        return status;
    size_t length = 0;
    bytes = slice_trim(bytes);
    if (sodium_hex2bin(workspace->audit_key, HASH_KEY_LENGTH, bytes.start, bytes.length, NULL,
                       &length, NULL) != 0 ||
        length != HASH_KEY_LENGTH)
        return work_fail(work, STATUS_INPUT,
                         "%s does not hold a key of 64 hexadecimal digits; put back the one that "
                         "the workspace was made with.",
                         path);
    return STATUS_OK;
}

enum status workspace_read(struct work *work, const char *folder, struct settings *out_settings)
{
    struct slice bytes;
    const char *path = within(work, folder, "dueregard.ini");
    if (!file_exists(path))
        return work_fail(work, STATUS_NOT_FOUND,
                         "%s is not a workspace: it has no dueregard.ini. Make one with "
                         "`dueregard init --workspace %s`.",
                         folder, folder);
    struct settings settings;
    struct workspace *workspace = arena_new_of(work->arena, struct workspace);
    enum status status = file_read(work, path, SETTINGS_MOST_BYTES, &bytes);
    if (status == STATUS_OK)
        status = settings_read(work, path, bytes, &settings);
    if (status == STATUS_OK)
        status = read_key(work, folder, workspace);
    if (status != STATUS_OK)
        return status;
    workspace->folder = arena_copy_text(work->arena, folder);
    workspace->address = workspace_address(work, folder, settings.database);
    workspace->heads = settings.audit_heads[0] == '/' ? settings.audit_heads
                                                      : within(work, folder, settings.audit_heads);
    work->workspace = workspace;
    *out_settings = settings;
    return STATUS_OK;
}

enum status workspace_open(struct work *work, const char *folder, enum store_mode mode)
{
    struct settings settings;
    enum status status = workspace_read(work, folder, &settings);
    if (status == STATUS_OK)
        status = store_open(work, work->workspace->address, mode);
    if (status == STATUS_OK)
        status = migrate_check(work);
    return status;
}

static enum status write_key(struct work *work, const char *folder)
{
    unsigned char key[HASH_KEY_LENGTH];
    char words[HASH_TEXT_LENGTH + 2];
    randombytes_buf(key, sizeof key);
    sodium_bin2hex(words, HASH_TEXT_LENGTH + 1, key, sizeof key);
    words[HASH_TEXT_LENGTH] = '\n';
    enum status status = file_make_folder(work, within(work, folder, "keys"));
    const char *path = within(work, folder, "keys/audit.key");
    if (status == STATUS_OK)
        status = file_write(work, path, (struct slice){ words, HASH_TEXT_LENGTH + 1 });
    if (status == STATUS_OK && chmod(path, (mode_t)0600) != 0)
        status = work_fail(work, STATUS_STORAGE, "%s could not be made private.", path);
    return status;
}

static enum status write_settings(struct work *work, const char *folder, const char *database)
{
    struct text text = text_new(work->arena, SETTINGS_MOST_BYTES);
    text_add(&text, "# Settings of this Due Regard workspace. Each can be overridden by the\n"
                    "# environment variable named beside it.\n");
    for (size_t i = 0; i < settings_count; i++) {
        const struct setting *setting = &settings_table[i];
        bool is_database = strcmp(setting->name, "database") == 0;
        text_add_format(&text, "\n# %s (%s)\n%s%s = %s\n", setting->help, setting->environment,
                        is_database ? "" : "# ", setting->name,
                        is_database ? database : setting->standard);
    }
    return file_write(work, within(work, folder, "dueregard.ini"), text_slice(&text));
}

enum status workspace_create(struct work *work, const char *folder, const char *database)
{
    struct settings settings;
    int64_t applied = 0;
    if (file_exists(within(work, folder, "dueregard.ini")))
        return work_fail(work, STATUS_CONFLICT, "%s is a workspace already; choose another folder.",
                         folder);
    enum status status = file_make_folder(work, folder);
    if (status == STATUS_OK)
        status = write_key(work, folder);
    if (status == STATUS_OK)
        status = write_settings(work, folder, database);
    if (status == STATUS_OK)
        status = workspace_read(work, folder, &settings);
    if (status == STATUS_OK)
        status = store_open(work, work->workspace->address, STORE_CREATE);
    if (status == STATUS_OK)
        status = migrate_up(work, &applied);
    return status;
}

/* Keeps every line but that of the database. */
enum status workspace_set_database(struct work *work, const char *folder, const char *database)
{
    struct slice bytes, line;
    const char *path = within(work, folder, "dueregard.ini");
    enum status status = file_read(work, path, SETTINGS_MOST_BYTES, &bytes);
    if (status != STATUS_OK)
        return status;
    struct text text = text_new(work->arena, (size_t)2 * SETTINGS_MOST_BYTES);
    while (slice_split(&bytes, '\n', &line)) {
        struct slice rest = line, name;
        bool is_database = slice_split(&rest, '=', &name) && rest.start &&
                           slice_is(slice_trim(name), "database");
        if (is_database)
            text_add_format(&text, "database = %s", database);
        else
            text_add_slice(&text, line);
        if (bytes.start)
            text_add_character(&text, '\n');
    }
    return file_write(work, path, text_slice(&text));
}

const char *workspace_pages(struct work *work, const struct settings *settings)
{
    return *settings->public_address ? settings->public_address
                                     : arena_format(work->arena, "http://%s:%lld", settings->listen,
                                                    (long long)settings->port);
}

enum status workspace_rules(struct work *work, const char *name, struct slice *out_bytes)
{
    const char *own = work->workspace
                          ? arena_format(work->arena, "%s/rules/%s", work->workspace->folder, name)
                          : NULL;
    if (own && file_exists(own))
        return file_read(work, own, RULES_MOST_BYTES, out_bytes);
    if (embedded_find(arena_format(work->arena, "rules/%s", name), out_bytes))
        return STATUS_OK;
    return work_fail(work, STATUS_NOT_FOUND, "There is no rules file named %s.", name);
}
