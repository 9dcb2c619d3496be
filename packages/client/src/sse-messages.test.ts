import { describe, expect, it } from 'vitest'
import { createSseReader } from './sse-messages.ts'

const text =
  ': hello\n\nretry: 250\n\nevent: a\nid: 1\ndata: one\ndata:two\n\ndata\n\nid: 3\n\ndata: ü\r\n\r\n'
const messages = [
  { event: 'a', id: '1', data: 'one\ntwo' },
  { event: 'message', id: undefined, data: '' },
  { event: 'message', id: undefined, data: 'ü' },
]

describe('a stream of server-sent events', () => {
  it('is read wherever it is cut', () => {
    for (let cut = 0; cut <= text.length; cut += 1) {
      const reader = createSseReader()

      const read = [...reader.push(text.slice(0, cut)), ...reader.push(text.slice(cut))]

      expect([cut, read]).toEqual([cut, messages])
      expect(reader.retryMs).toBe(250)
    }
  })

  it('has no message without its empty line', () => {
    expect(createSseReader().push('data: half')).toEqual([])
  })
})
