#include "web/routes.h"

#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "base/slice.h"
#include "base/text.h"
#include "web/api/api.h"
#include "web/pages/pages.h"
#include "web/site.h"

#include "base/banned.h"

enum {
    FORM_SMALL = 16 * 1024,   /* bytes of a form with a few short fields */
    FORM_LARGE = 256 * 1024,  /* with long words */
    FORM_AGAIN = 1024 * 1024, /* of one that carries another on */
    FORM_FILE = REQUEST_BODY_MOST,
};

/* In the order of the navigation. */
const struct route routes[] = {
    { REQUEST_GET, "/", RIGHT_PUBLIC, .handle = page_home, .needs_no_store = true },
    { REQUEST_GET, "/work", RIGHT_SIGNED_IN, .handle = page_my_work, .is_personal = true,
      .menu = WORDS("Your work"), .section = SECTION_WORK,
      .summary = WORDS("What needs you now, and what is due next.") },
    { REQUEST_GET, "/plan", RIGHT_READ, .handle = page_plans, .is_cached = true,
      .menu = WORDS("Plan"), .section = SECTION_PLAN,
      .summary = WORDS(
          "Objectives, the reasons for them, and every action with its lead and date.") },
    { REQUEST_GET, "/plan/{scheme}", RIGHT_READ, .handle = page_plan, .is_cached = true },
    { REQUEST_GET, "/actions", RIGHT_READ, .handle = page_actions, .is_cached = true,
      .menu = WORDS("Actions"), .section = SECTION_PLAN,
      .summary = WORDS("What is overdue, what is due next, and who leads it.") },
    { REQUEST_GET, "/actions.csv", RIGHT_READ, .handle = page_actions_csv },
    { REQUEST_GET, "/actions/{code}", RIGHT_READ, .handle = page_action, .is_cached = true },
    { REQUEST_GET, "/handover", RIGHT_PLAN_CHANGE, .handle = page_handover,
      .menu = WORDS("Handover"), .section = SECTION_PLAN },
    { REQUEST_POST, "/handover", RIGHT_PLAN_CHANGE, .handle = page_handover_sent, .writes = true,
      .form_most = FORM_SMALL },
    { REQUEST_GET, "/records/{kind}", RIGHT_READ, .handle = page_records, .under = "/plan" },
    { REQUEST_GET, "/records/{kind}/list.csv", RIGHT_READ, .handle = page_records_csv },
    { REQUEST_GET, "/records/{kind}/new", RIGHT_PLAN_CHANGE, .handle = page_record_new,
      .under = "/plan" },
    { REQUEST_POST, "/records/{kind}/new", RIGHT_PLAN_CHANGE, .handle = page_record_new_sent,
      .writes = true, .form_most = FORM_LARGE },
    { REQUEST_GET, "/records/{kind}/{code}", RIGHT_READ, .handle = page_record, .under = "/plan" },
    { REQUEST_GET, "/records/{kind}/{code}/change", RIGHT_PLAN_CHANGE, .handle = page_record_change,
      .under = "/plan" },
    { REQUEST_POST, "/records/{kind}/{code}/change", RIGHT_PLAN_CHANGE,
      .handle = page_record_change_sent, .writes = true, .form_most = FORM_LARGE },
    { REQUEST_POST, "/records/{kind}/{code}/remove", RIGHT_PLAN_CHANGE,
      .handle = page_record_remove, .writes = true, .form_most = FORM_SMALL },
    { REQUEST_GET, "/roll-over", RIGHT_COMMENT_READ, .handle = page_roll_overs,
      .menu = WORDS("New year"), .section = SECTION_PLAN },
    { REQUEST_GET, "/roll-over/{scheme}/{year}", RIGHT_COMMENT_READ, .handle = page_roll_over },
    { REQUEST_POST, "/roll-over/{scheme}/{year}/submit", RIGHT_PLAN_CHANGE,
      .handle = page_roll_over_submit, .writes = true, .form_most = FORM_SMALL },
    { REQUEST_POST, "/roll-over/{scheme}/{year}/approve", RIGHT_PLAN_APPROVE,
      .handle = page_roll_over_approve, .writes = true, .form_most = FORM_SMALL,
      .is_delicate = true },
    { REQUEST_POST, "/roll-over/{scheme}/{year}/send-back", RIGHT_PLAN_APPROVE,
      .handle = page_roll_over_send_back, .writes = true, .form_most = FORM_SMALL },
    { REQUEST_GET, "/roll-over/{scheme}/{year}/actions/{code}", RIGHT_PLAN_CHANGE,
      .handle = page_roll_over_action },
    { REQUEST_POST, "/roll-over/{scheme}/{year}/actions/{code}", RIGHT_PLAN_CHANGE,
      .handle = page_roll_over_action_sent, .writes = true, .form_most = FORM_SMALL },
    { REQUEST_GET, "/roll-over/{scheme}/{year}/targets/{measure}/{unit}", RIGHT_PLAN_CHANGE,
      .handle = page_roll_over_target },
    { REQUEST_POST, "/roll-over/{scheme}/{year}/targets/{measure}/{unit}", RIGHT_PLAN_CHANGE,
      .handle = page_roll_over_target_sent, .writes = true, .form_most = FORM_SMALL },
    { REQUEST_GET, "/scorecard", RIGHT_READ, .handle = page_scorecard, .is_cached = true,
      .menu = WORDS("Scorecard"), .section = SECTION_PROGRESS,
      .summary = WORDS("Every measure of every directorate, as it was rated and as it computes.") },
    { REQUEST_GET, "/scorecard/map", RIGHT_READ, .handle = page_heat_map, .is_cached = true,
      .menu = WORDS("At a glance"), .section = SECTION_PROGRESS },
    { REQUEST_GET, "/scorecard/ratings.csv", RIGHT_READ, .handle = page_ratings_csv },
    { REQUEST_GET, "/scorecard/ratings.ods", RIGHT_READ, .handle = page_ratings_ods },
    { REQUEST_GET, "/objectives/{code}", RIGHT_READ, .handle = page_objective, .is_cached = true,
      .under = "/plan" },
    { REQUEST_GET, "/measures", RIGHT_READ, .handle = page_measures, .is_cached = true,
      .menu = WORDS("Measures"), .section = SECTION_PROGRESS,
      .summary = WORDS("What is measured, how, and what it was in each period.") },
    { REQUEST_GET, "/measures/{code}", RIGHT_READ, .handle = page_measure, .is_cached = true },
    { REQUEST_GET, "/measures/{code}/values.csv", RIGHT_READ, .handle = page_measure_csv },
    { REQUEST_GET, "/measures/{code}/values.ods", RIGHT_READ, .handle = page_measure_ods },
    { REQUEST_GET, "/comments/{measure}/{unit}/{period}", RIGHT_COMMENT_READ,
      .handle = page_comments, .under = "/measures" },
    { REQUEST_POST, "/comments/{measure}/{unit}/{period}", RIGHT_COMMENT, .unit = "unit",
      .handle = page_comment_sent, .writes = true, .form_most = FORM_SMALL },
    { REQUEST_POST, "/comments/{measure}/{unit}/{period}/settled", RIGHT_COMMENT, .unit = "unit",
      .handle = page_comment_settled, .writes = true, .form_most = FORM_SMALL },
    { REQUEST_GET, "/returns", RIGHT_READ, .handle = page_returns, .is_cached = true,
      .menu = WORDS("Returns received"), .section = SECTION_RETURNS,
      .summary = WORDS("What each directorate returned, and what the check found in it.") },
    { REQUEST_GET, "/returns/{period}", RIGHT_READ, .handle = page_returns, .is_cached = true },
    { REQUEST_GET, "/board", RIGHT_COMMENT_READ, .handle = page_return_board_latest,
      .menu = WORDS("Where each stands"), .section = SECTION_RETURNS },
    { REQUEST_GET, "/returns/{period}/board", RIGHT_COMMENT_READ, .handle = page_return_board,
      .is_personal = true, .under = "/board" },
    { REQUEST_POST, "/returns/{period}/board", RIGHT_RETURN_FREEZE, .handle = page_return_open_sent,
      .writes = true, .form_most = FORM_SMALL },
    { REQUEST_GET, "/returns/{period}/{unit}", RIGHT_RETURN_FILL, .unit = "unit",
      .handle = page_return, .is_personal = true, .under = "/board" },
    { REQUEST_GET, "/returns/{period}/{unit}/files/{name}", RIGHT_RETURN_FILL, .unit = "unit",
      .handle = page_return_file },
    { REQUEST_GET, "/returns/{period}/{unit}/report", RIGHT_RETURN_FILL, .unit = "unit",
      .handle = page_return_report, .under = "/board" },
    { REQUEST_GET, "/returns/{period}/{unit}/report/{name}", RIGHT_RETURN_FILL, .unit = "unit",
      .handle = page_return_report_file },
    { REQUEST_GET, "/returns/{period}/{unit}/upload", RIGHT_RETURN_FILL, .unit = "unit",
      .handle = page_return_upload, .under = "/board" },
    { REQUEST_POST, "/returns/{period}/{unit}/upload", RIGHT_RETURN_FILL, .unit = "unit",
      .handle = page_return_upload_sent, .writes = true, .form_most = FORM_FILE,
      .takes_file = true },
    { REQUEST_GET, "/returns/{period}/{unit}/scorecard", RIGHT_RETURN_FILL, .unit = "unit",
      .handle = page_return_scorecard, .under = "/board" },
    { REQUEST_POST, "/returns/{period}/{unit}/scorecard", RIGHT_RETURN_FILL, .unit = "unit",
      .handle = page_return_scorecard_sent, .writes = true, .form_most = FORM_FILE,
      .takes_file = true },
    { REQUEST_POST, "/returns/{period}/{unit}/scorecard/labels", RIGHT_RETURN_FILL, .unit = "unit",
      .handle = page_return_scorecard_labels, .writes = true, .form_most = FORM_LARGE },
    { REQUEST_GET, "/returns/{period}/{unit}/exception", RIGHT_RETURN_FREEZE, .unit = "unit",
      .handle = page_return_exception, .under = "/board" },
    { REQUEST_POST, "/returns/{period}/{unit}/exception", RIGHT_RETURN_FREEZE, .unit = "unit",
      .handle = page_return_exception_sent, .writes = true, .form_most = FORM_SMALL },
    { REQUEST_GET, "/returns/{period}/{unit}/rows/{row}", RIGHT_RETURN_FILL, .unit = "unit",
      .handle = page_return_row, .is_personal = true, .under = "/board" },
    { REQUEST_POST, "/returns/{period}/{unit}/rows/{row}", RIGHT_RETURN_FILL, .unit = "unit",
      .handle = page_return_row_sent, .writes = true, .form_most = FORM_LARGE },
    { REQUEST_GET, "/returns/{period}/{unit}/steps/{action}", RIGHT_RETURN_FILL, .unit = "unit",
      .handle = page_return_step, .is_personal = true, .under = "/board" },
    { REQUEST_POST, "/returns/{period}/{unit}/steps/{action}", RIGHT_RETURN_FILL, .unit = "unit",
      .handle = page_return_step_sent, .writes = true, .form_most = FORM_SMALL },
    { REQUEST_GET, "/reports/progress", RIGHT_READ, .handle = page_report, .is_cached = true,
      .menu = WORDS("Report"), .section = SECTION_PROGRESS,
      .summary = WORDS("The quarter's progress report, with the source of every figure.") },
    { REQUEST_GET, "/reports/progress/{name}", RIGHT_READ, .handle = page_report_file },
    { REQUEST_GET, "/reports/{code}", RIGHT_READ, .handle = page_report_frozen,
      .under = "/reports/progress" },
    { REQUEST_GET, "/reports/{code}/{name}", RIGHT_READ, .handle = page_report_frozen_file },
    { REQUEST_GET, "/shares", RIGHT_REPORT_MAKE, .handle = page_shares,
      .menu = WORDS("Shared reports"), .section = SECTION_PROGRESS },
    { REQUEST_POST, "/shares", RIGHT_REPORT_MAKE, .handle = page_share_sent, .writes = true,
      .form_most = FORM_SMALL, .is_delicate = true },
    { REQUEST_POST, "/shares/{number}/withdraw", RIGHT_REPORT_MAKE, .handle = page_share_withdraw,
      .writes = true, .form_most = FORM_SMALL },
    { REQUEST_GET, "/import", RIGHT_DATA_IMPORT, .handle = page_import,
      .menu = WORDS("Take in a file"), .section = SECTION_PROGRESS },
    { REQUEST_POST, "/import", RIGHT_DATA_IMPORT, .handle = page_import_sent, .writes = true,
      .form_most = FORM_FILE, .takes_file = true },
    { REQUEST_GET, "/import/{kind}/headings.csv", RIGHT_DATA_IMPORT,
      .handle = page_import_headings },
    { REQUEST_GET, "/search", RIGHT_READ, .handle = page_search, .menu = WORDS("Search"),
      .section = SECTION_SEARCH, .summary = WORDS("Everything on record by its words.") },
    { REQUEST_GET, "/people", RIGHT_PEOPLE_COUNT, .handle = page_people, .menu = WORDS("People"),
      .section = SECTION_PEOPLE,
      .summary = WORDS("Snapshots of the workforce, and its profile. For HR data officers.") },
    { REQUEST_GET, "/people/import", RIGHT_PEOPLE_KEEP, .handle = page_people_import },
    { REQUEST_POST, "/people/import", RIGHT_PEOPLE_KEEP, .handle = page_people_import_sent,
      .writes = true, .form_most = FORM_FILE, .takes_file = true, .takes_extract = true },
    { REQUEST_POST, "/people/labels", RIGHT_PEOPLE_KEEP, .handle = page_people_labels_sent,
      .writes = true, .form_most = FORM_LARGE },
    { REQUEST_GET, "/people/trend", RIGHT_PEOPLE_COUNT, .handle = page_people_trend,
      .is_delicate = true },
    { REQUEST_GET, "/people/trend.csv", RIGHT_PEOPLE_COUNT, .handle = page_people_trend_csv,
      .is_delicate = true },
    { REQUEST_GET, "/people/trend.ods", RIGHT_PEOPLE_COUNT, .handle = page_people_trend_ods,
      .is_delicate = true },
    { REQUEST_GET, "/people/{code}/profile.csv", RIGHT_PEOPLE_COUNT,
      .handle = page_people_profile_csv, .is_delicate = true },
    { REQUEST_GET, "/people/{code}/profile.ods", RIGHT_PEOPLE_COUNT,
      .handle = page_people_profile_ods, .is_delicate = true },
    { REQUEST_GET, "/people/{code}", RIGHT_PEOPLE_COUNT, .handle = page_people_profile,
      .is_delicate = true },
    { REQUEST_GET, "/people/{code}/record", RIGHT_PEOPLE_KEEP, .handle = page_people_record },
    { REQUEST_POST, "/people/{code}/record", RIGHT_PEOPLE_KEEP, .handle = page_people_record_asked,
      .writes = true, .form_most = FORM_SMALL, .is_delicate = true },
    { REQUEST_POST, "/people/{code}/record/file", RIGHT_PEOPLE_KEEP,
      .handle = page_people_record_file, .writes = true, .form_most = FORM_SMALL,
      .is_delicate = true },
    { REQUEST_GET, "/people/{code}/outcomes", RIGHT_PEOPLE_COUNT, .handle = page_people_outcome,
      .is_delicate = true },
    { REQUEST_POST, "/people/{code}/outcomes", RIGHT_PEOPLE_COUNT,
      .handle = page_people_outcome_asked, .writes = true, .form_most = FORM_FILE,
      .takes_file = true },
    { REQUEST_GET, "/people/{code}/pay", RIGHT_PEOPLE_COUNT, .handle = page_people_pay,
      .is_delicate = true },
    { REQUEST_GET, "/people/{code}/pay.csv", RIGHT_PEOPLE_COUNT, .handle = page_people_pay_csv,
      .is_delicate = true },
    { REQUEST_GET, "/people/{code}/pay.ods", RIGHT_PEOPLE_COUNT, .handle = page_people_pay_ods,
      .is_delicate = true },
    { REQUEST_GET, "/people/{code}/pay/government.csv", RIGHT_PEOPLE_COUNT,
      .handle = page_people_pay_government, .is_delicate = true },
    { REQUEST_GET, "/releases", RIGHT_READ, .handle = page_releases, .menu = WORDS("Releases"),
      .section = SECTION_PEOPLE,
      .summary = WORDS("Every table that was released, with what is hidden in it and why.") },
    { REQUEST_GET, "/releases/new", RIGHT_PEOPLE_COUNT, .handle = page_release_new },
    { REQUEST_POST, "/releases/new", RIGHT_PEOPLE_COUNT, .handle = page_release_new_sent,
      .writes = true, .form_most = FORM_LARGE, .is_delicate = true },
    { REQUEST_GET, "/releases/answer", RIGHT_TABLES_RELEASE, .handle = page_release_answer },
    { REQUEST_POST, "/releases/answer", RIGHT_TABLES_RELEASE, .handle = page_release_answer_sent,
      .writes = true, .form_most = FORM_LARGE, .is_delicate = true },
    { REQUEST_GET, "/releases/{code}", RIGHT_READ, .handle = page_release },
    { REQUEST_GET, "/releases/{code}/tables.csv", RIGHT_READ, .handle = page_release_csv },
    { REQUEST_GET, "/releases/{code}/tables.ods", RIGHT_READ, .handle = page_release_ods },
    { REQUEST_GET, "/releases/{code}/tables.json", RIGHT_READ, .handle = page_release_json },
    { REQUEST_GET, "/account", RIGHT_SIGNED_IN, .handle = page_my_account,
      .menu = WORDS("Your account"), .section = SECTION_ACCOUNT },
    { REQUEST_POST, "/account/digest", RIGHT_SIGNED_IN, .handle = page_digest_chosen,
      .writes = true, .form_most = FORM_SMALL },
    { REQUEST_POST, "/account/sessions", RIGHT_SIGNED_IN, .handle = page_end_sessions,
      .writes = true, .form_most = FORM_SMALL },
    { REQUEST_GET, "/account/codes", RIGHT_SIGNED_IN, .handle = page_second_factor,
      .is_enrolment = true },
    { REQUEST_POST, "/account/codes", RIGHT_SIGNED_IN, .handle = page_second_factor_on,
      .is_enrolment = true, .writes = true, .form_most = FORM_SMALL, .is_delicate = true },
    { REQUEST_POST, "/account/codes/off", RIGHT_SIGNED_IN, .handle = page_second_factor_off,
      .writes = true, .form_most = FORM_SMALL, .is_delicate = true },
    { REQUEST_GET, "/approvals", RIGHT_SIGNED_IN, .handle = page_approvals, .under = "/work" },
    { REQUEST_POST, "/approvals/{number}", RIGHT_SIGNED_IN, .handle = page_approval_decided,
      .writes = true, .form_most = FORM_SMALL, .is_delicate = true },
    { REQUEST_GET, "/account/prove", RIGHT_SIGNED_IN, .handle = page_prove, .is_enrolment = true },
    { REQUEST_POST, "/account/prove", RIGHT_SIGNED_IN, .handle = page_proved, .is_enrolment = true,
      .writes = true, .form_most = FORM_SMALL, .is_delicate = true },
    { REQUEST_GET, "/account/prove/single", RIGHT_SIGNED_IN, .handle = page_prove_single,
      .is_enrolment = true },
    { REQUEST_GET, "/account/password", RIGHT_SIGNED_IN, .handle = page_password },
    { REQUEST_POST, "/account/password", RIGHT_SIGNED_IN, .handle = page_password_sent,
      .writes = true, .form_most = FORM_SMALL, .is_delicate = true },
    { REQUEST_GET, "/audit", RIGHT_AUDIT_READ, .handle = page_audit, .is_restricted = true,
      .menu = WORDS("Audit"), .section = SECTION_KEEPING },
    { REQUEST_GET, "/audit.csv", RIGHT_AUDIT_READ, .handle = page_audit_csv,
      .is_restricted = true },
    { REQUEST_GET, "/audit/{number}", RIGHT_AUDIT_READ, .handle = page_audit_event,
      .is_restricted = true },
    { REQUEST_GET, "/accounts", RIGHT_ACCOUNTS_MANAGE, .handle = page_accounts,
      .is_restricted = true, .menu = WORDS("Accounts"), .section = SECTION_KEEPING },
    { REQUEST_GET, "/accounts.csv", RIGHT_ACCOUNTS_MANAGE, .handle = page_accounts_csv,
      .is_restricted = true },
    { REQUEST_GET, "/accounts/new", RIGHT_ACCOUNTS_MANAGE, .handle = page_account_new },
    { REQUEST_POST, "/accounts/new", RIGHT_ACCOUNTS_MANAGE, .handle = page_account_new_sent,
      .writes = true, .form_most = FORM_SMALL, .is_delicate = true },
    { REQUEST_GET, "/accounts/{code}", RIGHT_ACCOUNTS_MANAGE, .handle = page_account,
      .is_restricted = true },
    { REQUEST_POST, "/accounts/{code}/roles", RIGHT_ACCOUNTS_MANAGE, .handle = page_account_grant,
      .writes = true, .form_most = FORM_SMALL, .is_delicate = true },
    { REQUEST_POST, "/accounts/{code}/revoke", RIGHT_ACCOUNTS_MANAGE, .handle = page_account_revoke,
      .writes = true, .form_most = FORM_SMALL, .is_delicate = true },
    { REQUEST_POST, "/accounts/{code}/invite", RIGHT_ACCOUNTS_MANAGE, .handle = page_account_invite,
      .writes = true, .form_most = FORM_SMALL, .is_delicate = true },
    { REQUEST_POST, "/accounts/{code}/status", RIGHT_ACCOUNTS_MANAGE, .handle = page_account_status,
      .writes = true, .form_most = FORM_SMALL, .is_delicate = true },
    { REQUEST_GET, "/sign-in/code", RIGHT_PUBLIC, .handle = page_sign_in_code },
    { REQUEST_POST, "/sign-in/code", RIGHT_PUBLIC, .handle = page_sign_in_code_sent,
      .tries_secret = true, .writes = true, .form_most = FORM_AGAIN },
    { REQUEST_GET, "/sign-in", RIGHT_PUBLIC, .handle = page_sign_in, .menu = WORDS("Sign in"),
      .section = SECTION_ACCOUNT, .is_for_strangers = true },
    { REQUEST_POST, "/sign-in", RIGHT_PUBLIC, .handle = page_sign_in_sent, .tries_secret = true,
      .writes = true, .form_most = FORM_AGAIN },
    { REQUEST_GET, "/sign-in/single", RIGHT_PUBLIC, .handle = page_single_sign_on },
    { REQUEST_GET, "/sign-in/single/back", RIGHT_PUBLIC, .handle = page_single_sign_on_back,
      .writes = true }, /* asked for by the provider, proved by its state */
    { REQUEST_GET, "/sign-in/demonstration/{token}", RIGHT_PUBLIC, .handle = page_demonstration },
    { REQUEST_POST, "/sign-in/demonstration/{token}", RIGHT_PUBLIC,
      .handle = page_demonstration_sent, .writes = true, .form_most = FORM_SMALL },
    { REQUEST_POST, "/sign-out", RIGHT_PUBLIC, .handle = page_sign_out, .writes = true,
      .form_most = FORM_SMALL },
    { REQUEST_GET, "/invitation/{token}", RIGHT_PUBLIC, .handle = page_invitation,
      .tries_secret = true },
    { REQUEST_POST, "/invitation/{token}", RIGHT_PUBLIC, .handle = page_invitation_sent,
      .tries_secret = true, .writes = true, .form_most = FORM_SMALL },
    { REQUEST_GET, "/api/v1/openapi.json", RIGHT_PUBLIC, .handle = api_openapi, .is_api = true },
    { REQUEST_GET, "/api/v1/search", RIGHT_READ, .handle = api_search, .is_api = true },
    { REQUEST_GET, "/api/v1/records/{kind}", RIGHT_DATA_EXPORT, .handle = api_records,
      .is_api = true },
    { REQUEST_GET, "/api/v1/records/{kind}/{code}", RIGHT_DATA_EXPORT, .handle = api_record,
      .is_api = true },
    { REQUEST_POST, "/api/v1/records/{kind}", RIGHT_PLAN_CHANGE, .handle = api_record_add,
      .writes = true, .form_most = FORM_LARGE, .is_api = true },
    { REQUEST_PUT, "/api/v1/records/{kind}/{code}", RIGHT_PLAN_CHANGE, .handle = api_record_put,
      .writes = true, .form_most = FORM_LARGE, .is_api = true },
    { REQUEST_GET, "/api/v1/values/{measure}/{unit}/{period}", RIGHT_READ, .handle = api_value,
      .is_api = true },
    { REQUEST_POST, "/api/v1/values/{measure}/{unit}/{period}", RIGHT_DATA_IMPORT, .unit = "unit",
      .handle = api_value_add, .writes = true, .form_most = FORM_LARGE, .is_api = true },
    { REQUEST_PUT, "/api/v1/values/{measure}/{unit}/{period}", RIGHT_DATA_IMPORT, .unit = "unit",
      .handle = api_value_put, .writes = true, .form_most = FORM_LARGE, .is_api = true },
    { REQUEST_GET, "/api/v1/handover/{person}", RIGHT_PLAN_CHANGE, .handle = api_handover,
      .is_api = true },
    { REQUEST_POST, "/api/v1/handover/{person}", RIGHT_PLAN_CHANGE, .handle = api_handover_do,
      .writes = true, .form_most = FORM_SMALL, .is_api = true },
    { REQUEST_GET, "/api/v1/comments/{measure}/{unit}/{period}", RIGHT_COMMENT_READ,
      .handle = api_comments, .is_api = true },
    { REQUEST_POST, "/api/v1/comments/{measure}/{unit}/{period}", RIGHT_COMMENT, .unit = "unit",
      .handle = api_comment_add, .writes = true, .form_most = FORM_SMALL, .is_api = true },
    { REQUEST_POST, "/api/v1/comments/{measure}/{unit}/{period}/{number}/settled", RIGHT_COMMENT,
      .unit = "unit", .handle = api_comment_settle, .writes = true, .form_most = FORM_SMALL,
      .is_api = true },
    { REQUEST_GET, "/api/v1/follow-ups", RIGHT_COMMENT_READ, .handle = api_follow_ups,
      .is_api = true },
    { REQUEST_GET, "/api/v1/releases", RIGHT_READ, .handle = api_releases, .is_api = true },
    { REQUEST_GET, "/api/v1/releases/{code}", RIGHT_READ, .handle = api_release, .is_api = true },
    { REQUEST_GET, "/api/v1/returns/{period}", RIGHT_RETURN_FILL, .handle = api_returns,
      .is_api = true },
    { REQUEST_GET, "/api/v1/returns/{period}/{unit}", RIGHT_RETURN_FILL, .unit = "unit",
      .handle = api_return, .is_api = true },
    { REQUEST_GET, "/api/v1/returns/{period}/{unit}/rows/{row}", RIGHT_RETURN_FILL, .unit = "unit",
      .handle = api_return_row, .is_api = true },
    { REQUEST_PUT, "/api/v1/returns/{period}/{unit}/rows/{row}", RIGHT_RETURN_FILL, .unit = "unit",
      .handle = api_return_row_put, .writes = true, .form_most = FORM_LARGE, .is_api = true },
    { REQUEST_POST, "/api/v1/returns/{period}/{unit}/steps/{action}", RIGHT_RETURN_FILL,
      .unit = "unit", .handle = api_return_step, .writes = true, .form_most = FORM_SMALL,
      .is_api = true },
    { REQUEST_GET, "/shared/{token}", RIGHT_PUBLIC, .handle = page_shared, .tries_secret = true },
    { REQUEST_GET, "/accessibility", RIGHT_PUBLIC, .handle = page_accessibility,
      .needs_no_store = true },
    { REQUEST_GET, "/assets/{name}", RIGHT_PUBLIC, .handle = page_asset, .needs_no_store = true },
    { REQUEST_GET, "/health", RIGHT_PUBLIC, .handle = page_health, .needs_no_store = true },
    { REQUEST_GET, "/ready", RIGHT_PUBLIC, .handle = page_ready, .needs_no_store = true },
};
const size_t route_count = sizeof routes / sizeof *routes;

