/* postgres_fdw sends a GROUP BY to a shard when the groups lie wholly within it, that is when the
 * partition's key is among the columns; so it is put among them and summed away above. Columns
 * stand in the statements as they are, since a cast is not sent to every shard; what a value says
 * is its text. */
#include "store/people_database.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/late.h"
#include "base/number.h"
#include "store/postgres.h"
#include "base/banned.h"

enum { STATEMENT_MOST = 256 * 1024 };
#define NO_SUCH_SUM "42883" /* SQLSTATE: no such function for this type */

struct people_database {
    PGconn *connection;
    const char *name;
    const char *relation; /* as the server writes it, with quotation marks where they are needed */
    const char **columns;
    size_t column_count;
    const size_t *keys; /* of the partitions: places of columns */
    size_t key_count;
};

static const char start[] = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;"
                            "SET LOCAL enable_partitionwise_aggregate = on";
static const char find_relation[] = "SELECT CAST(to_regclass($1) AS text)";
static const char find_columns[] =
    "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass($1) AND attnum > 0 "
    "AND NOT attisdropped ORDER BY attnum";
static const char find_keys[] =
    "SELECT a.attname FROM pg_partitioned_table AS p JOIN pg_attribute AS a "
    "ON a.attrelid = p.partrelid AND a.attnum = ANY (p.partattrs) "
    "WHERE p.partrelid = to_regclass($1) ORDER BY a.attnum";

/* ---- asking ---- */

static enum status fail(struct work *work, const struct people_database *database,
                        const PGresult *result)
{
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    bool is_connected = PQstatus(database->connection) == CONNECTION_OK;
    /* The server's own words tell which shard; they hold no data. */
    if (is_connected && state && strncmp(state, "08", 2) == 0)
        return work_fail(work, STATUS_STORAGE,
                         "A shard behind %s cannot be reached (%s); see that it runs and that the "
                         "user mapping is right.",
                         database->name, PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY));
    if (is_connected && state && strcmp(state, NO_SUCH_SUM) == 0)
        return work_fail(work, STATUS_INPUT, "%s: the weight is no column of numbers.",
                         database->name);
    return postgres_fail(work, database->name, database->connection, result);
}

static enum status ask(struct work *work, const struct people_database *database,
                       const char *statement, const char *parameter, PGresult **out_result)
{
    const char *const values[] = { parameter };
    PGresult *result = PQexecParams(database->connection, statement, parameter ? 1 : 0, NULL,
                                    values, NULL, NULL, 0);
    if (PQresultStatus(result) != PGRES_TUPLES_OK) {
        enum status status = fail(work, database, result);
        PQclear(result);
        return status;
    }
    *out_result = result;
    return STATUS_OK;
}

/* The first column of an answer. */
static enum status ask_names(struct work *work, const struct people_database *database,
                             const char *statement, const char *relation, const char ***out_names,
                             size_t *out_count)
{
    PGresult *result = NULL;
    enum status status = ask(work, database, statement, relation, &result);
    if (status != STATUS_OK)
        return status;
    size_t count = (size_t)PQntuples(result);
    const char **names = arena_array_of(work->arena, count + 1, const char *);
    for (size_t i = 0; i < count; i++)
        names[i] = PQgetisnull(result, (int)i, 0)
                       ? NULL
                       : arena_copy_text(work->arena, PQgetvalue(result, (int)i, 0));
    PQclear(result);
    *out_names = names;
    *out_count = count;
    return STATUS_OK;
}

/* ---- the relation ---- */

