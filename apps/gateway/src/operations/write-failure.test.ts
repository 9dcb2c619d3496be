import { expect, it } from 'vitest'
import { writeFailureOf } from './write-failure.ts'

it('names a full disk', () => {
  const full = Object.assign(new Error('could not extend file'), { code: '53100' })
  const since = new Date(0)

  expect(writeFailureOf(new Error('went away', { cause: full }), since)).toEqual({
    since,
    reason: 'its disk is full',
  })
  expect(writeFailureOf(full, since).reason).toBe('its disk is full')
})
