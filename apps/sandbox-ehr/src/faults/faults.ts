import { z } from 'zod'
import { createFaultSchema } from './create-fault.ts'
import { searchFaultSchema } from './search-fault.ts'

export const faultKinds = [
  'latency',
  'status',
  'reset',
  'slow_body',
  'truncated_json',
  'malformed_json',
  'expired_token',
  'next_loop',
  'foreign_next',
  'wrong_patient',
  'oversized',
  'deep_nesting',
  'gzip_unasked',
  'create_answer',
  'search_answer',
] as const

export const faultSchema = z.strictObject({
  kind: z.enum(faultKinds),
  /** For `status`. */
  status: z.number().int().min(400).max(599).optional(),
  /** For `status` and `reset`: the request takes effect, and only its answer is lost. */
  takesEffect: z.boolean().optional(),
  /** For `status`: replaces the sandbox's own body. */
  body: z.string().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  /** For `create_answer`. */
  create: createFaultSchema.optional(),
  /** For `search_answer`: affects searches that name an identifier. */
  search: searchFaultSchema.optional(),
  retryAfterSeconds: z.number().min(0).optional(),
  /** For `latency` and `slow_body`. */
  latencyMs: z.number().min(0).max(600_000).optional(),
  match: z
    .strictObject({
      method: z.string().optional(),
      /** `v1/documents` for the v1 API, `token` for the token endpoint, `metadata` for the capability statement. */
      resourceType: z.string().optional(),
      patientId: z.string().optional(),
      encounterId: z.string().optional(),
      pathIncludes: z.string().optional(),
    })
    .optional(),
  /** How many times it applies; absent: until it is cleared. */
  times: z.number().int().positive().optional(),
  /** Number of matching requests that succeed first. */
  after: z.number().int().nonnegative().optional(),
  /** Share of matching requests that it affects, from a seeded sequence. */
  probability: z.number().min(0).max(1).optional(),
  seed: z.number().int().optional(),
})

export type Fault = z.infer<typeof faultSchema>

export interface FaultyRequest {
  readonly method: string
  readonly path: string
  readonly resourceType: string | undefined
  readonly patientId: string | undefined
  readonly query: string
}

export interface PlannedFault {
  readonly faultId: string
  readonly fault: Fault
  /** How many requests it was applied to. */
  readonly appliedCount: number
}

interface Planned {
  readonly faultId: string
  readonly fault: Fault
  seenCount: number
  appliedCount: number
  random: number
}

/** The planned faults. The first one that matches a request is applied to it. */
export class Faults {
  readonly #planned = new Map<string, Planned>()
  #next = 1

  add(fault: Fault): string {
    const faultId = `fault-${this.#next++}`
    this.#planned.set(faultId, {
      faultId,
      fault,
      seenCount: 0,
      appliedCount: 0,
      random: fault.seed ?? 1,
    })
    return faultId
  }

  clear(faultId?: string): void {
    if (faultId === undefined) this.#planned.clear()
    else this.#planned.delete(faultId)
  }

  /** Those that were not cleared, also if they apply to no further request. */
  list(): readonly PlannedFault[] {
    return [...this.#planned.values()].map(({ faultId, fault, appliedCount }) => ({
      faultId,
      fault,
      appliedCount,
    }))
  }

  faultFor(
    request: FaultyRequest,
  ): { readonly faultId: string; readonly fault: Fault } | undefined {
    for (const planned of this.#planned.values()) {
      if (!matches(planned.fault, request)) continue
      planned.seenCount += 1
      const { after = 0, times, probability } = planned.fault
      if (planned.seenCount <= after || (times !== undefined && planned.appliedCount >= times))
        continue
      if (probability !== undefined && nextRandom(planned) >= probability) continue
      planned.appliedCount += 1
      return { faultId: planned.faultId, fault: planned.fault }
    }
    return undefined
  }
}

function matches({ kind, match = {} }: Fault, request: FaultyRequest): boolean {
  return (
    (kind !== 'search_answer' || /(?:^|&)identifier=/.test(request.query)) &&
    (match.method === undefined || match.method === request.method) &&
    (match.resourceType === undefined || match.resourceType === request.resourceType) &&
    (match.patientId === undefined || match.patientId === request.patientId) &&
    (match.encounterId === undefined ||
      `${request.path}?${request.query}`.includes(match.encounterId)) &&
    (match.pathIncludes === undefined || request.path.includes(match.pathIncludes))
  )
}

/**
 * A linear congruential generator: the same seed affects the same requests. @see Numerical Recipes, 2nd ed.,
 * section 7.1
 */
function nextRandom(planned: Planned): number {
  planned.random = (Math.imul(planned.random, 1_664_525) + 1_013_904_223) >>> 0
  return planned.random / 2 ** 32
}
