import type { ClinicalBundle, EncounterEntry } from '@authscript/prior-auth'

/** Instants and days in the practice's local time: 2026-06-16T01:05Z is the evening of June 15 in Chicago. */

const hasOffset = /T.*(?:Z|[+-]\d{2}:?\d{2})$/i
const isUtc = /(?:Z|[+-]00:?00)$/i

export interface Placed {
  readonly encounterId?: string | undefined
  /** When it was recorded: a FHIR date or instant. */
  readonly when?: string | undefined
}

/**
 * Whether something belongs to the encounter: it references it, or it references no encounter and was recorded during it. Compares whole
 * days, in the time zone of the encounter's period and in the practice's time zone.
 */
export function isOfEncounter(
  { encounterId, when }: Placed,
  encounter: EncounterEntry,
  timeZone: string,
): boolean {
  if (encounterId !== undefined) return encounterId === encounter.source.resourceId
  const start = encounter.periodStart ?? encounter.periodEnd
  if (when === undefined || when.length < 10 || start === undefined || start.length < 10)
    return false
  const end = encounter.periodEnd ?? start
  return zonesOf(encounter, timeZone, when).some((zone) => {
    const first = dayIn(start, zone)
    const last = lastDay(encounter, first, dayIn(end, zone))
    const day = dayIn(when, zone)
    return day >= first && day <= last
  })
}

/** Classes of encounters that last for days. @see http://terminology.hl7.org/CodeSystem/v3-ActCode */
const stays: ReadonlySet<string> = new Set(['IMP', 'ACUTE', 'NONAC', 'OBSENC', 'SS'])

/**
 * How many days an encounter without an end is assumed to last. An office encounter is often finished the day after. A hospital stay is
 * limited, so that orders of later months are not assigned to it.
 */
const openDays = { stay: 30, other: 1 } as const

function lastDay(encounter: EncounterEntry, first: string, end: string): string {
  if (encounter.periodEnd !== undefined) return end > first ? end : first
  const days = stays.has(encounter.classCode?.toUpperCase() ?? '') ? openDays.stay : openDays.other
  return new Date(Date.parse(`${first}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

/** The practice's time zone, and the offset of the encounter's period if it is not UTC. Without times in the period: the offset of `when`. */
function zonesOf(encounter: EncounterEntry, timeZone: string, when: string): readonly string[] {
  const own = ownZone(encounter) ?? (hasTimes(encounter) ? undefined : offsetOf(when))
  return [...new Set([own ?? timeZone, timeZone])]
}

function hasTimes({ periodStart, periodEnd }: EncounterEntry): boolean {
  return [periodStart, periodEnd].some((one) => one !== undefined && hasOffset.test(one))
}

function offsetOf(text: string): string | undefined {
  return hasOffset.test(text) && !isUtc.test(text) ? text.slice(-6) : undefined
}

/** The offset of the encounter's period, e.g. `-05:00`. */
function ownZone({ periodStart, periodEnd }: EncounterEntry): string | undefined {
  const text = [periodStart, periodEnd].find((one) => one !== undefined && hasOffset.test(one))
  return text === undefined ? undefined : offsetOf(text)
}

/** `YYYY-MM-DD` in a time zone (IANA name or offset). A date without an offset is returned as it is. */
function dayIn(text: string, zone: string): string {
  return hasOffset.test(text) ? localIn(text, zone).slice(0, 10) : text.slice(0, 10)
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** The same instant in another time zone: `2026-06-15T20:05:00-05:00`. */
function localIn(text: string, zone: string): string {
  let format = formats.get(zone)
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
    formats.set(zone, format)
  }
  const instant = Math.floor(Date.parse(text) / 1000) * 1000
  const part = Object.fromEntries(format.formatToParts(instant).map((one) => [one.type, one.value]))
  const local = `${part['year']}-${part['month']}-${part['day']}T${part['hour']}:${part['minute']}:${part['second']}`
  const minutes = Math.round((Date.parse(`${local}Z`) - instant) / 60_000)
  if (minutes === 0) return isUtc.test(text) ? text : `${local}Z`
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60]
  return `${local}${minutes < 0 ? '-' : '+'}${twoDigits(hours)}:${twoDigits(rest)}`
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}

/**
 * The chart with every UTC instant converted to local time (the encounter's own offset if it has one, or the practice's time zone), so
 * that each fact falls on its local day. Dates, and instants with another offset, are not changed.
 */
export function inLocalTime(bundle: ClinicalBundle, timeZone: string): ClinicalBundle {
  const zone = ownZone(bundle.encounter) ?? timeZone
  return {
    ...bundle,
    encounter: localised(bundle.encounter, zone),
    orders: bundle.orders.map((one) => localised(one, zone)),
    conditions: bundle.conditions.map((one) => localised(one, zone)),
    observations: bundle.observations.map((one) => localised(one, zone)),
    procedures: bundle.procedures.map((one) => localised(one, zone)),
    medications: bundle.medications.map((one) => localised(one, zone)),
    documents: bundle.documents.map((one) => localised(one, zone)),
  }
}

const dateFields = [
  'periodStart',
  'periodEnd',
  'authoredOn',
  'occurrenceStart',
  'occurrenceEnd',
  'recordedDate',
  'onsetDate',
  'abatementDate',
  'effectiveDate',
  'performedStart',
  'performedEnd',
  'date',
] as const

function localised<Entry extends object>(entry: Entry, zone: string): Entry {
  const fields: Partial<Record<(typeof dateFields)[number], unknown>> = entry
  const changed = dateFields.flatMap((field) => {
    const text = fields[field]
    return typeof text === 'string' && hasOffset.test(text) && isUtc.test(text)
      ? [[field, localIn(text, zone)] as const]
      : []
  })
  return changed.length === 0 ? entry : { ...entry, ...Object.fromEntries(changed) }
}
