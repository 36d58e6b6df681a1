#include "web/confirmation.h"

#include <stddef.h>
#include <string.h>

#include "web/routes.h"
#include "base/banned.h"

static const struct {
    const char *code, *words;
} confirmations[] = {
    { "account-added",
      WORDS("The account was added. Grant it a role, and make a link to choose a password.") },
    { "account-closed", WORDS("The account was closed") },
    { "account-opened", WORDS("The account was opened") },
    { "approval-asked", WORDS("It waits for somebody else’s approval") },
    { "approval-refused", WORDS("It is refused") },
    { "approved", WORDS("It is approved") },
    { "codes-off", WORDS("You sign in without codes from now on") },
    { "comment-kept", WORDS("The comment is kept") },
    { "digest-chosen", WORDS("You will be told as often as you chose") },
    { "handed-over", WORDS("Everything was handed over") },
    { "password-changed",
      WORDS("Your password is changed, and everywhere else you are signed out") },
    { "password-chosen", WORDS("Your password is set. Sign in with it.") },
    { "proved", WORDS("Your work account has confirmed it. Go back to the other tab and go on.") },
    { "record-removed", WORDS("It was taken away") },
    { "record-same", WORDS("Nothing was changed: it stands as it was") },
    { "record-saved", WORDS("The record is saved") },
    { "role-ended", WORDS("The role was ended") },
    { "role-asked",
      WORDS("This role wants two people: another administrator has to approve it now") },
    { "role-granted", WORDS("The role was granted") },
    { "returns-opened", WORDS("The returns of this period are open") },
    { "rows-imported", WORDS("The rows are taken in") },
    { "row-saved", WORDS("The row is saved") },
    { "scorecard-filled",
      WORDS("The return is filled in from the scorecard. What is left is for you to write.") },
    { "scorecard-partly",
      WORDS(
          "The return is filled in from the scorecard, but for the cells that say below that they "
          "are not.") },
    { "exception-allowed", WORDS("The return may be written until that day") },
    { "share-ended", WORDS("The link is ended: it opens nothing any more") },
    { "step-taken", WORDS("Done. The others can see it now") },
    { "session-ended", WORDS("That session has ended") },
    { "sessions-ended", WORDS("Your other sessions have ended") },
    { "snapshot-sealed", WORDS("The snapshot is sealed") },
    { "tables-released", WORDS("The tables are released, and the ledger has every figure") },
    { "signed-out", WORDS("You have signed out") },
};

const char *confirmation_words(const char *code)
{
    for (size_t i = 0; code && i < sizeof confirmations / sizeof *confirmations; i++)
        if (strcmp(confirmations[i].code, code) == 0)
            return confirmations[i].words;
    return NULL;
}
