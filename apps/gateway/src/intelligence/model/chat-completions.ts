import { z } from 'zod'
import type { SteadyClock } from '../../clock.ts'
import { AnswerTooLargeError, joinUrl, createJsonClient, type JsonReply } from '../post-json.ts'
import { LanguageModelError } from './language-model-error.ts'
import type { ModelQuestion } from './question.ts'

export interface LanguageModel {
  /**
   * The model's answer as text.
   *
   * @param deadlineMs in `monotonicMs`: a pause that would exceed it is not started
   * @throws {LanguageModelError} for every failure, except that an abort of `signal` throws its reason
   */
  ask(question: ModelQuestion, signal: AbortSignal, deadlineMs: number): Promise<string>
  close(): Promise<void>
}

/** Forty quotes need 40 KB; the rest is for what endpoints add. */
const maxAnswerBytes = 512 * 1024
/** The pause before the single retry if a busy endpoint names none; multiplied by a random factor of 0.5 to 1.5. */
const defaultPauseMs = 1000

const completion = z.object({
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
      }),
    )
    .min(1),
})

/**
 * `POST /chat/completions` without streaming, because half an answer is useless. At most two requests per answer: the second one after
 * the pause that a busy endpoint asks for, or in plain JSON mode if the endpoint refused the schema.
 *
 * @see https://platform.openai.com/docs/api-reference/chat/create
 */
export function createChatCompletions(options: {
  readonly baseUrl: string
  readonly name: string
  readonly apiKey: string | undefined
  readonly maxConcurrent: number
  readonly clock: SteadyClock
}): LanguageModel {
  const { clock } = options
  const client = createJsonClient({
    url: joinUrl(options.baseUrl, 'chat/completions'),
    apiKey: options.apiKey,
    maxAnswerBytes,
    connections: options.maxConcurrent,
  })
  let takesSchema = true

  async function post(
    question: ModelQuestion,
    withSchema: boolean,
    signal: AbortSignal,
  ): Promise<JsonReply> {
    const body = JSON.stringify({
      model: options.name,
      stream: false,
      messages: [
        { role: 'system', content: question.instructions },
        { role: 'user', content: question.material },
      ],
      response_format: withSchema
        ? {
            type: 'json_schema',
            json_schema: { name: 'proposals', strict: true, schema: question.answerSchema },
          }
        : { type: 'json_object' },
    })
    try {
      return await client.post(body, signal)
    } catch (error) {
      if (signal.aborted) throw signal.reason
      throw new LanguageModelError(
        error instanceof AnswerTooLargeError ? 'too_large' : 'unreachable',
      )
    }
  }

  return {
    async ask(question, signal, deadlineMs) {
      const first = await post(question, takesSchema, signal)
      if (first.status === 200) return answerOf(first)
      if (takesSchema && isRefusedRequest(first.status)) {
        const plain = await post(question, false, signal)
        // The request without a schema succeeded, so the endpoint does not support schemas.
        if (plain.status === 200) takesSchema = false
        return answerOf(plain)
      }
      if (!isBusy(first.status)) return answerOf(first)
      const pauseMs = first.retryAfterMs ?? defaultPauseMs * (0.5 + clock.random())
      if (clock.monotonicMs() + pauseMs >= deadlineMs) return answerOf(first)
      await clock.sleep(pauseMs, signal)
      return answerOf(await post(question, takesSchema, signal))
    },
    close: () => client.close(),
  }
}

const isBusy = (status: number) => status === 429 || status === 503
const isRefusedRequest = (status: number) => status === 400 || status === 422

function answerOf({ status, text }: JsonReply): string {
  if (isBusy(status)) throw new LanguageModelError('busy')
  if (status >= 500 || status === 408) throw new LanguageModelError('failing')
  if (status !== 200) throw new LanguageModelError('misconfigured')
  const parsed = completion.safeParse(parseJson(text))
  const choice = parsed.data?.choices[0]
  if (choice === undefined) throw new LanguageModelError('not_understood')
  const { finish_reason: reason, message } = choice
  if (reason === 'length') throw new LanguageModelError('cut_off')
  if (reason === 'content_filter' || hasText(message.refusal))
    throw new LanguageModelError('declined')
  if (!hasText(message.content)) throw new LanguageModelError('not_understood')
  return message.content
}

function hasText(text: string | null | undefined): text is string {
  return text !== null && text !== undefined && text !== ''
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
