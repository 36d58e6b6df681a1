-- How much an account has sent on a day, against the quota.

CREATE TABLE upload_tally (
    id $id,
    account $integer NOT NULL REFERENCES account (id),
    day $text NOT NULL,
    files $integer NOT NULL,
    bytes $integer NOT NULL,
    UNIQUE (account, day)
) $strict;
