import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anIdentityProvider } from '../apps/gateway/test/people/identity-provider.ts'
import { quietPort } from '../apps/gateway/test/quiet-port.ts'
import { accessibilityProblems } from './accessibility.ts'
import { launchBrowser } from './browser.ts'
import { anEncounter, startWorld, type World } from './world.ts'

const artifacts = fileURLToPath(new URL('../artifacts/', import.meta.url))
const practice = '195900'
const adminPassword = 'seven plain words for her'

const parts = new AsyncDisposableStack()
let world: World
let browser: Browser
/** Passkeys need a name: not 127.0.0.1. */
let address: string
const account = { sub: 'sso-1', name: 'Sam Sundaram', groups: ['clinicians'] }

const by = {
  actor: { label: 'test', personId: undefined },
  origin: { address: undefined, browser: undefined, requestId: undefined },
}

beforeAll(async () => {
  mkdirSync(artifacts, { recursive: true })
  const port = await quietPort()
  address = `http://localhost:${port}`
  const provider = parts.use(
    await anIdentityProvider(
      () => account,
      [`${address}/api/session/oidc/callback`],
      [`${address}/sign-in`],
    ),
  )
  world = parts.use(
    await startWorld({
      dashboardDirectory: fileURLToPath(new URL('../apps/dashboard/dist', import.meta.url)),
      config: {
        Http: { Port: port, RequestsPerMinute: 100_000, PublicUrl: address },
        Events: { HeartbeatSeconds: 1 },
        Auth: { ApprovalProofMinutes: { [practice]: 5 } },
        Oidc: {
          Issuer: provider.issuer,
          ClientId: provider.clientId,
          ClientSecret: provider.clientSecret,
          Name: 'Cedar Hill',
          Scopes: ['openid', 'profile', 'groups'],
          Groups: { clinicians: { Roles: ['clinician'], Practices: [practice] } },
        },
      },
    }),
  )
  const { people } = world.gateway
  await people.add(
    {
      login: 'a.okafor',
      label: 'Amara Okafor, MD',
      roles: ['clinician', 'staff', 'administrator'],
      practiceIds: [practice],
      password: adminPassword,
    },
    by,
  )
  browser = await launchBrowser()
  parts.defer(() => browser.close())
})

afterAll(() => parts.disposeAsync())

async function aPerson(width = 1280): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    reducedMotion: 'reduce',
  })
  parts.defer(() => context.close())
  const page = await context.newPage()
  return { context, page }
}

