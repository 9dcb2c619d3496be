import type { WorkItemView } from '@authscript/prior-auth'
import type { StoredDocument } from '../independent-ehr/document-store.ts'
import type { RecordedRequest } from '../independent-ehr/independent-ehr.ts'
import type { Chart } from './a-chart.ts'
import type { End, Situation } from './situation.ts'

/** A broken promise. */
export type Breach =
  | 'written_without_a_document'
  | 'second_document'
  | 'order_lost'
  | 'too_many_requests'
  | 'completeness_untrue'
  | 'order_of_another_patient'
  /** Safe, but not an expected end for the server's answers. */
  | 'other_end_than_expected'

export interface Verdict {
  readonly profile: string
  readonly situation: string
  readonly end: End
  readonly code: string | undefined
  readonly documents: number
  readonly creates: number
  readonly requests: number
  readonly breaches: readonly Breach[]
  /** What the gateway says it could not read completely, and why. */
  readonly incomplete: readonly string[]
}

/** What the gateway finally reports for one order. */
export interface GatewayEnd {
  readonly end: End
  readonly items: readonly WorkItemView[]
  /** The bytes of the approved form. */
  readonly approved?: Buffer
  readonly code?: string
}

export interface Observed {
  readonly profile: string
  readonly situation: Situation
  readonly chart: Chart
  readonly seen: GatewayEnd
  /** The documents that the EHR received for this patient, in any chart. */
  readonly documents: readonly StoredDocument[]
  readonly requests: readonly RecordedRequest[]
}

/** Limit for one encounter, without its polls: far more than a chart needs, far less than an endless loop. */
const maxRequests = 200
const maxCreates = 10
const notInForce = new Set(['entered-in-error', 'superseded', 'DELETED'])

/** Compares what the gateway reports with what the EHR stores. */
export function assess(observed: Observed): Verdict {
  const { profile, situation, seen, documents } = observed
  const requests = observed.requests.filter((one) => !isPoll(one))
  const creates = requests.filter((one) => one.method === 'POST')
  const breaches: readonly (Breach | undefined)[] = [
    seen.end === 'written' && !isInChart(observed) ? 'written_without_a_document' : undefined,
    documents.length > 1 ? 'second_document' : undefined,
    isOrderLost(observed) ? 'order_lost' : undefined,
    requests.length > maxRequests || creates.length > maxCreates ? 'too_many_requests' : undefined,
    isCompletenessUntrue(observed) ? 'completeness_untrue' : undefined,
    seen.items.some((item) => item.serviceRequestId !== observed.chart.orderId)
      ? 'order_of_another_patient'
      : undefined,
    situation.may.includes(seen.end) ? undefined : 'other_end_than_expected',
  ]
  return {
    profile,
    situation: situation.name,
    end: seen.end,
    code: seen.code,
    documents: documents.length,
    creates: creates.length,
    requests: requests.length,
    breaches: breaches.filter((breach) => breach !== undefined),
    incomplete: (seen.items[0]?.completeness ?? [])
      .filter(({ outcome }) => outcome !== 'complete')
      .map((kind) => JSON.stringify(kind)),
  }
}

/** A document with exactly the approved bytes is in this patient's chart, in force. */
function isInChart({ seen, chart, documents }: Observed): boolean {
  return documents.some(
    (one) =>
      one.patientId === chart.ref.patientId &&
      !notInForce.has(one.status) &&
      seen.approved?.equals(one.bytes) === true,
  )
}

/** False if the order has a work item, or the encounter failed or was never seen, with an error code. */
function isOrderLost({ seen, chart }: Observed): boolean {
  if (seen.items.some((item) => item.serviceRequestId === chart.orderId)) return false
  return !['failed', 'not_seen'].includes(seen.end) || seen.code === undefined
}

function isCompletenessUntrue({ seen, situation }: Observed): boolean {
  const { completeness } = situation
  const [item] = seen.items
  if (completeness === undefined || item === undefined) return false
  const kind = item.completeness.find((one) => one.resourceType === completeness.resourceType)
  return (kind?.outcome === 'complete') !== (completeness.is === 'complete')
}

function isPoll({ method, path }: RecordedRequest): boolean {
  return method === 'GET' && /\/Encounter(\?|\/)/.test(path)
}
