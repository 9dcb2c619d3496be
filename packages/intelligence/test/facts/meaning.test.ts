import { describe, expect, test } from 'vitest'
import type { Concept } from '../../src/lexicon/concept.ts'
import { createLexicon } from '../../src/lexicon/lexicon.ts'
import { readDocument } from '../../src/document/read-document.ts'
import { assertionsOf } from '../../src/modifiers/assertions-of.ts'
import type { Fact } from '../../src/facts/fact.ts'
import { factsOfNote } from '../../src/facts/facts-of-note.ts'

/** A few rows, with the product's own previous stages. */
const rows: readonly Concept[] = [
  { id: 'fever', kind: 'finding', name: 'fever' },
  { id: 'afebrile', kind: 'finding', name: 'afebrile', denies: ['fever'] },
  { id: 'schedule', kind: 'finding', name: 'frequency', needs: ['rate', 'duration'] },
  { id: 'oxygen-saturation', kind: 'measure', name: 'SpO2', unit: '%', range: [40, 100] },
  { id: 'arterial-blood-gas', kind: 'study', name: 'ABG' },
  { id: 'arterial-oxygen-pressure', kind: 'measure', name: 'PO2', unit: 'mm[Hg]' },
  { id: 'room-air', kind: 'observable', name: 'room air' },
  { id: 'at-rest', kind: 'observable', name: 'at rest' },
  { id: 'on-exertion', kind: 'observable', name: 'on exertion' },
  { id: 'walking', kind: 'function', name: 'walking', synonyms: ['stairs'] },
  { id: 'pain', kind: 'finding', name: 'pain' },
  { id: 'pain-scale', kind: 'score', name: 'pain score', range: [0, 10] },
  { id: 'mri', kind: 'study', name: 'MRI' },
  { id: 'knee-mri', kind: 'study', name: 'magnetic knee', broader: ['mri'], sites: ['knee'] },
  { id: 'knee', kind: 'site', name: 'knee' },
  { id: 'physical-therapy', kind: 'therapy', name: 'physical therapy' },
  { id: 'naproxen', kind: 'drug', name: 'naproxen' },
  { id: 'injection', kind: 'therapy', name: 'injection' },
]
const lexicon = createLexicon(rows)

function told(text: string, day = '2026-06-15'): readonly string[] {
  const facts = factsOfNote(
    readDocument(text),
    { source: { resourceType: 'DocumentReference', resourceId: 'n' }, day, isOfEncounter: true },
    lexicon,
    day,
    { readDocument, assertionsOf },
  )
  return facts.map(inWords)
}

function inWords(fact: Fact): string {
  const { conceptId, assertion } = fact
  switch (fact.kind) {
    case 'measurement':
      return [
        conceptId,
        fact.value,
        ...fact.conditions,
        ...(fact.isEarlier ? ['earlier'] : []),
      ].join(' ')
    case 'therapy':
      return [conceptId, assertion.phase, fact.lastedDays, fact.reliefPercent, fact.reliefDays]
        .filter((one) => one !== undefined)
        .join(' ')
    case 'study':
      return [conceptId, assertion.status, fact.day?.first].filter(Boolean).join(' ')
    case 'function':
      return `${conceptId} ${fact.limit}`
    case 'finding':
      return `${conceptId} ${assertion.status}`
    default:
      return fact satisfies never
  }
}

describe('a statement', () => {
  test.each([
    ['Afebrile.', 'afebrile affirmed', 'fever denied'],
    ['Frequency: 2x/week for 6 weeks.', 'schedule affirmed'],
    ['Frequency: 2w6.', 'schedule affirmed'],
    ['Frequency: as needed.', 'schedule unsettled'],
    // The measure is not named, or named far from its condition.
    ['Room air 93%.', 'oxygen-saturation 93 room-air'],
    ['At rest, room air, SpO2 91%.', 'oxygen-saturation 91 at-rest room-air'],
    ['SpO2 84% on arrival.', 'oxygen-saturation 84 earlier'],
    ['ABG 7.41 / 41 / 66.', 'arterial-blood-gas affirmed', 'arterial-oxygen-pressure 66'],
    ['Pain still 7/10.', 'pain affirmed', 'pain-scale 7'],
    ['Pain 7 on the 0 to 10 scale.', 'pain affirmed', 'pain-scale 7'],
    ['Pain score (0-10): 2', 'pain-scale 2'],
    // Days after an act; a concept with its part of the body.
    ['MRI knee 2021.', 'knee-mri affirmed 2021-01-01'],
    ['MRI 6/3 was done.', 'mri affirmed 2026-06-03'],
    ['No MRI since 2019.', 'mri denied 2019-01-01'],
    ['Physical therapy from 2/1 to 3/15.', 'physical-therapy done 42'],
    ['Injection 2/10: 70% better x 4 months.', 'injection done 70 122'],
    ['Naproxen since January, continues.', 'naproxen done 135'],
    // What a patient can do.
    ['Stairs are fine.', 'walking unlimited'],
    ['Walking without a walker.', 'walking unlimited'],
    ['Needs a walker for walking.', 'walking limited'],
    ['Pain with walking.', 'pain affirmed', 'walking not_stated'],
  ])('%s', (text, ...expected) => {
    expect(told(text)).toEqual(expected)
  })

  test('reads values under headings that name their measure', () => {
    const table = '| Situation | O2 given | SpO2 |\n|---|---|---|\n| walking | none | 86 % |'

    expect(told(table)).toContain('oxygen-saturation 86 walking on-exertion room-air')
  })
})
