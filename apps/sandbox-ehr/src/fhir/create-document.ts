import { randomBytes, randomInt, randomUUID } from 'node:crypto'
import type { CreateFault } from '../faults/create-fault.ts'
import type { CreateRules, LocationShape, Mode } from '../modes/mode.ts'
import type { ClientDocuments } from './client-documents.ts'
import { type Answer, outcome } from './answer.ts'
import {
  isObject,
  type JsonObject,
  operationOutcome,
  type Resource,
  referencedId,
  stringsAt,
  valuesAt,
} from './resource.ts'
import { type Charts, patientIdOf, type ResourceStore, type Stored } from './resource-store.ts'

export interface CreateOptions {
  readonly mode: Mode
  readonly store: ResourceStore
  readonly charts: Charts
  readonly documents: ClientDocuments
  readonly fhirBase: string
  readonly now: number
  readonly fault: CreateFault | undefined
}

/**
 * DocumentReference create: validated, stored and answered according to the mode, unless a fault affects storing
 * or answering.
 */
export function createDocument(body: unknown, options: CreateOptions): Answer {
  const { mode, charts } = options
  const sent = body as JsonObject
  if (!isObject(sent) || sent['resourceType'] !== 'DocumentReference')
    return outcome(400, 'structure', 'the body is not a DocumentReference')
  const fault = faultOf(mode.create, sent)
  if (fault !== undefined) return outcome(422, fault.code, fault.message)
  const patientId = patientIdOf(sent as Resource)
  const patient = patientId === undefined ? undefined : charts.find('Patient', patientId)
  if (patient === undefined)
    return outcome(422, 'business-rule', 'subject must be a patient of the practice')
  return answerOf(store(sent, patient, options), options)
}

function faultOf(
  rules: CreateRules,
  sent: JsonObject,
): { readonly code: string; readonly message: string } | undefined {
  const missing = rules.required.filter((path) => valuesAt(sent, path).length === 0)
  if (missing.length > 0)
    return { code: 'required', message: `DocumentReference needs ${missing.join(', ')}` }
  const attachments = valuesAt(sent, 'content.attachment')
  if (rules.needsOneAttachment && attachments.length !== 1)
    return { code: 'business-rule', message: 'exactly one content is supported' }
  const bare = stringsAt(sent, 'content.attachment.contentType').map(
    (type) => type.split(';')[0]?.trim().toLowerCase() ?? '',
  )
  const refused = bare.find((type) => rules.contentTypes?.includes(type) === false)
  if (refused !== undefined)
    return {
      code: 'not-supported',
      message: `contentType ${refused} is not supported; one of ${rules.contentTypes?.join(', ')} is`,
    }
  const dates = [
    'date',
    'context.period.start',
    'context.period.end',
    'content.attachment.creation',
  ]
  const dateless = dates.find((path) => stringsAt(sent, path).some((text) => !text.includes('T')))
  if (rules.needsTimeInDates && dateless !== undefined)
    return { code: 'value', message: `${dateless} must have a time` }
  return undefined
}

/** The stored copies that the fault asks for; the answer describes the last one. Empty: nothing was stored. */
function store(sent: JsonObject, patient: Stored, options: CreateOptions): readonly Stored[] {
  const { fault } = options
  if (fault?.stored === 'not_at_all') return []
  const kept = altered(sent, options)
  const one = () => {
    const { practiceId } = patient
    const id = newId(options.mode.create.ids, practiceId)
    const resource = { ...withAttachments(kept, practiceId, options), id }
    options.documents.add(() => withBytes(options.store, practiceId, id))
    return options.store.put(practiceId, resource as unknown as Resource, options.now)
  }
  return fault?.stored === 'twice' ? [one(), one()] : [one()]
}

function altered(sent: JsonObject, { mode, charts, fault }: CreateOptions): JsonObject {
  const { identifier, ...bare } = sent
  const kept =
    mode.create.keepsIdentifier && identifier !== undefined ? { ...bare, identifier } : bare
  switch (fault?.stored) {
    case 'without_identifier':
      return bare
    case 'other_bytes':
      return withData(kept, () => Buffer.from('%PDF-1.4 other bytes').toString('base64'))
    case 'cut_bytes':
      return withData(kept, (data) => {
        const bytes = Buffer.from(data, 'base64')
        return bytes.subarray(0, bytes.length / 2).toString('base64')
      })
    case 'without_attachment': {
      const { content: _content, ...rest } = kept
      return rest
    }
    case 'entered_in_error':
      return { ...kept, status: 'entered-in-error' }
    case 'other_patient': {
      const other = charts
        .ofType('Patient')
        .find((patient) => patient.id !== patientIdOf(sent as Resource))
      return { ...kept, subject: { reference: `Patient/${other?.id ?? 'someone-else'}` } }
    }
    default:
      return kept
  }
}

function withData(sent: JsonObject, change: (data: string) => string): JsonObject {
  return mapAttachments(sent, (attachment) => ({
    ...attachment,
    data: change(stringsAt(attachment, 'data')[0] ?? ''),
  }))
}

