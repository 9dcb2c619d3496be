import type { StoredDocument } from '../independent-ehr/document-shelf.ts'
import type { RecordedRequest } from '../independent-ehr/independent-ehr.ts'
import type { Chart } from './a-chart.ts'
import type { Told } from './run-situations.ts'
import type { End, Situation } from './situation.ts'

/** What was promised and is not so. */
export type Breach =
  | 'written_without_a_document'
  | 'second_document'
  | 'order_lost'
  | 'too_many_requests'
  | 'completeness_untrue'
  | 'order_of_another_patient'
  /** Safe, but not the end that the server's answers allow for. */
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
}

export interface Witnessed {
  readonly profile: string
  readonly situation: Situation
  readonly chart: Chart
  readonly told: Told
  /** What the EHR was given for this patient, wherever it put it. */
  readonly documents: readonly StoredDocument[]
  readonly requests: readonly RecordedRequest[]
}

/** Of one encounter, its polls not counted: far more than a chart takes, far less than a loop. */
const maxRequests = 200
const maxCreates = 10
const notInForce = new Set(['entered-in-error', 'superseded', 'DELETED'])

/** Looks at the chart, not at the gateway's words, for whether the gateway's words are true. */
export function judge(witnessed: Witnessed): Verdict {
  const { profile, situation, told, documents } = witnessed
  const requests = witnessed.requests.filter((one) => !isPoll(one))
  const creates = requests.filter((one) => one.method === 'POST')
  const breaches: readonly (Breach | undefined)[] = [
    told.end === 'written' && !isInChart(witnessed) ? 'written_without_a_document' : undefined,
    documents.length > 1 ? 'second_document' : undefined,
    isOrderLost(witnessed) ? 'order_lost' : undefined,
    requests.length > maxRequests || creates.length > maxCreates ? 'too_many_requests' : undefined,
    isCompletenessUntrue(witnessed) ? 'completeness_untrue' : undefined,
    told.items.some((item) => item.serviceRequestId !== witnessed.chart.orderId)
      ? 'order_of_another_patient'
      : undefined,
    situation.may.includes(told.end) ? undefined : 'other_end_than_expected',
  ]
  return {
    profile,
    situation: situation.name,
    end: told.end,
    code: told.code,
    documents: documents.length,
    creates: creates.length,
    requests: requests.length,
    breaches: breaches.filter((breach) => breach !== undefined),
  }
}

/** A document with exactly the approved bytes is in this patient's chart, in force. */
function isInChart({ told, chart, documents }: Witnessed): boolean {
  return documents.some(
    (one) =>
      one.patientId === chart.ref.patientId &&
      !notInForce.has(one.status) &&
      told.approved?.equals(one.bytes) === true,
  )
}

/** There is a work item of the order; or the encounter failed, or was never seen, for a reason with a code. */
function isOrderLost({ told, chart }: Witnessed): boolean {
  if (told.items.some((item) => item.serviceRequestId === chart.orderId)) return false
  return !['failed', 'not_seen'].includes(told.end) || told.code === undefined
}

function isCompletenessUntrue({ told, situation }: Witnessed): boolean {
  const { completeness } = situation
  const [item] = told.items
  if (completeness === undefined || item === undefined) return false
  const kind = item.completeness.find((one) => one.resourceType === completeness.resourceType)
  return (kind?.outcome === 'complete') !== (completeness.is === 'complete')
}

function isPoll({ method, path }: RecordedRequest): boolean {
  return method === 'GET' && /\/Encounter(\?|\/)/.test(path)
}
