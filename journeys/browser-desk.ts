import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Role } from '@authscript/prior-auth'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { launchBrowser } from './browser.ts'
import { type CuttableProxy, startCuttableProxy } from './cuttable-proxy.ts'
import { startWorld, type World, type WorldOptions } from './world.ts'

const fromRoot = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url))

/** Where journeys keep pictures and figures; a folder of it exists once it is asked for. */
export function artifactsFolder(path = ''): string {
  const folder = fromRoot(`artifacts/${path}`)
  mkdirSync(folder, { recursive: true })
  return folder
}

/** A world whose dashboard is used in a real browser, behind a network that can be cut. */
export interface BrowserDesk extends AsyncDisposable {
  readonly world: World
  readonly network: CuttableProxy
  readonly browser: Browser
  /** What browsers noted as errors, on all pages of `newPage` and of `signIn`. */
  readonly errors: readonly string[]
  /** Another browser profile: nothing is shared with the others. */
  newContext(size?: { readonly width?: number; readonly height?: number }): Promise<BrowserContext>
  /** A page in a profile of its own, or in `context`. */
  newPage(context?: BrowserContext): Promise<Page>
  /** A page on which a person has signed in by a link, at the work queue. */
  signIn(
    person: { readonly label: string; readonly roles: readonly Role[] },
    context?: BrowserContext,
  ): Promise<Page>
}

export async function startBrowserDesk(
  options: Omit<WorldOptions, 'dashboardDirectory'> = {},
): Promise<BrowserDesk> {
  await using starting = new AsyncDisposableStack()
  const dashboardDirectory = fromRoot('apps/dashboard/dist')
  const world = starting.use(await startWorld({ dashboardDirectory, ...options }))
  const network = starting.use(await startCuttableProxy(() => world.gateway.address))
  const browser = await launchBrowser()
  starting.defer(() => browser.close())
  const parts = starting.move()
  const errors: string[] = []

  async function newContext({ width = 1440, height = 900 } = {}): Promise<BrowserContext> {
    const viewport = { width, height }
    const context = await browser.newContext({ viewport, reducedMotion: 'reduce' })
    context.setDefaultTimeout(30_000)
    return context
  }
  async function newPage(context?: BrowserContext): Promise<Page> {
    const page = await (context ?? (await newContext())).newPage()
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text())
    })
    page.on('pageerror', (error) => errors.push(error.message))
    return page
  }
  return {
    world,
    network,
    browser,
    errors,
    newContext,
    newPage,
    async signIn({ label, roles }, context) {
      const page = await newPage(context)
      const token = await world.gateway.auth.issueLink({ label, roles, practiceIds: ['195900'] })
      await page.goto(`${network.address}/sign-in#token=${token}`)
      await page.locator('[data-connection=live]').waitFor()
      return page
    },
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  }
}

/** The only order of an encounter that was processed. */
export async function workItemOf(world: World, encounterId: string): Promise<string> {
  await world.eventOf(
    ({ eventType, data }) =>
      eventType === 'EncounterProcessed' &&
      (data as { encounterId?: string }).encounterId === encounterId,
  )
  const response = await world.ask(`/api/work-items?encounterId=${encounterId}`)
  const { items } = (await response.json()) as {
    readonly items: readonly { readonly workItemId: string }[]
  }
  return items[0]?.workItemId ?? ''
}
