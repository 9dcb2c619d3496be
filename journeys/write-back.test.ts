import type { WorkItemView } from '@authscript/prior-auth'
import { afterEach, describe, expect, it } from 'vitest'
import { startWorld, anEncounter, type World, type WorldOptions } from './world.ts'

let world: World
const start = async (options: WorldOptions = {}) => {
  world = await startWorld({
    // An EHR that accepts documents by FHIR. Tests of athenahealth's own API are below.
    sandbox: { switches: { readOnlyFhir: false } },
    ...options,
    config: {
      Jobs: { PollIntervalSeconds: 0.1, RetryIntervalSeconds: 0.1, RetryCount: 20 },
      Athena: { Documents: { Writer: 'fhir' } },
      ...options.config,
    },
  })
  return world
}
afterEach(() => world[Symbol.asyncDispose]())

/**
 * For tests of a write whose result is unknown: the document may still arrive during twice this time, and the gateway waits for that. A
 * busy machine needs several tries for everything else too.
 */
const RequestTimeoutSeconds = 1
const impatient = { Athena: { RequestTimeoutSeconds, Documents: { Writer: 'fhir' } } }

const approvable = anEncounter(1001, 60178)

/** A work item whose form is ready, as its reviewer sees it. */
async function ready({ sign, eventOf, ask }: World): Promise<WorkItemView> {
  await sign(approvable)
  const event = await eventOf((one) => one.eventType === 'PA_FORM_READY')
  const { workItemId = '' } = event.data as { workItemId?: string }
  return (await (await ask(`/api/work-items/${workItemId}`)).json()) as WorkItemView
}

const approve = (
  { ask }: World,
  { workItemId, version }: Pick<WorkItemView, 'workItemId' | 'version'>,
  key?: string,
) =>
  ask(`/api/work-items/${workItemId}/approve`, {
    method: 'POST',
    headers: { 'if-match': `"${version}"`, 'content-type': 'application/json' },
    body: JSON.stringify({ reason: 'checked against the chart' }),
    ...(key === undefined ? {} : { key }),
  })

/** As an operator pauses all nodes: with its next report, each does what the database says. */
async function pause({ store, orchestrator }: World['gateway']): Promise<void> {
  await store.processingPause.pause('a test', new Date())
  orchestrator.pause()
}
async function resume({ store, orchestrator }: World['gateway']): Promise<void> {
  await store.processingPause.resume()
  orchestrator.resume()
}

const becomes = (state: string) => (event: { eventType: string; data: object }) =>
  event.eventType === 'WORK_ITEM_STATUS_CHANGED' &&
  (event.data as { newStatus: string }).newStatus === state

describe('invariant 2: no write to a chart without a person’s approval of exactly that version', () => {
  it('writes the approved form to the chart once, and reports it', async () => {
    const { sandbox, eventOf, ask } = await start()
    const item = await ready(world)
    expect(sandbox.control.documents()).toEqual([])

    const answer = await approve(world, item)
    await eventOf(becomes('submitted'))

    expect(answer.status).toBe(202)
    const form = await ask(`/api/work-items/${item.workItemId}/form.pdf`)
    const pdf = Buffer.from(await form.arrayBuffer()).toString('base64')
    expect(sandbox.control.documents()).toMatchObject([
      {
        subject: { reference: `Patient/${approvable.patientId}` },
        content: [{ attachment: { contentType: 'application/pdf', data: pdf } }],
      },
    ])
    const now = (await (await ask(`/api/work-items/${item.workItemId}`)).json()) as WorkItemView
    expect(now).toMatchObject({
      review: 'submitted',
      writeBack: { state: 'written', approvedBy: 'clinician', version: item.version },
    })
  })

  it('refuses an approval of another version, without a version, by another role, by another practice, and a second one', async () => {
    const { sandbox, ask, keys } = await start()
    const item = await ready(world)
    const stale = { ...item, version: item.version + 1 }

    expect((await approve(world, stale)).status).toBe(412)
    expect(
      (await ask(`/api/work-items/${item.workItemId}/approve`, { method: 'POST' })).status,
    ).toBe(428)
    expect((await approve(world, item, keys.service)).status).toBe(403)
    expect((await approve(world, item, keys.otherPractice)).status).toBe(404)
    expect(sandbox.control.documents()).toEqual([])
    const both = await Promise.all([approve(world, item), approve(world, item)])

    // The same approval by the same person is the same answer.
    expect(both.map((answer) => answer.status).sort((a, b) => a - b)).toEqual([200, 202])
  })

  it('writes nothing when the encounter was opened again before its form was sent', async () => {
    const { sandbox, gateway, eventOf, ask } = await start()
    const item = await ready(world)
    await pause(gateway)
    await approve(world, item)

    sandbox.control.reopenEncounter(approvable.encounterId)
    await eventOf((event) => event.eventType === 'EncounterReopened')
    await resume(gateway)
    const writeBack = async () =>
      ((await (await ask(`/api/work-items/${item.workItemId}`)).json()) as WorkItemView).writeBack
    while ((await writeBack())?.state !== 'withdrawn') await (await ask('/health/live')).text()

    expect(sandbox.control.documents()).toEqual([])
  })
})

