import {
  ApiError,
  createClient,
  dataOf,
  type EventMessage,
  type ProblemOf,
  type ReviewView,
} from '@authscript/client'

const client = createClient({ baseUrl: 'http://127.0.0.1:1', apiKey: 'a key', retries: 0 })

/** Every code of the operation has its branch; another code does not compile. */
function explain(problem: ProblemOf<'getWebhook'>): string {
  switch (problem.code) {
    case 'not_found':
    case 'unauthenticated':
    case 'role_missing':
    case 'password_temporary':
    case 'request_invalid':
    case 'text_invalid':
    case 'query_key_unknown':
    case 'too_many_requests':
    case 'internal':
    case 'database_unavailable':
    case 'unexpected_answer':
      return problem.code
    case 'unreachable':
      return `unreachable ${problem.status}`
    // @ts-expect-error no such code of this operation
    case 'webhooks_full':
      return ''
    default:
      return problem satisfies never
  }
}

export async function use(): Promise<string> {
  const result = await client.getWebhook({ webhookId: 'x' })
  if (result.ok) return result.data.url
  // @ts-expect-error a failure has no data
  void result.data
  return explain(result.problem)
}

export async function wrongUses(): Promise<void> {
  // @ts-expect-error the id is missing
  await client.getWebhook({})
  // @ts-expect-error a change needs the version that was read
  await client.closeWorkItem({ workItemId: 'x' })
  // @ts-expect-error a query key that the operation does not have
  await client.listWebhooks({ limitt: 1 })
  // @ts-expect-error a type that webhooks do not have
  await client.createWebhook({ body: { practiceId: 'p', url: 'https://e.org', types: ['x'] } })
}

export async function data(): Promise<ReviewView | undefined> {
  try {
    return dataOf(await client.getWorkItem({ workItemId: 'x' }))
  } catch (error) {
    if (error instanceof ApiError) return undefined
    throw error
  }
}

/** An event is distinguished by its type. */
export function orderOf(event: EventMessage): string | undefined {
  if (event.eventType === 'FormApproved') return event.data.workItemId
  // @ts-expect-error not every event is of an order
  return event.data.workItemId
}
