import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { accessibilityProblems } from './accessibility.ts'
import { addOrders, type QueuePage, rowOf, rows, startQueuePage } from './queue-page.ts'

const artifacts = fileURLToPath(new URL('../artifacts/queue/', import.meta.url))

let queue: QueuePage
let page: Page

const orders = addOrders(
  'desk',
  12,
  `case when n > 8 then 'approved' when n % 2 = 0 then 'ready_for_review' else 'missing_data' end,
   'Patient' || n || ', Test', 'Right total knee arthroplasty', '27447',
   case when n % 3 = 0 then 'Prairie Health Plan' else 'Lakes Mutual' end, date '2031-01-01' + n, 2, 'patient' || n`,
)
const failed = `
  insert into write_backs (work_item_id, version, practice_id, encounter_id, patient_id, identifier, form_sha256, state, approved_by,
    approved_at, sending_since, sent_count, error_code)
  select work_item_id, 1, practice_id, encounter_id, patient_id, work_item_id, 'sha',
         case when work_item_id = 'desk-12' then 'ambiguous' else 'failed' end, 'Dr. Okafor', now(),
         case when work_item_id = 'desk-12' then now() end, case when work_item_id = 'desk-12' then 1 else 0 end,
         case work_item_id when 'desk-9' then 'ehr_forbidden' when 'desk-10' then 'write_back_form_changed' when 'desk-12' then 'ehr_write_ambiguous' end
    from work_items where review = 'approved'`

beforeAll(async () => {
  mkdirSync(artifacts, { recursive: true })
  queue = await startQueuePage()
  await queue.run(orders)
  await queue.run(failed)
  page = await queue.signIn(await queue.newContext())
  await rows(page).first().waitFor()
})

beforeEach(({ onTestFailed }) =>
  onTestFailed(async () => {
    await page.screenshot({ path: `${artifacts}views-failed.png` })
  }),
)

afterAll(() => queue?.[Symbol.asyncDispose]())

const open = (path: string) => page.goto(`${queue.network.address}${path}`)
const dialog = () => page.getByRole('dialog', { name: 'Saved views' })
const search = () => new URL(page.url()).search

async function save(name: string): Promise<void> {
  await dialog().getByRole('textbox', { name: 'Name' }).fill(name)
  await dialog().getByRole('button', { name: 'Save view' }).click()
}

