/** What a process of a pool needs to know when it starts. */
export interface PoolSetup {
  readonly taskFile: string
  /** Limit for the memory of the whole process. */
  readonly maxResidentBytes: number
}

/** Sent before the answer, when the process begins the task: its program is loaded. */
export interface TaskBegun {
  readonly kind: 'begun'
}

export type PoolAnswer =
  | { readonly kind: 'answer'; readonly answer: unknown }
  /** The task threw. The name of the error only: its message may quote the file. */
  | { readonly kind: 'failed'; readonly name: string }
