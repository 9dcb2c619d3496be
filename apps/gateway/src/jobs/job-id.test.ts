import { describe, expect, it } from 'vitest'
import { encounterJob } from '../pipeline/encounter-job.ts'
import { writeBackJob } from '../review/write-back-job.ts'
import { jobIdOf } from './job-id.ts'
import { jobKinds } from '../wiring/job-kinds.ts'
import { JobKinds } from './job-kinds.ts'

const ref = { practiceId: 'p1', patientId: 'x', encounterId: 'v' }

describe('a job’s id', () => {
  it('stays what earlier releases stored: the MD5 of kind and identity', () => {
    // echo -n 'encounter p1 v 1' | md5sum; echo -n 'write_back wi-1 3 2' | md5sum
    expect(jobIdOf(encounterJob, { kind: 'encounter', ...ref, run: 1 })).toBe(
      'd14cacdd-ff29-11d8-fa89-746dad1bc847',
    )
    expect(
      jobIdOf(writeBackJob, { kind: 'write_back', ...ref, workItemId: 'wi-1', version: 3, run: 2 }),
    ).toBe('56664bc7-7094-f634-ad5a-dfaca94218a3')
  })
})

describe('the kinds of jobs', () => {
  const kinds = jobKinds

  it('read a payload by its kind, without what the kind does not know', () => {
    const job = { kind: 'encounter', ...ref, run: 1 }

    expect(kinds.parse({ ...job, note: 'text' })).toEqual(job)
  })

  it.each([
    { what: 'of an unknown kind', payload: { kind: 'submission', ...ref, run: 1 } },
    { what: 'without a run', payload: { kind: 'encounter', ...ref } },
    { what: 'that is no object', payload: 'encounter' },
  ])('do not read a payload $what', ({ payload }) => {
    expect(kinds.parse(payload)).toBeUndefined()
  })

  it('are refused when two share a name', () => {
    expect(() => new JobKinds([encounterJob, encounterJob])).toThrow('share a name')
  })

  it('are refused when a field of an identity is not in the payload', () => {
    const wrong = { ...encounterJob, identity: ['encounterId', 'stayId'] }

    expect(() => new JobKinds([wrong])).toThrow('"encounter" does not have stayId')
  })
})
