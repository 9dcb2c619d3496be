import { expect, it } from 'vitest'
import { createRequestId } from './request-id.ts'

it('is a UUID of version 7, which begins with the time', () => {
  const at = new Date('2022-02-22T19:22:22Z')

  const id = createRequestId(at)

  // The example of RFC 9562, appendix A.6.
  expect(id).toMatch(/^017f22e2-79b0-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

it('sorts by time, and differs within a millisecond', () => {
  const ids = Array.from({ length: 1000 }, () => createRequestId(new Date(1000)))

  expect(new Set(ids).size).toBe(1000)
  expect(createRequestId(new Date(1001)) > (ids.toSorted().at(-1) ?? '')).toBe(true)
})
