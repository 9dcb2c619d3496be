import { request as sendRequest } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { faultKinds } from '../src/faults/faults.ts'
import { faultChoices, requestChoices } from '../src/page/fault-choices.ts'
import { scenarioEncounters } from '../src/scenarios/scenarios.ts'
import { createSandbox, type Sandbox, type SandboxParts } from '../src/server.ts'
import { encounterId, openSandbox, patientId, practiceId } from './sandbox-client.ts'

let sandbox: Sandbox
const start = async (parts: SandboxParts = {}) => {
  sandbox = createSandbox({}, parts)
  await sandbox.start()
}
afterEach(() => sandbox.stop())

const approvable = 'a-195900.encounter-1001'

const page = async (path = '') => (await fetch(`${sandbox.pageUrl}${path}`)).text()
const act = (
  name: string,
  fields: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
) =>
  fetch(`${sandbox.pageUrl}/page/${name}`, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers,
    redirect: 'manual',
  })
const statusOf = (id: string) =>
  sandbox.control.encounters().find((one) => one.encounterId === id)?.status
/** What the page says after an action. */
const saidAfter = async (response: Response) => {
  expect(response.status).toBe(303)
  const shown = await fetch(new URL(response.headers.get('location') ?? '', sandbox.baseUrl))
  return /<p id="said"[^>]*>([^<]*)</.exec(await shown.text())?.[1]
}

describe("the sandbox's page: encounters", () => {
  it("lists the day's encounters with the patient, the scenario in words and the state", async () => {
    await start()

    const text = await page()

    for (const { encounterId: id } of scenarioEncounters)
      expect(text).toContain(`data-encounter="${id}"`)
    expect(text).toContain('Marchetti')
    expect(text).toContain('Approvable: conservative care')
    expect(text).toContain('>Open<')
    expect(text).not.toContain('>Signed<')
  })

  it('announces an encounter to the gateway before it is signed', async () => {
    const announced: object[] = []
    await start({
      async announce(encounter) {
        announced.push({ ...encounter, status: statusOf(encounter.encounterId) })
      },
    })

    const said = await saidAfter(await act('sign', { encounter: approvable }))

    expect(announced).toEqual([
      {
        practiceId,
        patientId: 'a-195900.E-60178',
        encounterId: approvable,
        status: 'in-progress',
      },
    ])
    expect(statusOf(approvable)).toBe('finished')
    expect(said).toContain('Marchetti')
    expect(said).toContain('work queue')
    expect(await page()).toContain('>Signed<')
  })

  it('signs all the same if the gateway cannot be asked, and says so', async () => {
    await start({ announce: () => Promise.reject(new Error('not there')) })

    const said = await saidAfter(await act('sign', { encounter: approvable }))

    expect(said).toContain('could not be asked to watch it')
    expect(statusOf(approvable)).toBe('finished')
  })

  it('says how an encounter gets to a gateway that the sandbox does not know', async () => {
    await start()

    expect(await saidAfter(await act('sign', { encounter: approvable }))).toContain(
      'POST /api/patients/register',
    )
  })

  it('re-opens', async () => {
    await start()
    await act('sign', { encounter: approvable })

    expect(await saidAfter(await act('reopen', { encounter: approvable }))).toContain('open again')
    expect(statusOf(approvable)).toBe('in-progress')
  })

  it('creates encounters of new patients whose numbers no earlier sandbox has used', async () => {
    let now = Date.UTC(2026, 10, 29, 15)
    const clock = { now: () => now, sleep: () => Promise.resolve() }
    const create = async () => {
      const response = await act('create', { scenario: approvable })
      return new URL(response.headers.get('location') ?? '', sandbox.baseUrl).searchParams.get(
        'encounter',
      )
    }
    await start({ clock })
    const first = [await create(), await create()]
    await sandbox.stop()
    now += 60_000
    await start({ clock })

    const all = [...first, await create()]

    expect(new Set(all).size).toBe(3)
    const created = sandbox.control.encounters().find((one) => one.encounterId === all[2])
    expect(created?.status).toBe('finished')
    expect(created?.patientId).not.toBe('a-195900.E-60178')
    expect(created?.patient).not.toContain('Marchetti')
    expect(await page()).toContain(`data-encounter="${all[2]}"`)
  })

  it('says that nothing was done if it does not know what was chosen', async () => {
    await start()

    for (const [name, fields] of [
      ['sign', { encounter: 'no-such' }],
      ['reopen', {}],
      ['create', { scenario: '<script>' }],
      ['faults', { fault: 'constructor', request: '', count: '1' }],
      ['faults', { fault: 'slow', request: 'Nothing', count: '1' }],
      ['faults', { fault: 'slow', request: '', count: '-1' }],
    ] as const)
      expect(await saidAfter(await act(name, fields))).toContain('Nothing was done')
  })

  it('shows text of a chart as text', async () => {
    await start()
    sandbox.control.putResource(practiceId, {
      resourceType: 'Patient',
      id: 'a-195900.E-60178',
      name: [{ family: '<img src=x onerror=alert(1)>' }],
    })

    const text = await page()

    expect(text).not.toContain('<img')
    expect(text).toContain('&#60;img')
  })
})