describe('a work item that a person closes', () => {
  it('is closed once, at the version that the person saw, and its approved form is withdrawn', async () => {
    const { sandbox, gateway, eventOf, ask, keys } = await start()
    const item = await ready(world)
    await pause(gateway)
    await approve(world, item)
    const close = (version: number, key = keys.clinician) =>
      ask(`/api/work-items/${item.workItemId}/close`, {
        method: 'POST',
        headers: { 'if-match': `"${version}"` },
        key,
      })

    expect((await close(item.version)).status).toBe(412)
    expect((await close(item.version + 1, keys.otherPractice)).status).toBe(404)
    const answer = await close(item.version + 1)
    expect((await close(item.version + 2)).status).toBe(409)
    await eventOf(becomes('closed'))
    await resume(gateway)
    const read = async () =>
      (await (await ask(`/api/work-items/${item.workItemId}`)).json()) as WorkItemView
    while ((await read()).writeBack?.state !== 'withdrawn') await (await ask('/health/live')).text()

    expect(answer.status).toBe(200)
    expect(await read()).toMatchObject({ review: 'closed' })
    expect(sandbox.control.documents()).toEqual([])
  })
})

const decide = ({ ask }: World, item: WorkItemView, body: object, key?: string) =>
  ask(`/api/work-items/${item.workItemId}/write-back/resolve`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'if-match': `"${item.version}"` },
    body: JSON.stringify(body),
    ...(key === undefined ? {} : { key }),
  })