static enum status look_at(struct work *work, struct people_database *database,
                           const char *relation)
{
    const char **names = NULL, **keys = NULL;
    size_t count = 0, key_count = 0;
    enum status status = ask_names(work, database, find_relation, relation, &names, &count);
    if (status == STATUS_OK && (count == 0 || !names[0]))
        return work_fail(work, STATUS_INPUT,
                         "%s has no table or view \"%.80s\"; name it with --relation.",
                         database->name, relation);
    if (status != STATUS_OK)
        return status;
    database->relation = names[0];
    status = ask_names(work, database, find_columns, relation, &database->columns,
                       &database->column_count);
    if (status == STATUS_OK)
        status = ask_names(work, database, find_keys, relation, &keys, &key_count);
    if (status != STATUS_OK)
        return status;
    size_t *places = arena_array_of(work->arena, key_count + 1, size_t);
    for (size_t i = 0; i < key_count; i++)
        while (strcmp(database->columns[places[i]], keys[i]) != 0)
            places[i]++;
    database->keys = places;
    database->key_count = key_count;
    return STATUS_OK;
}

enum status people_database_open(struct work *work, const char *address, const char *relation,
                                 struct people_database **out_database)
{
    struct people_database *database = calloc(1, sizeof *database);
    if (!database)
        abort();
    enum status status = late_load(work, "pq");
    if (status == STATUS_OK)
        status = postgres_connect(work, address, STORE_READ, &database->connection);
    if (status == STATUS_OK) {
        database->name = postgres_name(work->arena, address);
        PGresult *result = PQexec(database->connection, start);
        if (PQresultStatus(result) != PGRES_COMMAND_OK)
            status = fail(work, database, result);
        PQclear(result);
    }
    if (status == STATUS_OK)
        status = look_at(work, database, relation);
    if (status != STATUS_OK) {
        people_database_close(database);
        return status;
    }
    *out_database = database;
    return STATUS_OK;
}

void people_database_close(struct people_database *database)
{
    if (!database)
        return;
    if (database->connection)
        PQfinish(database->connection);
    free(database);
}

const char *people_database_name(const struct people_database *database)
{
    return database->name;
}

const char *const *people_database_columns(const struct people_database *database,
                                           size_t *out_count)
{
    *out_count = database->column_count;
    return database->columns;
}

/* ---- the statement ---- */

static void add_name(struct text *text, const struct people_database *database, size_t column)
{
    const char *name = database->columns[column];
    char *quoted = PQescapeIdentifier(database->connection, name, strlen(name));
    text_add(text, quoted ? quoted : "NULL");
    PQfreemem(quoted);
}

static bool is_grouped(const struct people_database_count *count, size_t column)
{
    for (size_t i = 0; i < count->column_count; i++)
        if (count->columns[i] == column)
            return true;
    return false;
}

/* The columns wanted, and the keys that are not among them, each after a comma but the first. */
static void add_groups(struct text *text, const struct people_database *database,
                       const struct people_database_count *count, bool with_names)
{
    for (size_t i = 0; i < count->column_count; i++) {
        text_add(text, i ? ", " : "");
        add_name(text, database, count->columns[i]);
        if (with_names)
            text_add_format(text, " AS c%zu", i);
    }
    for (size_t i = 0; i < database->key_count; i++) {
        if (is_grouped(count, database->keys[i]))
            continue;
        text_add(text, ", ");
        add_name(text, database, database->keys[i]);
    }
}

static void add_outer(struct text *text, const struct people_database_count *count)
{
    for (size_t i = 0; i < count->column_count; i++)
        text_add_format(text, "%sc%zu", i ? ", " : "", i);
}

static const char *statement_of(struct work *work, const struct people_database *database,
                                const struct people_database_count *count, const char *before)
{
    struct text text = text_new(work->arena, STATEMENT_MOST);
    text_add_format(&text, "%sSELECT ", before);
    add_outer(&text, count);
    text_add(&text, ", sum(people)");
    if (count->weight >= 0)
        text_add(&text, ", sum(weight), sum(weighed)");
    text_add(&text, " FROM (SELECT ");
    add_groups(&text, database, count, true);
    text_add(&text, ", count(*) AS people");
    if (count->weight >= 0) {
        text_add(&text, ", sum(");
        add_name(&text, database, (size_t)count->weight);
        text_add(&text, ") AS weight, count(");
        add_name(&text, database, (size_t)count->weight);
        text_add(&text, ") AS weighed");
    }
    text_add_format(&text, " FROM %s GROUP BY ", database->relation);
    add_groups(&text, database, count, false);
    text_add(&text, ") AS partition GROUP BY ");
    add_outer(&text, count);
    text_add_format(&text, " LIMIT %d", PEOPLE_DATABASE_MOST_GROUPS + 1);
    return text.bytes;
}

