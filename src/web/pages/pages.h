/* The handlers of the routes, each in a file of its own. */
#ifndef WEB_PAGES_PAGES_H
#define WEB_PAGES_PAGES_H

#include <jansson.h>

#include "base/problem.h"
#include "base/work.h"

struct call;
struct page;

MUST_CHECK enum status page_home(struct work *work, const struct call *call, struct page *out_page);
MUST_CHECK enum status page_accessibility(struct work *work, const struct call *call,
                                          struct page *out_page);
MUST_CHECK enum status page_asset(struct work *work, const struct call *call,
                                  struct page *out_page);
MUST_CHECK enum status page_ready(struct work *work, const struct call *call,
                                  struct page *out_page);
enum status page_health(struct work *work, const struct call *call, struct page *out_page);
MUST_CHECK enum status page_plans(struct work *work, const struct call *call,
                                  struct page *out_page);
MUST_CHECK enum status page_plan(struct work *work, const struct call *call, struct page *out_page);
MUST_CHECK enum status page_actions(struct work *work, const struct call *call,
                                    struct page *out_page);
MUST_CHECK enum status page_actions_csv(struct work *work, const struct call *call,
                                        struct page *out_page);
MUST_CHECK enum status page_action(struct work *work, const struct call *call,
                                   struct page *out_page);
MUST_CHECK enum status page_heat_map(struct work *work, const struct call *call,
                                     struct page *out_page);
MUST_CHECK enum status page_ratings_csv(struct work *work, const struct call *call,
                                        struct page *out_page);
MUST_CHECK enum status page_ratings_ods(struct work *work, const struct call *call,
                                        struct page *out_page);
MUST_CHECK enum status page_objective(struct work *work, const struct call *call,
                                      struct page *out_page);
MUST_CHECK enum status page_handover(struct work *work, const struct call *call,
                                     struct page *out_page);
MUST_CHECK enum status page_handover_sent(struct work *work, const struct call *call,
                                          struct page *out_page);
MUST_CHECK enum status page_shares(struct work *work, const struct call *call,
                                   struct page *out_page);
MUST_CHECK enum status page_share_sent(struct work *work, const struct call *call,
                                       struct page *out_page);
MUST_CHECK enum status page_share_withdraw(struct work *work, const struct call *call,
                                           struct page *out_page);
MUST_CHECK enum status page_import(struct work *work, const struct call *call,
                                   struct page *out_page);
MUST_CHECK enum status page_import_sent(struct work *work, const struct call *call,
                                        struct page *out_page);
MUST_CHECK enum status page_import_headings(struct work *work, const struct call *call,
                                            struct page *out_page);
MUST_CHECK enum status page_records(struct work *work, const struct call *call,
                                    struct page *out_page);
MUST_CHECK enum status page_records_csv(struct work *work, const struct call *call,
                                        struct page *out_page);
MUST_CHECK enum status page_record(struct work *work, const struct call *call,
                                   struct page *out_page);
MUST_CHECK enum status page_record_remove(struct work *work, const struct call *call,
                                          struct page *out_page);
MUST_CHECK enum status page_record_change(struct work *work, const struct call *call,
                                          struct page *out_page);
MUST_CHECK enum status page_record_change_sent(struct work *work, const struct call *call,
                                               struct page *out_page);
MUST_CHECK enum status page_record_new(struct work *work, const struct call *call,
                                       struct page *out_page);
MUST_CHECK enum status page_record_new_sent(struct work *work, const struct call *call,
                                            struct page *out_page);
MUST_CHECK enum status page_scorecard(struct work *work, const struct call *call,
                                      struct page *out_page);
MUST_CHECK enum status page_measures(struct work *work, const struct call *call,
                                     struct page *out_page);
MUST_CHECK enum status page_measure(struct work *work, const struct call *call,
                                    struct page *out_page);
MUST_CHECK enum status page_roll_overs(struct work *work, const struct call *call,
                                       struct page *out_page);
MUST_CHECK enum status page_roll_over(struct work *work, const struct call *call,
                                      struct page *out_page);
