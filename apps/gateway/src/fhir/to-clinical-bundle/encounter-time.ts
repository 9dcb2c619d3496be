import type { ClinicalBundle, EncounterEntry } from '@authscript/prior-auth'

/** Instants and days as the practice lives them: 2026-06-16T01:05Z is the evening of June 15 in Chicago. */

const hasOffset = /T.*(?:Z|[+-]\d{2}:?\d{2})$/i
const isUtc = /(?:Z|[+-]00:?00)$/i

export interface Placed {
  readonly encounterId?: string | undefined
  /** When it was written: a FHIR date or instant. */
  readonly when?: string | undefined
}

/**
 * Whether something belongs to the encounter: it says so, or it names no encounter and was written during it. Days count whole, in the zone
 * that the encounter's own period is written in and in the practice's.
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
 * Days for which an encounter without an end is taken to go on. An office visit is often finished the day after; a stay in hospital is bounded so
 * that an order of some later month is not drawn into it.
 */
const openDays = { stay: 30, other: 1 } as const

function lastDay(encounter: EncounterEntry, first: string, end: string): string {
  if (encounter.periodEnd !== undefined) return end > first ? end : first
  const days = stays.has(encounter.classCode?.toUpperCase() ?? '') ? openDays.stay : openDays.other
  return new Date(Date.parse(`${first}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

/** The practice's zone, and the encounter's own where its period is not written in UTC; where it has no times at all, that of the other. */
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

/** As an offset, e.g. `-05:00`. */
function ownZone({ periodStart, periodEnd }: EncounterEntry): string | undefined {
  const text = [periodStart, periodEnd].find((one) => one !== undefined && hasOffset.test(one))
  return text === undefined ? undefined : offsetOf(text)
}

/** `YYYY-MM-DD` in a zone (IANA name or offset). What has no zone of its own is a day already. */
function dayIn(text: string, zone: string): string {
  return hasOffset.test(text) ? localIn(text, zone).slice(0, 10) : text.slice(0, 10)
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** The same instant as it reads in another zone: `2026-06-15T20:05:00-05:00`. */
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
 * The chart with every instant that is written in UTC as it reads in the practice's zone (the encounter's own, where it names one), so that the day
 * of a fact is the day on which people lived it. Dates, and instants with another offset, stay as they were written.
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
