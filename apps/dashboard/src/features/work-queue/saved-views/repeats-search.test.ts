import { expect, it } from 'vitest'
import { repeatsSearch } from './repeats-search.ts'

it.each([
  ['Núñez', 'nunez', true],
  ['Orders of Karin Lindqvist', 'Lindqvist, Karin', true],
  ['lindqvist knee', 'Lindqvist, Karin', true],
  ['PHP60191442', 'php60191442', true],
  ['Li', 'Li', true],
  ['Prairie, by name', 'Li', false],
  ['Prairie, by name', 'nunez', false],
  ['', 'nunez', false],
  ['nunez', undefined, false],
])('the name "%s" beside the search "%s": %s', (name, search, expected) => {
  expect(repeatsSearch(name, search)).toBe(expected)
})
