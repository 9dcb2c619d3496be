import { JobKinds } from '../jobs/job-kinds.ts'
import { encounterJob, type EncounterJobTools } from '../pipeline/encounter-job.ts'
import { writeBackJob, type WriteBackJobTools } from '../review/write-back-job.ts'

/** What the runners of all kinds need. */
export type JobTools = EncounterJobTools & WriteBackJobTools

/** Every kind of job in the queue. */
export const jobKinds = new JobKinds<JobTools>([encounterJob, writeBackJob])
