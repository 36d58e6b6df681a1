-- Why a document was frozen although its words or figures may give somebody away.

ALTER TABLE document ADD COLUMN disclosure_reason $text;
