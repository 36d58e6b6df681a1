#include "web/confirmation.h"

#include <stddef.h>
#include <string.h>

#include "web/routes.h"
#include "base/banned.h"

static const struct {
    const char *code, *words;
} confirmations[] = {
    { "password-chosen", WORDS("Your password is set. Sign in with it.") },
    { "session-ended", WORDS("That session has ended") },
    { "sessions-ended", WORDS("Your other sessions have ended") },
    { "signed-out", WORDS("You have signed out") },
};

const char *confirmation_words(const char *code)
{
    for (size_t i = 0; code && i < sizeof confirmations / sizeof *confirmations; i++)
        if (strcmp(confirmations[i].code, code) == 0)
            return confirmations[i].words;
    return NULL;
}
