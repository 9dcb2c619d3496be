import type {
  Analysis,
  AnswerValue,
  AuditAction,
  AuditOutcome,
  EventType,
  Evidence,
  HistoryData,
  HistoryKind,
  NodeView,
  OrderStage,
  OrderType,
  PayerState,
  ProcessingState,
  QueueSearch,
  ResourceCompleteness,
  ReviewState,
  Role,
  SignInMethod,
} from '@authscript/prior-auth'
import type { ColumnType, Generated } from 'kysely'
import type { Actor } from './audit-scope.ts'
import type { SessionContext } from './session-context.ts'
import type { SignInFlow } from './sign-in-flow.ts'

/** The tables as Kysely sees them; `migrations/` creates them. JSON columns are written as text and read as values. */
export interface Schema {
  registrations: {
    practice_id: string
    encounter_id: string
    patient_id: string
    registered_at: Date
    last_polled_at: Date | null
    /** As the EHR reports it; null before the first successful poll. */
    encounter_status: string | null
    last_error_code: string | null
    next_poll_at: Date
    /** `open`: waiting for the signature; `signed`: admitted, watched for a re-open; `ended`: not polled any more. */
    watch: 'open' | 'signed' | 'ended'
    watch_until: Date | null
    /** Polls in a row without a status. */
    failure_count: Generated<number>
    /** Since when the EHR has not known the encounter, or has refused to return it; null when it returns a status. */
    refused_since: Date | null
    /** Why the watch ended early; null when it ended as expected, or a person ended it. */
    end_code: string | null
    ended_at: Date | null
    /** The label of the person who ended it. */
    ended_by: string | null
  }
  encounters: {
    ordinal: Generated<number>
    practice_id: string
    encounter_id: string
    patient_id: string
    patient_initials: string | null
    processing: ProcessingState
    /** The number of the current pass through the pipeline; a job of an earlier run finds itself outdated. */
    run: number
    attempt_count: number
    /** Durable retries of this run so far. */
    retry_count: Generated<number>
    next_attempt_at: Date | null
    /** How often a process ended while it worked on this run. */
    worker_deaths: Generated<number>
    error_code: string | null
    error_reason: string | null
    completeness: Json<readonly ResourceCompleteness[]>
    detected_at: Date
    started_at: Date | null
    finished_at: Date | null
  }
  work_items: {
    ordinal: Generated<number>
    work_item_id: Generated<string>
    practice_id: string
    encounter_id: string
    patient_id: string
    patient_initials: string | null
    /** Given names and family name; null when the chart has none. */
    patient_name: string | null
    /** As the chart has it: `1957-08-30`, or less precise. */
    birth_date: string | null
    /** The practice's medical record number (MRN). */
    record_number: string | null
    member_id: string | null
    payer_name: string | null
    plan_name: string | null
    /** The ordering provider. */
    provider_name: string | null
    /** Family name first, as `toSearchText` returns it; null when the chart does not say which part is the family name. */
    provider_sort_name: string | null
    /** The day for which the service is ordered, `YYYY-MM-DD`. */
    planned_on: ColumnType<string | null, string | null, string | null>
    /** Of an urgent order: the last day of its 72 hours. */
    expedited_due_on: ColumnType<string | null, string | null, string | null>
    /** The earlier of `planned_on` and `expedited_due_on`; the database derives it. */
    due_on: ColumnType<string | null, never, never>
    urgency: 'standard' | 'urgent' | null
    question_count: Generated<number>
    /** Questions without a yes or no, after what people changed. */
    open_question_count: Generated<number>
    /** The label of the person who works on it. */
    owner: string | null
    /** When it was handed to a clinician to sign. */
    handed_over_at: Date | null
    /** The open request for information; all null when there is none. */
    asked_of: string | null
    asked_what: string | null
    asked_due_on: ColumnType<string | null, string | null, string | null>
    asked_by: string | null
    asked_at: Date | null
    payer_state: PayerState | null
    closed_reason: string | null
    /** As `toSearchText` returns it; the text that the work queue searches. */
    search_text: Generated<string>
    /** Family name first, as `toSearchText` returns it; null when the chart has no name. */
    patient_sort_name: string | null
    /** As `stageOf` of packages/prior-auth, but `filing` also if the write-back failed. The database derives it, see migration 0029. */
    stage: ColumnType<Exclude<OrderStage, 'filing_failed'>, never, never>
    service_request_id: string
    order_type: OrderType
    transaction_id: string
    procedure_code: string | null
    order_description: string | null
    policy_id: string | null
    policy_title: string | null
    review: ReviewState
    recommendation: Analysis['recommendation']
    confidence: number | null
    version: number
    analysis: Json<Analysis>
    completeness: Json<readonly ResourceCompleteness[]>
    created_at: Date
    updated_at: Date
  }
  forms: {
    work_item_id: string
    version: number
    pdf: Buffer
    sha256: string
    pages: number
    continued_roles: Json<readonly string[]>
    /** FormFields that the payer requires and that are blank, because nothing was known. */
    missing_fields: ColumnType<readonly string[], string | undefined, string>
    /** What the reviewer must know about how it was filled, one sentence each. */
    notices: ColumnType<readonly string[], string | undefined, string>
    filled_at: Date
    /** The approved document with signature and attachments; null if only the form was approved, or it was deleted with the chart. */
    document: Buffer | null
    /** Kept when the document is deleted. */
    document_sha256: string | null
    document_pages: number | null
    has_signature_box: Generated<boolean>
    /** The uploaded form that was filled, and its version; null: our own form, or one of the configuration. */
    payer_form_id: string | null
    payer_form_version: number | null
  }
  /** Files that people added to a request. */
  attachments: {
    attachment_id: Generated<string>
    work_item_id: string
    /** Its position among the files of the order, from 1; gaps are allowed. */
    place: number
    /** The name of the person's file. */
    name: string
    type: 'pdf' | 'png' | 'jpeg'
    /** The hash of the person's file: the same file is attached once. */
    file_sha256: string
    file_bytes: number
    /** The file's pages as they are printed, on letter paper. */
    pdf: Buffer
    pages: number
    added_by: string
    added_at: Date
  }
  /** Where a practice faxes its requests, by payer. */
  fax_contacts: {
    practice_id: string
    payer_name: string
    recipient: string
    recipient_fax: string
    sender: string
    sender_phone: string | null
    sender_fax: string | null
    entered_by: string
    entered_at: Date
  }
  /** A person's own picture of their signature, in each practice that they work for. */
  signatures: {
    practice_id: string
    label: string
    type: 'png' | 'jpeg'
    image: Buffer
    added_at: Date
  }
  /** People whom notes ask to look at an order. */
  mentions: {
    work_item_id: string
    label: string
    mentioned_by: string
    mentioned_at: Date
    /** Null until that person has read the notes. */
    read_at: Date | null
  }
  /** Forms of payers that operators uploaded. */
  payer_forms: {
    ordinal: Generated<number>
    form_id: string
    /** Null: for every practice. */
    practice_id: string | null
    name: string
    file_name: string
    pdf: Buffer
    map: Json<object>
    payers: Json<readonly string[]>
    codes: Json<readonly string[]>
    state: Generated<'draft' | 'active' | 'retired'>
    version: Generated<number>
    active_version: number | null
    created_by: string
    created_at: Date
    changed_by: string
    changed_at: Date
  }
  /** Every activated version; never changed. */
  payer_form_versions: {
    form_id: string
    version: number
    name: string
    map: Json<object>
    payers: Json<readonly string[]>
    codes: Json<readonly string[]>
    activated_by: string
    activated_at: Date
  }
  /** The chart as it was read for the newest run of an encounter. */
  charts: {
    practice_id: string
    encounter_id: string
    run: number
    /** A ClinicalBundle as JSON, compressed with gzip. */
    bundle: Buffer
    read_at: Date
  }
  /** Answers that a person gave in place of the chart's. */
  answer_changes: {
    work_item_id: string
    criterion_id: string
    /** What the rules answered when the person changed it: the change no longer applies when they answer otherwise. */
    chart_answer: AnswerValue
    answer: AnswerValue
    reason: string
    evidence: Json<Evidence> | null
    changed_by: string
    changed_at: Date
  }
  /** What a person typed into the form. `field` is a FormField. */
  form_entries: {
    work_item_id: string
    field: string
    value: string
    entered_by: string
    entered_at: Date
  }
  /** What happened to a work item, oldest first. Never changed. */
  work_item_history: {
    ordinal: Generated<number>
    work_item_id: string
    /** The version that it led to. */
    version: number
    happened_at: Date
    /** The label of the person; null for the gateway itself. */
    actor: string | null
    kind: HistoryKind
    data: ColumnType<HistoryData, string | undefined, never>
  }
  events: {
    sequence: number
    id: string
    event_type: EventType
    practice_id: string
    correlation_id: string
    occurred_at: Date
    source: string
    data: Json<Record<string, unknown>>
  }
  failures: {
    ordinal: Generated<number>
    practice_id: string
    encounter_id: string
    /** The kind of the job that failed; null if recorded by a release that did not record it. */
    kind: string | null
    /** Set if the job belongs to a work item, as a write-back does. */
    work_item_id: string | null
    run: number
    attempt_count: number
    code: string
    reason: string
    outcome: 'retried' | 'failed'
    failed_at: Date
    next_attempt_at: Date | null
  }
  write_backs: {
    ordinal: Generated<number>
    work_item_id: string
    /** The version that a person approved. Exactly its form is written. */
    version: number
    practice_id: string
    encounter_id: string
    patient_id: string
    /** Names the document in the EHR; never changes. */
    identifier: string
    form_sha256: string
    state: WriteBackState
    /** Counts redrives; a job of an earlier run finds itself outdated. */
    run: Generated<number>
    attempt_count: Generated<number>
    retry_count: Generated<number>
    next_attempt_at: Date | null
    /** Since when the document may be on its way to the EHR; null when it is not. */
    sending_since: Date | null
    /** How often it was sent without a refusal. */
    sent_count: Generated<number>
    first_sent_at: Date | null
    last_sent_at: Date | null
    sent: Json<SentRecord> | null
    /** The EHR said that it has the document: it is never sent again without a person. */
    acknowledged: Generated<boolean>
    /** There was no clear answer: it is never sent again without a person. */
    unanswered: Generated<boolean>
    /** The id that the EHR named, before it was verified. */
    claimed_document_id: string | null
    document_id: string | null
    /** What shows that the document is ours; null until it is written, and for those written before 0.2. */
    document_evidence: 'identifier' | 'content' | 'person' | null
    decisions: ColumnType<readonly DecisionRecord[], string | undefined, string>
    error_code: string | null
    error_reason: string | null
    approved_by: string
    approved_at: Date
    finished_at: Date | null
  }
  ehr_shares: {
    node_id: string
    slots: number
    expires_at: Date
  }
  /** The last report of each process of the gateway. */
  nodes: {
    node_id: string
    seen_at: Date
    /** A NodeView without what other columns hold. */
    report: Json<NodeReport>
    /** The state that an operator asked for; null: none. */
    asked_state: AskedState | null
    /** Cleared when the node has that many. */
    asked_workers: number | null
    asked_at: Date | null
  }
  /** A row while an operator has paused all nodes. */
  processing_pause: {
    only_row: Generated<boolean>
    paused_by: string
    paused_at: Date
  }
  /** Redrives of all dead letters of a code. */
  redrives: {
    redrive_id: Generated<number>
    code: string
    practice_ids: readonly string[]
    /** Who asked for it. */
    actor: Json<Actor>
    asked_at: Generated<Date>
    of_count: number
    redriven_count: Generated<number>
    stop_asked: Generated<boolean>
    /** Until then a node works on it; the node extends this while it does. */
    taken_until: Date | null
    ended_at: Date | null
    outcome: 'done' | 'stopped' | null
  }
  /** The last finished backup; no row if there was none. */
  last_backup: {
    only_row: Generated<boolean>
    finished_at: Date
    row_count: number
  }
  /** What a node measured in one minute; kept for an hour. */
  node_minutes: {
    minute: Date
    node_id: string
    figures: Json<NodeFigures>
  }
  /** The amount of work on all nodes at the end of a minute; kept for an hour. */
  work_minutes: {
    minute: Date
    figures: Json<WorkFigures>
  }
  /** How long each step of an encounter took, and where. */
  encounter_steps: {
    step_id: Generated<string>
    practice_id: string
    encounter_id: string
    /** Of a write-back. */
    work_item_id: string | null
    run: number
    attempt: number
    kind: StepKind
    node_id: string
    worker_id: string
    started_at: Date
    ended_at: Date
    /** Why it failed. */
    code: string | null
    ehr_request_count: number
    ehr_ms: number
  }
  /** Dead letters that an operator dismissed. */
  dismissed_letters: {
    /** The name of a kind of job. */
    kind: string
    ordinal: number
    run: number
    practice_id: string
    encounter_id: string
    code: string | null
    note: string
    dismissed_by: string
    dismissed_at: Date
  }
  ehr_days: {
    day: string
    /** Reserved requests, including those for polls. */
    spent: number
    polls: Generated<number>
  }
  relocations: {
    target: string
    moved_at: Date
  }
  sign_in_links: {
    token_sha256: string
    label: string
    roles: Role[]
    practice_ids: string[]
    expires_at: Date
    used_at: Date | null
    /** The person whom it signs in, with the rights that they have then; null: the link's own label and rights count. */
    person_id: string | null
  }
  /** Named people. Rows are never deleted: history and approvals name them. */
  people: {
    person_id: Generated<string>
    login: string
    /** The display name, which history and forms show. Nobody else has or had it, see `labels`. */
    label: string
    roles: Role[]
    practice_ids: string[]
    /** The result of `hashPassword`; null: no password. */
    password_hash: string | null
    password_changed_at: Date | null
    /** Somebody else made it: until the person changes it, they can do nothing else. */
    password_is_temporary: Generated<boolean>
    /** The identity provider that signs the person in; `subject` is its id of the person. */
    issuer: string | null
    subject: string | null
    disabled_at: Date | null
    added_by: string
    added_at: Date
    signed_in_at: Date | null
  }
  /** API keys that people made in the page. */
  keys: {
    key_id: Generated<string>
    label: string
    key_sha256: string
    roles: Role[]
    practice_ids: string[]
    made_by: string
    made_at: Date
    used_at: Date | null
    revoked_by: string | null
    revoked_at: Date | null
  }
  passkeys: {
    /** The browser's id of it, in base64url. */
    credential_id: string
    person_id: string
    /** The name that the person gave it. */
    name: string
    public_key: Buffer
    counter: number
    transports: string[]
    added_at: Date
    used_at: Date | null
  }
  sign_in_flows: {
    token_sha256: string
    flow: ColumnType<SignInFlow, string, never>
    expires_at: Date
  }
  /** Every label that was given to somebody. */
  labels: {
    /** As `labelKey` makes it. */
    label_key: string
    label: string
    person_id: string | null
  }
  /** Browsers in which a person has signed in before. */
  known_devices: {
    person_id: string
    device_sha256: string
    used_at: Date
  }
  /** Wrong passwords, by account and source. */
  sign_in_attempts: {
    account_sha256: string
    source_sha256: string
    count: number
    tried_at: Date
  }
  /** Who did what. Only `append_audit` writes rows, and the database refuses every change of one. */
  audit_log: {
    sequence: number
    occurred_at: Date
    action: AuditAction
    outcome: AuditOutcome
    operation: string | null
    person_id: string | null
    label: string | null
    roles: Role[]
    address: string | null
    request_id: string | null
    practice_ids: string[]
    patient_ids: string[]
    encounter_ids: string[]
    work_item_ids: string[]
    count: number
    detail: string | null
    previous_hash: string
    hash: string
  }
  /** One row: the last row that retention removed, and the newest one. */
  audit_chain: {
    only_row: Generated<boolean>
    removed_sequence: number
    removed_hash: string
    last_sequence: number
    last_hash: string
  }
  /** What was already recorded in a minute or an hour, so that not every request adds a row. */
  audit_marks: {
    kind: string
    subject: string
    since: Date
    count: Generated<number>
  }
  launch_states: {
    state_sha256: string
    browser_sha256: string
    fhir_base_url: string
    expires_at: Date
  }
  ehr_identities: {
    identity_id: Generated<string>
    person_id: string
    fhir_base_url: string
    /** `Practitioner/123`; null if the EHR names none. */
    fhir_user: string | null
    /** Of id tokens; null until the first launch of an entry that an operator made. */
    issuer: string | null
    subject: string | null
    linked_by: string
    linked_at: Date
  }
  saved_views: {
    ordinal: Generated<number>
    view_id: Generated<string>
    /** The label of the person. */
    saved_by: string
    /** The practices of that person, sorted. */
    practice_ids: string[]
    /** The practice whose people see it too. */
    shared_with: string | null
    name: string
    search: Json<QueueSearch>
    saved_at: Date
  }
  webhooks: {
    ordinal: Generated<number>
    webhook_id: Generated<string>
    practice_id: string
    url: string
    description: string | null
    types: string[]
    state: Generated<'active' | 'disabled'>
    /** Who disabled it; null if the gateway did, after failures for `Webhooks.GiveUpHours` or an answer that ends it at once. */
    disabled_by: string | null
    secret: string
    /** Also signs, until `previous_secret_until`. */
    previous_secret: string | null
    previous_secret_until: Date | null
    /** It gets events after this sequence. */
    starts_after: number
    /** Failed attempts since the last successful one. */
    failure_count: Generated<number>
    failing_since: Date | null
    next_attempt_at: Generated<Date>
    last_attempt_at: Date | null
    last_delivered_at: Date | null
    error_code: string | null
    error_reason: string | null
    /** The sender that delivers to it now, until `claimed_until`. */
    claim: string | null
    claimed_until: Date | null
    created_by: string
    created_at: Date
  }
  webhook_deliveries: {
    ordinal: Generated<number>
    delivery_id: Generated<string>
    webhook_id: string
    event_id: string
    sequence: number
    type: string
    encounter_id: string
    work_item_id: string | null
    body: string
    state: Generated<'pending' | 'delivered' | 'failed'>
    attempt_count: Generated<number>
    response_status: number | null
    error_code: string | null
    created_at: Generated<Date>
    last_attempt_at: Date | null
    delivered_at: Date | null
  }
  /** One row: the sequence up to which events have become deliveries. */
  webhook_cursor: {
    only_row: Generated<boolean>
    sequence: number
  }
  idempotency_keys: {
    /** Of the key and its caller. */
    key_sha256: string
    /** Of the method, the address and the body. */
    request_sha256: string
    claim: string
    claimed_until: Date
    /** Null while the request is in progress. */
    status: number | null
    /** Encrypted under the key of the client. */
    answer: Buffer | null
    expires_at: Date
  }
  sessions: {
    token_sha256: string
    /** Identifies it where its token must not be shown. */
    session_id: Generated<string>
    /**
     * Null: it was opened with a key or with a link that belongs to no person. Otherwise the person's current label, roles and practices
     * count.
     */
    person_id: string | null
    label: string
    roles: Role[]
    practice_ids: string[]
    expires_at: Date
    method: Generated<SignInMethod>
    /** Of the key that opened it: the session ends with the key. */
    key_sha256: string | null
    opened_at: ColumnType<Date, Date | undefined, Date>
    used_at: ColumnType<Date, Date | undefined, Date>
    /** When the person last proved who they are; null: not in this session. */
    proved_at: Date | null
    address: string | null
    browser: string | null
    context: ColumnType<SessionContext | null, string | null | undefined, never>
  }
}

