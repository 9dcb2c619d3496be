import type { ClinicalBundle, EncounterEntry } from '@authscript/prior-auth'
import { describe, expect, it } from 'vitest'
import { inLocalTime, isOfEncounter } from './encounter-time.ts'

const anEncounter = (start?: string, end?: string, classCode = 'AMB'): EncounterEntry => ({
  source: { resourceType: 'Encounter', resourceId: 'v1' },
  status: 'finished',
  classCode,
  types: [],
  reasons: [],
  practitionerIds: [],
  ...(start === undefined ? {} : { periodStart: start }),
  ...(end === undefined ? {} : { periodEnd: end }),
})
const chicago = 'America/Chicago'

describe('an order without an encounter reference', () => {
  it.each([
    // An evening in Chicago is the next day in UTC.
    ['2026-06-15T19:30:00-05:00', '2026-06-15T20:10:00-05:00', '2026-06-16T01:05:00Z', 'UTC'],
    ['2026-06-16T00:30:00Z', '2026-06-16T01:10:00Z', '2026-06-15T20:05:00-05:00', 'UTC'],
    ['2026-06-16T00:30:00Z', '2026-06-16T01:10:00Z', '2026-06-15', chicago],
    ['2026-06-15', undefined, '2026-06-16T01:05:00Z', chicago],
    ['2026-06-15', '2026-06-15', '2026-06-16T04:59:00Z', chicago],
    // An encounter of days only: the order's own day counts.
    ['2026-06-15', '2026-06-15', '2026-06-15T22:10:00-05:00', 'UTC'],
    ['2026-06-15T14:00:00Z', '2026-06-15T14:40:00Z', '2026-06-15T21:00:00Z', 'UTC'],
    ['2026-06-15T14:00:00Z', '2026-06-15T14:40:00Z', '2026-06-15', 'UTC'],
    ['2026-06-15T23:30:00-05:00', '2026-06-16T00:20:00-05:00', '2026-06-16T00:10:00-05:00', 'UTC'],
    // Kiritimati is a day ahead.
    ['2026-06-14T20:00:00Z', '2026-06-14T20:30:00Z', '2026-06-15', 'Pacific/Kiritimati'],
    ['2026-06-10T08:00:00-05:00', '2026-06-15T12:00:00-05:00', '2026-06-12T10:00:00-05:00', 'UTC'],
    // Finished without an end.
    ['2026-06-14T19:30:00-05:00', undefined, '2026-06-15T10:05:00-05:00', 'UTC'],
    [undefined, '2026-06-15T14:40:00Z', '2026-06-15T14:00:00Z', 'UTC'],
    ['2026-06-15T14:40:00Z', '2026-06-15T14:00:00Z', '2026-06-15T14:10:00Z', 'UTC'],
  ])('from %s to %s belongs to it: %s in %s', (start, end, when, timeZone) => {
    expect(isOfEncounter({ when }, anEncounter(start, end), timeZone)).toBe(true)
  })

  it.each([
    ['2026-06-15T14:00:00Z', '2026-06-15T14:40:00Z', '2026-06-16T14:00:00Z'],
    ['2026-06-15T14:00:00Z', '2026-06-15T14:40:00Z', '2026-06-14'],
    ['2026-06-14T19:30:00-05:00', undefined, '2026-06-17T10:05:00-05:00'],
    ['2026-06-15T14:00:00Z', '2026-06-15T14:40:00Z', '2026-06'],
    ['2026-06-15T14:00:00Z', '2026-06-15T14:40:00Z', undefined],
    [undefined, undefined, '2026-06-15'],
    ['2026-06', undefined, '2026-06-15'],
  ])('from %s to %s does not: %s', (start, end, when) => {
    expect(isOfEncounter({ when }, anEncounter(start, end), chicago)).toBe(false)
  })

  it('belongs to a stay without an end for thirty days, and no longer', () => {
    const stay = anEncounter('2026-06-01T08:00:00Z', undefined, 'IMP')

    expect(isOfEncounter({ when: '2026-06-20' }, stay, 'UTC')).toBe(true)
    expect(isOfEncounter({ when: '2026-07-15' }, stay, 'UTC')).toBe(false)
  })

  it('belongs to the encounter it references, regardless of its date, and never to another', () => {
    const encounter = anEncounter('2026-06-15T14:00:00Z', '2026-06-15T14:40:00Z')

    expect(isOfEncounter({ encounterId: 'v1', when: '2020-01-01' }, encounter, 'UTC')).toBe(true)
    expect(isOfEncounter({ encounterId: 'v2', when: '2026-06-15' }, encounter, 'UTC')).toBe(false)
  })
})

describe('a chart in local time', () => {
  const bundle = (start: string, authoredOn: string) =>
    ({
      encounter: anEncounter(start),
      orders: [{ authoredOn }],
      conditions: [],
      observations: [],
      procedures: [],
      medications: [],
      documents: [],
    }) as unknown as ClinicalBundle
  const writtenAs = (start: string, authoredOn: string, timeZone: string) =>
    inLocalTime(bundle(start, authoredOn), timeZone).orders[0]?.authoredOn

  it.each([
    ['2026-06-16T00:30:00Z', '2026-06-16T01:05:00Z', chicago, '2026-06-15T20:05:00-05:00'],
    ['2026-01-16T00:30:00Z', '2026-01-16T01:05:00Z', chicago, '2026-01-15T19:05:00-06:00'],
    ['2026-06-15T19:30:00-05:00', '2026-06-16T01:05:00Z', 'UTC', '2026-06-15T20:05:00-05:00'],
    ['2026-06-16T00:30:00Z', '2026-06-16T01:05:00Z', 'UTC', '2026-06-16T01:05:00Z'],
    ['2026-06-16T00:30:00Z', '2026-06-16', chicago, '2026-06-16'],
    ['2026-06-16T00:30:00Z', '2026-06-16T01:05:00+02:00', chicago, '2026-06-16T01:05:00+02:00'],
    ['2026-06-16T00:30:00Z', '2026-06-15T20:00:00Z', 'Asia/Kolkata', '2026-06-16T01:30:00+05:30'],
  ])('that began at %s shows %s in %s as %s', (start, when, timeZone, expected) => {
    expect(writtenAs(start, when, timeZone)).toBe(expected)
  })
})
