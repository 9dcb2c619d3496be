/** One message of an event stream, as received. */
export interface StreamMessage {
  readonly id: string | undefined
  readonly event: string | undefined
  readonly data: Readonly<Record<string, unknown>>
}

/** Reads messages of a stream until `isEnough` returns true. Comments are only counted. */
export async function readMessages(
  response: Response,
  isEnough: (messages: readonly StreamMessage[], comments: number) => boolean,
): Promise<readonly StreamMessage[]> {
  const messages: StreamMessage[] = []
  let comments = 0
  let text = ''
  const decoder = new TextDecoder()
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true })
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const block = text.slice(0, end)
      text = text.slice(end + 2)
      if (block.startsWith(':')) comments += 1
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1]
      const data = field('data')
      if (data !== undefined)
        messages.push({ id: field('id'), event: field('event'), data: JSON.parse(data) })
      if (isEnough(messages, comments)) return messages
    }
  }
  return messages
}