MUST_CHECK enum status page_roll_over_submit(struct work *work, const struct call *call,
                                             struct page *out_page);
MUST_CHECK enum status page_roll_over_approve(struct work *work, const struct call *call,
                                              struct page *out_page);
MUST_CHECK enum status page_roll_over_send_back(struct work *work, const struct call *call,
                                                struct page *out_page);
MUST_CHECK enum status page_roll_over_action(struct work *work, const struct call *call,
                                             struct page *out_page);
MUST_CHECK enum status page_roll_over_action_sent(struct work *work, const struct call *call,
                                                  struct page *out_page);
MUST_CHECK enum status page_roll_over_target(struct work *work, const struct call *call,
                                             struct page *out_page);
MUST_CHECK enum status page_roll_over_target_sent(struct work *work, const struct call *call,
                                                  struct page *out_page);
MUST_CHECK enum status page_comments(struct work *work, const struct call *call,
                                     struct page *out_page);
MUST_CHECK enum status page_comment_sent(struct work *work, const struct call *call,
                                         struct page *out_page);
MUST_CHECK enum status page_comment_settled(struct work *work, const struct call *call,
                                            struct page *out_page);
MUST_CHECK enum status page_measure_csv(struct work *work, const struct call *call,
                                        struct page *out_page);
MUST_CHECK enum status page_measure_ods(struct work *work, const struct call *call,
                                        struct page *out_page);
MUST_CHECK enum status page_returns(struct work *work, const struct call *call,
                                    struct page *out_page);
MUST_CHECK enum status page_report(struct work *work, const struct call *call,
                                   struct page *out_page);
MUST_CHECK enum status page_sign_in(struct work *work, const struct call *call,
                                    struct page *out_page);
MUST_CHECK enum status page_sign_in_sent(struct work *work, const struct call *call,
                                         struct page *out_page);
MUST_CHECK enum status page_sign_out(struct work *work, const struct call *call,
                                     struct page *out_page);
MUST_CHECK enum status page_demonstration(struct work *work, const struct call *call,
                                          struct page *out_page);
MUST_CHECK enum status page_demonstration_sent(struct work *work, const struct call *call,
                                               struct page *out_page);
/* Adds the two fields of a new password to a page's model. */
void page_new_password(struct work *work, const struct problems *problems, json_t *model);
MUST_CHECK enum status page_approvals(struct work *work, const struct call *call,
                                      struct page *out_page);
MUST_CHECK enum status page_approval_decided(struct work *work, const struct call *call,
                                             struct page *out_page);
MUST_CHECK enum status page_people_record(struct work *work, const struct call *call,
                                          struct page *out_page);
MUST_CHECK enum status page_people_record_asked(struct work *work, const struct call *call,
                                                struct page *out_page);
MUST_CHECK enum status page_people_record_file(struct work *work, const struct call *call,
                                               struct page *out_page);
MUST_CHECK enum status page_prove(struct work *work, const struct call *call,
                                  struct page *out_page);
MUST_CHECK enum status page_proved(struct work *work, const struct call *call,
                                   struct page *out_page);
MUST_CHECK enum status page_prove_single(struct work *work, const struct call *call,
                                         struct page *out_page);
MUST_CHECK enum status page_password(struct work *work, const struct call *call,
                                     struct page *out_page);
MUST_CHECK enum status page_password_sent(struct work *work, const struct call *call,
                                          struct page *out_page);
MUST_CHECK enum status page_invitation(struct work *work, const struct call *call,
                                       struct page *out_page);
MUST_CHECK enum status page_invitation_sent(struct work *work, const struct call *call,
                                            struct page *out_page);
MUST_CHECK enum status page_my_account(struct work *work, const struct call *call,
                                       struct page *out_page);
MUST_CHECK enum status page_end_sessions(struct work *work, const struct call *call,
                                         struct page *out_page);
MUST_CHECK enum status page_sign_in_code(struct work *work, const struct call *call,
                                         struct page *out_page);
MUST_CHECK enum status page_sign_in_code_sent(struct work *work, const struct call *call,
                                              struct page *out_page);