/* The parts of a pattern one by one; a parameter's without its braces. */
static bool next_part(struct slice *rest, struct slice *out_part, bool *out_is_parameter)
{
    if (!slice_split(rest, '/', out_part) || out_part->length == 0)
        return false;
    *out_is_parameter = slice_starts(*out_part, "{");
    if (*out_is_parameter)
        *out_part = (struct slice){ out_part->start + 1, out_part->length - 2 };
    return true;
}

/* Most rows are told apart by one letter or two: this runs for every row and request. */
static bool fits(const struct route *route, const struct request *request,
                 const char *out_parameters[ROUTE_PARAMETERS_MOST])
{
    const char *at = route->pattern;
    size_t segment = 0, parameter = 0;
    while (*at == '/' && at[1]) {
        if (segment == request->segment_count)
            return false;
        const char *words = request->segments[segment++];
        at++;
        if (*at == '{') {
            assert(parameter < ROUTE_PARAMETERS_MOST);
            out_parameters[parameter++] = words;
            at += strcspn(at, "/");
            continue;
        }
        for (; *at && *at != '/'; at++, words++)
            if (*at != *words)
                return false;
        if (*words)
            return false;
    }
    return segment == request->segment_count && !request->ends_in_slash;
}

const char *call_parameter(const struct call *call, const char *name)
{
    struct slice rest = slice_of(call->route->pattern + 1), part = { NULL, 0 };
    size_t parameter = 0;
    bool is_parameter = false;
    const char *found = NULL;
    while (next_part(&rest, &part, &is_parameter))
        if (is_parameter && slice_is(part, name))
            found = call->parameters[parameter];
        else
            parameter += is_parameter;
    assert(found);
    return found;
}

