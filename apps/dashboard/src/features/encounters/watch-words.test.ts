import type { RegistrationView } from '@authscript/prior-auth'
import { expect, it } from 'vitest'
import { watchWords } from './watch-words.ts'

const at = '2026-11-29T12:00:00.000Z'
const watched: RegistrationView = {
  practiceId: 'p1',
  patientId: 'pat-1',
  encounterId: 'e1',
  registeredAt: at,
  lastPolledAt: at,
  encounterStatus: 'in-progress',
  lastErrorCode: null,
  watch: 'open',
  endCode: null,
  endedAt: null,
  endedBy: null,
  nextPollAt: at,
  refusedSince: null,
  processing: null,
  errorReason: null,
  failure: null,
}

it.each<{ change: Partial<RegistrationView>; state: string; why: RegExp | undefined }>([
  { change: {}, state: 'Not signed yet', why: /under way.*when it is signed/ },
  {
    change: { lastPolledAt: null, encounterStatus: null },
    state: 'Not checked yet',
    why: /moment/,
  },
  {
    change: { lastErrorCode: 'ehr_unreachable' },
    state: 'Not signed yet',
    why: /could not be reached/,
  },
  {
    change: { lastErrorCode: 'encounter_unknown', refusedSince: at, encounterStatus: null },
    state: 'Not found in the EHR',
    why: /Check both ids/,
  },
  {
    change: { watch: 'ended', endCode: 'ehr_wrong_patient', nextPollAt: null },
    state: 'No longer watched',
    why: /another patient/,
  },
  {
    change: { watch: 'ended', endCode: 'a_new_code', nextPollAt: null },
    state: 'No longer watched',
    why: /a_new_code/,
  },
  {
    change: { watch: 'signed', processing: 'running' },
    state: 'Signed, being read',
    why: undefined,
  },
  {
    change: {
      watch: 'signed',
      processing: 'failed',
      errorReason: 'the EHR answered 403 for Encounter/e1',
      failure: {
        what: 'The EHR does not allow us to read this chart.',
        remedy: 'Ask the operator to check the permissions in the EHR, then press Reprocess.',
      },
    },
    state: 'Signed, could not be read',
    // The reason with its codes is the operator's.
    why: /^The EHR does not allow us to read this chart\. Ask the operator (?!.*403)/,
  },
  {
    change: { watch: 'ended', endedAt: at, endedBy: 'J. Ruiz', nextPollAt: null },
    state: 'No longer watched',
    why: /^J\. Ruiz ended the watch\.$/,
  },
  {
    change: { watch: 'signed', processing: 'processed' },
    state: 'Signed and read',
    why: undefined,
  },
  {
    change: { watch: 'open', processing: 'processed' },
    state: 'Re-opened, not signed again',
    why: /when it is signed/,
  },
])('$state: $change', ({ change, state, why }) => {
  const words = watchWords({ ...watched, ...change })

  expect(words.state).toBe(state)
  if (why === undefined) expect(words.why).toBeUndefined()
  else expect(words.why).toMatch(why)
})
