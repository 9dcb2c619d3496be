import { expect, it } from 'vitest'
import { searchWordsOf, toSearchText } from './index.ts'

it.each([
  ['Núñez', 'nunez'],
  ['ÅNGSTRÖM', 'angstrom'],
  ['ﬁbula', 'fibula'],
  ['Đặng-Müller', 'dang-muller'],
  ['Søren Łukasz Groß', 'soren lukasz gross'],
  ['محمد', 'محمد'],
  ['', ''],
])('writes %s for the search as %s', (text, expected) => {
  expect(toSearchText(text)).toBe(expected)
})

it.each([
  { search: 'Lindqvist, Karin', words: ['lindqvist', 'karin'] },
  { search: '  27447\t27447 ', words: ['27447'] },
  { search: ' , ', words: [] },
  { search: '50% a_b', words: ['50%', 'a_b'] },
])('splits "$search" into its words', ({ search, words }) => {
  expect(searchWordsOf(search)).toEqual(words)
})
