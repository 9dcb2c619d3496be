import pg from 'pg'
import { onServer, type TestConnection } from './template-database.ts'

/** Rows in every table, with values that are difficult for text formats. */
const rows = String.raw`
  insert into registrations values
    ('p1', 'e1', 'pat-1', '2026-01-02 03:04:05.678901+00', null, null, null, now(), 'open', null),
    ('p1', 'e2', E'tab\tline\nback\\slash \\. \\N', now(), now(), 'finished', '', now(), 'ended', 'infinity');
  insert into encounters (practice_id, encounter_id, patient_id, patient_initials, processing, error_reason, completeness,
                          detected_at, retry_count, next_attempt_at)
    values ('p1', 'e1', 'pat-1', 'ÉŁ', 'processed', E'\\.', '[{"type":"Observation","note":"\u00e9 \"q\" \\ 日本"}]', now(), 0, null),
           ('p1', 'e2', 'pat-2', null, 'running', null, '[]', now(), 3, now() + interval '1 hour'),
           ('p2', 'e1', 'pat-3', '', 'queued', null, '[]', now(), 0, null);
  insert into work_items (work_item_id, practice_id, encounter_id, patient_id, service_request_id, transaction_id, review,
                          recommendation, confidence, analysis, completeness, created_at, updated_at)
    values ('wi-1', 'p1', 'e1', 'pat-1', 'sr-1', 't', 'approved', 'approve', 0.1, '{"n":1e400,"t":"\n\t"}', '[]', now(), now()),
           ('wi-2', 'p1', 'e1', 'pat-1', 'sr-2', 't', 'closed', 'review', 0.30000000000000004, '{}', '[]', now(), now());
  insert into forms select 'wi-1', 1, string_agg(decode(lpad(to_hex(n % 256), 2, '0'), 'hex'), ''::bytea), 'sha', 2, '["a,b"]', now()
    from generate_series(0, 99999) n;
  insert into attachments (attachment_id, work_item_id, place, name, type, file_sha256, file_bytes, pdf, pages, added_by, added_at)
    values ('at-1', 'wi-1', 1, E'מסמך\t"1"\\.pdf', 'pdf', 'sha', 7, decode('25504446ff00', 'hex'), 2, 'J. Ruiz', now());
  insert into fax_contacts values ('p1', E'St. "Ana"\t\\', 'Intake', '555-0100', 'Practice', null, '', 'J. Ruiz', now());
  insert into signatures values ('p1', 'Dr. "O''Neil"', 'png', decode('89504e470d0a1a0a00ff', 'hex'), now());
  insert into mentions values ('wi-1', 'J. Ruiz', 'x', now(), null), ('wi-1', E'\\.', 'x', now(), now());
  insert into payer_forms (form_id, practice_id, name, file_name, pdf, map, payers, state, version, active_version,
                           created_by, created_at, changed_by, changed_at)
    values ('pf-1', null, 'prairie', E'Pr\u00e4rie \\N.pdf', '\x255044460a00ff', '{"form":"prairie","fields":[{"name":"a\"b","role":null}]}', '["A, B"]',
            'active', 3, 2, 'x', now(), 'y', now()),
           ('pf-2', 'p1', 'draft', 'd.pdf', '\x00', '{}', '[]', 'draft', 1, null, 'x', now(), 'x', now());
  insert into payer_form_versions values ('pf-1', 2, 'prairie', '{"fields":[]}', '["A, B"]', '[]', 'x', now());
  update forms set payer_form_id = 'pf-1', payer_form_version = 2;
  insert into charts values ('p1', 'e1', 1, decode(repeat('1f8b00ff5c0a', 500), 'hex'), '2026-01-02 03:04:05.678901+00');
  insert into answer_changes
    values ('wi-1', 'c1', 'unclear', 'met', E'says\n"so", \\.', '{"quote":"\\N \u00e9","start":1}', 'J. Ruiz', '2026-01-02 03:04:05.678901+00'),
           ('wi-1', 'c2', 'met', 'not_met', '', null, 'x', now());
  insert into form_entries values ('wi-1', 'values.facility.name', E'St. "Ana"\t\\', 'J. Ruiz', now());
  insert into work_item_history (work_item_id, version, happened_at, actor, kind, data)
    values ('wi-1', 1, now(), null, 'drafted', '{"recommendation":"approve"}'),
           ('wi-1', 1, now(), 'J. Ruiz', 'assigned', '{"owner":"Dr. \"O''Neil\"","previous":null}');
  update work_items set owner = 'J. Ruiz', planned_on = '2026-12-08', patient_name = E'a\tb', search_text = E'a\nb' where work_item_id = 'wi-1';
  insert into write_backs (work_item_id, version, practice_id, encounter_id, patient_id, identifier, form_sha256, state,
                           sending_since, document_id, approved_by, approved_at)
    values ('wi-1', 1, 'p1', 'e1', 'pat-1', 'id-1', 'sha', 'writing', '2026-03-04 05:06:07.000001+00', null, 'Dr. "O''Neil"', now()),
           ('wi-2', 1, 'p1', 'e1', 'pat-1', 'id-2', 'sha', 'written', null, 'doc-2', 'x', now());
  insert into saved_views (saved_by, practice_ids, shared_with, name, search, saved_at)
    values ('J. Ruiz', '{p1,"p,2"}', 'p1', E'Knees \\ "this" week', '{"view":"open","q":"\u00e9"}', now());
  insert into failures (practice_id, encounter_id, run, attempt_count, code, reason, outcome, failed_at)
    values ('p1', 'e2', 1, 3, 'ehr_timeout', 'no answer', 'retried', now());
  insert into dismissed_letters values ('encounter', 2, 1, 'p1', 'e2', 'ehr_timeout', E'nobody\'s "fault"\\n', 'op', now()),
                                       ('write_back', 2, 1, 'p1', 'e1', null, 'x', 'op', now());
  select append_events('[{"eventType":"work_item.ready","practiceId":"p1","correlationId":"c","timestamp":"2026-01-02T03:04:05.678Z",
    "source":"s","data":{"k":null}},{"eventType":"work_item.ready","practiceId":"p2","correlationId":"c",
    "timestamp":"2026-01-02T03:04:05.678Z","source":"s","data":{"deep":[1,[2,{"x":"\\."}]]}}]');
  insert into people (person_id, login, label, roles, practice_ids, password_hash, issuer, subject, added_by, added_at)
    values ('person-1', 'j.ruiz', E'J. "Ruiz"\\', '{clinician}', '{p1,"p,2"}', '$argon2id$v=19$m=1,t=1,p=1$a$b', null, null, 'authscript', now()),
           ('person-2', 'o', 'Dr. Okafor', '{clinician}', '{}', null, 'https://id.example', 'sub,"1"', 'authscript', now());
  insert into ehr_identities (person_id, fhir_base_url, fhir_user, issuer, subject, linked_by, linked_at)
    values ('person-1', 'https://ehr.example/fhir', 'Practitioner/a.1', 'https://ehr.example', 'sub,"1"', 'authscript', now()),
           ('person-2', 'https://ehr.example/fhir', null, null, null, E'a\\tb', now());
  insert into labels values (E'j. "ruiz"\\', E'J. "Ruiz"\\', 'person-1'), ('dr. okafor', 'Dr. Okafor', 'person-2');
  insert into keys values ('key-1', E'a "b"\\\\', 'ab', '{service}', '{p1,"p,2"}', 'J. Ruiz', now(), null, null, null);
  insert into passkeys values ('cred_-1', 'person-1', E'a\\tb', decode(repeat('1f00ff5c0a', 10), 'hex'), 12345678901, '{usb,"a,b"}', now(), null);
  insert into sign_in_flows values ('gg', '{"kind":"passkey_use"}', now());
  insert into known_devices values ('person-1', 'dd', now());
  insert into sign_in_attempts values ('ee', 'ff', 3, now());
  insert into sessions (token_sha256, label, roles, practice_ids, expires_at, person_id, method, proved_at, browser, context)
    values ('aa', 'staff', '{"staff",operator}', array['p1', 'with,comma "quote" {brace} null', ''], now(), 'person-1', 'password', now(), E'a\tb', '{"kind":"launch","patientId":"a \"b\""}');
  insert into sign_in_links values ('bb', 'link', '{}', '{p1}', now(), null, 'person-2');
  select append_audit('[{"action":"view","outcome":"done","operation":"getWorkItem","label":"Dr. \"O''Neil\"","roles":["staff","clinician"],
    "address":"192.0.2.7","request_id":"r","practice_ids":["p1"],"patient_ids":["pat-1","tab\t,{x}"],"encounter_ids":["e1"],
    "work_item_ids":[],"count":1,"detail":null},
    {"action":"sign_in","outcome":"refused","roles":[],"practice_ids":[],"patient_ids":[],"encounter_ids":[],"work_item_ids":[],"count":10,
     "detail":"sign_in_refused"}]');
  insert into audit_marks values ('view', 'label x', date_trunc('hour', now()), 2);
  insert into ehr_days values ('2026-11-24', 12345678901);
  insert into webhooks (webhook_id, practice_id, url, types, secret, starts_after, created_by, created_at)
    values ('wh-1', 'p1', 'https://example.org/h?a="b"', '{form.ready,"form.approved"}', 'whsec_x', 0, E'a\\b', now());
  insert into webhook_deliveries (webhook_id, event_id, sequence, type, encounter_id, body)
    values ('wh-1', 'ev-1', 1, 'form.ready', 'e1', '{"a":"\t"}');
  insert into webhook_cursor values (true, 2);
  insert into idempotency_keys values ('aa', 'bb', 'c', now(), 201, decode('00ff0a5c', 'hex'), now());
  insert into ehr_shares values (gen_random_uuid(), 1, now());
  -- given and deleted: numbers that must not be given again
  insert into failures (practice_id, encounter_id, run, attempt_count, code, reason, outcome, failed_at)
    select 'p1', 'e1', 1, 1, 'x', 'x', 'failed', now() from generate_series(1, 40);
  delete from failures where code = 'x'`

export const fillTables = (connection: TestConnection) =>
  onServer(connection, (client) => client.query(rows))

/** All rows of a table in PostgreSQL's text format, sorted. */
export async function rowsOf(
  connection: TestConnection,
  table: string,
): Promise<readonly string[]> {
  const { rows } = await onServer(connection, (client) =>
    client.query<{ row: string }>(
      `select t::text as row from ${pg.escapeIdentifier(table)} t order by t::text collate "C"`,
    ),
  )
  return rows.map(({ row }) => row)
}

/** The single value that a statement selects. */
export async function valueOf(connection: TestConnection, statement: string): Promise<unknown> {
  const { rows } = await onServer(connection, (client) =>
    client.query<unknown[]>({ text: statement, rowMode: 'array' }),
  )
  return rows[0]?.[0]
}

/** The database as `Database__Url` names it. */
export function urlOf({ host, port, user, database }: TestConnection): string {
  const query = new URLSearchParams({ host, port: String(port), user })
  return `postgres://localhost/${database}?${query.toString()}`
}
