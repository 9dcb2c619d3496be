import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Role } from '@authscript/prior-auth'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest'
import {
  isSigned,
  startReceiver,
  type WebhookReceiver,
} from '../apps/gateway/test/webhooks/webhook-receiver.ts'
import { accessibilityProblems } from './accessibility.ts'
import { launchBrowser } from './browser.ts'
import { anEncounter, startWorld, type World } from './world.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const fromRoot = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url))
const artifacts = fromRoot('artifacts/')
const slowly = { timeout: 30_000 }

let world: World
let browser: Browser
let page: Page
let receiver: WebhookReceiver
/** As the page showed it. */
let secret: string

beforeAll(async () => {
  mkdirSync(artifacts, { recursive: true })
  world = await startWorld({
    dashboardDirectory: fromRoot('apps/dashboard/dist'),
    config: {
      Webhooks: {
        AllowedNetworks: ['127.0.0.0/8'],
        RetryIntervalSeconds: 0.2,
        MaxRetryIntervalSeconds: 0.5,
      },
    },
  })
  receiver = await startReceiver()
  browser = await launchBrowser()
  page = await openAs('Office manager', ['administrator'])
})

afterAll(async () => {
  await browser?.close()
  await receiver?.[Symbol.asyncDispose]()
  await world?.[Symbol.asyncDispose]()
})

async function openAs(label: string, roles: readonly Role[]): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
  })
  const opened = await context.newPage()
  const token = await world.gateway.auth.issueLink({ label, roles, practiceIds: ['195900'] })
  await opened.goto(`${world.gateway.address}/sign-in#token=${token}`)
  await opened.waitForURL(({ pathname }) => pathname !== '/sign-in', slowly)
  await opened.goto(`${world.gateway.address}/webhooks`)
  return opened
}

/** No rule of WCAG broken in light and dark, and pictures of both, and of a phone. */
async function expectReadable(name: string): Promise<void> {
  const picture = `${artifacts}webhooks-${name}`
  expect(await accessibilityProblems(page, picture), name).toEqual([])
  await page.setViewportSize({ width: 360, height: 740 })
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
  await page.screenshot({ path: `${picture}-phone.png`, fullPage: true })
  await page.setViewportSize({ width: 1440, height: 900 })
}

const card = () => page.locator('[data-webhook]')
const press = (name: string | RegExp) => card().getByRole('button', { name }).click()
const shownSecret = () => page.locator('[data-shown-once]').getByRole('textbox').inputValue()

it('is added by an administrator, who keeps what was typed when it is refused, and sees the secret once', async () => {
  await page.getByText('There is no webhook yet').waitFor(slowly)
  await page.getByRole('button', { name: 'Add a webhook' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Address').fill('practice tools')
  await dialog.getByLabel('Description').fill('Practice tools')
  await dialog.getByRole('button', { name: 'Add' }).click()
  await dialog.getByText('Type an address that begins with https://.').waitFor(slowly)
  await dialog.getByLabel('Address').fill('https://10.0.0.7/hook')
  await dialog.getByRole('button', { name: 'Add' }).click()
  await dialog.getByText(/leads to a private address/).waitFor(slowly)
  expect(await dialog.getByLabel('Address').inputValue()).toBe('https://10.0.0.7/hook')
  await expectReadable('refused')

  await dialog.getByLabel('Address').fill(receiver.url)
  await dialog.getByRole('button', { name: 'Add' }).click()

  await card().getByText('Nothing sent yet').waitFor(slowly)
  secret = await shownSecret()
  expect(secret).toMatch(/^whsec_/)
  await expectReadable('added')
  await page.getByRole('button', { name: 'I have it' }).click()
  await page.reload()
  await card().getByRole('heading', { name: 'Practice tools' }).waitFor(slowly)
  expect(await page.content()).not.toContain(secret)
})

it('is tested: the receiver verifies the signature, or the page says what went wrong', async () => {
  await press(/^Send a test/)
  await card().getByText('The test was delivered: it answered 204.').waitFor(slowly)
  const [message] = await receiver.until(1)
  expect(message?.type).toBe('webhook.test')
  expect(message && isSigned(message, secret)).toBe(true)

  receiver.answer = () => ({ status: 401 })
  await press(/^Send a test/)

  await card()
    .getByText(/The test was not delivered: it answered 401\. To do: see the endpoint's own log/)
    .waitFor(slowly)
})

it('shows since when it fails, why and what to do, and what was delivered when it works again', async () => {
  receiver.answer = () => ({ status: 503 })
  await world.sign(anEncounter(1001, 60178))

  await card().getByText('Failing', { exact: true }).waitFor(slowly)
  await card()
    .getByText(/Since \d\d:\d\d every attempt failed: it answered 503/)
    .waitFor(slowly)
  await card().getByText('1 message waits').waitFor(slowly)
  await press('Show deliveries')
  await card()
    .getByText(/waits after \d+ attempts?, it answered 503/)
    .waitFor(slowly)
  await expectReadable('failing')
  receiver.answer = () => ({})

  await card().getByText('Working', { exact: true }).waitFor(slowly)
  await card()
    .getByText(/^delivered \d\d:\d\d, it answered 204$/)
    .waitFor(slowly)
  await card()
    .getByText(/Last success/)
    .waitFor(slowly)
  const count = receiver.received.length
  await press(/^Send again number/)
  const sent = await receiver.until(count + 1)
  expect(sent.at(-1)?.id).toBe(sent.at(-2)?.id)
  expect(sent.at(-1)?.type).toBe('form.ready')
})

it('gets a new secret while the previous one still signs, is changed, disabled, enabled and deleted', async () => {
  await press(/^New secret/)
  await press('Make a new secret')
  await page.locator('[data-shown-once]').waitFor(slowly)
  const next = await shownSecret()
  expect(next).not.toBe(secret)
  await card()
    .getByText(/the earlier secret also signs until/)
    .waitFor(slowly)
  const before = receiver.received.length
  await press(/^Send a test/)
  const message = (await receiver.until(before + 1)).at(-1)
  expect(message && isSigned(message, secret) && isSigned(message, next)).toBe(true)

  await press(/^Change/)
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(/a form is in the chart/).uncheck()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await card()
    .getByText('Practice 195900 · form.ready, form.approved, payer.decided')
    .waitFor(slowly)

  await press(/^Disable/)
  await press('Disable the webhook')
  await card().getByText('Office manager has disabled it.').waitFor(slowly)
  await expectReadable('disabled')
  await press(/^Enable/)
  await card().getByText('Working', { exact: true }).waitFor(slowly)

  await press(/^Delete/)
  await press('Delete the webhook')
  await page.getByText('There is no webhook yet').waitFor(slowly)
})

it('is seen by an operator without its full address or a way to change it, and by nobody else', async () => {
  await world.ask('/api/webhooks', {
    key: world.keys.service,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ practiceId: '195900', url: `${receiver.url}?token=hush` }),
  })
  const before = page
  page = await openAs('Night shift', ['operator'])
  onTestFinished(async () => {
    await page.context().close()
    page = before
  })
  await card().getByText('Nothing sent yet').waitFor(slowly)
  expect(await page.content()).not.toContain('hush')
  expect(
    await page.getByRole('button', { name: /Send a test|Change|Disable|Delete/ }).count(),
  ).toBe(0)
  await expectReadable('operator')

  const desk = await openAs('Desk', ['staff'])
  await desk.getByText('Only administrators and operators see webhooks.').waitFor(slowly)
  await desk.context().close()
})