describe('a write whose result is unknown', () => {
  it.each([
    {
      what: 'created, and the answer was garbage',
      fault: { kind: 'malformed_json' as const },
    },
    {
      what: 'created after the timeout',
      fault: { kind: 'latency' as const, latencyMs: 1600 },
    },
    {
      what: 'created, and the answer was too large to read',
      fault: { kind: 'oversized' as const },
    },
    { what: 'refused for now', fault: { kind: 'status' as const, status: 503 } },
  ])('ends with one document when it was $what', async ({ fault }) => {
    const { sandbox, eventOf } = await start({ config: impatient })
    const item = await ready(world)
    sandbox.control.addFault({
      ...fault,
      match: { method: 'POST', resourceType: 'DocumentReference' },
      times: 1,
    })

    await approve(world, item)
    await eventOf(becomes('submitted'))

    expect(sandbox.control.documents()).toHaveLength(1)
  })

  it('waits for a person when the connection broke and nothing shows whether it was created', async () => {
    const { sandbox, eventOf, ask } = await start({ config: impatient })
    const item = await ready(world)
    sandbox.control.addFault({
      kind: 'reset',
      match: { method: 'POST', resourceType: 'DocumentReference' },
      times: 1,
    })

    await approve(world, item)
    await eventOf((event) => event.eventType === 'WriteBackNeedsDecision')
    const undecided = (await (
      await ask(`/api/work-items/${item.workItemId}`)
    ).json()) as WorkItemView
    await decide(world, undecided, { decision: 'send_again', run: 1 })
    await eventOf(becomes('submitted'))

    expect(undecided.writeBack).toMatchObject({ state: 'ambiguous', sent: { count: 1 } })
    expect(sandbox.control.documents()).toHaveLength(1)
  })

  it('is shown to operators when it has failed after the last retry, with its history, and redriven by them', async () => {
    const { sandbox, eventOf, ask, keys } = await start({
      config: {
        ...impatient,
        Jobs: { PollIntervalSeconds: 0.1, RetryIntervalSeconds: 0.05, RetryCount: 1 },
      },
    })
    const item = await ready(world)
    sandbox.control.addFault({
      kind: 'status',
      status: 503,
      match: { method: 'POST', resourceType: 'DocumentReference' },
    })

    await approve(world, item)
    const failure = await eventOf((event) => event.eventType === 'WriteBackFailed')
    sandbox.control.clearFaults()
    const letters = await ask('/api/dead-letters', { key: keys.operator })
    const { items } = (await letters.json()) as {
      items: { deadLetterId: string; kind: string; history: { nextAttemptAt: string | null }[] }[]
    }

    expect(failure.data).toMatchObject({
      workItemId: item.workItemId,
      encounterId: approvable.encounterId,
    })
    expect(items).toMatchObject([{ kind: 'write_back', workItemId: item.workItemId }])
    expect(items[0]?.history.map((one) => one.nextAttemptAt === null)).toEqual([true, false])
    const redriven = await ask(`/api/dead-letters/${items[0]?.deadLetterId}/redrive`, {
      method: 'POST',
      key: keys.operator,
    })
    expect(redriven.status).toBe(202)
    await eventOf(becomes('submitted'))
    expect(sandbox.control.documents()).toHaveLength(1)
  })
})