MUST_CHECK enum status page_second_factor(struct work *work, const struct call *call,
                                          struct page *out_page);
MUST_CHECK enum status page_second_factor_on(struct work *work, const struct call *call,
                                             struct page *out_page);
MUST_CHECK enum status page_second_factor_off(struct work *work, const struct call *call,
                                              struct page *out_page);
MUST_CHECK enum status page_accounts(struct work *work, const struct call *call,
                                     struct page *out_page);
MUST_CHECK enum status page_accounts_csv(struct work *work, const struct call *call,
                                         struct page *out_page);
MUST_CHECK enum status page_account(struct work *work, const struct call *call,
                                    struct page *out_page);
MUST_CHECK enum status page_account_new(struct work *work, const struct call *call,
                                        struct page *out_page);
MUST_CHECK enum status page_account_new_sent(struct work *work, const struct call *call,
                                             struct page *out_page);
MUST_CHECK enum status page_account_grant(struct work *work, const struct call *call,
                                          struct page *out_page);
MUST_CHECK enum status page_account_revoke(struct work *work, const struct call *call,
                                           struct page *out_page);
MUST_CHECK enum status page_account_invite(struct work *work, const struct call *call,
                                           struct page *out_page);
MUST_CHECK enum status page_account_status(struct work *work, const struct call *call,
                                           struct page *out_page);
MUST_CHECK enum status page_audit(struct work *work, const struct call *call,
                                  struct page *out_page);
MUST_CHECK enum status page_audit_event(struct work *work, const struct call *call,
                                        struct page *out_page);
MUST_CHECK enum status page_audit_csv(struct work *work, const struct call *call,
                                      struct page *out_page);
MUST_CHECK enum status page_single_sign_on(struct work *work, const struct call *call,
                                           struct page *out_page);
MUST_CHECK enum status page_single_sign_on_back(struct work *work, const struct call *call,
                                                struct page *out_page);
MUST_CHECK enum status page_shared(struct work *work, const struct call *call,
                                   struct page *out_page);
/* Not a route's: the page of signing in that carries on the form that was just sent. */
void page_sign_in_again(struct work *work, const struct call *call, struct page *out_page);
/* Not a route's: what the pages of links show when theirs is used up or too old. */
MUST_CHECK enum status page_link_used(struct work *work, const struct call *call,
                                      struct page *out_page);
MUST_CHECK enum status page_my_work(struct work *work, const struct call *call,
                                    struct page *out_page);
MUST_CHECK enum status page_return(struct work *work, const struct call *call,
                                   struct page *out_page);
MUST_CHECK enum status page_return_file(struct work *work, const struct call *call,
                                        struct page *out_page);
MUST_CHECK enum status page_return_row(struct work *work, const struct call *call,
                                       struct page *out_page);
MUST_CHECK enum status page_return_row_sent(struct work *work, const struct call *call,
                                            struct page *out_page);
MUST_CHECK enum status page_return_step(struct work *work, const struct call *call,
                                        struct page *out_page);
MUST_CHECK enum status page_return_step_sent(struct work *work, const struct call *call,
                                             struct page *out_page);
MUST_CHECK enum status page_return_board(struct work *work, const struct call *call,
                                         struct page *out_page);
MUST_CHECK enum status page_return_board_latest(struct work *work, const struct call *call,
                                                struct page *out_page);
MUST_CHECK enum status page_return_open_sent(struct work *work, const struct call *call,
                                             struct page *out_page);
MUST_CHECK enum status page_report_file(struct work *work, const struct call *call,
                                        struct page *out_page);
MUST_CHECK enum status page_report_frozen(struct work *work, const struct call *call,
                                          struct page *out_page);
MUST_CHECK enum status page_report_frozen_file(struct work *work, const struct call *call,
                                               struct page *out_page);
MUST_CHECK enum status page_return_report(struct work *work, const struct call *call,
                                          struct page *out_page);
MUST_CHECK enum status page_return_report_file(struct work *work, const struct call *call,
                                               struct page *out_page);
