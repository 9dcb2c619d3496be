import type { Evidence } from '@authscript/prior-auth'
import { describe, expect, it } from 'vitest'
import {
  type ChartSketch,
  dayBefore,
  orderId,
  toBundle,
  visitDay,
} from '@authscript/labelled-cases'
import { ChartIndex } from '../src/evidence/coded/chart-index.ts'
import { type CodedFindings, readCoded } from '../src/evidence/coded/coded-reader.ts'
import { sideOfOrder } from '../src/evidence/coded/side-of-entry.ts'
import { compareToBounds, convertUnit } from 'SRCUNITS'
import { isQuoted, Verifier } from '../src/evidence/verify.ts'
import type { CodedRule } from '../src/index.ts'

const source = 's'
const limit = (value: number, unit: string) => ({ value, unit, source })

function read(sketch: ChartSketch, rule: CodedRule): CodedFindings {
  const bundle = toBundle(sketch)
  const [order] = bundle.orders
  if (order === undefined) throw new Error('no order')
  return readCoded(rule, new ChartIndex(bundle, order, visitDay), sideOfOrder(order), visitDay)
}

const stances = (found: CodedFindings) => found.evidence.map((one) => one.stance)

const saturation: CodedRule = {
  from: 'observations',
  codes: [{ system: 'loinc', codes: ['59408-5'] }],
  value: { atMost: limit(88, '%') },
  latest: true,
}
const oxygenPressure: CodedRule = {
  from: 'observations',
  codes: [{ system: 'loinc', codes: ['2703-7'] }],
  value: { atMost: limit(55, 'mm[Hg]') },
}

