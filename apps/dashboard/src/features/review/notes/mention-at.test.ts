import { describe, expect, it } from 'vitest'
import { matchingPeople, mentionAt, mentionedIn, withMention } from './mention-at.ts'

const people = ['A. Okafor', 'J. Ruiz', 'J. Ruiz-Soto', 'דנה כהן']

describe('typing a mention', () => {
  it.each([
    { text: '@', found: { start: 0, typed: '' } },
    { text: 'Ask @ok', found: { start: 4, typed: 'ok' } },
    { text: 'line\n@J. R', found: { start: 5, typed: 'J. R' } },
    { text: 'mail a@b.org', found: undefined },
    { text: 'no mention', found: undefined },
    { text: '@ok\nnext line', found: undefined },
    { text: `@${'x'.repeat(60)}`, found: undefined },
  ])('in "$text"', ({ text, found }) => {
    expect(mentionAt(text, text.length)).toEqual(found)
  })

  it.each([
    { typed: '', names: people },
    { typed: 'ok', names: ['A. Okafor'] },
    { typed: 'RUIZ', names: ['J. Ruiz', 'J. Ruiz-Soto'] },
    { typed: 'כהן', names: ['דנה כהן'] },
    { typed: 'A. Okafor please', names: [] },
    { typed: 'nobody', names: [] },
  ])('offers $names for "$typed"', ({ typed, names }) => {
    expect(matchingPeople(people, { start: 0, typed })).toEqual(names)
  })

  it('puts the name in the place of what was typed', () => {
    const text = 'Ask @ok about it'

    expect(withMention(text, { start: 4, typed: 'ok' }, 'A. Okafor')).toEqual({
      text: 'Ask @A. Okafor about it',
      caret: 15,
    })
  })
})

it.each([
  { text: '@A. Okafor, please', found: ['A. Okafor'] },
  { text: '@J. Ruiz-Soto', found: ['J. Ruiz-Soto'] },
  { text: '@J. Ruiz and @דנה כהן, @J. Ruiz', found: ['J. Ruiz', 'דנה כהן'] },
  { text: 'x@J. Ruiz @J. Ruizz @nobody', found: [] },
])('"$text" mentions $found', ({ text, found }) => {
  expect(mentionedIn(text, people)).toEqual(found)
})
