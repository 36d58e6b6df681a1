/* The description of the API, made from the tables of routes and of entities. */
#include "web/api/api.h"

#include <string.h>

#include "base/arena.h"
#include "model/model.h"
#include "model/return_row.h"
#include "model/value.h"
#include "service/plan_record.h"
#include "service/return_life.h"
#include "web/routes.h"
#include "base/banned.h"

#define SCHEMA "#/components/schemas/"

/* What a path says of itself, beside what its row in the table of routes says. */
static const struct operation {
    enum request_method method;
    const char *pattern, *id, *summary, *answer;
} operations[] = {
    { REQUEST_GET, "/api/v1/openapi.json", "openapi", "This document", NULL },
    { REQUEST_GET, "/api/v1/search", "search", "What is on record with all of the words", NULL },
    { REQUEST_GET, "/api/v1/records/{kind}", "records", "The records of a kind, some at a time",
      NULL },
    { REQUEST_GET, "/api/v1/records/{kind}/{code}", "record", "The record with a code", NULL },
    { REQUEST_POST, "/api/v1/records/{kind}", "addRecord",
      "Add a record of the plan, such as a step in an action's history", "RecordFields" },
    { REQUEST_PUT, "/api/v1/records/{kind}/{code}", "changeRecord",
      "Change fields of a record of the plan; what is not given stays as it is", "RecordFields" },
    { REQUEST_GET, "/api/v1/values/{measure}/{unit}/{period}", "value",
      "What a measure was for a unit in a period, as it stands", NULL },
    { REQUEST_POST, "/api/v1/values/{measure}/{unit}/{period}", "addValue",
      "Write the first value, outside of a return", "ValueFields" },
    { REQUEST_PUT, "/api/v1/values/{measure}/{unit}/{period}", "reviseValue",
      "Revise a value, with a reason", "ValueFields" },
    { REQUEST_GET, "/api/v1/handover/{person}", "holdings", "The posts that a person holds", NULL },
    { REQUEST_POST, "/api/v1/handover/{person}", "handOver",
      "Give all posts of a person to another, from the day after the last", "Handover" },
    { REQUEST_GET, "/api/v1/comments/{measure}/{unit}/{period}", "comments",
      "The comments on what a measure was for a unit in a period", NULL },
    { REQUEST_POST, "/api/v1/comments/{measure}/{unit}/{period}", "addComment",
      "Add a comment; with follow_up the next return asks for it", "Comment" },
    { REQUEST_POST, "/api/v1/comments/{measure}/{unit}/{period}/{number}/settled", "settleComment",
      "Say what came of a comment that was to be followed up", "Outcome" },
    { REQUEST_GET, "/api/v1/follow-ups", "followUps", "All comments that are to be followed up",
      NULL },
    { REQUEST_GET, "/api/v1/releases", "releases", "What was released, the newest first", NULL },
    { REQUEST_GET, "/api/v1/releases/{code}", "release",
      "A release with its protected tables and the report of the protection", NULL },
    { REQUEST_GET, "/api/v1/returns/{period}", "returns", "All returns of a period", NULL },
    { REQUEST_GET, "/api/v1/returns/{period}/{unit}", "return",
      "A return with its rows, and what must be mended", NULL },
    { REQUEST_GET, "/api/v1/returns/{period}/{unit}/rows/{row}", "returnRow", "One row of a return",
      NULL },
    { REQUEST_PUT, "/api/v1/returns/{period}/{unit}/rows/{row}", "writeReturnRow",
      "Write inputs of a row; what is not given stays as it is", "ReturnRowInputs" },
    { REQUEST_POST, "/api/v1/returns/{period}/{unit}/steps/{action}", "takeStep",
      "Take a step of the return's life", "Step" },
};

static const struct operation *operation_of(const struct route *route)
{
    for (size_t i = 0; i < ARRAY_COUNT(operations); i++)
        if (operations[i].method == route->method &&
            strcmp(operations[i].pattern, route->pattern) == 0)
            return &operations[i];
    return NULL;
}

static json_t *parameter(const char *name, const char *in, const char *type, bool is_required)
{
    return json_pack("{s:s, s:s, s:b, s:{s:s}}", "name", name, "in", in, "required", is_required,
                     "schema", "type", type);
}

/* The kinds of records; of those that are written, the ones that people change one by one. */
static json_t *kinds(bool is_written)
{
    json_t *names = json_array();
    for (size_t i = 0; i < model_entity_count; i++)
        if (is_written ? plan_record_kind_of(model_entities[i]) != NULL
                       : !(model_entities[i]->flags & ENTITY_LEDGER))
            json_array_append_new(names, json_string(model_entities[i]->name));
    return names;
}

