import { analyze, orderDetailsOf } from '@authscript/intelligence'
import type { ClinicalBundle, EncounterRef, ReviewView } from '@authscript/prior-auth'
import { systemClock } from '../../src/clock.ts'
import { FormFillError } from '../../src/forms/form-errors.ts'
import { createFormFiller, type FormFiller } from '../../src/forms/form-filler.ts'
import { Auth } from '../../src/http/auth.ts'
import { sha256 } from '../../src/token.ts'
import type { RouteDependencies } from '../../src/http/routes.ts'
import { createHttpServer } from '../../src/http/server.ts'
import { createLog } from '../../src/log.ts'
import { EncounterPass, type Steps } from '../../src/pipeline/process-encounter.ts'
import { createSteps } from '../../src/pipeline/steps.ts'
import { createReviewActions } from '../../src/review/review-actions.ts'
import { draftContent } from '../../src/wiring/draft-content.ts'
import { createPracticeTime } from '../../src/wiring/practice-time.ts'
import { type Node, openNode } from '../database/node.ts'
import { createTestDatabase } from '../database/test-database.ts'
import { aChart, orderId } from '../intelligence/a-chart.ts'

export const practiceId = '195900'

/** Small, so that tests can exceed them. */
const attachmentLimits = { maxFileBytes: 2_000_000, maxFiles: 3, maxTotalBytes: 3_000_000 }

type Who = 'clinician' | 'staff' | 'colleague' | 'outsider' | 'service' | 'program'

const people = [
  { label: 'clinician', roles: ['clinician'], practiceIds: [practiceId] },
  { label: 'staff', roles: ['staff'], practiceIds: [practiceId] },
  { label: 'colleague', roles: ['clinician', 'staff'], practiceIds: [practiceId] },
  { label: 'outsider', roles: ['clinician', 'staff'], practiceIds: ['1959222'] },
  { label: 'service', roles: ['service'], practiceIds: [practiceId] },
  { label: 'program', roles: ['clinician', 'service'], practiceIds: [practiceId] },
] as const

export interface Ask {
  readonly as?: Who
  readonly body?: object
  readonly file?: { readonly name: string; readonly bytes: Uint8Array }
  /** @default the newest */
  readonly version?: number
}

/** The API on a real database with the real form filler, and orders drafted by the real steps. */
export interface Desk extends AsyncDisposable {
  readonly address: string
  readonly node: Node
  /** Makes the next filling of a form fail with this reason. */
  failForms(reason: string): void
  readonly steps: Steps
  /** Processes an encounter with one order; a known one is processed again. */
  draft(chart?: ClinicalBundle, encounterId?: string): Promise<Draft>
  /** A pass of the encounter that has begun. */
  begin(encounterId: string): Promise<EncounterPass>
}

export interface Draft {
  readonly workItemId: string
  readonly encounterId: string
  read(): Promise<ReviewView>
  ask(method: string, path: string, options?: Ask): Promise<Response>
  /** @throws when the answer is not 2xx */
  done(method: string, path: string, options?: Ask): Promise<ReviewView>
}

/** Of all desks: a thread loads the PDF library for a second. */
const filler = createFormFiller({ threads: 1 })

