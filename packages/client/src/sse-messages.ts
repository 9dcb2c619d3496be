/** One message of a stream of server-sent events. */
export interface SseMessage {
  readonly event: string
  readonly id: string | undefined
  readonly data: string
}

export interface SseReader {
  /** The messages that a piece of the stream completes. */
  push(text: string): readonly SseMessage[]
  /** How long the server asks to wait before connecting again, once it has. */
  readonly retryMs: number | undefined
}

/** @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation */
export function createSseReader(): SseReader {
  let rest = ''
  let retryMs: number | undefined
  let fields: { event: string; id: string | undefined; data: string[] } = emptyFields()

  function take(line: string): SseMessage | undefined {
    if (line === '') {
      const { event, id, data } = fields
      fields = emptyFields()
      return data.length === 0 ? undefined : { event, id, data: data.join('\n') }
    }
    const colon = line.indexOf(':')
    const name = colon === -1 ? line : line.slice(0, colon)
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (name === 'event') fields.event = value
    else if (name === 'data') fields.data.push(value)
    else if (name === 'id' && !value.includes('\0')) fields.id = value
    else if (name === 'retry' && /^\d+$/.test(value)) retryMs = Number(value)
    return undefined
  }

  return {
    get retryMs() {
      return retryMs
    },
    push(text) {
      // A CR at the end may be the first half of a line end.
      const [whole, held] = text.endsWith('\r') ? [text.slice(0, -1), '\r'] : [text, '']
      const lines = (rest + whole).split(/\r\n|\n|\r/)
      rest = (lines.pop() ?? '') + held
      return lines.flatMap((line) => take(line) ?? [])
    },
  }
}

const emptyFields = () => ({ event: 'message', id: undefined, data: [] })