export interface NodeReport extends Omit<NodeView, 'seenAt' | 'asked'> {
  /**
   * For how long it has taken work without a break: since its start, or since a pause or a drain ended. Null: it takes none. Left out by
   * the release before.
   */
  readonly workingMs?: number | null
}

export type AskedState = 'working' | 'drained'

/** What one node did in a minute. */
export interface NodeFigures {
  readonly workerCount: number
  readonly busyWorkers: number
  readonly wantedWorkers: number
  readonly streamCount: number
  readonly ehrRequests: number
  readonly tooManyRequests: number
}

/** How much work there is, on all nodes. */
export interface WorkFigures {
  readonly queued: number
  readonly running: number
  /** Waiting for a durable retry. */
  readonly retrying: number
  readonly writeBacksWaiting: number
  readonly writeBacksFailed: number
}

export type StepKind = 'read' | 'judge' | 'fill' | 'record' | 'write_back'

/**
 * `withdrawn`: the approval no longer stands; nothing was written. `ambiguous`: it may be in the chart, the EHR gives no proof, and a
 * person decides.
 */
export type WriteBackState = 'queued' | 'writing' | 'written' | 'failed' | 'withdrawn' | 'ambiguous'

/** What was sent last. */
export interface SentRecord {
  readonly title: string
  readonly sizeBytes: number
  readonly sha256: string
  readonly sha1: string
  readonly destination: string
}

/** What a person decided about a document that may be in the chart. */
export interface DecisionRecord {
  readonly decision: 'present' | 'send_again'
  readonly documentId: string | null
  readonly decidedBy: string
  readonly decidedAt: string
  /** Whether the EHR confirmed the document; null where there was nothing to confirm. */
  readonly confirmed: boolean | null
}

type Json<Value> = ColumnType<Value, string, string>
