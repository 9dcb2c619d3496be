import {
  type Analysis,
  type ClinicalBundle,
  noPeopleInput,
  type OrderEntry,
} from '@authscript/prior-auth'
import { describe, expect, it } from 'vitest'
import { isActiveOrder } from '../src/pipeline/active-order.ts'
import {
  type Draft,
  EncounterPass,
  processEncounter,
  type Steps,
} from '../src/pipeline/process-encounter.ts'

const anOrder = (resourceId: string, status = 'active', intent?: string): OrderEntry => ({
  source: { resourceType: 'ServiceRequest', resourceId },
  status,
  ...(intent === undefined ? {} : { intent }),
  code: { codings: [] },
  performerIds: [],
  reasons: [],
  reasonConditionIds: [],
  bodySites: [],
  coverageIds: [],
  notes: [],
})
const attempt = {
  attempt: 1,
  maxAttempts: 4,
  workerId: 'worker-1',
  signal: new AbortController().signal,
}
const aPass = () =>
  new EncounterPass({
    job: { kind: 'encounter', practiceId: 'p', patientId: 'x', encounterId: 'v', run: 1 },
    queue: 'practice/p',
    fence: { id: 'job', retryCount: 0 },
  })

/** Steps that record their calls; a chart needs nothing but orders here. */
function recording(orders: readonly OrderEntry[], overrides: Partial<Steps> = {}) {
  const calls: string[] = []
  const recorded: (readonly Draft[])[] = []
  const steps: Steps = {
    begin: async () => (calls.push('begin'), true),
    hydrate: async () => (calls.push('hydrate'), { orders } as unknown as ClinicalBundle),
    analyze: async (_pass, _bundle, serviceRequestId) => {
      calls.push(`analyze ${serviceRequestId}`)
      return {
        outcome: 'no_policy',
        order: { serviceRequestId, orderType: 'ServiceRequest' },
        recommendation: 'no_policy',
        reason: '',
      } satisfies Analysis
    },
    fillForm: async (_pass, _bundle, analysis) => (
      calls.push(`fill ${analysis.order.serviceRequestId}`),
      { analysis, input: noPeopleInput, form: undefined }
    ),
    record: async (_pass, _bundle, drafts) => void (calls.push('record'), recorded.push(drafts)),
    ...overrides,
  }
  return { steps, calls, recorded }
}

describe('seed: EncounterProcessor', () => {
  it('goes through the steps in order, once for each active order', async () => {
    const { steps, calls, recorded } = recording([
      anOrder('a'),
      anOrder('b', 'revoked'),
      anOrder('c'),
    ])

    await processEncounter(aPass(), steps, attempt)

    expect(calls).toEqual([
      'begin',
      'hydrate',
      'analyze a',
      'fill a',
      'analyze c',
      'fill c',
      'record',
    ])
    expect(recorded[0]).toHaveLength(2)
  })

  it('records an encounter without an order: an outcome, not an error', async () => {
    const { steps, recorded } = recording([])

    await processEncounter(aPass(), steps, attempt)

    expect(recorded).toEqual([[]])
  })

  it('lets errors propagate, and records nothing then', async () => {
    const { steps, calls } = recording([anOrder('a')], {
      analyze: () => Promise.reject(new Error('503')),
    })

    await expect(processEncounter(aPass(), steps, attempt)).rejects.toThrow('503')

    expect(calls).not.toContain('record')
  })

  it('stops when its job is outdated', async () => {
    const { steps, calls } = recording([anOrder('a')], { begin: async () => false })

    await processEncounter(aPass(), steps, attempt)

    expect(calls).toEqual([])
  })

  it('keeps what a finished step produced for the next attempt, and nothing of one that failed', async () => {
    const pass = aPass()
    let made = 0
    const make = async () => ++made

    await expect(pass.once('chart', () => Promise.reject(new Error('503')))).rejects.toThrow('503')

    expect([await pass.once('chart', make), await pass.once('chart', make)]).toEqual([1, 1])
  })

  it.each([
    { status: 'active', intent: 'order', isActive: true },
    { status: 'active', intent: undefined, isActive: true },
    { status: 'active', intent: 'proposal', isActive: false },
    { status: 'completed', intent: 'order', isActive: false },
    { status: 'draft', intent: 'order', isActive: false },
  ])(
    'takes an order that is $status with intent $intent for active: $isActive',
    ({ status, intent, isActive }) => {
      expect(isActiveOrder(anOrder('a', status, intent))).toBe(isActive)
    },
  )
})
