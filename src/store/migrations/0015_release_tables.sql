-- What a release made on the pages showed, and the report of its protection.

ALTER TABLE disclosure_release ADD COLUMN tables $text;
ALTER TABLE disclosure_release ADD COLUMN report $text;
