import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What an OpenAI-compatible endpoint was sent. */
export interface ModelRequest {
  readonly url: string | undefined
  readonly authorization: string | undefined
  readonly body: {
    readonly model: string
    readonly stream: boolean
    readonly messages: readonly { readonly role: string; readonly content: string }[]
    readonly response_format: {
      readonly type: string
      readonly json_schema?: { readonly strict: boolean; readonly schema: unknown }
    }
  }
}

/** How it behaves to one request. */
export type Behaviour = (request: ModelRequest, response: ServerResponse) => void

/** A real server on a port of its own; its behaviours are used in turn, the last one for all further requests. */
export async function startModelEndpoint(...behaviours: readonly Behaviour[]) {
  const requests: ModelRequest[] = []
  const server = createServer((message, response) => {
    // For the start checks, which only need an answer.
    if (message.method !== 'POST') {
      response.writeHead(404).end()
      return
    }
    void readJson(message).then((body) => {
      const request = {
        url: message.url,
        authorization: message.headers.authorization,
        body: body as ModelRequest['body'],
      }
      requests.push(request)
      behaviours[Math.min(requests.length, behaviours.length) - 1]?.(request, response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

export interface Completion {
  readonly finish_reason?: string | null
  readonly content?: string | null
  readonly refusal?: string | null
}

export function completionOf({
  finish_reason = 'stop',
  content = null,
  refusal = null,
}: Completion) {
  return JSON.stringify({
    id: 'chatcmpl-1',
    object: 'chat.completion',
    choices: [{ index: 0, finish_reason, message: { role: 'assistant', content, refusal } }],
  })
}

/** Answers in the shape that was asked for. */
export const proposing =
  (propose: (request: ModelRequest) => readonly unknown[]): Behaviour =>
  (request, response) => {
    const content = JSON.stringify({ proposals: propose(request) })
    response.setHeader('content-type', 'application/json').end(completionOf({ content }))
  }

export const completing =
  (completion: Completion): Behaviour =>
  (_request, response) => {
    response.end(completionOf(completion))
  }

export const answering =
  (status: number, headers: Readonly<Record<string, string>> = {}, body = '{}'): Behaviour =>
  (_request, response) => {
    response.writeHead(status, headers).end(body)
  }

export const hanging: Behaviour = () => undefined

export const hangingUp: Behaviour = (_request, response) => {
  response.socket?.destroy()
}

/** Sends the first half, then breaks the connection; with a length announced, or in chunks. */
export const breakingOff =
  (framing: 'content-length' | 'chunked'): Behaviour =>
  (_request, response) => {
    const whole = completionOf({ content: '{"proposals": []}' })
    const headers = framing === 'chunked' ? {} : { 'content-length': String(whole.length) }
    response.writeHead(200, headers)
    response.write(whole.slice(0, whole.length / 2), () => response.socket?.destroy())
  }

/** The ids of the questions and the names of the notes that a request names. */
export function askedOf({ body }: ModelRequest) {
  const [, user] = body.messages
  const material = user?.content ?? ''
  const questions = /Questions:\n([\s\S]*?)\n\nNotes:/.exec(material)?.[1]?.split('\n') ?? []
  return {
    material,
    criterionIds: questions.map((line) => line.slice(0, line.indexOf(':'))),
    aliases: [...new Set(material.match(/note-\d+(?= begins)/g))],
  }
}

async function readJson(message: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk as Buffer)
  return JSON.parse(Buffer.concat(chunks).toString())
}
