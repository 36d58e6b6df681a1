-- What programs sign in with.

CREATE TABLE api_token (
    id $id,
    account $integer NOT NULL REFERENCES account (id),
    name $text NOT NULL,
    token $text NOT NULL,
    scope $text NOT NULL,
    made_at $text NOT NULL,
    expires_on $text NOT NULL,
    revoked_at $text,
    event $integer REFERENCES audit_event (id),
    UNIQUE (token)
) $strict;