describe("the sandbox's page: faults", () => {
  it('offers every kind of fault, with a sentence', () => {
    sandbox = createSandbox()
    const offered = Object.values(faultChoices)

    expect(new Set(offered.map(({ fault }) => fault.kind))).toEqual(new Set(faultKinds))
    for (const { sentence } of offered) expect(sentence).toMatch(/^[A-Za-z].{20,}\.$/)
  })

  it('gives a fault to the next requests of one kind, shows it, and stops after them', async () => {
    const client = await openSandbox()
    sandbox = client.sandbox
    const ask = async (type: string) => (await client.get(`${type}?patient=${patientId}`)).status

    const said = await saidAfter(
      await act('faults', { fault: 'unavailable', request: 'Condition', count: '1' }),
    )
    const listed = await page()
    const answers = [await ask('Observation'), await ask('Condition'), await ask('Condition')]
    const after = await page()

    expect(said).toContain('given from now on')
    expect(listed).toContain(`For ${requestChoices['Condition']}; given 0 times, once more`)
    expect(answers).toEqual([200, 503, 200])
    expect(after).toContain('No fault is given')
    expect(after).toContain('503 <span class="state fault">Unavailable (503)')
  })

  it('gives a fault until it is cleared, one or all', async () => {
    const client = await openSandbox()
    sandbox = client.sandbox
    const ask = async () => (await client.get(`Encounter/${encounterId}`)).status
    await act('faults', { fault: 'forbidden', request: '', count: '0' })
    await act('faults', { fault: 'unavailable', request: '', count: '0' })
    const [first] = sandbox.control.faults()

    const answers = [await ask(), await ask()]
    await act('clear', { fault: first?.faultId ?? '' })
    answers.push(await ask())
    await act('clear', {})
    answers.push(await ask())

    expect(answers.slice(0, 3)).toEqual([403, 403, 503])
    expect(answers[3]).not.toBe(503)
    expect(sandbox.control.faults()).toEqual([])
  })

  it('counts equal requests in a row as one line', async () => {
    const client = await openSandbox()
    sandbox = client.sandbox
    for (let count = 0; count < 3; count += 1) await client.get(`Condition?patient=${patientId}`)

    expect(await page()).toContain('GET Condition × 3')
  })
})

describe("the sandbox's page: who gets it", () => {
  it.each([
    { origin: 'https://elsewhere.example' },
    { origin: 'null' },
    { origin: 'http://127.0.0.1:1' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ])('refuses to act for the page of another site: %o', async (headers) => {
    await start()
    const writes = [
      act('sign', { encounter: approvable }, headers),
      act('faults', { fault: 'slow', request: '', count: '0' }, headers),
      fetch(`${sandbox.pageUrl}/encounters/${approvable}/sign`, { method: 'POST', headers }),
    ]

    for (const response of await Promise.all(writes)) expect(response.status).toBe(403)
    expect(statusOf(approvable)).toBe('in-progress')
    expect(sandbox.control.faults()).toEqual([])
  })

  it('acts for itself and for programs', async () => {
    await start()

    const own = await act(
      'sign',
      { encounter: approvable },
      { origin: sandbox.baseUrl, 'sec-fetch-site': 'same-origin' },
    )
    const program = await fetch(`${sandbox.pageUrl}/encounters/${approvable}/reopen`, {
      method: 'POST',
    })

    expect([own.status, program.status]).toEqual([303, 204])
  })

  it('is refused under a foreign name that resolves to this machine', async () => {
    await start()
    const status = await new Promise<number | undefined>((resolve, reject) => {
      sendRequest(sandbox.pageUrl, { headers: { host: 'rebound.example' } }, (response) => {
        response.resume()
        resolve(response.statusCode)
      })
        .on('error', reject)
        .end()
    })

    expect(status).toBe(403)
  })

  it('loads nothing from elsewhere, and cannot be framed', async () => {
    await start()

    const response = await fetch(sandbox.pageUrl)

    const policy = response.headers.get('content-security-policy')
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(await response.text()).not.toMatch(/(?:src|href)="http/)
    for (const file of ['page.css', 'page.js'])
      expect((await fetch(`${sandbox.pageUrl}/${file}`)).status).toBe(200)
  })
})
