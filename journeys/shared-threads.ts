import { policies } from '@authscript/intelligence'
import { createFormFiller } from '../apps/gateway/src/forms/form-filler.ts'
import type { GatewayOptions } from '../apps/gateway/src/gateway.ts'
import { createJudge } from '../apps/gateway/src/intelligence/judge/judge.ts'

let threaded: GatewayOptions['threaded']
const firstOrderMs = 110_000

/**
 * The threads that analyze orders and fill forms, for all gateways of this process that have the default policies and forms. A thread
 * loads them for seconds of processor time, and most journeys need it for one order. They end with the process.
 */
export function sharedThreads(): NonNullable<GatewayOptions['threaded']> {
  threaded ??= {
    // The first order compiles the lexicon, which on a busy machine takes longer than the gateway gives a chart that exhausts its thread.
    judge: createJudge({ switchedOn: [], policies, limitMs: firstOrderMs }),
    forms: createFormFiller({ threads: 1 }),
  }
  return threaded
}