describe('coded data', () => {
  it('takes a code with or without its dot, and what stands below a category', () => {
    const rule: CodedRule = {
      from: 'conditions',
      codes: [{ system: 'icd10cm', under: ['M17'], except: ['M17.9'] }],
    }

    expect(stances(read({ conditions: [{ code: 'M1711' }] }, rule))).toEqual(['supports'])
    expect(stances(read({ conditions: [{ code: 'M17.12' }, { code: 'M17.9' }] }, rule))).toEqual([
      'supports',
    ])
    expect(stances(read({ conditions: [{ code: 'M16.11' }] }, rule))).toEqual([])
  })

  it('reads words only where no code of the asked systems is, and calls that less sure', () => {
    const rule: CodedRule = {
      from: 'conditions',
      codes: [{ system: 'icd10cm', under: ['M54.1'] }],
      words: ['sciatica'],
    }

    expect(read({ conditions: [{ text: 'Sciatica, left' }] }, rule)).toMatchObject({
      basis: 'text',
      evidence: [{}],
    })
    expect(
      read({ conditions: [{ code: '23056005', system: 'snomed', text: 'Sciatica' }] }, rule).basis,
    ).toBe('text')
    expect(stances(read({ conditions: [{ code: 'M25.50', text: 'not sciatica' }] }, rule))).toEqual(
      [],
    )
  })

  it('leaves out what was refuted or never done, and only mentions what is doubted', () => {
    const rule: CodedRule = { from: 'conditions', codes: [{ system: 'icd10cm', under: ['G83'] }] }
    const done: CodedRule = { from: 'procedures', codes: [{ system: 'cpt', codes: ['97110'] }] }

    expect(
      stances(read({ conditions: [{ code: 'G83.4', verification: 'refuted' }] }, rule)),
    ).toEqual([])
    expect(
      read({ conditions: [{ code: 'G83.4', verification: 'provisional' }] }, rule),
    ).toMatchObject({
      evidence: [],
      isMentioned: true,
    })
    expect(stances(read({ procedures: [{ code: '97110', status: 'not-done' }] }, done))).toEqual([])
  })

  it.each([
    { unit: 'mm[Hg]', value: 52, stance: ['supports'] },
    { unit: 'mmHg', value: 52, stance: ['supports'] },
    { unit: 'kPa', value: 7.2, stance: ['supports'] },
    { unit: 'kPa', value: 8.1, stance: ['refutes'] },
    { unit: 'mg/dL', value: 20, stance: [] },
    { unit: undefined, value: 20, stance: [] },
  ])('compares $value $unit in the bound’s own unit', ({ unit, value, stance }) => {
    const sketch = {
      observations: [{ code: '2703-7', value, ...(unit === undefined ? {} : { unit }) }],
    }

    expect(stances(read(sketch, oxygenPressure))).toEqual(stance)
  })

  it('asks the newest value where the rule says so: an old one does not stand against it', () => {
    const at = (value: number, daysAgo: number) => ({ code: '59408-5', value, unit: '%', daysAgo })

    expect(read({ observations: [at(86, 200), at(95, 3)] }, saturation).evidence).toMatchObject([
      { stance: 'refutes', date: dayBefore(3) },
    ])
    expect(stances(read({ observations: [at(95, 200), at(86, 3)] }, saturation))).toEqual([
      'supports',
    ])
  })

  it('keeps to its window, and counts an undated entry for outside', () => {
    const rule: CodedRule = {
      from: 'procedures',
      codes: [{ system: 'cpt', codes: ['72148'] }],
      within: { value: 12, unit: 'months', source },
    }
    const bundle = toBundle({ procedures: [{ code: '72148' }] })
    const undated = {
      ...bundle,
      procedures: bundle.procedures.map((one) => {
        const undatedOne = { ...one }
        delete undatedOne.performedStart
        return undatedOne
      }),
    }
    const [order] = bundle.orders

    expect(stances(read({ procedures: [{ code: '72148', daysAgo: 360 }] }, rule))).toEqual([
      'supports',
    ])
    expect(stances(read({ procedures: [{ code: '72148', daysAgo: 370 }] }, rule))).toEqual([])
    expect(stances(read({ procedures: [{ code: '72148', daysAgo: -30 }] }, rule))).toEqual([])
    expect(
      order &&
        stances(readCoded(rule, new ChartIndex(undated, order, visitDay), undefined, visitDay)),
    ).toEqual([])
  })

  it('takes sessions that reach over long enough, on enough days', () => {
    const rule: CodedRule = {
      from: 'procedures',
      codes: [{ system: 'cpt', codes: ['97110'] }],
      lasting: { value: 6, unit: 'weeks', source },
      days: { value: 3, source },
    }
    const sessions = (...days: number[]) => ({
      procedures: days.map((daysAgo) => ({ code: '97110', daysAgo })),
    })

    expect(stances(read(sessions(60, 40, 10), rule))).toHaveLength(3)
    expect(read(sessions(60, 10), rule)).toMatchObject({ evidence: [], isMentioned: true })
    expect(read(sessions(30, 20, 10), rule)).toMatchObject({ evidence: [], isMentioned: true })
  })

  it('knows the other knee by body site, by words and by code', () => {
    const rule: CodedRule = {
      from: 'conditions',
      codes: [{ system: 'icd10cm', under: ['M17'] }],
      side: 'of_order',
    }
    const left = { order: { code: '27447', bodySite: 'Left knee' } }

    expect(stances(read({ ...left, conditions: [{ code: 'M17.12' }] }, rule))).toEqual(['supports'])
    expect(stances(read({ ...left, conditions: [{ code: 'M17.11' }] }, rule))).toEqual([])
    expect(stances(read({ ...left, conditions: [{ code: 'M17.0' }] }, rule))).toEqual(['supports'])
    expect(
      stances(
        read(
          { order: { code: '27447', reasons: ['M17.11'] }, conditions: [{ code: 'M17.12' }] },
          rule,
        ),
      ),
    ).toEqual([])
  })

  it('asks FHIRPath with numbers by name', () => {
    const rule: CodedRule = {
      from: 'patient',
      where: 'ageYears >= %minimumAge',
      parameters: { minimumAge: limit(50, 'a') },
    }

    expect(read({ patient: { birthDate: '1976-06-15' } }, rule).evidence).toMatchObject([
      { summary: 'age 50' },
    ])
    expect(stances(read({ patient: { birthDate: '1976-06-16' } }, rule))).toEqual([])
  })

  it('looks into the components of an observation', () => {
    const bundle = toBundle({ observations: [{ code: '85354-9' }] })
    const [observation] = bundle.observations
    const [order] = bundle.orders
    if (observation === undefined || order === undefined) throw new Error('no chart')
    const withPart = {
      ...bundle,
      observations: [
        {
          ...observation,
          components: [
            {
              code: { codings: [{ system: 'http://loinc.org', code: '59408-5' }] },
              value: { kind: 'quantity' as const, value: 80, unitCode: '%' },
            },
          ],
        },
      ],
    }

    expect(
      readCoded(saturation, new ChartIndex(withPart, order, visitDay), undefined, visitDay)
        .evidence,
    ).toMatchObject([{ stance: 'supports', path: 'Observation.component.value' }])
  })
})

