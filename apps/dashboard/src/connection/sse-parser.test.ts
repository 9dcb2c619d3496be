import { describe, expect, it } from 'vitest'
import { SseParser } from './sse-parser.ts'

const stream = [
  'retry: 2000\n\n',
  'id: 7\nevent: PdfGenerated\ndata: {"a":1}\n\n',
  ': heartbeat\n\n',
  'event: gap\r\ndata: {"dropped":3}\r\n\r\n',
].join('')
const expected = [
  { event: 'PdfGenerated', data: '{"a":1}' },
  { event: 'gap', data: '{"dropped":3}' },
]

describe('the text of an event stream', () => {
  it('gives its messages, and no message for a comment', () => {
    expect(new SseParser().push(stream)).toEqual(expected)
  })

  it('gives the same messages wherever the network cuts it', () => {
    for (let cut = 0; cut <= stream.length; cut += 1) {
      const parser = new SseParser()
      const messages = [...parser.push(stream.slice(0, cut)), ...parser.push(stream.slice(cut))]

      expect(messages, `cut at ${cut}`).toEqual(expected)
    }
  })

  it('keeps the id of the last message that had one', () => {
    const parser = new SseParser()

    parser.push(stream)

    expect(parser.lastId).toBe('7')
  })

  it('joins the lines of one message', () => {
    expect(new SseParser().push('data: a\ndata: b\n\n')).toEqual([
      { event: 'message', data: 'a\nb' },
    ])
  })
})
