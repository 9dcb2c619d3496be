import type { BrowserContext, Page } from 'playwright-core'
import { type BrowserDesk, startBrowserDesk } from './browser-desk.ts'

/** The work queue of a world in a real browser, with rows that are written as they are. */
export interface QueuePage extends Omit<BrowserDesk, 'signIn'> {
  /** A page on which the clinician has signed in with their key, at a path. */
  signIn(context: BrowserContext, path?: string): Promise<Page>
  /** Runs a statement that changes rows. */
  run(statement: string): Promise<number>
}

export async function startQueuePage(
  config: Readonly<Record<string, object>> = { Events: { HeartbeatSeconds: 0.5 } },
): Promise<QueuePage> {
  const desk = await startBrowserDesk({ config })
  const { world, network } = desk
  return {
    ...desk,
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
