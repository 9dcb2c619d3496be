import { mkdirSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContext, Frame, FrameLocator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { accessibilityProblems } from './accessibility.ts'
import { launchBrowser } from './browser.ts'
import { type LaunchWorld, startLaunchWorld } from './launch-world.ts'
import { anEncounter } from './world.ts'

vi.setConfig({ testTimeout: 180_000, hookTimeout: 240_000 })

const artifacts = fileURLToPath(new URL('../artifacts/', import.meta.url))

let started: LaunchWorld
let browser: Browser
/** Meets its criteria: approving is the first act. */
const knee = anEncounter(1021, 60191)
const lumbar = anEncounter(1003, 60180)
const another = '60178'

beforeAll(async () => {
  mkdirSync(artifacts, { recursive: true })
  started = await startLaunchWorld(knee, lumbar)
  browser = await launchBrowser('--test-third-party-cookie-phaseout')
})

afterAll(async () => {
  await browser?.close()
  await started?.[Symbol.asyncDispose]()
})

interface Opened {
  readonly context: BrowserContext
  readonly page: Page
  readonly app: FrameLocator
  /** The page of ours in the EHR's frame. */
  readonly frame: Frame
}

const wide = { viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' } as const

/** The order of an encounter, beside its chart, until the test has finished. */
async function openOrder(
  { encounterId } = knee,
  options: NonNullable<Parameters<Browser['newContext']>[0]> = {},
): Promise<Opened> {
  const context = await browser.newContext({ ...wide, ...options })
  onTestFinished(() => context.close())
  return openOrderIn(context, encounterId)
}

async function openOrderIn(
  context: BrowserContext,
  encounterId = knee.encounterId,
): Promise<Opened> {
  const page = await context.newPage()
  await page.goto(`${started.ehr}/control/charts/${encounterId}`)
  const app = page.frameLocator('iframe')
  await app.locator('[data-review]').first().waitFor()
  await app.getByRole('button', { name: 'Space in the EHR' }).waitFor()
  const frame = page.frames().find((one) => one.url().startsWith(started.front.address))
  if (frame === undefined) throw new Error('no frame')
  return { context, page, app, frame }
}

/** Goes to the chart of another patient, without launching the app again. */
async function show(page: Page, patient: string) {
  await page.locator('#context select').selectOption(patient)
  await page.getByRole('button', { name: 'Show this chart' }).click()
}

const warning = (app: FrameLocator) =>
  app.getByText('The EHR shows another patient', { exact: true })
const approve = (app: FrameLocator) => app.getByRole('button', { name: /^Approve/ })

describe('the chart of another patient', () => {
  it('brings a warning that stays, and no approval until the person chooses to continue with this order', async () => {
    const { page, app } = await openOrder()
    await approve(app).waitFor()
    expect(await warning(app).count()).toBe(0)

    await show(page, another)

    await warning(app).waitFor()
    expect(await approve(app).count()).toBe(0)
    // The shortcut neither.
    await app.locator('[data-review] h1').click()
    await page.keyboard.press('Control+Enter')
    expect(await app.getByRole('dialog').count()).toBe(0)
    await app.getByRole('button', { name: 'Continue with this order' }).click()
    await approve(app).waitFor()
    await app.getByText('You chose to continue with this order').waitFor()

    await show(page, '60180')
    await warning(app).waitFor()
    expect(await approve(app).count()).toBe(0)
  })

  it('ends with the patient of the order: no warning', async () => {
    const { page, app } = await openOrder()
    await show(page, another)
    await warning(app).waitFor()

    await show(page, '60191')

    await approve(app).waitFor()
    expect(await app.getByText(/EHR shows another patient/).count()).toBe(0)
  })

  it('is warned of in an open dialog too, and what was typed stays', async () => {
    const { page, app } = await openOrder()
    await approve(app).click()
    const dialog = app.getByRole('dialog', { name: 'Approve and file to chart' })
    await dialog.getByRole('textbox').fill('A reason')

    await show(page, another)

    await dialog.getByText('The EHR shows another patient', { exact: true }).waitFor()
    const submit = dialog.getByRole('button', { name: 'Approve and file to chart' })
    expect(await submit.isDisabled()).toBe(true)
    await dialog.getByRole('button', { name: 'Continue with this order' }).click()
    expect(await dialog.getByRole('textbox').inputValue()).toBe('A reason')
    await expect.poll(() => submit.isEnabled(), { timeout: 10_000 }).toBe(true)
  })

  it('is warned of also after the frame was loaded again, and for an order other than the one opened', async () => {
    const { page, app, frame } = await openOrder()
    await show(page, another)
    await warning(app).waitFor()

    await frame.evaluate('location.reload()')
    await warning(app).waitFor()

    await show(page, '60191')
    await approve(app).waitFor()
    await app.getByRole('link', { name: 'Work queue' }).click()
    await app
      .getByRole('link', { name: /lumbar/i })
      .first()
      .click()
    await warning(app).waitFor()
  })

  it('leads to the orders of that patient', async () => {
    const { page, app } = await openOrder()
    await show(page, '60180')

    await app.getByRole('link', { name: 'Orders of that patient' }).click()

    await app.getByRole('heading', { name: 'This patient' }).waitFor()
    await app.getByText(`patient ${lumbar.patientId}`).waitFor()
  })

  it('causes no warning while the EHR shows no chart', async () => {
    const { page, app, frame } = await openOrder()
    const heard = await hearing(frame)
    await page.getByRole('button', { name: 'Show no chart' }).click()
    await heard()

    expect(await warning(app).count()).toBe(0)
    expect(await approve(app).count()).toBe(1)
  })

  it.each([400, 1000])('reads well in a frame of %i px, in light and in dark', async (width) => {
    const { page, app } = await openOrder(knee, {
      // The EHR shows the app alone when its window is narrow.
      viewport: { width: width === 400 ? 426 : 1026, height: 900 },
    })
    await page.evaluate(
      `document.querySelector('.chart').style.display = 'none'; document.querySelector('.app').style.flex = '1'`,
    )
    await page.evaluate(
      `document.querySelector('#context select').value = '${another}'; document.getElementById('context').requestSubmit()`,
    )
    await warning(app).waitFor()

    expect(await accessibilityProblems(page, `${artifacts}embedded-banner-${width}`)).toEqual([])
    await app.getByRole('button', { name: 'Continue with this order' }).click()
    await app.getByText('You chose to continue with this order').waitFor()
    await app.getByRole('button', { name: 'Space in the EHR' }).click()
    await app.getByRole('menu').waitFor()
    expect(await accessibilityProblems(page, `${artifacts}embedded-chosen-${width}`)).toEqual([])
  })
})

/** Begins to wait for a message. The result resolves when the frame has got it and has shown what it made of it. */
async function hearing(frame: Frame): Promise<() => Promise<unknown>> {
  await frame.evaluate(`window.heard = new Promise((resolve) => {
    const shown = () => requestAnimationFrame(() => requestAnimationFrame(resolve))
    addEventListener('message', shown, { once: true })
  }), undefined`)
  return () => frame.evaluate('window.heard')
}

describe('a message that is not the EHR’s', () => {
  const message = (patient: unknown) =>
    JSON.stringify({ event: 'patientContextChanged', updatedPatient: patient })
  /** One chart for all of them. */
  let chart: Opened
  beforeAll(async () => {
    chart = await openOrderIn(await browser.newContext(wide))
  })
  afterAll(() => chart?.context.close())

  it.each([
    ['another event', JSON.stringify({ event: 'patientChanged', updatedPatient: another })],
    ['another form', JSON.stringify({ type: 'patientContextChanged', patient: another })],
    ['a text', JSON.stringify('patientContextChanged')],
    ['nothing', 'null'],
    ['an object as the patient', message({ id: another })],
    ['a list as the patient', message([another])],
    ['markup as the patient', message('<b>60178</b>')],
  ])('is ignored: %s', async (_what, text) => {
    const { page, app, frame } = chart
    const failures: string[] = []
    const note = (error: Error) => failures.push(error.message)
    page.on('pageerror', note)
    onTestFinished(() => void page.off('pageerror', note))
    const heard = await hearing(frame)

    await page.evaluate(`frames[0].postMessage(${text}, '*')`)
    await heard()

    expect(await warning(app).count()).toBe(0)
    expect(await approve(app).count()).toBe(1)
    expect(failures).toEqual([])
    // The form of a real one is heard, so that the test can fail.
    await page.evaluate(`frames[0].postMessage(${message(another)}, '*')`)
    await warning(app).waitFor()
    await page.evaluate(`frames[0].postMessage(${message('60191')}, '*')`)
    await approve(app).waitFor()
  })

  it('is ignored from our own window', async () => {
    const { app, frame } = await openOrder()
    const heard = await hearing(frame)

    await frame.evaluate(`postMessage(${message(another)}, '*')`)
    await heard()

    expect(await warning(app).count()).toBe(0)
  })

  it('is ignored from another frame in the EHR’s page', async () => {
    const script = `parent.postMessage('loaded', '*')
      addEventListener('message', () => parent.frames[0].postMessage(${message(another)}, '*'))`
    const site = await aSite(`<script>${script}</script>`)
    const { page, app, frame } = await openOrder(knee, { bypassCSP: true })
    const heard = await hearing(frame)

    await page.evaluate(`new Promise((resolve) => {
      addEventListener('message', ({ data }) => data === 'loaded' && resolve())
      const other = document.createElement('iframe')
      other.src = '${site}'
      document.body.append(other)
    }).then(() => frames[1].postMessage('go', '*'))`)
    await heard()
    expect(await warning(app).count()).toBe(0)
  })

  it('is ignored from a page around ours that is not configured, and it is sent nothing', async () => {
    started.front.hidesPolicy = true
    onTestFinished(() => void (started.front.hidesPolicy = false))
    const launch = started.world.sandbox.control.openApp(knee.encounterId)
    const around = await aSite(`<iframe src="${launch}" width="900" height="800"></iframe>`)
    const context = await browser.newContext()
    onTestFinished(() => context.close())
    const page = await context.newPage()
    await page.goto(around)
    const inner = page.frameLocator('iframe')
    await inner.locator('[data-review]').first().waitFor()
    const ours = page.frames().find((one) => one.url().startsWith(started.front.address))
    if (ours === undefined) throw new Error('no frame')
    const heardAgain = await hearing(ours)
    await page.evaluate(`frames[0].postMessage(${message(another)}, '*')`)
    await heardAgain()
    expect(await warning(inner).count()).toBe(0)
    expect(await inner.getByRole('button', { name: 'Space in the EHR' }).count()).toBe(0)
  })

  it('leaves no trace in the log', () => {
    expect(started.world.logged.join('')).not.toMatch(/patientContextChanged|60178/)
  })
})

async function aSite(content: string): Promise<string> {
  const server = createServer((_request, response) =>
    response.setHeader('content-type', 'text/html').end(content),
  )
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://localhost:${(server.address() as AddressInfo).port}`
}

describe('what the app can ask of the EHR', () => {
  const received = (page: Page) => page.locator('#messages li').allInnerTexts()

  it('makes the frame wider, once in ten seconds', async () => {
    const { page, app, frame } = await openOrder(lumbar)
    await page.setViewportSize({ width: 1600, height: 900 })
    const before = await frame.evaluate('innerWidth')
    await app.getByRole('button', { name: 'Space in the EHR' }).click()

    await app.getByRole('menuitem', { name: 'Make wider' }).click()

    await expect.poll(() => received(page)).toEqual(['appResize 1000: done'])
    expect(before).toBeLessThan(900)
    await expect.poll(() => frame.evaluate('innerWidth')).toBeGreaterThan(900)
    // Three panes fit now, so nothing wider is offered.
    await app.getByRole('menuitem', { name: 'Make wider' }).waitFor({ state: 'detached' })
  })

  it('opens its own window, says how long to wait, and sends nothing that the EHR would ignore', async () => {
    const { context, page, app } = await openOrder(lumbar)
    await app.getByRole('button', { name: 'Space in the EHR' }).click()
    const act = app.getByRole('menuitem', { name: /Open in its own window/ })

    const [opened] = await Promise.all([context.waitForEvent('page'), act.click()])

    // What the app says is gone after ten seconds, and the other window may take longer.
    await app.getByText(/sent; available again in \d+ s/).waitFor()
    await act.click({ force: true })
    await page.screenshot({ path: `${artifacts}embedded-waits.png` })
    await opened.frameLocator('iframe').locator('[data-review]').first().waitFor()
    expect(await received(page)).toEqual(['appPopout: done'])
    await app.getByText(/again in/).waitFor({ state: 'detached', timeout: 20_000 })
    await act.click()
    await expect.poll(() => received(page)).toEqual(['appPopout: done', 'appPopout: done'])
  })

  it('refuses what its guide does not allow', async () => {
    const { page, frame } = await openOrder(lumbar)
    const good = { type: 'embeddedAppAPIMessage', method: 'appReopen', methodVersion: '1.0.0' }
    const bad = [
      { ...good, type: 'other' },
      { ...good, method: 'appFly' },
      { ...good, method: 'constructor' },
      { ...good, methodVersion: '2' },
      { ...good, method: 'appResize' },
      { ...good, method: 'appResize', newWidth: 1000 },
      { ...good, method: 'appResize', newWidth: '5000' },
      good,
      good,
    ]
    for (const one of bad) await frame.evaluate(`parent.postMessage(${JSON.stringify(one)}, '*')`)

    await expect.poll(async () => (await received(page)).length).toBe(bad.length)
    expect((await received(page)).map((line) => line.split(': ')[1])).toEqual([
      'another type',
      'unknown method',
      'unknown method',
      'unknown methodVersion',
      'newWidth is none of the widths',
      'newWidth is none of the widths',
      'newWidth is none of the widths',
      'done',
      'once in 10 seconds only',
    ])
  })

  it('reads its chart again when the form is there and a person asks', async () => {
    const { page, app } = await openOrder(knee)
    expect(await app.getByRole('button', { name: 'Reload the chart in the EHR' }).count()).toBe(0)
    await approve(app).click()
    const dialog = app.getByRole('dialog', { name: 'Approve and file to chart' })
    await dialog.getByRole('textbox').fill('Arthritis alone suffices')
    await dialog.getByRole('button', { name: 'Approve and file to chart' }).click()
    const reload = app.getByRole('button', { name: 'Reload the chart in the EHR' })
    await reload.waitFor({ timeout: 60_000 })
    await page.getByText('No document was added to this chart').waitFor()
    expect(await received(page)).toEqual([])

    await reload.click()

    // For ten seconds.
    await app.getByText(/The EHR was asked \(sent; available again in \d+ s\)/).waitFor()
    expect(await reload.isDisabled()).toBe(true)
    await page.getByText('Documents that were added to this chart: 1').waitFor()
    expect(await received(page)).toEqual(['notifyPatientDataChange: done'])
    await page.screenshot({ path: `${artifacts}embedded-reloaded.png` })
    expect(await accessibilityProblems(page)).toEqual([])
  })
})