describe('units', () => {
  it.each([
    [7.33, 'kPa', 'mm[Hg]', 55],
    [200, 'lbs', 'kg', 90.7],
    [1, 'mg/dL', 'mg/L', 10],
    [22, 'events/hour', '/h', 22],
  ])('%d %s in %s', (value, from, to, expected) => {
    expect(convertUnit(value, from, to)).toBeCloseTo(expected, 1)
  })

  it.each([
    ['g', 'mm[Hg]'],
    ['furlong', 'm'],
  ])('turns no %s into %s', (from, to) => {
    expect(convertUnit(1, from, to)).toBeUndefined()
  })

  it.each([
    ['<', 5, 'outside'],
    ['<', 20, 'unknown'],
    ['>', 100, 'inside'],
    ['>', 5, 'unknown'],
    ['ad', 15, 'unknown'],
  ] as const)('%s%d against at least 15 is %s', (comparator, value, expected) => {
    expect(compareToBounds(value, '/h', { atLeast: limit(15, '/h') }, comparator)).toBe(expected)
  })

  it.each([
    ['>', 100, 'outside'],
    ['<', 100, 'unknown'],
    ['<=', 10, 'inside'],
  ] as const)('%s%d against at most 15 is %s', (comparator, value, expected) => {
    expect(compareToBounds(value, '/h', { atMost: limit(15, '/h') }, comparator)).toBe(expected)
  })

  it('leaves a comparator against two bounds open', () => {
    expect(compareToBounds(1, '/h', { atLeast: limit(5, '/h'), below: limit(15, '/h') }, '<')).toBe(
      'unknown',
    )
    expect(compareToBounds(9, '/h', { above: limit(5, '/h'), below: limit(15, '/h') })).toBe(
      'inside',
    )
  })
})

describe('the verifier (invariant 4: every met points to what code has re-read)', () => {
  const bundle = toBundle({
    note: 'Has a fever today.',
    observations: [{ code: '59408-5', value: 86, unit: '%' }],
  })
  const [order] = bundle.orders
  const verifier = order && new Verifier(bundle, new ChartIndex(bundle, order, visitDay))
  const coded = read({ observations: [{ code: '59408-5', value: 86, unit: '%' }] }, saturation)
    .evidence[0] as Evidence
  const quoted: Evidence = {
    source: { resourceType: 'DocumentReference', resourceId: 'note-1', versionId: '1' },
    path: 'DocumentReference.content.attachment',
    summary: 'Progress note',
    quote: { text: 'fever', start: 6, end: 11 },
    stance: 'supports',
  }

  it('takes what stands there', () => {
    expect(verifier?.isVerified(coded)).toBe(true)
    expect(verifier?.isVerified(quoted)).toBe(true)
  })

  it.each([
    ['another value', { ...coded, summary: '59408-5 80 %' }],
    ['another version', { ...coded, source: { ...coded.source, versionId: '2' } }],
    [
      'a resource that is not in the chart',
      { ...coded, source: { ...coded.source, resourceId: 'x' } },
    ],
    [
      'a kind of resource that is not read',
      { ...coded, source: { resourceType: 'Claim', resourceId: 'x' } },
    ],
    ['another field', { ...coded, path: 'Observation.code' }],
    ['offsets that are off by one', { ...quoted, quote: { text: 'fever', start: 5, end: 10 } }],
    ['words that are not there', { ...quoted, quote: { text: 'chill', start: 6, end: 11 } }],
    ['an empty quote', { ...quoted, quote: { text: '', start: 6, end: 6 } }],
    ['another version of the note', { ...quoted, source: { ...quoted.source, versionId: '2' } }],
  ] as const)('refuses %s', (_, evidence) => {
    expect(verifier?.isVerified(evidence as Evidence)).toBe(false)
  })

  it('refuses a quote of a note that could not be read', () => {
    const unread = {
      ...bundle,
      documents: bundle.documents.map((one) => ({
        ...one,
        content: { kind: 'unread' as const, reason: 'a scan' },
      })),
    }

    expect(isQuoted(quoted, unread)).toBe(false)
  })
})

it('the order’s own id is the judged one', () => {
  expect(toBundle({}).orders[0]?.source.resourceId).toBe(orderId)
})
