import { expect, it, vi } from 'vitest'
import { accessibilityProblems } from './accessibility.ts'
import { artifactsFolder, startBrowserDesk, workItemOf } from './browser-desk.ts'
import { anEncounter } from './world.ts'

vi.setConfig({ testTimeout: 120_000 })

const artifacts = artifactsFolder()

it('an order without criteria says what a person does next, until it is closed', async () => {
  await using desk = await startBrowserDesk({})
  await desk.world.sign(anEncounter(1011, 60187))
  const order = await workItemOf(desk.world, 'a-195900.encounter-1011')
  const page = await desk.signIn({ label: 'Jordan Ruiz', roles: ['staff'] })

  await page.goto(`${desk.network.address}/work-items/${order}`)
  await page.getByRole('heading', { name: 'There are no criteria for this order' }).waitFor()
  const next = page.getByText('Next: ask the payer whether it needs prior authorization')
  await next.waitFor()
  expect(await accessibilityProblems(page, `${artifacts}order-without-criteria`)).toEqual([])
  await page.getByRole('button', { name: 'Close order' }).click()
  const dialog = page.getByRole('dialog', { name: 'Close order' })
  await dialog.getByLabel('Reason for closing').fill('Not required, says the payer')
  await dialog.getByRole('button', { name: 'Close order' }).click()

  await page.getByText('This order is closed: Not required, says the payer').waitFor()
  expect(await next.count()).toBe(0)
})