describe('a saved view', () => {
  it('keeps view, filters and sort under a name, no search text, and opens them from the bar', async () => {
    await open('/?view=open&payer=Prairie+Health+Plan&sort=patient&direction=desc&q=patient')
    await rowOf(page, 'desk-3').waitFor()
    await page.getByRole('button', { name: 'Saved views' }).click()
    await dialog()
      .getByText('Open, payer Prairie Health Plan, by patient, in reverse order')
      .waitFor()
    await dialog().getByText('The search text is not saved with a view').waitFor()
    // Nor does it come back as the name of the view.
    const warning = dialog().getByText('This name repeats what you searched for.')
    await dialog().getByRole('textbox', { name: 'Name' }).fill('All of Patient, Test')
    await warning.waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    await page.screenshot({ path: `${artifacts}save-view.png` })
    await page.setViewportSize({ width: 360, height: 900 })
    expect(await accessibilityProblems(page)).toEqual([])
    await page.screenshot({ path: `${artifacts}save-view-360.png` })
    await page.setViewportSize({ width: 1440, height: 900 })
    await save('Prairie, by name')
    await warning.waitFor({ state: 'detached' })
    await page.keyboard.press('Escape')
    await dialog().waitFor({ state: 'detached' })

    const link = page.getByRole('link', { name: 'Prairie, by name' })
    expect(await link.getAttribute('aria-current')).toBe('page')
    await page.getByRole('link', { name: /^Ready to sign/ }).click()
    await page.waitForURL(/view=ready_to_sign/)
    // A view is its filters: those of the view before are gone; what is searched for stays.
    expect(Object.fromEntries(new URLSearchParams(search()))).toEqual({
      view: 'ready_to_sign',
      sort: 'patient',
      direction: 'desc',
      q: 'patient',
    })
    await rowOf(page, 'desk-8').waitFor()
    await page.getByRole('button', { name: 'Clear' }).click()
    await page.waitForURL((url) => !url.search.includes('q='))
    expect(await link.getAttribute('aria-current')).toBeNull()
    await page.screenshot({ path: `${artifacts}saved-view.png` })
    await link.click()
    await page.waitForURL(/payer=/)

    expect(Object.fromEntries(new URLSearchParams(search()))).toEqual({
      view: 'open',
      payer: 'Prairie Health Plan',
      sort: 'patient',
      direction: 'desc',
    })
    expect(await page.getByRole('searchbox').inputValue()).toBe('')
    await page.reload()
    await rowOf(page, 'desk-3').waitFor()
    await page.getByRole('link', { name: 'Prairie, by name' }).waitFor()
  })

  it('is refused in plain words, and what was typed stays', async () => {
    await page.getByRole('button', { name: 'Saved views' }).click()
    await dialog().getByText('It is saved as “Prairie, by name”.').waitFor()
    await save('PRAIRIE, BY NAME')
    await dialog().getByText('a view with this name exists already; choose another').waitFor()
    expect(await dialog().getByRole('textbox', { name: 'Name' }).inputValue()).toBe(
      'PRAIRIE, BY NAME',
    )

    await save('x'.repeat(300))
    await dialog().getByText('A name has at most 60 characters.').waitFor()
    expect(await dialog().getByRole('textbox', { name: 'Name' }).inputValue()).toBe('x'.repeat(300))
    await page.screenshot({ path: `${artifacts}view-refused.png` })
    await save('   ')
    await dialog().getByText('Give the view a name.').waitFor()
  })

  it('is shared, renamed, given the filters that are shown, deleted and restored', async () => {
    await dialog().getByRole('button', { name: 'Change Prairie, by name' }).click()
    const form = dialog().locator('[data-view]').first()
    await form.getByRole('textbox', { name: 'Name' }).fill('Prairie of all')
    await form.getByLabel('Who sees it').selectOption({ label: 'Everybody in practice 195900' })
    await form.getByRole('button', { name: 'Save changes' }).click()
    await dialog().getByText('Shared with the practice').waitFor()
    await dialog().getByRole('button', { name: 'Delete Prairie of all' }).click()
    await form.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Undo' }).click()
    await form.getByText('Shared with the practice').waitFor()

    await page.keyboard.press('Escape')
    await open('/?view=failed')
    await page.getByRole('button', { name: 'Saved views' }).click()
    await dialog().getByRole('button', { name: 'Change Prairie of all' }).click()
    await form.getByLabel('Replace its filters with what is shown now').check()
    await form.getByRole('button', { name: 'Save changes' }).click()
    await form.getByRole('link').getByText('Failed').waitFor()
    await page.screenshot({ path: `${artifacts}views-dialog.png` })
    await page.keyboard.press('Escape')
  })

  it('of somebody who no longer works here says so, opens, and can be deleted', async () => {
    await queue.run(`
      insert into saved_views (saved_by, practice_ids, shared_with, name, search, saved_at)
      values ('M. Gone', '{195900}', '195900', 'Aardvark list', '{"view":"mine","owner":"M. Gone"}', now())`)
    await open('/?view=open')
    await page.getByRole('link', { name: 'Aardvark list' }).click()
    await page.waitForURL(/owner=M/)
    await page.getByText('No matches').waitFor()
    await page.getByRole('button', { name: 'Saved views' }).click()
    await dialog().getByText('Shared by M. Gone, who no longer works here').waitFor()
    await dialog().getByRole('button', { name: 'Delete Aardvark list' }).click()
    await dialog().getByText('Aardvark list', { exact: true }).waitFor({ state: 'detached' })
    await page.keyboard.press('Escape')
  })
})

