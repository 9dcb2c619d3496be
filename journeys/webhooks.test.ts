import { describe, expect, it } from 'vitest'
import { isSigned, startReceiver } from '../apps/gateway/test/webhooks/webhook-receiver.ts'
import { anEncounter, startWorld, type World } from './world.ts'

const config = {
  Webhooks: {
    AllowedNetworks: ['127.0.0.0/8'],
    RetryIntervalSeconds: 0.05,
    MaxRetryIntervalSeconds: 0.1,
  },
}

async function register(world: World, url: string): Promise<string> {
  const response = await world.ask('/api/webhooks', {
    key: world.keys.service,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ practiceId: '195900', url }),
  })
  expect(response.status).toBe(201)
  return ((await response.json()) as { secret: string }).secret
}

describe("a practice's own system", () => {
  it('is notified of a form that is ready, approved and in the chart, though it and the gateway are away meanwhile', async () => {
    await using world = await startWorld({ config })
    const before = await startReceiver()
    const secret = await register(world, before.url)
    const { port } = before
    await world.sign(anEncounter(1001, 60178))
    const [ready] = await before.until(1)
    const workItemId = String(ready?.data['workItemId'])
    const order = await world.ask(`/api/work-items/${workItemId}`)

    // Nobody listens while a person approves; then the gateway is started again.
    await before[Symbol.asyncDispose]()
    const approved = await world.ask(`/api/work-items/${workItemId}/approve`, {
      method: 'POST',
      headers: {
        'if-match': order.headers.get('etag') ?? '',
        'content-type': 'application/json',
      },
      body: JSON.stringify({ reason: 'checked by telephone' }),
    })
    expect(approved.status).toBe(202)
    await world.eventOf(({ eventType }) => eventType === 'FormInChart')
    await world.restart()
    await using after = await startReceiver({ port })

    const messages = [ready, ...(await after.until(2)).slice(0, 2)]
    expect(messages.map((message) => message?.type)).toEqual([
      'form.ready',
      'form.approved',
      'form.in_chart',
    ])
    for (const message of messages) {
      expect(message && isSigned(message, secret)).toBe(true)
      expect(message?.data).toMatchObject({ practiceId: '195900', workItemId })
    }
  })
})
