-- Copies one settled payment until the books have :lines of them: so many awards of fifty tranches, each released, sent and settled.
-- Triggers and foreign keys are off while it loads, so nothing but the report of these rows may be asked afterwards.
\set ON_ERROR_STOP on
SET session_replication_role = replica;
BEGIN;

CREATE TEMP TABLE copied AS
SELECT release.award_id, release.tranche_id, release.id AS release_id, payment.id AS payment_id, answer.id AS answer_id
FROM tranche_release release
JOIN payment_instruction payment ON payment.release_id = release.id AND payment.state = 'SETTLED'
JOIN settlement_line answer ON answer.instruction_id = payment.id AND answer.state = 'MATCHED'
WHERE release.revoked_at IS NULL
  AND (SELECT count(*) FROM payment_instruction other WHERE other.release_id = release.id) = 1
  AND (SELECT count(*) FROM settlement_line other WHERE other.instruction_id = payment.id) = 1
ORDER BY release.id
LIMIT 1;

-- The id of the copy with this number of a row of this table, in the order of the numbers.
CREATE FUNCTION pg_temp.copy_id(of_table int, number bigint) RETURNS uuid IMMUTABLE LANGUAGE sql AS
$$ SELECT (lpad(to_hex(of_table), 8, 'f') || '-0000-7000-8000-' || lpad(to_hex(number), 12, '0'))::uuid $$;
CREATE FUNCTION pg_temp.award_of(number bigint) RETURNS bigint IMMUTABLE LANGUAGE sql AS $$ SELECT (number - 1) / 50 + 1 $$;

INSERT INTO award
SELECT (jsonb_populate_record(award, jsonb_build_object('id', pg_temp.copy_id(1, nth), 'number', 'MEASURED-' || nth))).*
FROM copied JOIN award ON award.id = copied.award_id, generate_series(1, pg_temp.award_of(:lines)) AS copies (nth);

INSERT INTO tranche
SELECT (jsonb_populate_record(tranche, jsonb_build_object(
    'id', pg_temp.copy_id(2, nth), 'award_id', pg_temp.copy_id(1, pg_temp.award_of(nth)),
    'milestone_id', NULL, 'ordinal', (nth - 1) % 50 + 1))).*
FROM copied JOIN tranche ON tranche.id = copied.tranche_id, generate_series(1, :lines) AS copies (nth);

INSERT INTO tranche_release
SELECT (jsonb_populate_record(release, jsonb_build_object(
    'id', pg_temp.copy_id(3, nth), 'award_id', pg_temp.copy_id(1, pg_temp.award_of(nth)),
    'tranche_id', pg_temp.copy_id(2, nth)))).*
FROM copied JOIN tranche_release release ON release.id = copied.release_id, generate_series(1, :lines) AS copies (nth);

INSERT INTO payment_instruction
SELECT (jsonb_populate_record(payment, jsonb_build_object(
    'id', pg_temp.copy_id(4, nth), 'award_id', pg_temp.copy_id(1, pg_temp.award_of(nth)),
    'tranche_id', pg_temp.copy_id(2, nth), 'release_id', pg_temp.copy_id(3, nth),
    'ordinal', nth + 1000, 'reference', 'MEASURED-' || nth))).*
FROM copied JOIN payment_instruction payment ON payment.id = copied.payment_id, generate_series(1, :lines) AS copies (nth);

INSERT INTO settlement_line
SELECT (jsonb_populate_record(answer, jsonb_build_object(
    'id', pg_temp.copy_id(5, nth), 'instruction_id', pg_temp.copy_id(4, nth),
    'ordinal', nth + 1000, 'reference', 'MEASURED-' || nth))).*
FROM copied JOIN settlement_line answer ON answer.id = copied.answer_id, generate_series(1, :lines) AS copies (nth);

-- Its release, its sending and its arrival: three transfers a line, between the accounts of its award.
INSERT INTO ledger_transfer
SELECT (jsonb_populate_record(moved, jsonb_build_object(
    'id', pg_temp.copy_id(5 + part.place, nth),
    'from_owner', pg_temp.copy_id(1, pg_temp.award_of(nth)), 'to_owner', pg_temp.copy_id(1, pg_temp.award_of(nth)),
    'record_id', pg_temp.copy_id(part.copy_of, nth)))).*
FROM copied
CROSS JOIN LATERAL (VALUES (1, copied.release_id, 3), (2, copied.payment_id, 4), (3, copied.answer_id, 5)) part (place, record, copy_of)
JOIN ledger_transfer moved ON moved.record_id = part.record, generate_series(1, :lines) AS copies (nth);

COMMIT;
ANALYZE;
SELECT count(*) AS releases FROM tranche_release;
