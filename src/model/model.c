#include "model/model.h"

#include <string.h>

#include "model/account.h"
#include "model/action.h"
#include "model/action_lead.h"
#include "model/action_measure.h"
#include "model/action_status.h"
#include "model/action_tag.h"
#include "model/api_token.h"
#include "model/appointment.h"
#include "model/approval.h"
#include "model/audit_event.h"
#include "model/authority.h"
#include "model/body.h"
#include "model/characteristic.h"
#include "model/citation.h"
#include "model/comparator.h"
#include "model/digest_choice.h"
#include "model/directorate_return.h"
#include "model/disclosure_release.h"
#include "model/document.h"
#include "model/document_content.h"
#include "model/evidence.h"
#include "model/forecast.h"
#include "model/invitation.h"
#include "model/measure.h"
#include "model/measure_objective.h"
#include "model/measure_recipe.h"
#include "model/measure_supplier.h"
#include "model/membership.h"
#include "model/message.h"
#include "model/objective.h"
#include "model/objective_mapping.h"
#include "model/outcome.h"
#include "model/people_label.h"
#include "model/person.h"
#include "model/phase.h"
#include "model/post.h"
#include "model/principle.h"
#include "model/priority.h"
#include "model/priority_measure.h"
#include "model/rating.h"
#include "model/reminder.h"
#include "model/return_row.h"
#include "model/return_step.h"
#include "model/role_grant.h"
#include "model/row_change.h"
#include "model/roll_over.h"
#include "model/roll_over_action.h"
#include "model/roll_over_target.h"
#include "model/scheme.h"
#include "model/scorecard_cell.h"
#include "model/scorecard_file.h"
#include "model/scorecard_match.h"
#include "model/session.h"
#include "model/snapshot.h"
#include "model/snapshot_chunk.h"
#include "model/snapshot_version.h"
#include "model/shared_link.h"
#include "model/source_file.h"
#include "model/stop_notice.h"
#include "model/target.h"
#include "model/unit.h"
#include "model/unit_change.h"
#include "model/upload_tally.h"
#include "model/value.h"
#include "model/value_comment.h"
#include "model/vision_option.h"
#include "base/banned.h"

const struct entity *const model_entities[] = {
    &audit_event_entity,
    &row_change_entity,
    &authority_entity,
    &characteristic_entity,
    &unit_entity,
    &unit_change_entity,
    &post_entity,
    &person_entity,
    &appointment_entity,
    &body_entity,
    &membership_entity,
    &scheme_entity,
    &vision_option_entity,
    &principle_entity,
    &phase_entity,
    &objective_entity,
    &objective_mapping_entity,
    &priority_entity,
    &outcome_entity,
    &action_entity,
    &action_lead_entity,
    &action_tag_entity,
    &action_status_entity,
    &measure_entity,
    &evidence_entity,
    &action_measure_entity,
    &priority_measure_entity,
    &measure_objective_entity,
    &measure_supplier_entity,
    &comparator_entity,
    &target_entity,
    &value_entity,
    &value_comment_entity,
    &forecast_entity,
    &rating_entity,
    &roll_over_entity,
    &roll_over_action_entity,
    &roll_over_target_entity,
    &directorate_return_entity,
    &return_row_entity,
    &return_step_entity,
    &source_file_entity,
    &scorecard_match_entity,
    &scorecard_file_entity,
    &scorecard_cell_entity,
    &document_entity,
    &document_content_entity,
    &citation_entity,
    &disclosure_release_entity,
    &people_label_entity,
    &snapshot_entity,
    &snapshot_version_entity,
    &snapshot_chunk_entity,
    &stop_notice_entity,
    &measure_recipe_entity,
    &account_entity,
    &role_grant_entity,
    &approval_entity,
    &upload_tally_entity,
    &session_entity,
    &invitation_entity,
    &digest_choice_entity,
    &message_entity,
    &reminder_entity,
    &api_token_entity,
    &shared_link_entity,
};
const size_t model_entity_count = ARRAY_COUNT(model_entities);

/* Blanks, hyphens and underscores are one. */
static bool same_name(const char *a, const char *b)
{
    for (; *a && *b; a++, b++) {
        bool a_parts = strchr(" -_", *a) != NULL, b_parts = strchr(" -_", *b) != NULL;
        if (a_parts != b_parts || (!a_parts && *a != *b))
            return false;
    }
    return *a == *b;
}

const struct entity *model_entity(const char *name)
{
    for (size_t i = 0; i < model_entity_count; i++)
        if (same_name(model_entities[i]->name, name) || same_name(model_entities[i]->plural, name))
            return model_entities[i];
    return NULL;
}
