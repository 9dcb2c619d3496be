import type { ClinicalBundle, Concept, Evidence, ResourceSource } from '@authscript/prior-auth'
import fhirpath from 'fhirpath'
import type { StructuredRule } from '../policy/policy.ts'

type Compiled = (bundle: unknown, variables: Readonly<Record<string, unknown>>) => unknown

const compiled = new Map<string, Compiled>()
const dayMs = 86_400_000
const maxEvidence = 6

/** What the coded chart says to a rule: supporting evidence, or none. It never refutes; absence is the caller's to weigh. */
export function findStructured(
  rule: StructuredRule,
  bundle: ClinicalBundle,
  serviceRequestId: string,
  asOf: string,
): readonly Evidence[] {
  const order = bundle.orders.find((one) => one.source.resourceId === serviceRequestId)
  const lists = {
    // Of the orders, the one being judged: another's reasons are not its own.
    orders:
      order === undefined
        ? []
        : [
            {
              ...order,
              reasons: order.reasons.map((reason) =>
                tagged(reason, order.source, order.authoredOn),
              ),
            },
          ],
    conditions: bundle.conditions,
    procedures: bundle.procedures,
    medications: bundle.medications,
    observations: rule.select.startsWith('observations') ? bundle.observations : [],
  }
  const found = evaluate(rule.select, lists, asOf).flatMap((entry) => toEvidence(entry, rule))
  const inTime = found.filter(({ date }) => isWithin(date, asOf, rule.withinDays))
  if (rule.spanDays !== undefined && spanOf(inTime) < rule.spanDays) return []
  return inTime.slice(0, maxEvidence)
}

function evaluate(select: string, lists: object, asOf: string): readonly unknown[] {
  let expression = compiled.get(select)
  if (expression === undefined) {
    expression = fhirpath.compile(select, undefined, { async: false }) as Compiled
    compiled.set(select, expression)
  }
  const result = expression(lists, { asOf })
  return Array.isArray(result) ? result : []
}

/** Codings of an order's reasons carry the order's source, so that a pointer can be made of them. */
function tagged(reason: Concept, source: ResourceSource, date: string | undefined): unknown {
  return {
    ...reason,
    codings: reason.codings.map((coding) => ({ ...coding, source, authoredOn: date })),
  }
}

function toEvidence(entry: unknown, rule: StructuredRule): readonly Evidence[] {
  if (!isRecord(entry) || !isRecord(entry['source'])) return []
  const date = [
    entry['performedEnd'],
    entry['performedStart'],
    entry['recordedDate'],
    entry['onsetDate'],
    entry['authoredOn'],
    entry['effectiveDate'],
  ].find((one) => typeof one === 'string')
  return [
    {
      source: entry['source'] as unknown as ResourceSource,
      path: rule.path,
      summary: summaryOf(entry),
      ...(typeof date === 'string' ? { date } : {}),
      stance: 'supports',
    },
  ]
}

function summaryOf(entry: Readonly<Record<string, unknown>>): string {
  const concept = (entry['code'] ?? entry['medication']) as Concept | string | undefined
  if (typeof concept === 'string')
    return [concept, entry['display']].filter((part) => typeof part === 'string').join(' ')
  if (concept === undefined) return 'entry'
  const [coding] = concept.codings
  return [coding?.code, coding?.display ?? concept.text]
    .filter((part) => part !== undefined)
    .join(' ')
}

/** An entry without a date counts only where no window is asked for. */
function isWithin(date: string | undefined, asOf: string, days: number | undefined): boolean {
  if (days === undefined) return true
  if (date === undefined) return false
  const age = Date.parse(asOf) - Date.parse(date.slice(0, 10))
  return age <= days * dayMs && age >= -dayMs
}

function spanOf(evidence: readonly Evidence[]): number {
  const times = evidence.flatMap(({ date }) =>
    date === undefined ? [] : [Date.parse(date.slice(0, 10))],
  )
  return times.length === 0 ? 0 : (Math.max(...times) - Math.min(...times)) / dayMs
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
