import { join } from 'node:path'
import type { EncounterRef } from '@authscript/prior-auth'
import { describe, expect, it } from 'vitest'
import { createTestDatabase } from '../../apps/gateway/test/database/test-database.ts'
import type { BehaviourName } from '../independent-ehr/behaviours/behaviours.ts'
import { loadBundles, sharedData } from './bundle-folder.ts'
import { startEhrWorld } from './ehr-world.ts'
import { untilProcessed } from './run-situations.ts'

const folders = ['synthea-smart-r4', 'us-core', 'davinci/test-ehr']
const encountersOfAFolder = 6
const data = sharedData()

describe.skipIf(data === undefined)(
  'synthetic patients of others (skipped without ../shared/data beside the repository)',
  () => {
    it.each<BehaviourName>(['hapi', 'us-core'])(
      'are all processed on %s, and none is lost',
      async (name) => {
        await using database = await createTestDatabase()
        await using world = await startEhrWorld(name, database.connection)
        const chosen: EncounterRef[] = []
        for (const folder of folders) {
          const refs = await loadBundles(world.ehr, join(data ?? '', folder))
          const step = Math.max(1, Math.floor(refs.length / encountersOfAFolder))
          chosen.push(
            ...refs.filter((_, index) => index % step === 0).slice(0, encountersOfAFolder),
          )
        }
        for (const ref of chosen) {
          await world.gateway.register(ref)
          await world.ehr.signEncounter(ref.encounterId)
        }

        const details = await Promise.all(
          chosen.map(({ encounterId }) => untilProcessed(encounterId, world)),
        )

        const ended = new Map(
          chosen.map((ref, index) => [ref.encounterId, details[index]?.processing ?? 'lost']),
        )
        const notProcessed = [...ended].filter(([, how]) => how !== 'processed')
        expect(ended.size).toBeGreaterThan(10)
        expect(notProcessed).toEqual([])
      },
      300_000,
    )
  },
)
