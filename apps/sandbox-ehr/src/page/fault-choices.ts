import type { Fault } from '../faults/faults.ts'

/** A fault that a person can choose on the page. */
export interface FaultChoice {
  readonly name: string
  /** What the EHR does, and what a client should do about it. */
  readonly sentence: string
  readonly fault: Fault
}

const writes = { method: 'POST' }

/** By id. Each kind of fault is in it at least once. */
export const faultChoices: Readonly<Record<string, FaultChoice>> = {
  slow: {
    name: 'Slow answers',
    sentence: 'The EHR answers correctly, after 5 seconds.',
    fault: { kind: 'latency', latencyMs: 5000 },
  },
  unavailable: {
    name: 'Unavailable (503)',
    sentence: 'The EHR is down for a moment; the gateway tries again.',
    fault: { kind: 'status', status: 503 },
  },
  too_many: {
    name: 'Too many requests (429)',
    sentence: 'The EHR asks to wait 5 seconds before the next request.',
    fault: { kind: 'status', status: 429, retryAfterSeconds: 5 },
  },
  forbidden: {
    name: 'Forbidden (403)',
    sentence: 'The EHR refuses; trying again does not help, and a person has to look.',
    fault: { kind: 'status', status: 403 },
  },
  not_found: {
    name: 'Not found (404)',
    sentence: 'The EHR says that the resource does not exist.',
    fault: { kind: 'status', status: 404 },
  },
  answer_lost: {
    name: 'Answer lost',
    sentence:
      'The request takes effect, and the connection breaks before the answer: nobody knows whether it did.',
    fault: { kind: 'reset', takesEffect: true },
  },
  reset: {
    name: 'Connection reset',
    sentence: 'The connection breaks, and nothing has happened.',
    fault: { kind: 'reset' },
  },
  slow_body: {
    name: 'Answer stops in the middle',
    sentence: 'Half of the answer arrives, the rest 30 seconds later.',
    fault: { kind: 'slow_body', latencyMs: 30_000 },
  },
  truncated: {
    name: 'Answer cut off',
    sentence: 'The end of the answer is missing, so it cannot be read.',
    fault: { kind: 'truncated_json' },
  },
  malformed: {
    name: 'A web page instead of data',
    sentence: 'A proxy answers with an HTML page and status 200.',
    fault: { kind: 'malformed_json' },
  },
  expired_token: {
    name: 'Expired access token',
    sentence: 'The EHR says that the access token expired; the gateway requests another.',
    fault: { kind: 'expired_token' },
  },
  next_loop: {
    name: 'Endless pages',
    sentence: 'The next page of a search is the same page again.',
    fault: { kind: 'next_loop' },
  },
  foreign_next: {
    name: 'Next page at another server',
    sentence: 'The next page of a search is at another address; nobody should follow it.',
    fault: { kind: 'foreign_next' },
  },
  wrong_patient: {
    name: 'Data of another patient',
    sentence: 'A search also returns a resource of another patient, which has to be left out.',
    fault: { kind: 'wrong_patient' },
  },
  oversized: {
    name: 'A huge answer',
    sentence: 'The answer has 64 MB, more than a client should keep in memory.',
    fault: { kind: 'oversized' },
  },
  deep_nesting: {
    name: 'Deeply nested answer',
    sentence: 'The answer is nested 5,000 levels deep, more than a client should follow.',
    fault: { kind: 'deep_nesting' },
  },
  gzip: {
    name: 'Compressed without being asked',
    sentence: 'The answer is compressed, although the client did not offer to read that.',
    fault: { kind: 'gzip_unasked' },
  },
  not_stored: {
    name: 'Document accepted, not stored',
    sentence: 'The EHR says that it stored the document, and did not.',
    fault: { kind: 'create_answer', create: { stored: 'not_at_all' }, match: writes },
  },
  stored_twice: {
    name: 'Document stored twice',
    sentence: 'The EHR stores one document as two.',
    fault: { kind: 'create_answer', create: { stored: 'twice' }, match: writes },
  },
  refused_document: {
    name: 'Document stored, and called refused',
    sentence: "athenahealth's own API says that it failed, although the document is stored.",
    fault: { kind: 'create_answer', create: { v1Body: 'refused' }, match: writes },
  },
  no_id: {
    name: 'Document stored, without its id',
    sentence: 'The answer does not name the document that was stored.',
    fault: {
      kind: 'create_answer',
      create: { body: 'none', location: 'none', v1Body: 'without_id' },
      match: writes,
    },
  },
  search_empty: {
    name: 'Documents are not found',
    sentence: 'A search by identifier finds nothing, although the document is there.',
    fault: { kind: 'search_answer', search: 'empty' },
  },
  search_everything: {
    name: 'The identifier is ignored',
    sentence: "A search by identifier returns all the patient's documents.",
    fault: { kind: 'search_answer', search: 'everything' },
  },
}

/** Which requests get the fault, by resource type; an empty one is any. */
export const requestChoices: Readonly<Record<string, string>> = {
  '': 'any request',
  Encounter: 'asking whether an encounter is signed',
  Patient: 'reading the patient',
  Condition: 'reading problems',
  Observation: 'reading results',
  DocumentReference: 'reading or writing documents, in FHIR',
  ServiceRequest: 'reading orders',
  Coverage: 'reading the coverage',
  'v1/documents': "writing documents, in athenahealth's own API",
  token: 'signing in',
  metadata: 'asking what the EHR can do',
}

/** How many requests get it; 0: until it is cleared. */
export const countChoices: Readonly<Record<string, string>> = {
  '1': 'the next one',
  '3': 'the next 3',
  '10': 'the next 10',
  '0': 'all, until it is cleared',
}
