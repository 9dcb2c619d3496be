import { expect, test } from 'vitest'
import { alternativesOf } from '../../src/lexicon/alternatives.ts'

test.each([
  ['skin intact', ['skin intact']],
  ['w/o pain', ['w/o pain']],
  ['  two   words ', ['two words']],
  ['no {pain/ache}', ['no pain', 'no ache']],
  [
    'has {not/never} {yet/} been',
    ['has not yet been', 'has not been', 'has never yet been', 'has never been'],
  ],
  ['needs {{much/some} help/care}', ['needs much help', 'needs some help', 'needs care']],
  ['{a/{b/c} {d/e}}', ['a', 'b d', 'b e', 'c d', 'c e']],
  ['{a/a}', ['a']],
  ['left {open', ['left open']],
])('%s', (text, expected) => {
  expect(alternativesOf(text)).toEqual(expected)
})