describe('a row of what failed', () => {
  it('says why, and who can do what', async () => {
    await open('/?view=failed')
    await rowOf(page, 'desk-9').waitFor()

    expect(await rowOf(page, 'desk-9').innerText()).toContain(
      'The EHR does not allow us to file documents for this patient. Ask the operator to check the permissions in the EHR and to redrive it.',
    )
    expect(await rowOf(page, 'desk-10').innerText()).toContain('Nothing was sent.')
    const undecided = await rowOf(page, 'desk-12').innerText()
    expect(undecided).toContain('Needs a decision')
    expect(undecided).toContain('Open the order, look into the chart, and say whether it is there.')
    expect(await accessibilityProblems(page)).toEqual([])
    await page.screenshot({ path: `${artifacts}failed-reasons.png` })
    await page.setViewportSize({ width: 360, height: 900 })
    await page.reload()
    await rowOf(page, 'desk-12').getByText('Needs a decision').waitFor()
    // A saved view is of the same search. It comes after the rows, and then into view.
    const view = () => page.locator('[data-saved-view][data-current]').boundingBox()
    await expect.poll(async () => (await view())?.x).toBeGreaterThan(0)
    const { x, width } = (await view()) ?? { x: Number.NaN, width: Number.NaN }
    expect(x + width).toBeLessThan(360)
    expect(await accessibilityProblems(page)).toEqual([])
    await page.screenshot({ path: `${artifacts}failed-reasons-360.png` })
    await page.setViewportSize({ width: 1440, height: 900 })
  })
})

describe('orders of "To send"', () => {
  it('are recorded as sent together, each with its reference, and undone', async () => {
    await queue.run(
      addOrders(
        'sent',
        3,
        `'submitted', 'Sender' || n || ', Test', 'Right total knee arthroplasty', '27447', 'Lakes Mutual', current_date + n, 0, 'sender'`,
      ),
    )
    await open('/?view=to_send')
    await rowOf(page, 'sent-3').waitFor()
    await rowOf(page, 'sent-1').getByRole('checkbox').check()
    await rowOf(page, 'sent-2').getByRole('checkbox').check()
    await page.getByRole('button', { name: 'Record as sent…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Record 2 orders as sent' })
    await dialog.getByLabel('How').selectOption({ label: 'Payer’s portal' })
    await dialog.getByLabel('Each order has a reference of its own').check()
    await dialog.getByLabel(/^Sender1/).fill('tracking 4711')
    expect(await accessibilityProblems(page, `${artifacts}record-sent`)).toEqual([])
    await dialog.getByRole('button', { name: 'Record as sent' }).click()

    await page.getByText('2 orders recorded as sent').waitFor()
    const states = `select count(*)::int as n from work_items where work_item_id like 'sent-%' and payer_state = 'sent'`
    expect(await queue.world.database(states)).toBe(2)
    expect(
      await queue.world.database(
        `select count(*)::int as n from work_item_history where kind = 'sent' and data ->> 'reference' = 'tracking 4711' and data ->> 'method' = 'portal'`,
      ),
    ).toBe(1)
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => queue.world.database(states)).toBe(0)
  })

  it('do not offer that together with other orders', async () => {
    await open('/?view=all')
    await rowOf(page, 'desk-2').getByRole('checkbox').check()
    await page.getByRole('button', { name: 'Assign to me' }).waitFor()
    expect(await page.getByRole('button', { name: 'Record as sent…' }).count()).toBe(0)
  })
})

