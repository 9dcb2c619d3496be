import { describe, expect, it } from 'vitest'
import { ABrowser } from './a-browser.ts'
import { aLaunchDesk } from './a-launch-desk.ts'
import { anIndependentEhr, type IndependentEhr } from './an-independent-ehr.ts'

/** One FHIR server with the charts of two practices; `context` is what its token answer says. */
async function launchingAs(
  practiceIds: readonly string[],
  context: Readonly<Record<string, unknown>>,
) {
  let ehr: IndependentEhr | undefined
  const desk = await aLaunchDesk({
    async issuers({ redirectUri }) {
      ehr = await anIndependentEhr(redirectUri)
      return [
        {
          fhirBaseUrl: ehr.fhirBaseUrl,
          clientId: 'authscript',
          authentication: { method: 'client_secret_basic', secret: 'a secret/with:odd+chars%-_.~' },
          practiceIds: ['195900', '195901'],
          frameHosts: ['https://ehr.example'],
          hasFrameMessages: true,
          scopes: ['openid', 'fhirUser', 'profile'],
          idTokenIssuer: undefined,
          newPeople: { roles: ['clinician'] },
        },
      ]
    },
  })
  if (ehr === undefined) throw new Error('not started')
  ehr.context = context
  desk.practiceIds = practiceIds
  const browser = new ABrowser()
  const query = new URLSearchParams({ iss: ehr.fhirBaseUrl, launch: 'opaque handle' })
  const { urls, response } = await browser.follow(`${desk.address}/launch?${query}`, (url) => {
    const { origin, pathname } = new URL(url)
    return origin === desk.address && !pathname.startsWith('/launch')
  })
  return { desk, browser, landing: urls.at(-1), response }
}

describe('practices behind one address', () => {
  it.each(['195900', '195901'])('opens the chart in practice %s, of its patient', async (id) => {
    const { desk, landing, browser } = await launchingAs([id], { patient: `a-${id}.E-5` })

    expect(new URL(landing ?? '').searchParams.get('practiceId')).toBe(id)
    expect(desk.people).toMatchObject([{ practiceId: id }])
    const session = await browser.get(`${desk.address}/api/session`)
    expect(await session.json()).toMatchObject({
      ehrFrame: { practiceId: id, patientId: `a-${id}.E-5`, hosts: ['https://ehr.example'] },
    })
  })

  it('never opens the chart of one practice for a person of the other', async () => {
    const { desk, response } = await launchingAs(['195900'], { patient: 'a-195901.E-5' })

    expect(response?.status).toBe(403)
    expect(desk.logged.join('')).toContain('launch_practice_foreign')
    expect(desk.sessions.size).toBe(0)
  })

  it.each([
    ['no patient', {}, 'launch_practice_ambiguous', 'cannot tell which practice'],
    [
      'a practice that is not configured',
      { patient: 'a-7.E-5' },
      'launch_practice_unknown',
      'practice is not connected',
    ],
    [
      'ids of two practices',
      { patient: 'a-195900.E-5', encounter: 'a-195901.encounter-5' },
      'launch_context_conflict',
      'disagree',
    ],
    [
      'a token of the other practice',
      { patient: 'a-195900.E-5', ah_practice: 'Organization/a-1.Practice-195901' },
      'launch_context_conflict',
      'disagree',
    ],
  ])('refuses a launch with %s, and says why', async (_what, context, code, words) => {
    const { desk, response } = await launchingAs(['195900', '195901'], context)

    expect(response?.status).toBe(403)
    expect(await response?.text()).toContain(words)
    expect(desk.logged.join('')).toContain(code)
    // Nobody was asked for, so nobody was added.
    expect(desk.people).toEqual([])
    expect(desk.sessions.size).toBe(0)
  })
})
