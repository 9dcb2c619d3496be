import { expect, it } from 'vitest'
import { isSameSearch } from './same-search.ts'

it('is the same search whatever the address leaves out', () => {
  expect(isSameSearch({ view: 'open', sort: 'due', direction: 'asc' }, { view: 'open' })).toBe(true)
})

it('is the same view whatever is searched in it', () => {
  expect(isSameSearch({ view: 'open' }, { view: 'open', q: 'knee' })).toBe(true)
})

it.each([
  { view: 'mine' },
  { view: 'open', payer: '' },
  { view: 'open', owner: 'J. Ruiz' },
  { view: 'open', provider: 'Okafor, A.' },
  { view: 'open', sort: 'patient' },
  { view: 'open', direction: 'desc' },
] as const)('is another search with %j', (other) => {
  expect(isSameSearch({ view: 'open' }, other)).toBe(false)
})
