#include "web/failure.h"

#include <stddef.h>

#include "web/routes.h"

#include "base/banned.h"

static const struct failure failures[] = {
    { 500, WORDS("Sorry, there is a problem with this service"),
      WORDS("Try again later. The reason has been written to the server's log.") },
    { 400, WORDS("This request cannot be read"),
      WORDS("If you typed the web address, check that it is correct. If you pasted it, check that "
            "you copied all of it.") },
    { 401, WORDS("Sign in to see this page"), WORDS("It is not open to everybody.") },
    { 403, WORDS("You cannot do this"), WORDS("Your roles do not allow this.") },
    { 404, WORDS("Page not found"),
      WORDS("If you typed the web address, check that it is correct. If you pasted it, check that "
            "you copied all of it.") },
    { 405, WORDS("This page does not take what was sent"),
      WORDS("Go back to the page that you came from and try again.") },
    { 409, WORDS("This was changed meanwhile"),
      WORDS("Somebody else has changed it. Load the page again and look at what is there now.") },
    { 412, WORDS("This was changed meanwhile"),
      WORDS("Somebody else has changed it. Load it again and look at what is there now.") },
    { 413, WORDS("What was sent is too large"), WORDS("Send a smaller file, or several parts.") },
    { 414, WORDS("This web address is too long"), WORDS("Check that you copied it correctly.") },
    { 415, WORDS("What was sent is of a kind that this page does not take"),
      WORDS("Go back to the page that you came from and try again.") },
    { 422, WORDS("This cannot be taken"), WORDS("Correct what is told and send it again.") },
    { 428, WORDS("The version that you saw must be told"), WORDS("Send its ETag as If-Match.") },
    { 429, WORDS("Too many requests"),
      WORDS("More came from you in a short time than this service takes. Wait a little, then try "
            "again.") },
    { 431, WORDS("This request is too large"),
      WORDS("Your browser sent too much with it. Clear its cookies for this site and try again.") },
    { 503, WORDS("The service is unavailable for the moment"),
      WORDS("Its database cannot be reached or is busy. Try again in a minute.") },
    { 505, WORDS("This version of HTTP is not spoken here"),
      WORDS("Use HTTP/1.1; every present browser does.") },
};

const struct failure *failure_of(int status)
{
    for (size_t i = 0; i < sizeof failures / sizeof *failures; i++)
        if (failures[i].status == status)
            return &failures[i];
    return &failures[0];
}
