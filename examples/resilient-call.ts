import { CircuitOpenError, circuitBreaker, retry } from '@authscript/orchestrator'

/** Policies around any function, without a queue. */

const answer = await retry({ retryDelayMs: 10 })
  .timeout({ timeoutMs: 1000 })
  .execute(({ attempt }) => {
    if (attempt < 3) throw new Error('not yet')
    return `answered on attempt ${attempt}`
  })
console.log(answer)

const callPayer = circuitBreaker({ name: 'payer', failureThreshold: 1 }).wrap(
  (path: string): Promise<string> => Promise.reject(new Error(`no answer from ${path}`)),
)
await callPayer('/eligibility').catch(() => undefined)
await callPayer('/eligibility').catch((error: unknown) => {
  if (error instanceof CircuitOpenError) console.log(error.message)
})