const char *call_site_address(struct work *work, const struct call *call)
{
    return *call->site->public_address
               ? call->site->public_address
               : arena_format(work->arena, "http://%s", call->request->host);
}

const char *call_words(const struct call *call, const char *words)
{
    return site_words(call->site, call->language, words);
}

const char *call_asked(const struct call *call, const char *name)
{
    const char *value = request_query(call->request, name);
    return value && *value ? value : NULL;
}

enum status route_find(struct arena *arena, const struct request *request, struct call *out_call,
                       const char **out_allowed)
{
    enum request_method method = request->method == REQUEST_HEAD ? REQUEST_GET : request->method;
    struct text allowed = text_new(arena, 100);
    for (size_t i = 0; i < route_count; i++) {
        const char *parameters[ROUTE_PARAMETERS_MOST] = { NULL };
        if (!fits(&routes[i], request, parameters))
            continue;
        if (routes[i].method == method) {
            out_call->route = &routes[i];
            memcpy(out_call->parameters, parameters, sizeof parameters);
            return STATUS_OK;
        }
        text_add(&allowed, allowed.length ? ", " : "");
        text_add(&allowed, routes[i].method == REQUEST_POST  ? "POST"
                           : routes[i].method == REQUEST_PUT ? "PUT"
                                                             : "GET, HEAD");
    }
    if (allowed.length == 0)
        return STATUS_NOT_FOUND;
    *out_allowed = allowed.bytes;
    return STATUS_USAGE;
}
