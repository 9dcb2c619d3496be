import { afterEach, describe, expect, it } from 'vitest'
import {
  answering,
  proposing,
  startModelEndpoint,
} from '../apps/gateway/test/intelligence/model-endpoint.ts'
import { startWorld, anEncounter, type World } from './world.ts'

let world: World
afterEach(() => world[Symbol.asyncDispose]())

/** Its note does not answer the criterion about therapy. */
const undecided = anEncounter(1003, 60180)

async function analyzedWith(intelligence: object) {
  world = await startWorld({ config: { Intelligence: intelligence } })
  await world.sign(undecided)
  await world.eventOf((event) => event.eventType === 'EncounterProcessed')
  const list = (await (await world.ask('/api/work-items')).json()) as {
    items: { workItemId: string }[]
  }
  const item = await world.ask(`/api/work-items/${list.items[0]?.workItemId}`)
  return (await item.json()) as { review: string; analysis: { notices: string[] } }
}

const model = (BaseUrl: string, Practices: readonly string[]) => ({
  Model: { BaseUrl, Name: 'a-model', Practices },
})

describe('a language model together with the rules', () => {
  it('is used for a listed practice; if it is down, there is only a notice and a metric', async () => {
    await using endpoint = await startModelEndpoint(answering(500, {}, 'Ms. Secret'))

    const item = await analyzedWith(model(endpoint.baseUrl, ['195900']))

    expect(item).toMatchObject({
      review: 'missing_data',
      analysis: { notices: ['the language model failed; analyzed by rules only'] },
    })
    expect(endpoint.requests).toHaveLength(1)
    const metrics = await (await world.ask('/metrics')).text()
    expect(metrics).toContain('gateway_language_model_total{outcome="failing"} 1')
    expect(world.logged.join()).toMatch(
      /"reason":"failing".*the language model gave no usable answer/,
    )
    expect(world.logged.join()).not.toMatch(/Ms\. Secret/)
  })

  it('receives no request for a practice that is not listed', async () => {
    await using endpoint = await startModelEndpoint(proposing(() => []))

    const item = await analyzedWith(model(endpoint.baseUrl, ['1959222']))

    expect(item).toMatchObject({ review: 'missing_data', analysis: { notices: [] } })
    expect(endpoint.requests).toEqual([])
  })
})

describe('a service with the original contract', () => {
  it('is used if configured, and its approval needs evidence in the chart', async () => {
    const answer = {
      procedure_code: '72148',
      recommendation: 'APPROVE',
      confidence_score: 0.95,
      policy_id: 'lcd-mri-lumbar-L34220',
      supporting_evidence: [
        {
          criterion_id: 'conservative_therapy_4wk',
          status: 'MET',
          evidence: 'STUB: Conservative therapy documented',
          source: 'Stub implementation',
          confidence: 0.9,
        },
      ],
    }
    await using endpoint = await startModelEndpoint(answering(200, {}, JSON.stringify(answer)))

    const item = await analyzedWith({ BaseUrl: endpoint.baseUrl, Contract: 'original' })

    expect(endpoint.requests).toMatchObject([
      { url: '/v1/analyze', body: { procedure_code: '72148' } },
    ])
    expect(item).toMatchObject({
      review: 'missing_data',
      analysis: {
        recommendation: 'needs_info',
        policy: { policyId: 'lcd-mri-lumbar-L34220' },
        answers: [{ criterionId: 'conservative_therapy_4wk', answer: 'unclear' }],
      },
    })
  })
})