/* The steps that the table of transitions has. */
static json_t *steps(void)
{
    json_t *names = json_array();
    for (size_t i = 0; i < return_transition_count; i++) {
        bool is_known = i > 0 &&
                        strcmp(return_transitions[i].action, return_transitions[i - 1].action) == 0;
        if (!is_known)
            json_array_append_new(names, json_string(return_transitions[i].action));
    }
    return names;
}

static json_t *parameters_of(struct work *work, const struct route *route)
{
    json_t *parameters = json_array();
    struct slice rest = slice_of(route->pattern + 1), part;
    while (slice_split(&rest, '/', &part)) {
        if (!slice_starts(part, "{"))
            continue;
        const char *name = slice_copy(work->arena,
                                      (struct slice){ part.start + 1, part.length - 2 });
        json_t *made = parameter(name, "path", "string", true);
        json_t *schema = json_object_get(made, "schema");
        if (strcmp(name, "kind") == 0)
            json_object_set_new(schema, "enum", kinds(route->writes));
        if (strcmp(name, "action") == 0)
            json_object_set_new(schema, "enum", steps());
        json_array_append_new(parameters, made);
    }
    if (!route->writes && strcmp(route->pattern, "/api/v1/records/{kind}") == 0) {
        json_array_append_new(parameters, parameter("limit", "query", "integer", false));
        json_array_append_new(parameters, parameter("after", "query", "integer", false));
    }
    if (strcmp(route->pattern, "/api/v1/releases") == 0)
        json_array_append_new(parameters, parameter("period", "query", "string", false));
    if (strcmp(route->pattern, "/api/v1/search") == 0)
        json_array_append_new(parameters, parameter("q", "query", "string", true));
    if (route->method == REQUEST_PUT)
        json_array_append_new(parameters, parameter("If-Match", "header", "string", true));
    return parameters;
}

static void add_answer(json_t *answers, const char *status, const char *words, const char *type,
                       const char *schema)
{
    json_object_set_new(answers, status,
                        json_pack("{s:s, s:{s:{s:o}}}", "description", words, "content", type,
                                  "schema",
                                  schema ? json_pack("{s:s}", "$ref", schema)
                                         : json_pack("{s:s}", "type", "object")));
}

static json_t *answers_of(const struct route *route)
{
    static const char problem[] = "application/problem+json", schema[] = SCHEMA "Problem";
    json_t *answers = json_object();
    add_answer(answers, "200", "Done", "application/json", NULL);
    if (route->right != RIGHT_PUBLIC)
        add_answer(answers, "401", "No token, or one that is not good any more", problem, schema);
    add_answer(answers, "403", "The token's account may not do this", problem, schema);
    add_answer(answers, "404", "There is no such thing", problem, schema);
    add_answer(answers, "400", "The request cannot be read", problem, schema);
    if (route->writes) {
        add_answer(answers, "409", "Not in this state", problem, schema);
        add_answer(answers, "422", "An input cannot be taken", problem, schema);
    }
    if (route->method == REQUEST_PUT) {
        add_answer(answers, "412", "Somebody else wrote since", problem, schema);
        add_answer(answers, "428", "If-Match is missing", problem, schema);
    }
    return answers;
}

static json_t *operation_json(struct work *work, const struct route *route,
                              const struct operation *operation)
{
    json_t *made = json_pack("{s:s, s:s, s:o, s:o}", "operationId", operation->id, "summary",
                             operation->summary, "parameters", parameters_of(work, route),
                             "responses", answers_of(route));
    if (operation->answer)
        json_object_set_new(made, "requestBody",
                            json_pack("{s:b, s:{s:{s:{s:s}}}}", "required",
                                      strcmp(operation->answer, "Step") != 0, "content",
                                      "application/json", "schema", "$ref",
                                      arena_format(work->arena, SCHEMA "%s", operation->answer)));
    json_object_set_new(made, "security",
                        route->right == RIGHT_PUBLIC ? json_array()
                                                     : json_pack("[{s:[]}]", "token"));
    return made;
}

static json_t *paths(struct work *work)
{
    static const char *const methods[] = { [REQUEST_GET] = "get",
                                           [REQUEST_HEAD] = "head",
                                           [REQUEST_POST] = "post",
                                           [REQUEST_PUT] = "put" };
    json_t *all = json_object();
    for (size_t i = 0; i < route_count; i++) {
        const struct route *route = &routes[i];
        const struct operation *operation = route->is_api ? operation_of(route) : NULL;
        if (!operation)
            continue;
        json_t *path = json_object_get(all, route->pattern);
        if (!path) {
            path = json_object();
            json_object_set_new(all, route->pattern, path);
        }
        json_object_set_new(path, methods[route->method], operation_json(work, route, operation));
    }
    return all;
}

