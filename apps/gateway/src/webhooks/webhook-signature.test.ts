import { describe, expect, it } from 'vitest'
import { newWebhookSecret, signedHeaders } from './webhook-signature.ts'

describe('a signature', () => {
  it("is that of the specification's example", () => {
    const body = '{"test": 2432232314}'

    const headers = signedHeaders(
      { eventId: 'msg_p5jXN8AQM9LWM0D4loKWxJek', body },
      ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
      new Date(1_614_265_330_000),
    )

    expect(headers).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    })
  })

  it('is made with each live secret', () => {
    const { 'webhook-signature': signature = '' } = signedHeaders(
      { eventId: 'e', body: '{}' },
      [newWebhookSecret(), newWebhookSecret()],
      new Date(0),
    )

    expect(signature).toMatch(/^v1,\S+ v1,\S+$/)
  })

  it('needs a secret that is random and long enough', () => {
    const [one, other] = [newWebhookSecret(), newWebhookSecret()]

    expect(one).not.toBe(other)
    expect(Buffer.from(one.replace('whsec_', ''), 'base64')).toHaveLength(32)
  })
})
