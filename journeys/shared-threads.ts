import { policies } from '@authscript/intelligence'
import { createFormFiller } from '../apps/gateway/src/forms/form-filler.ts'
import type { GatewayOptions } from '../apps/gateway/src/gateway.ts'
import { createJudge } from '../apps/gateway/src/intelligence/judge/judge.ts'

let threaded: GatewayOptions['threaded']

/**
 * The threads that analyze orders and fill forms, for all gateways of this process that have the default policies and forms. A thread
 * loads them for seconds of processor time, and most journeys need it for one order. They end with the process.
 */
export function sharedThreads(): NonNullable<GatewayOptions['threaded']> {
  threaded ??= {
    judge: createJudge({ switchedOn: [], policies }),
    forms: createFormFiller({ threads: 1 }),
  }
  return threaded
}