MUST_CHECK enum status page_return_upload(struct work *work, const struct call *call,
                                          struct page *out_page);
MUST_CHECK enum status page_return_upload_sent(struct work *work, const struct call *call,
                                               struct page *out_page);
MUST_CHECK enum status page_return_scorecard(struct work *work, const struct call *call,
                                             struct page *out_page);
MUST_CHECK enum status page_return_scorecard_sent(struct work *work, const struct call *call,
                                                  struct page *out_page);
MUST_CHECK enum status page_return_scorecard_labels(struct work *work, const struct call *call,
                                                    struct page *out_page);
MUST_CHECK enum status page_return_exception(struct work *work, const struct call *call,
                                             struct page *out_page);
MUST_CHECK enum status page_return_exception_sent(struct work *work, const struct call *call,
                                                  struct page *out_page);
MUST_CHECK enum status page_digest_chosen(struct work *work, const struct call *call,
                                          struct page *out_page);
MUST_CHECK enum status page_search(struct work *work, const struct call *call,
                                   struct page *out_page);
MUST_CHECK enum status page_people(struct work *work, const struct call *call,
                                   struct page *out_page);
MUST_CHECK enum status page_people_import(struct work *work, const struct call *call,
                                          struct page *out_page);
MUST_CHECK enum status page_people_import_sent(struct work *work, const struct call *call,
                                               struct page *out_page);
MUST_CHECK enum status page_people_labels_sent(struct work *work, const struct call *call,
                                               struct page *out_page);
MUST_CHECK enum status page_people_outcome(struct work *work, const struct call *call,
                                           struct page *out_page);
MUST_CHECK enum status page_people_outcome_asked(struct work *work, const struct call *call,
                                                 struct page *out_page);
MUST_CHECK enum status page_people_pay(struct work *work, const struct call *call,
                                       struct page *out_page);
MUST_CHECK enum status page_people_pay_csv(struct work *work, const struct call *call,
                                           struct page *out_page);
MUST_CHECK enum status page_people_pay_ods(struct work *work, const struct call *call,
                                           struct page *out_page);
MUST_CHECK enum status page_people_pay_government(struct work *work, const struct call *call,
                                                  struct page *out_page);
MUST_CHECK enum status page_people_trend(struct work *work, const struct call *call,
                                         struct page *out_page);
MUST_CHECK enum status page_people_trend_csv(struct work *work, const struct call *call,
                                             struct page *out_page);
MUST_CHECK enum status page_people_trend_ods(struct work *work, const struct call *call,
                                             struct page *out_page);
MUST_CHECK enum status page_people_profile(struct work *work, const struct call *call,
                                           struct page *out_page);
MUST_CHECK enum status page_people_profile_csv(struct work *work, const struct call *call,
                                               struct page *out_page);
MUST_CHECK enum status page_people_profile_ods(struct work *work, const struct call *call,
                                               struct page *out_page);
/* GET /releases: the ledger, narrowed by `q` and `period`. */
MUST_CHECK enum status page_releases(struct work *work, const struct call *call,
                                     struct page *out_page);
/* GET and POST /releases/new: tables of a snapshot protected, looked at, released. */
MUST_CHECK enum status page_release_answer(struct work *work, const struct call *call,
                                           struct page *out_page);
MUST_CHECK enum status page_release_answer_sent(struct work *work, const struct call *call,
                                                struct page *out_page);
MUST_CHECK enum status page_release_new(struct work *work, const struct call *call,
                                        struct page *out_page);
MUST_CHECK enum status page_release_new_sent(struct work *work, const struct call *call,
                                             struct page *out_page);
/* GET /releases/{code}: a release with its report and tables, and those as files. */
MUST_CHECK enum status page_release(struct work *work, const struct call *call,
                                    struct page *out_page);
MUST_CHECK enum status page_release_csv(struct work *work, const struct call *call,
                                        struct page *out_page);
MUST_CHECK enum status page_release_ods(struct work *work, const struct call *call,
                                        struct page *out_page);
MUST_CHECK enum status page_release_json(struct work *work, const struct call *call,
                                         struct page *out_page);

#endif
