import type { EhrView } from '@authscript/prior-auth'
import { afterEach, expect, it } from 'vitest'
import { startWorld, type World } from './world.ts'

let world: World
afterEach(() => world[Symbol.asyncDispose]())

it('reports in the log and in GET /api/ehr what it cannot read or write at the EHR', async () => {
  world = await startWorld()
  const ask = async () => (await (await world.ask('/api/ehr')).json()) as EhrView

  let view = await ask()
  while (view.checkedAt === null) view = await ask()

  expect(view).toMatchObject({ profile: 'athenahealth', fhirVersion: '4.0.1', errorCode: null })
  expect(view.reads.find((one) => one.resourceType === 'Encounter')).toMatchObject({ can: 'yes' })
  const cannot = [...view.reads, view.write].filter((one) => one.can === 'no')
  for (const { reason } of cannot)
    expect(world.logged.some((line) => line.includes(reason ?? ''))).toBe(true)
})

it('reports the configured document writer, not the default of the profile', async () => {
  world = await startWorld({ config: { Athena: { Documents: { Writer: 'fhir' } } } })

  const view = (await (await world.ask('/api/ehr')).json()) as EhrView

  expect(view.write.resourceType).toBe('DocumentReference')
})

it('reports it to users of the practice and to operators, but not to programs', async () => {
  world = await startWorld()

  const statuses = await Promise.all(
    [world.keys.operator, world.keys.clinician, world.keys.service].map(
      async (key) => (await world.ask('/api/ehr', { key })).status,
    ),
  )

  expect(statuses).toEqual([200, 200, 403])
})