describe('a filter with many values', () => {
  const focusedLabel = () => page.evaluate('document.activeElement?.getAttribute("aria-label")')

  it('is found by typing a part of it, by the keyboard alone, and is in the address', async () => {
    await queue.run(
      addOrders(
        'payer',
        20,
        `'missing_data', 'Payer' || n || ', Test', 'CPAP device', 'E0601', 'Mutual of County ' || n, date '2031-02-01' + n, 2, 'payer'`,
      ),
    )
    await open('/?view=open')
    // A few values stay a native list.
    await page.getByRole('combobox', { name: 'Provider', exact: true }).waitFor()
    await page.getByRole('button', { name: 'Payer: any' }).focus()
    await page.keyboard.press('Enter')
    const input = page.getByRole('combobox', { name: 'Payer: type a part of the name' })
    await input.waitFor()
    await expect.poll(focusedLabel).toBe('Payer: type a part of the name')
    expect(await page.locator('[role=option]').count()).toBeGreaterThan(20)
    expect(await accessibilityProblems(page, `${artifacts}filter-picker`)).toEqual([])
    await page.keyboard.type('county 17')
    await expect.poll(() => page.locator('[role=option]').count()).toBe(1)
    await page.keyboard.press('Enter')

    await page.waitForURL(/payer=Mutual\+of\+County\+17|payer=Mutual%20of%20County%2017/)
    await rowOf(page, 'payer-17').waitFor()
    await expect.poll(() => rows(page).count()).toBe(1)
    await page.getByRole('combobox', { name: 'Payer: Mutual of County 17' }).waitFor()
    await expect.poll(focusedLabel).toBe('Payer: Mutual of County 17')

    // It stays what it was when nothing is chosen, and "any" ends it.
    await page.keyboard.press('Enter')
    await input.waitFor()
    await page.keyboard.press('Escape')
    await input.waitFor({ state: 'detached' })
    await expect.poll(focusedLabel).toBe('Payer: Mutual of County 17')
    expect(new URL(page.url()).searchParams.get('payer')).toBe('Mutual of County 17')
    await page.keyboard.press('Enter')
    await input.waitFor()
    await page.keyboard.type('any')
    await page.keyboard.press('Enter')
    await expect.poll(() => new URL(page.url()).searchParams.get('payer')).toBe(null)
  })
})

describe('the keyboard', () => {
  it('goes through the views with the arrow keys, in one stop of the Tab key', async () => {
    await open('/?view=open')
    await rows(page).first().waitFor()
    const toolbar = page.getByRole('toolbar', { name: 'Views' })
    expect(await toolbar.locator('[tabindex="0"]').count()).toBe(1)
    const focused = () => page.evaluate('document.activeElement.textContent')

    await toolbar.locator('[tabindex="0"]').focus()
    expect(await focused()).toMatch(/^Open/)
    await page.keyboard.press('ArrowRight')
    expect(await focused()).toMatch(/^Needs information/)
    await page.keyboard.press('Home')
    await page.keyboard.press('ArrowLeft')
    expect(await focused()).toBe('Prairie of all')
    await page.keyboard.press('ArrowLeft')
    expect(await focused()).toBe(' Saved views')
    await page.keyboard.press('End')
    await page.keyboard.press('ArrowRight')
    expect(await focused()).toMatch(/^Mine/)
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.type')).toBe('search')
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await page.waitForURL(/view=needs_information/)
  })

  it('shows the shortcuts with ?, and single keys can be turned off', async () => {
    await open('/?view=open')
    await rows(page).first().waitFor()
    await page.keyboard.press('?')
    const shortcuts = page.getByRole('dialog', { name: 'Shortcuts' })
    await shortcuts.getByText('move between the views').waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    await page.screenshot({ path: `${artifacts}shortcuts.png` })
    await shortcuts.getByLabel('Use single keys in this browser').uncheck()
    await page.keyboard.press('Escape')
    await shortcuts.waitFor({ state: 'detached' })

    await page.keyboard.press('/')
    expect(await page.evaluate('document.activeElement.type')).not.toBe('search')
    await page.keyboard.press('?')
    expect(await shortcuts.count()).toBe(0)
    await page.getByRole('button', { name: 'Shortcuts' }).click()
    await shortcuts.getByLabel('Use single keys in this browser').check()
    await page.keyboard.press('Escape')
    await shortcuts.waitFor({ state: 'detached' })
    await page.keyboard.press('/')
    expect(await page.evaluate('document.activeElement.type')).toBe('search')
    // What is typed is typed.
    await page.keyboard.type('a/?')
    expect(await page.getByRole('searchbox').inputValue()).toBe('a/?')
    expect(await shortcuts.count()).toBe(0)
  })
})