export async function openDesk(): Promise<Desk> {
  await using parts = new AsyncDisposableStack()
  const database = parts.use(await createTestDatabase())
  const node = parts.use(await openNode(database.connection))
  let failure: string | undefined
  const forms: FormFiller = {
    ...filler,
    async fill(content, signal) {
      const reason = failure
      failure = undefined
      if (reason !== undefined) throw new FormFillError(reason, 'transient')
      return filler.fill(content, signal)
    },
  }
  const clock = systemClock
  const { store, queue } = node
  const time = createPracticeTime({ TimeZone: 'America/New_York', TimeZones: {} })
  const steps = createSteps({
    store,
    // The lease of a pass is not what is tested here.
    queue: { touch: async () => [], settle: async () => true } as never,
    charts: { readChart: () => Promise.reject(new Error('not read here')) },
    analyzer: {
      analyze: () => Promise.reject(new Error('not asked here')),
      close: async () => {},
    },
    forms,
    draftContent,
    orderDetailsOf,
    dayOf: time.dayOf,
    requestDayOf: (practice) => time.dayOf(practice, clock.now()),
    clock,
  })
  const server = await createHttpServer(
    {
      host: '127.0.0.1',
      port: 0,
      maxBodyBytes: 100_000,
      requestsPerMinute: 100_000,
      trustedProxies: [],
      dashboardDirectory: undefined,
      keyName: (name) => name,
    },
    // The routes of work items need nothing else.
    {
      streamLimits: { heartbeatMs: 1000, maxStreams: 1, maxBufferBytes: 1024 },
      store,
      auth: new Auth({
        store,
        credentials: people.map(({ label, roles, practiceIds }) => ({
          label,
          roles,
          practiceIds,
          keySha256: sha256(`key of ${label}`),
        })),
        sessionMs: 60_000,
        clock,
      }),
      review: createReviewActions({
        store,
        queue,
        forms,
        draftContent,
        attachmentLimits,
        ...time,
        clock,
      }),
      attachmentLimits,
      publicKeys: [],
      secureCookies: false,
      clock,
      log: createLog({ level: 'silent', pretty: false }),
    } as unknown as RouteDependencies,
  )
  parts.defer(() => server.stop())
  const address = await server.start()
  let encounters = 0
  const moved = parts.move()

  const refOf = (encounterId: string): EncounterRef => ({
    practiceId,
    patientId: 'a-195900.E-60178',
    encounterId,
  })

  async function begin(encounterId: string): Promise<EncounterPass> {
    const known = await store.encounters.find(refOf(encounterId))
    const run = (known?.run ?? 0) + 1
    const { db } = node.database
    const now = clock.now()
    if (known === undefined)
      await db
        .insertInto('encounters')
        .values({
          practice_id: practiceId,
          encounter_id: encounterId,
          patient_id: 'a-195900.E-60178',
          processing: 'running',
          run,
          attempt_count: 1,
          completeness: '[]',
          detected_at: now,
          started_at: now,
        })
        .execute()
    else
      await db
        .updateTable('encounters')
        .set({ processing: 'running', run })
        .where('encounter_id', '=', encounterId)
        .execute()
    return new EncounterPass({
      job: { kind: 'encounter', ...refOf(encounterId), run },
      queue: 'q',
      fence: { id: 'job', retryCount: 0 },
    })
  }

  function draftOf(workItemId: string, encounterId: string): Draft {
    const read = async (): Promise<ReviewView> =>
      (await (
        await fetch(`${address}/api/work-items/${workItemId}`, {
          headers: { 'x-api-key': 'key of colleague' },
        })
      ).json()) as ReviewView
    const ask: Draft['ask'] = async (
      method,
      path,
      { as = 'colleague', body, file, version } = {},
    ) =>
      fetch(`${address}/api/work-items/${workItemId}${path}`, {
        method,
        headers: {
          'x-api-key': `key of ${as}`,
          'if-match': `"${version ?? (await read()).version}"`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(file === undefined
            ? {}
            : {
                'content-type': 'application/octet-stream',
                'x-file-name': encodeURIComponent(file.name),
              }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        ...(file === undefined ? {} : { body: Buffer.from(file.bytes) }),
      })
    return {
      workItemId,
      encounterId,
      read,
      ask,
      async done(method, path, options) {
        const response = await ask(method, path, options)
        if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
        return (await response.json()) as ReviewView
      },
    }
  }

  return {
    address,
    node,
    failForms: (reason) => {
      failure = reason
    },
    steps,
    begin,
    async draft(chart = aChart(), encounterId = `encounter-${(encounters += 1)}`) {
      const pass = await begin(encounterId)
      const analysis = analyze(chart, orderId)
      const attempt = {
        attempt: 1,
        maxAttempts: 4,
        workerId: 'w',
        signal: AbortSignal.timeout(60_000),
      }
      await steps.record(pass, chart, [await steps.fillForm(pass, chart, analysis, attempt)])
      const { work_item_id: workItemId } = await node.database.db
        .selectFrom('work_items')
        .select('work_item_id')
        .where('encounter_id', '=', encounterId)
        .executeTakeFirstOrThrow()
      return draftOf(workItemId, encounterId)
    },
    [Symbol.asyncDispose]: () => moved.disposeAsync(),
  }
}

/** The whole text of a problem document. */
export async function problemOf(response: Response): Promise<Record<string, unknown>> {
  return { status: response.status, ...((await response.json()) as object) }
}

export const answerOf = (item: ReviewView, criterionId: string) =>
  item.analysis.outcome === 'assessed'
    ? item.analysis.answers.find((one) => one.criterionId === criterionId)
    : undefined
