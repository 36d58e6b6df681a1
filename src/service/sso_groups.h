/* Groups of an identity provider as roles: the setting sso-groups, read and carried out. */
#ifndef SERVICE_SSO_GROUPS_H
#define SERVICE_SSO_GROUPS_H

#include "base/list.h"
#include "model/account.h"
#include "store/audit.h"

/* Reads "Group: role@unit; Other group: role" into struct sso_group *, each with its unit found.
 * STATUS_INPUT with a sentence for what is no role or unit. */
MUST_CHECK enum status sso_groups_read(struct work *work, const char *setting,
                                       struct list *out_groups);
/* Whether one of the groups is mapped. */
bool sso_groups_any(const struct list *mapped, const struct list *groups);
/* Grants what the account's groups say and it has not, and ends what the setting maps to groups
 * that it is not in; within an event. Roles that the setting does not name are left alone. */
MUST_CHECK enum status sso_groups_apply(struct work *work, struct audit *audit,
                                        const struct account *account, const struct list *mapped,
                                        const struct list *groups);

#endif