static json_t *field_json(const struct field *field)
{
    json_t *made = json_pack("{s:s}", "description", field->label);
    bool is_number = field->form == FORM_PLAIN && field->storage == STORAGE_INTEGER;
    json_object_set_new(made, "type",
                        json_string(field->form == FORM_BOOLEAN ? "boolean"
                                    : is_number                 ? "integer"
                                                                : "string"));
    if (!(field->flags & FIELD_REQUIRED))
        json_object_set_new(made, "nullable", json_true());
    if (field->longest > 0)
        json_object_set_new(made, "maxLength", json_integer((json_int_t)field->longest));
    if (field->codes && field->flags & FIELD_REQUIRED) {
        json_t *codes = json_array();
        for (const struct code *code = field->codes; code->value; code++)
            json_array_append_new(codes, json_string(code->value));
        json_object_set_new(made, "enum", codes);
    }
    return made;
}

/* Without the fields of `without`, a flag; 0: with all that are not the program's own. */
static json_t *entity_json(const struct entity *entity, unsigned without)
{
    json_t *members = json_object();
    for (size_t i = 0; i < entity->field_count; i++)
        if (!(entity->fields[i].flags & (FIELD_SYSTEM | without)))
            json_object_set_new(members, entity->fields[i].name, field_json(&entity->fields[i]));
    return json_pack("{s:s, s:s, s:o}", "type", "object", "description", entity->title,
                     "properties", members);
}

static json_t *inputs_json(void)
{
    json_t *members = json_object();
    for (size_t i = 0; return_input_names[i]; i++) {
        const struct field *field = entity_field(&return_row_entity, return_input_names[i]);
        json_t *made = field_json(field);
        json_object_set_new(made, "nullable", json_true());
        json_object_set_new(members, field->name, made);
    }
    return json_pack("{s:s, s:b, s:o}", "type", "object", "additionalProperties", 0, "properties",
                     members);
}

static json_t *schemas(void)
{
    json_t *all = json_object();
    for (size_t i = 0; i < model_entity_count; i++)
        if (!(model_entities[i]->flags & ENTITY_LEDGER))
            json_object_set_new(all, model_entities[i]->name, entity_json(model_entities[i], 0));
    json_object_set_new(all, "ValueFields", entity_json(&value_entity, FIELD_KEY));
    json_object_set_new(all, "ReturnRowInputs", inputs_json());
    json_object_set_new(all, "Step",
                        json_pack("{s:s, s:{s:{s:s}}}", "type", "object", "properties", "reason",
                                  "type", "string"));
    json_object_set_new(all, "RecordFields",
                        json_pack("{s:s, s:s, s:b}", "type", "object", "description",
                                  "Fields of the kind, as its own schema names them",
                                  "additionalProperties", 1));
    json_object_set_new(all, "Handover",
                        json_pack("{s:s, s:[s, s], s:{s:{s:s}, s:{s:s}}}", "type", "object",
                                  "required", "to", "last_day", "properties", "to", "type",
                                  "string", "last_day", "type", "string"));
    json_object_set_new(all, "Comment",
                        json_pack("{s:s, s:[s], s:{s:{s:s}, s:{s:s}}}", "type", "object",
                                  "required", "words", "properties", "words", "type", "string",
                                  "follow_up", "type", "boolean"));
    json_object_set_new(all, "Outcome",
                        json_pack("{s:s, s:[s], s:{s:{s:s}}}", "type", "object", "required",
                                  "outcome", "properties", "outcome", "type", "string"));
    json_object_set_new(all, "Problem",
                        json_pack("{s:s, s:[s, s, s], s:{s:{s:s}, s:{s:s}, s:{s:s}, s:{s:s}}}",
                                  "type", "object", "required", "type", "title", "status",
                                  "properties", "type", "type", "string", "title", "type", "string",
                                  "status", "type", "integer", "detail", "type", "string"));
    return all;
}

enum status api_openapi(struct work *work, const struct call *call, struct page *out_page)
{
    json_t *model = json_pack(
        "{s:s, s:{s:s, s:s, s:s}, s:o, s:{s:o, s:{s:{s:s, s:s}}}}", "openapi", "3.0.3", "info",
        "title", "Due Regard", "version", VERSION, "description",
        "What is on record, and the returns while they are written. A token has the rights of one "
        "account; `dueregard token add` makes one.",
        "paths", paths(work), "components", "schemas", schemas(), "securitySchemes", "token",
        "type", "http", "scheme", "bearer");
    (void)call;
    return api_answer(work, model, out_page);
}
