import { CircuitBreaker, CircuitOpenError, generatePolicy } from '@authscript/orchestrator'

/** A policy round a single call, outside of any queue. */

const quick = { retryDelayMs: 10 }
const policy = generatePolicy('basic', quick)
const answer = await policy.execute(({ attempt }) => {
  if (attempt < 3) throw new Error('not yet')
  return `answered on attempt ${attempt}`
})
console.log(answer)

const breaker = new CircuitBreaker({ name: 'payer', failureThreshold: 1 })
await breaker.run(() => Promise.reject(new Error('down'))).catch(() => undefined)
await breaker
  .run(() => Promise.resolve('never asked'))
  .catch((error: unknown) => {
    console.log(error instanceof CircuitOpenError ? `left alone: ${error.dependency}` : error)
  })
