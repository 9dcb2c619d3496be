import { describe, expect, it } from 'vitest'
import { findPassage } from './find-passage.ts'

describe('finding a passage', () => {
  it.each([
    { text: 'No fever. Back pain.', wanted: 'Back pain.', found: 'Back pain.' },
    { text: 'six weeks\n   of\tPT', wanted: 'six weeks of PT', found: 'six weeks\n   of\tPT' },
    { text: 'six weeks of PT', wanted: ' six\n weeks of PT\n', found: 'six weeks of PT' },
    { text: 'strength 3/5 (left) [a.b]*', wanted: '3/5 (left) [a.b]*', found: '3/5 (left) [a.b]*' },
    { text: 'pain 😀 today', wanted: '😀 today', found: '😀 today' },
  ])('$wanted is found in $text', ({ text, wanted, found }) => {
    const passage = findPassage(text, wanted)

    expect(text.slice(passage?.start, passage?.end)).toBe(found)
  })

  it.each([
    { text: 'Back pain.', wanted: 'back pain' },
    { text: 'sixweeks', wanted: 'six weeks' },
    { text: 'axb', wanted: 'a.b' },
    { text: 'anything', wanted: ' \n ' },
  ])('$wanted is not found in $text', ({ text, wanted }) => {
    expect(findPassage(text, wanted)).toBeUndefined()
  })
})
