import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { launchBrowser } from './browser.ts'
import { type CuttableProxy, startCuttableProxy } from './cuttable-proxy.ts'
import { startWorld, type World } from './world.ts'

/** The work queue of a world in a real browser, behind a network that can be cut. */
export interface QueuePage extends AsyncDisposable {
  readonly world: World
  readonly network: CuttableProxy
  readonly browser: Browser
  /** Another browser profile: nothing is shared with the others. */
  newContext(options?: { readonly width?: number }): Promise<BrowserContext>
  /** A page on which the clinician has signed in, at a path. */
  signIn(context: BrowserContext, path?: string): Promise<Page>
  /** Runs a statement that changes rows. */
  run(statement: string): Promise<number>
}

export async function startQueuePage(
  config: Readonly<Record<string, object>> = { Events: { HeartbeatSeconds: 0.5 } },
): Promise<QueuePage> {
  await using starting = new AsyncDisposableStack()
  const world = starting.use(
    await startWorld({
      dashboardDirectory: fileURLToPath(new URL('../apps/dashboard/dist', import.meta.url)),
      config,
    }),
  )
  const network = starting.use(await startCuttableProxy(() => world.gateway.address))
  const browser = await launchBrowser()
  starting.defer(() => browser.close())
  const parts = starting.move()
  return {
    world,
    network,
    browser,
    async newContext({ width = 1440 } = {}) {
      const context = await browser.newContext({
        viewport: { width, height: 900 },
        reducedMotion: 'reduce',
      })
      context.setDefaultTimeout(30_000)
      return context
    },
    async signIn(context, path = '/?view=open') {
      const page = await context.newPage()
      await page.goto(`${network.address}/sign-in?to=${encodeURIComponent(path)}`)
      await page.getByLabel('Key').fill(world.keys.clinician)
      await page.getByLabel('Key').press('Enter')
      await page.getByRole('heading', { name: 'Work queue' }).waitFor()
      return page
    },
    // Queries of the world return a number.
    run: (statement) => world.database(`${statement} returning 1 as n`),
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  }
}

export const rows = (on: Page) => on.locator('[role=row][data-work-item]')
export const rowOf = (on: Page, id: string) => on.locator(`[data-work-item="${id}"]`)

/** Orders without a chart, one encounter each: what the queue shows comes from their rows. `values` are of the columns from review on. */
export const addOrders = (prefix: string, count: number, values: string) => `
  with source as (select n, '${prefix}-' || n as id from generate_series(1, ${count}) n),
  added as (
    insert into encounters (practice_id, patient_id, encounter_id, processing, detected_at)
    select '195900', 'many', id, 'processed', now() from source)
  insert into work_items (work_item_id, practice_id, encounter_id, patient_id, service_request_id, transaction_id, recommendation, analysis,
    completeness, created_at, updated_at, birth_date, provider_name, question_count, version, review, patient_name, order_description,
    procedure_code, payer_name, planned_on, open_question_count, search_text)
  select id, '195900', id, 'many', id, 't', 'need_info', '{}', '[]', now(), now(), '1957-08-30', 'Okafor, A.', 10, 1, ${values} from source`
