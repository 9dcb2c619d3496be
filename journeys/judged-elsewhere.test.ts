import { afterEach, describe, expect, it } from 'vitest'
import {
  answering,
  proposing,
  startModelEndpoint,
} from '../apps/gateway/test/intelligence/model-endpoint.ts'
import { startWorld, anEncounter, type World } from './world.ts'

let world: World
afterEach(() => world[Symbol.asyncDispose]())

/** Its note leaves the therapy open. */
const undecided = anEncounter(1003, 60180)

async function judgedWith(intelligence: object) {
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

describe('a language model beside the rules', () => {
  it('is asked for a listed practice; down, it costs nothing but a notice, and is counted', async () => {
    await using endpoint = await startModelEndpoint(answering(500, {}, 'Ms. Secret'))

    const item = await judgedWith(model(endpoint.baseUrl, ['195900']))

    expect(item).toMatchObject({
      review: 'missing_data',
      analysis: { notices: ['the language model failed; judged by rules alone'] },
    })
    expect(endpoint.requests).toHaveLength(1)
    const metrics = await (await world.ask('/metrics')).text()
    expect(metrics).toContain('gateway_language_model_total{outcome="failing"} 1')
    expect(world.logged.join()).toMatch(/"reason":"failing".*the language model did not help/)
    expect(world.logged.join()).not.toMatch(/Ms\. Secret/)
  })

  it('gets not one request for a practice that is not listed', async () => {
    await using endpoint = await startModelEndpoint(proposing(() => []))

    const item = await judgedWith(model(endpoint.baseUrl, ['1959222']))

    expect(item).toMatchObject({ review: 'missing_data', analysis: { notices: [] } })
    expect(endpoint.requests).toEqual([])
  })
})

describe('a service that speaks as the original did', () => {
  it('is asked when configured, and its approval needs evidence that is in the chart', async () => {
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

    const item = await judgedWith({ BaseUrl: endpoint.baseUrl, Contract: 'original' })

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
