-- Accounts, the roles that they have, who is signed in, and links that are good once.

CREATE TABLE account (
    id $id,
    code $text NOT NULL,
    name $text NOT NULL,
    email $text NOT NULL,
    person $integer REFERENCES person (id),
    status $text NOT NULL,
    password $text,
    totp_secret $text,
    totp_step $integer,
    recovery_codes $text,
    issuer $text,
    subject $text,
    failures $integer NOT NULL,
    locked_until $text,
    created_at $text NOT NULL,
    event $integer REFERENCES audit_event (id),
    UNIQUE (code)
) $strict;

CREATE INDEX account_email ON account (email);
CREATE INDEX account_subject ON account (subject);

CREATE TABLE role_grant (
    id $id,
    account $integer NOT NULL REFERENCES account (id),
    role $text NOT NULL,
    unit $integer REFERENCES unit (id),
    valid_from $text NOT NULL,
    valid_to $text,
    event $integer REFERENCES audit_event (id)
) $strict;

CREATE INDEX role_grant_account ON role_grant (account);

CREATE TABLE session (
    id $id,
    account $integer NOT NULL REFERENCES account (id),
    token $text NOT NULL,
    level $text NOT NULL,
    started_at $text NOT NULL,
    seen_at $text NOT NULL,
    ended_at $text,
    agent $text,
    event $integer REFERENCES audit_event (id),
    UNIQUE (token)
) $strict;

CREATE INDEX session_account ON session (account);

CREATE TABLE invitation (
    id $id,
    account $integer NOT NULL REFERENCES account (id),
    token $text NOT NULL,
    kind $text NOT NULL,
    made_at $text NOT NULL,
    expires_at $text NOT NULL,
    used_at $text,
    event $integer REFERENCES audit_event (id),
    UNIQUE (token)
) $strict;

CREATE INDEX invitation_account ON invitation (account);
