import { useEffect, useRef, useState } from 'react'
import { operationsActions } from '../../api/operations.ts'

export interface RedriveProgress {
  /** `stopping`: the batch under way is finished first. */
  readonly state: 'running' | 'stopping' | 'stopped' | 'done'
  readonly redrivenCount: number
  /** How many there were when it began. */
  readonly ofCount: number
  /** Why it stopped by itself; it can continue from there. */
  readonly error: Error | null
}

/**
 * Redrives all dead letters of a code, batch after batch, from the newest to the oldest. One that fails again is newer than the place
 * reached, so it is not taken again. It stops with the page.
 */
export function useRedriveAll(
  code: string,
  onBatch: () => Promise<unknown>,
): {
  readonly progress: RedriveProgress | undefined
  start(count: number): void
  resume(): void
  stop(): void
} {
  const [progress, setProgress] = useState<RedriveProgress>()
  const reached = useRef<string | null>(null)
  const isWanted = useRef(false)
  useEffect(
    () => () => {
      isWanted.current = false
    },
    [],
  )
  async function run(begun: RedriveProgress): Promise<void> {
    isWanted.current = true
    let { redrivenCount } = begun
    setProgress(begun)
    try {
      for (;;) {
        const result = await operationsActions.redriveCode(code, reached.current)
        redrivenCount += result.redrivenCount
        reached.current = result.nextCursor
        void onBatch()
        if (result.nextCursor === null || !isWanted.current) break
        setProgress({ ...begun, redrivenCount })
      }
      const state = reached.current === null ? 'done' : 'stopped'
      setProgress({ ...begun, state, redrivenCount })
    } catch (error) {
      const known = error instanceof Error ? error : new Error('unknown')
      setProgress({ ...begun, state: 'stopped', redrivenCount, error: known })
    }
  }
  const running = { state: 'running', error: null } as const
  return {
    progress,
    start(count) {
      reached.current = null
      void run({ ...running, redrivenCount: 0, ofCount: count })
    },
    resume() {
      if (progress !== undefined) void run({ ...progress, ...running })
    },
    stop() {
      isWanted.current = false
      setProgress((now) => now && { ...now, state: 'stopping' })
    },
  }
}
