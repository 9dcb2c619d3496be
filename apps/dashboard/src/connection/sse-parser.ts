/** One message of an event stream, with the event id that it leaves behind. */
export interface StreamMessage {
  readonly event: string
  readonly data: string
}

/**
 * Reads the text of an event stream piece by piece. Comments are heartbeats: they only show that the stream is alive, so the caller learns
 * of them by the arrival of bytes.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
 */
export class SseParser {
  #rest = ''
  #event = ''
  #data: string[] = []
  /** The id of the last message. A reader that comes back sends it. */
  lastId: string | undefined

  push(text: string): readonly StreamMessage[] {
    const lines = `${this.#rest}${text}`.split('\n')
    this.#rest = lines.pop() ?? ''
    return lines.flatMap((line) => this.#takeLine(line.endsWith('\r') ? line.slice(0, -1) : line))
  }

  #takeLine(line: string): readonly StreamMessage[] {
    if (line === '') return this.#takeMessage()
    const [, field = '', value = ''] = /^([^:]*):? ?(.*)$/.exec(line) ?? []
    if (field === 'event') this.#event = value
    else if (field === 'data') this.#data.push(value)
    else if (field === 'id') this.lastId = value
    return []
  }

  #takeMessage(): readonly StreamMessage[] {
    const message = { event: this.#event || 'message', data: this.#data.join('\n') }
    const isEmpty = this.#data.length === 0
    this.#event = ''
    this.#data = []
    return isEmpty ? [] : [message]
  }
}