function mapAttachments(
  sent: JsonObject,
  change: (attachment: JsonObject) => JsonObject,
): JsonObject {
  const content = valuesAt(sent, 'content').map((one) =>
    isObject(one) && isObject(one['attachment'])
      ? { ...one, attachment: change(one['attachment']) }
      : one,
  )
  return content.length === 0 ? sent : { ...sent, content }
}

/** If the mode stores attachments separately, the bytes are moved into a Binary that the attachment references. */
function withAttachments(sent: JsonObject, practiceId: string, options: CreateOptions): JsonObject {
  const { attachments, ids } = options.mode.create
  if (attachments === 'inline') return sent
  return mapAttachments(sent, ({ data, ...attachment }) => {
    if (typeof data !== 'string') return attachment
    const id = newId(ids, practiceId)
    const contentType = stringsAt(attachment, 'contentType')[0] ?? 'application/octet-stream'
    options.store.put(practiceId, { resourceType: 'Binary', id, contentType, data }, options.now)
    const prefix = attachments === 'binary_absolute' ? `${options.fhirBase}/` : ''
    return { ...attachment, url: `${prefix}Binary/${id}` }
  })
}

/** The stored document including its bytes, wherever the mode stores them. */
function withBytes(store: ResourceStore, practiceId: string, id: string): Resource | undefined {
  const stored = store.find(practiceId, 'DocumentReference', id)
  if (stored === undefined) return undefined
  return mapAttachments(store.read(stored), (attachment) => {
    const binaryId = referencedId(stringsAt(attachment, 'url')[0] ?? '', 'Binary')
    const binary = binaryId === undefined ? undefined : store.find(practiceId, 'Binary', binaryId)
    return binary === undefined
      ? attachment
      : { ...attachment, data: stringsAt(store.read(binary), 'data')[0] }
  }) as Resource
}

function newId(shape: CreateRules['ids'], practiceId: string): string {
  switch (shape) {
    case 'athenahealth':
      return `a-${practiceId}.document-${randomUUID()}`
    case 'number':
      return String(randomInt(100_000_000, 1_000_000_000))
    case 'uuid':
      return randomUUID()
    case 'opaque':
      return `e${randomBytes(20).toString('base64url').replaceAll('_', '.')}3`
    default:
      return shape satisfies never
  }
}

function answerOf(
  stored: readonly Stored[],
  { mode, fhirBase, fault, charts }: CreateOptions,
): Answer {
  const last = stored.at(-1)
  const id = last?.id ?? 'not-stored'
  const bodies: Readonly<Record<NonNullable<CreateFault['body']>, () => string>> = {
    resource: () => last?.text ?? JSON.stringify({ resourceType: 'DocumentReference', id }),
    none: () => '',
    outcome: () =>
      JSON.stringify({
        ...operationOutcome('informational', 'created'),
        id: 'outcome-1',
        issue: [{ severity: 'information', code: 'informational', diagnostics: 'created' }],
      }),
    provenance: () =>
      JSON.stringify({
        resourceType: 'Provenance',
        id: 'provenance-1',
        target: [{ reference: `DocumentReference/${id}` }],
      }),
    wrong_id: () =>
      JSON.stringify({ ...JSON.parse(last?.text ?? '{}'), id: otherDocument(charts, id) }),
    without_id: () => JSON.stringify({ ...JSON.parse(last?.text ?? '{}'), id: undefined }),
    bundle: () =>
      JSON.stringify({
        resourceType: 'Bundle',
        type: 'transaction-response',
        entry: [{ response: { status: '201 Created', location: `DocumentReference/${id}` } }],
      }),
    text: () => 'Created',
  }
  const body = fault?.body ?? (mode.create.answersWithBody ? 'resource' : 'none')
  const location = locationOf(fault?.location ?? mode.create.location, id, fhirBase)
  return {
    status: fault?.status ?? 201,
    body: fault?.status === 204 ? '' : bodies[body](),
    headers: location === undefined ? {} : { location },
  }
}

/** An existing document other than the created one. */
function otherDocument(charts: Charts, id: string): string {
  return charts.ofType('DocumentReference').find((stored) => stored.id !== id)?.id ?? 'another'
}

function locationOf(
  shape: LocationShape | NonNullable<CreateFault['location']>,
  id: string,
  fhirBase: string,
): string | undefined {
  switch (shape) {
    case 'none':
      return undefined
    case 'relative':
      return `DocumentReference/${id}`
    case 'relative_versioned':
      return `DocumentReference/${id}/_history/1`
    case 'path':
      return `${new URL(fhirBase).pathname}/DocumentReference/${id}`
    case 'absolute':
      return `${fhirBase}/DocumentReference/${id}`
    case 'versioned':
      return `${fhirBase}/DocumentReference/${id}/_history/1`
    case 'other_host':
      return `https://proxy.invalid/fhir/r4/DocumentReference/${id}/_history/1`
    case 'other_type':
      return `${fhirBase}/Provenance/provenance-1/_history/1`
    case 'other_id':
      return `${fhirBase}/DocumentReference/no-such-document`
    case 'empty':
      return ''
    case 'garbage':
      return 'created, thank you'
    default:
      return shape satisfies never
  }
}