/* ---- groups ---- */

static enum status fail_value(struct work *work, const struct people_database *database,
                              const char *words)
{
    return work_fail(work, STATUS_INPUT, "%s: a column of %s %s.", database->name,
                     database->relation, words);
}

/* A number of the answer in the scale of its column. */
static enum status put_number(struct work *work, const struct people_database *database,
                              struct columns *columns, size_t column, const char *text)
{
    int64_t value = 0;
    int decimals = 0;
    bool fits = columns->column[column].scale == 0 ? slice_integer(slice_of(text), &value)
                                                   : number_read(slice_of(text), &value, &decimals);
    if (!fits || !column_put_decimal(columns, column, value))
        return fail_value(work, database, "has sums that are too large or no numbers");
    return STATUS_OK;
}

static enum status put_group(struct work *work, const struct people_database *database,
                             const PGresult *result, int row, struct columns *columns)
{
    for (size_t i = 0; i < columns->count; i++) {
        const char *text = PQgetvalue(result, row, (int)i); /* "" where there is none */
        if (columns->column[i].kind == COLUMN_CATEGORY) {
            if (!column_put_label(columns, i, slice_trim(slice_of(text))))
                return fail_value(work, database,
                                  "has labels longer than 4,096 bytes, or too many of them");
            continue;
        }
        enum status status = put_number(work, database, columns, i, *text ? text : "0");
        if (status != STATUS_OK)
            return status;
    }
    columns_end_row(columns);
    return STATUS_OK;
}

enum status people_database_count(struct work *work, struct people_database *database,
                                  const struct people_database_count *count,
                                  struct columns **out_columns)
{
    PGresult *result = NULL;
    enum status status = ask(work, database, statement_of(work, database, count, ""), NULL,
                             &result);
    if (status != STATUS_OK)
        return status;
    CLEANUP_COLUMNS struct columns *columns = columns_new();
    for (size_t i = 0; i < count->column_count; i++)
        columns_add_category(columns, database->columns[count->columns[i]]);
    columns_add_decimal(columns, "people", 0);
    if (count->weight >= 0) {
        columns_add_decimal(columns, "weight", NUMBER_PLACES);
        columns_add_decimal(columns, "weighed", 0);
    }
    int rows = PQntuples(result);
    if (rows > PEOPLE_DATABASE_MOST_GROUPS)
        status = work_fail(work, STATUS_LIMIT,
                           "A table would have more than %d groups; count by fewer variables at "
                           "once.",
                           PEOPLE_DATABASE_MOST_GROUPS);
    for (int row = 0; row < rows && status == STATUS_OK; row++)
        status = put_group(work, database, result, row, columns);
    PQclear(result);
    if (status != STATUS_OK)
        return status;
    columns_seal(columns);
    *out_columns = columns;
    columns = NULL;
    return STATUS_OK;
}

enum status people_database_explain(struct work *work, struct people_database *database,
                                    const struct people_database_count *count,
                                    struct text *out_plan)
{
    const char **lines = NULL;
    size_t line_count = 0;
    const char *statement = statement_of(work, database, count, "EXPLAIN (VERBOSE, COSTS OFF) ");
    enum status status = ask_names(work, database, statement, NULL, &lines, &line_count);
    for (size_t i = 0; status == STATUS_OK && i < line_count; i++)
        text_add_format(out_plan, "%s\n", lines[i]);
    return status;
}