async function signIn(page: Page, login: string, password: string): Promise<void> {
  await page.goto(`${address}/sign-in`)
  await page.getByLabel('Login').fill(login)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

/** A device whose lock confirms passkeys. */
async function giveAuthenticator({
  context,
  page,
}: {
  readonly context: BrowserContext
  readonly page: Page
}): Promise<void> {
  const cdp = await context.newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

const isLive = (page: Page) => page.locator('[data-connection=live]').waitFor()

describe('the sign-in page', () => {
  it('offers name and password, a passkey, single sign-on and a key', async () => {
    const { page } = await aPerson()
    await page.goto(`${address}/sign-in`)
    await page.getByLabel('Login').waitFor()

    expect(await accessibilityProblems(page, `${artifacts}people-sign-in`)).toEqual([])
    await page.getByRole('button', { name: 'Sign in with a passkey' }).waitFor()
    await page.getByRole('link', { name: 'Sign in with Cedar Hill' }).waitFor()
    await page.getByRole('button', { name: 'Sign in with a key' }).click()
    await page.getByLabel('Key').waitFor()
  })

  it('keeps what was typed when it is refused, and says why', async () => {
    const { page } = await aPerson()
    await signIn(page, 'a.okafor', 'not her password')

    await page.getByText('the login or the password is not right').waitFor()

    expect(await page.getByLabel('Login').inputValue()).toBe('a.okafor')
    await page.getByLabel('Password').fill(adminPassword)
    await page.getByLabel('Password').press('Enter')
    await isLive(page)
  })

  it('says plainly why an identity provider signed nobody in', async () => {
    const { page } = await aPerson(360)
    await page.goto(`${address}/sign-in?refused=practice_missing`)

    await page.getByText('You have no role or no practice here yet').waitFor()
    expect(await accessibilityProblems(page, `${artifacts}people-sign-in-refused`)).toEqual([])
  })
})

describe('an administrator', () => {
  let admin: Page
  let link = ''

  it('adds a person, and gets a link that is shown once', async () => {
    const { page } = await aPerson()
    admin = page
    await signIn(page, 'a.okafor', adminPassword)
    await isLive(page)
    await page.getByRole('link', { name: 'People' }).click()
    await page.locator('[data-person="a.okafor"]').waitFor()

    await page.getByRole('button', { name: 'Add a person' }).click()
    await page.getByLabel('Name', { exact: true }).fill('amara  okafor, md')
    await page.getByLabel('Login').fill('j.ruiz')
    await page.getByRole('button', { name: 'Add and make a sign-in link' }).click()
    await page.getByText('has this name already').waitFor()
    expect(await page.getByLabel('Login').inputValue()).toBe('j.ruiz')
    await page.getByLabel('Name', { exact: true }).fill('Jordan Ruiz')
    await page.getByLabel(/^clinician/).check()
    await page.screenshot({ path: `${artifacts}people-add.png` })
    await page.getByRole('button', { name: 'Add and make a sign-in link' }).click()

    link = await page.getByLabel('Sign-in link of Jordan Ruiz').inputValue()
    expect(link).toMatch(/#token=/)
    await page.locator('[data-person="j.ruiz"]').waitFor()
    expect(await accessibilityProblems(page, `${artifacts}people`)).toEqual([])
    await page.getByRole('button', { name: 'I have it' }).click()
    expect(await page.content()).not.toContain(link.split('=')[1])
  })

  it('makes a key that is shown once, and revokes it', async () => {
    await admin.getByRole('button', { name: 'Make a key' }).click()
    await admin.getByLabel('Name of the key').fill('Scheduler')
    await admin.getByRole('button', { name: 'Make the key' }).click()
    const key = await admin.getByLabel('The key Scheduler').inputValue()
    const status = async () => (await world.ask('/api/session', { key })).status
    expect(await status()).toBe(200)

    await admin.getByRole('button', { name: 'I have it' }).click()
    await admin.getByRole('button', { name: 'Revoke Scheduler' }).click()
    await admin.getByRole('group', { name: 'Whoever uses Scheduler is refused at once' }).waitFor()
    const focused = () => admin.evaluate('document.activeElement.textContent')
    expect(await focused()).toContain('This cannot be undone')
    await admin.getByRole('button', { name: 'Cancel' }).click()
    expect(await focused()).toBe('Revoke')
    await admin.getByRole('button', { name: 'Revoke Scheduler' }).click()
    await admin.getByRole('button', { name: 'Revoke the key' }).click()
    await admin.locator('[data-key="Scheduler"]').getByText('revoked', { exact: true }).waitFor()

    expect(await status()).toBe(401)
    await admin.locator('[data-key="clinician"]').getByText('In the configuration').waitFor()
  })

  it('is usable on a phone', async () => {
    await admin.setViewportSize({ width: 360, height: 800 })
    const overflow = await admin.evaluate('document.documentElement.scrollWidth')
    await admin.screenshot({ path: `${artifacts}people-phone.png` })
    await admin.setViewportSize({ width: 1280, height: 900 })

    expect(overflow).toBe(360)
  })

  it('cannot remove themselves as the last one', async () => {
    await admin.getByRole('button', { name: 'Disable: Amara Okafor, MD' }).click()

    await admin.getByText('would have no administrator').waitFor()
  })

  it('disables a person, whose open page closes within a heartbeat', async () => {
    const { page } = await aPerson()
    await page.goto(link)
    await page.getByText('The link works once').waitFor()
    await page.getByText('j.ruiz', { exact: true }).waitFor()
    await page.getByLabel('New password').fill('a phrase that is only his, too')
    await page.getByRole('button', { name: 'Save the password' }).click()
    await isLive(page)

    await admin.getByRole('button', { name: 'Disable: Jordan Ruiz' }).click()

    await page.locator('[data-session-dialog]').waitFor()
    await admin.getByRole('button', { name: 'Enable: Jordan Ruiz' }).click()
    await admin.getByRole('button', { name: 'Disable: Jordan Ruiz' }).waitFor()
  })
})

describe('a person who came by a link', () => {
  let page: Page
  const password = 'a phrase that is only his'

  it('chooses a password, and adds a passkey', async () => {
    const opened = await aPerson()
    page = opened.page
    const person = await world.gateway.store.people.findByLogin('j.ruiz')
    await world.gateway.people.forgetPassword(person?.person_id ?? '', by)
    const token = await world.gateway.auth.issueLink({
      personId: person?.person_id,
      label: '',
      roles: [],
      practiceIds: [],
    })
    await giveAuthenticator(opened)
    await page.goto(`${address}/sign-in#token=${token}`)

    await page.getByLabel('New password').fill('short')
    await page.getByRole('button', { name: 'Save the password' }).click()
    await page.getByText('it needs at least 12').waitFor()
    await page.getByLabel('New password').fill(password)
    await page.getByRole('button', { name: 'Save the password' }).click()
    await isLive(page)
    await page.getByRole('link', { name: 'Jordan Ruiz' }).click()
    await page.getByRole('heading', { name: 'Change your password' }).waitFor()
    await page.getByLabel('Name of the device').fill('Laptop')
    await page.getByRole('button', { name: 'Add a passkey' }).click()
    // A link proves nothing, so the password is asked for; what was typed stays.
    await page.locator('[data-proof]').getByLabel('Your password').fill(password)
    await page.locator('[data-proof]').getByRole('button', { name: 'Continue' }).click()
    await page.locator('[data-passkey="Laptop"]').waitFor()

    expect(await accessibilityProblems(page, `${artifacts}people-account`)).toEqual([])
  })

  it('signs in with the passkey', async () => {
    await page.getByRole('button', { name: 'Sign out', exact: true }).click()
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click()

    await isLive(page)

    const session = await page.evaluate(`fetch('/api/session').then((one) => one.json())`)
    expect(session).toMatchObject({ label: 'Jordan Ruiz', method: 'passkey' })
  })

  it('signs out everywhere', async () => {
    const other = await aPerson()
    await signIn(other.page, 'j.ruiz', password)
    await isLive(other.page)
    await page.goto(`${address}/account`)
    await page.locator('[data-session=other]').first().waitFor()

    await page.getByRole('button', { name: 'Sign out everywhere' }).click()

    await page.getByLabel('Login').waitFor()
    await other.page.locator('[data-session-dialog]').waitFor()
  })
})

describe('a device that was lost', () => {
  it('is signed out by an administrator, and its passkey opens nothing any more', async () => {
    const { page } = await aPerson(360)
    await signIn(page, 'a.okafor', adminPassword)
    await isLive(page)
    await page.goto(`${address}/people`)
    await page.getByRole('button', { name: 'Sign out: Jordan Ruiz' }).click()
    await page.getByText('Jordan Ruiz is signed out on every device').waitFor()
    expect(await accessibilityProblems(page, `${artifacts}people-lost-device`)).toEqual([])
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360)

    await page.getByRole('button', { name: 'Sign out and remove passkeys' }).click()

    await page.getByText('no longer has a passkey').waitFor()
    expect(
      await world.database(
        `select count(*)::int as n from passkeys join people using (person_id) where login = 'j.ruiz'`,
      ),
    ).toBe(0)
  })
})

describe('a person whose password somebody else set', () => {
  const given = 'k7wmp-abcde-fghjk-mnpqr'
  let page: Page

  it('chooses one at the first sign-in, before anything else', async () => {
    await world.gateway.people.add(
      {
        login: 'k.lind',
        label: 'Kim Lind',
        roles: ['staff'],
        practiceIds: [practice],
        password: given,
        isPasswordTemporary: true,
      },
      by,
    )
    page = (await aPerson(360)).page
    await signIn(page, 'k.lind', given)

    await page.getByRole('heading', { name: 'Welcome, Kim Lind' }).waitFor()
    expect(await page.getByRole('link', { name: 'Encounters' }).count()).toBe(0)
    await page.goto(`${address}/encounters`)
    await page.getByLabel('New password').fill(given)
    await page.getByRole('button', { name: 'Save the password' }).click()
    await page.getByText('Choose a password other than the one that you were given').waitFor()
    expect(await accessibilityProblems(page, `${artifacts}people-choose-password`)).toEqual([])
    await page.getByLabel('New password').fill('a phrase that is only hers')
    await page.getByRole('button', { name: 'Save the password' }).click()

    await isLive(page)
    expect(new URL(page.url()).pathname).toBe('/encounters')
  })

  it('may add a passkey instead, which ends the password that somebody else knows', async () => {
    await world.gateway.people.add(
      {
        login: 'p.singh',
        label: 'Priya Singh',
        roles: ['staff'],
        practiceIds: [practice],
        password: given,
        isPasswordTemporary: true,
      },
      by,
    )
    const opened = await aPerson()
    await giveAuthenticator(opened)
    await signIn(opened.page, 'p.singh', given)
    await opened.page.getByLabel('Name of the device').fill('Laptop')
    await opened.page.getByRole('button', { name: 'Add a passkey' }).click()

    await isLive(opened.page)
    expect(await world.gateway.store.people.findByLogin('p.singh')).toMatchObject({
      password_hash: null,
      password_is_temporary: false,
    })
    await opened.page.getByRole('button', { name: 'Sign out', exact: true }).click()
    await opened.page.getByRole('button', { name: 'Sign in with a passkey' }).click()
    await isLive(opened.page)
  })

  it('gets another name, which the page shows, and past work keeps the old one', async () => {
    const admin = (await aPerson()).page
    await signIn(admin, 'a.okafor', adminPassword)
    await isLive(admin)
    await admin.goto(`${address}/people`)
    await admin.getByRole('button', { name: 'Rename: Kim Lind' }).click()
    await admin.getByLabel('Name', { exact: true }).fill('Amara Okafor, MD')
    await admin.getByRole('button', { name: 'Rename', exact: true }).click()
    await admin.getByText('has this name already').waitFor()
    expect(await accessibilityProblems(admin, `${artifacts}people-rename`)).toEqual([])
    await admin.getByLabel('Name', { exact: true }).fill('Kim Berg')
    await admin.getByRole('button', { name: 'Rename', exact: true }).click()

    await admin.locator('[data-person="k.lind"]').getByText('Kim Berg').waitFor()
    await page.reload()
    await page.getByText('Kim Berg').first().waitFor()
  })
})

describe('an approval', () => {
  it('asks the approver to prove who they are, and nothing that was typed is lost', async () => {
    await world.sign(anEncounter(1001, 60178))
    await world.eventOf(({ eventType }) => eventType === 'EncounterProcessed')
    const person = await world.gateway.store.people.findByLogin('a.okafor')
    const token = await world.gateway.auth.issueLink({
      personId: person?.person_id,
      label: '',
      roles: [],
      practiceIds: [],
    })
    const { page } = await aPerson()
    await page.goto(`${address}/sign-in#token=${token}`)
    await isLive(page)
    await page.locator('[data-row] a, a[href^="/work-items/"]').first().click()
    await page.getByRole('button', { name: /^Approve/ }).click()
    await page.getByLabel(/^Remark|^Why you approve it anyway/).fill('checked against the chart')
    await page
      .getByRole('dialog')
      .getByRole('button', { name: 'Approve and file to chart' })
      .click()

    const proof = page.locator('[data-proof]')
    await proof.waitFor()
    expect(await accessibilityProblems(page, `${artifacts}people-proof`)).toEqual([])
    await proof.getByLabel('Your password').fill('not her password')
    await proof.getByRole('button', { name: 'Continue' }).click()
    await proof.getByText('This is not your password').waitFor()
    expect(await page.getByLabel(/^Remark|^Why you approve it anyway/).inputValue()).toBe(
      'checked against the chart',
    )
    await proof.getByLabel('Your password').fill(adminPassword)
    await proof.getByRole('button', { name: 'Continue' }).click()

    await page.getByRole('dialog').waitFor({ state: 'detached' })
    const event = await world.eventOf(({ eventType }) => eventType === 'WORK_ITEM_STATUS_CHANGED')
    expect(event).toBeDefined()
    expect(
      await world.database(
        `select count(*)::int as n from write_backs where approved_by = 'Amara Okafor, MD'`,
      ),
    ).toBe(1)
  })

  it('is not for a shared key where the practice has a named clinician', async () => {
    await world.sign(anEncounter(1002, 60179))
    const items = await world.ask('/api/work-items?limit=10')
    const { items: list } = (await items.json()) as {
      items: { workItemId: string; version: number; review: string }[]
    }
    const [item] = list
    const response = await world.ask(`/api/work-items/${item?.workItemId}/approve`, {
      method: 'POST',
      headers: { 'if-match': `"${item?.version}"`, 'content-type': 'application/json' },
      body: JSON.stringify({ reason: 'checked' }),
    })

    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject({ code: 'approval_by_person' })
  })
})

describe('single sign-on', () => {
  it('signs a person in, and out of the provider too', async () => {
    const { page } = await aPerson()
    await page.goto(`${address}/encounters`)
    await page.getByRole('link', { name: 'Sign in with Cedar Hill' }).click()

    await isLive(page)
    expect(new URL(page.url()).pathname).toBe('/encounters')
    await page.getByText('Sam Sundaram').first().waitFor()
    await page.getByRole('button', { name: 'Sign out', exact: true }).click()
    await page.waitForURL((url) => url.pathname.startsWith('/session/end'))
  })
})
