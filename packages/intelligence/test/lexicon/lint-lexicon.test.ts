import { expect, test } from 'vitest'
import { lintLexicon, type LexiconRow } from '../../src/lexicon/lint-lexicon.ts'
import { readLexiconRows } from '../../src/lexicon/read-lexicon.ts'
import { fixtureRows } from './a-lexicon.ts'

function rows(...all: readonly unknown[]): readonly LexiconRow[] {
  return all.map((row) => ({ file: 'a.yaml', row }))
}

const fever = { id: 'fever', kind: 'finding', name: 'fever' }

const faults: readonly (readonly [string, readonly LexiconRow[], RegExp])[] = [
  ['a row without a kind', rows({ id: 'fever', name: 'fever' }), /^kind: .*allowed: finding, sign/],
  ['two rows with the same id', rows(fever, fever), /id is also used in a\.yaml/],
  [
    'rows out of order',
    rows(fever, { id: 'chills', kind: 'finding', name: 'chills' }),
    /sorted by id/,
  ],
  ['an unknown wider concept', rows({ ...fever, broader: ['heat'] }), /broader names heat/],
  ['an unknown site', rows({ ...fever, sites: ['tail'] }), /sites names tail/],
  [
    'an unknown concept in a guard',
    rows({ ...fever, abbreviations: [{ text: 'fv', near: ['#heat'] }] }),
    /abbreviations names heat/,
  ],
  [
    'a threshold in a wording',
    rows({ ...fever, synonyms: ['fever for six weeks'] }),
    /contains "weeks"/,
  ],
  ['the same wording twice', rows({ ...fever, synonyms: ['fevers'] }), /listed twice/],
  [
    'a wording of two concepts',
    rows(fever, { id: 'pyrexia', kind: 'finding', name: 'pyrexia', synonyms: ['Fever'] }),
    /also means fever/,
  ],
  [
    'wider concepts in a cycle',
    rows(
      { ...fever, broader: ['heat'] },
      { id: 'heat', kind: 'finding', name: 'heat', broader: ['fever'] },
    ),
    /must not form a cycle/,
  ],
  ['a bare synonym of two letters', rows({ ...fever, synonyms: ['fv'] }), /two letters/],
]

test.each(faults)('reports %s', (_, faulty, message) => {
  expect(lintLexicon(faulty).map((one) => one.message)).toContainEqual(
    expect.stringMatching(message),
  )
})

test('allows two concepts to share a guarded abbreviation', () => {
  const shared = rows(
    {
      id: 'favism',
      kind: 'disease',
      name: 'favism',
      abbreviations: [{ text: 'fv', near: ['bean'] }],
    },
    { ...fever, abbreviations: [{ text: 'fv', near: ['heat'] }] },
  )

  expect(lintLexicon(shared)).toEqual([])
})

test('reports a concept that no policy uses', () => {
  const all = rows({ id: 'chills', kind: 'finding', name: 'chills' }, fever)

  expect(lintLexicon(all, new Set(['fever'])).map(({ id }) => id)).toEqual(['chills'])
})

test('finds no errors in the sites and the fixture', () => {
  expect(lintLexicon(fixtureRows)).toEqual([])
  expect(lintLexicon(readLexiconRows().filter(({ file }) => file === 'sites.yaml'))).toEqual([])
})