describe('a document, when the EHR does not let us find out whether it is in the chart', () => {
  /** The document is sent and stored, but the answer is garbage, and every later search is forbidden. */
  async function undecided(config: WorldOptions['config'] = impatient): Promise<WorkItemView> {
    const { sandbox, eventOf, ask } = await start({ config })
    const item = await ready(world)
    sandbox.control.addFault({
      kind: 'malformed_json',
      match: { method: 'POST', resourceType: 'DocumentReference' },
      times: 1,
    })
    sandbox.control.addFault({
      kind: 'status',
      status: 403,
      match: { method: 'GET', resourceType: 'DocumentReference' },
    })
    await approve(world, item)
    await eventOf((event) => event.eventType === 'WriteBackNeedsDecision')
    return (await (await ask(`/api/work-items/${item.workItemId}`)).json()) as WorkItemView
  }

  it('waits for a person, who sees what was sent and when, and is not sent again automatically', async () => {
    const item = await undecided()

    expect(item).toMatchObject({
      review: 'approved',
      needsDecision: true,
      writeBack: {
        state: 'ambiguous',
        needsDecision: true,
        documentId: null,
        errorCode: 'ehr_write_ambiguous',
        sent: {
          title: 'Prior authorization request',
          sizeBytes: item.form?.sizeBytes,
          destination: 'DocumentReference',
          count: 1,
        },
      },
    })
    expect(Date.parse(item.writeBack?.sent?.lastSentAt ?? '')).not.toBeNaN()
    expect(world.sandbox.control.documents()).toHaveLength(1)
  })

  it('is recorded as written when the person gives its id and the EHR confirms it', async () => {
    // An EHR that does not answer in time does not confirm it either, and a person's word is taken.
    const item = await undecided({
      Athena: { RequestTimeoutSeconds: 3, Documents: { Writer: 'fhir' } },
    })
    const [document] = world.sandbox.control.documents() as readonly { readonly id: string }[]
    world.sandbox.control.clearFaults()

    const unknown = await decide(world, item, { decision: 'present', documentId: 'a-195900.no' })
    const answer = await decide(world, item, { decision: 'present', documentId: document?.id })

    expect(unknown.status).toBe(409)
    expect(await unknown.json()).toMatchObject({ code: 'document_not_ours' })
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({
      review: 'submitted',
      needsDecision: false,
      writeBack: {
        state: 'written',
        documentId: document?.id,
        documentEvidence: 'identifier',
        decisions: [{ decision: 'present', decidedBy: 'clinician', confirmed: true }],
      },
    })
  })

  it('is accepted without confirmation if the EHR cannot be read, and marked as unconfirmed', async () => {
    const item = await undecided()

    const answer = await decide(world, item, { decision: 'present', documentId: 'seen-in-chart' })

    expect(await answer.json()).toMatchObject({
      writeBack: {
        state: 'written',
        documentId: 'seen-in-chart',
        documentEvidence: 'person',
        decisions: [{ confirmed: false }],
      },
    })
  })

  it('is not sent again at the person’s request if it is found after all', async () => {
    const item = await undecided()
    const { sandbox, eventOf } = world
    sandbox.control.clearFaults()

    const answer = await decide(world, item, { decision: 'send_again', run: 1 })
    await eventOf(becomes('submitted'))

    expect(answer.status).toBe(200)
    expect(sandbox.control.documents()).toHaveLength(1)
    const blind = await decide(
      world,
      { ...item, version: item.version + 1 },
      { decision: 'send_again' },
    )
    expect(blind.status).toBe(409)
    expect(await blind.json()).toMatchObject({ code: 'nothing_to_decide' })
  })

  it('is sent exactly once more at the person’s request if the EHR still does not show it', async () => {
    const item = await undecided()
    const { sandbox, eventOf } = world

    await decide(world, item, { decision: 'send_again' })
    await eventOf(
      (event) =>
        event.eventType === 'WriteBackNeedsDecision' &&
        (event.data as { sentCount: number }).sentCount === 2,
    )

    expect(sandbox.control.documents()).toHaveLength(2)
  })

  it('is decided only by users of the practice, about the version they saw, once', async () => {
    const item = await undecided()
    const { ask, keys } = world
    const again = { decision: 'send_again' }

    expect((await decide(world, item, again, keys.service)).status).toBe(403)
    expect((await decide(world, item, again, keys.otherPractice)).status).toBe(404)
    expect((await decide(world, { ...item, version: 1 }, again)).status).toBe(412)
    expect((await decide(world, item, { ...again, run: 7 })).status).toBe(409)
    expect((await decide(world, item, { decision: 'present' })).status).toBe(400)
    const path = `/api/work-items/${item.workItemId}/write-back/resolve`
    const bare = await ask(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(again),
    })
    expect(bare.status).toBe(428)
    const both = await Promise.all([
      decide(world, item, { ...again, run: 1 }),
      decide(world, item, { decision: 'present', documentId: 'seen-in-chart', run: 1 }),
    ])
    expect(both.map((answer) => answer.status).filter((status) => status === 200)).toHaveLength(1)
  })
})

describe('athenahealth: documents by its v1 API, because its FHIR API is read-only', () => {
  it.each([
    { what: 'accepted', fault: undefined },
    { what: 'accepted, and the answer was garbage', fault: { kind: 'malformed_json' as const } },
    {
      what: 'accepted, and the connection broke',
      fault: { kind: 'reset' as const, takesEffect: true },
    },
    {
      what: 'not accepted, and answered with an error',
      fault: { kind: 'status' as const, status: 503 },
    },
    {
      what: 'accepted, and answered with an error',
      fault: { kind: 'status' as const, status: 503, takesEffect: true },
    },
  ])('ends with one document when it was $what', async ({ fault }) => {
    const { sandbox, eventOf } = await start({
      sandbox: {},
      config: { Athena: { RequestTimeoutSeconds } },
    })
    const item = await ready(world)
    if (fault !== undefined)
      sandbox.control.addFault({
        ...fault,
        match: { method: 'POST', resourceType: 'v1/documents' },
        times: 1,
      })

    await approve(world, item)
    await eventOf(becomes('submitted'))

    expect(sandbox.control.documents()).toHaveLength(1)
    const byFhir = sandbox.control
      .requests({ resourceType: 'DocumentReference' })
      .filter(({ method }) => method === 'POST')
    expect(byFhir).toEqual([])
  })
})
